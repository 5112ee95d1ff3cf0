import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** Asks the policy engine while the function that asks is thrown back from compiled to interpreted code. */
const script = `
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { keepWebAssemblyCallsApart } from './dist/src/engine-setting.js';
keepWebAssemblyCallsApart();
const native = (name) => new Function('f', 'return %' + name + '(f)');
const optimize = native('OptimizeFunctionOnNextCall');
const deoptimize = native('DeoptimizeFunction');
const entity = (type) => ({ type, id: 'x' });
let during = () => undefined;
function ask() {
  return statefulIsAuthorized({
    principal: entity('User'),
    action: entity('Action'),
    get resource() {
      during();
      return entity('Record');
    },
    context: {},
    entities: [],
    preparsedPolicySetId: 'all',
  });
}
preparsePolicySet('all', { staticPolicies: { all: 'permit(principal, action, resource);' } });
native('PrepareFunctionForOptimization')(ask);
for (let n = 0; n < 1000; n += 1) ask();
optimize(statefulIsAuthorized);
optimize(ask);
ask();
during = () => {
  deoptimize(ask);
  deoptimize(statefulIsAuthorized);
};
process.stdout.write(ask().response.decision);
`;

it('a caller deoptimised inside the policy engine gets its decision, and the process lives', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--allow-natives-syntax', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  // An engine that does not know the setting says so on standard error.
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'allow', stderr: '' });
});
