import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { roleWords } from '../../src/release/token-forms.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { mcpRequest } from '../fixtures/mcp-message.ts';
import { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { identifiersOf } from '../integration/hardening/bad-input.ts';
import { hurried, type ModelDouble, startModelDouble } from '../integration/hardening/model-double.ts';
import { findLeaks, type Hit } from './matcher.ts';
import { habitNames, parrot } from './parrot.ts';

let model: ModelDouble;
let sandbox: SandboxUnderTest;
/** The double first: MCP's tools ask the model that a tenant names first. */
const first = (config: Config): Config => {
  const hurriedOne = hurried({ double: model.baseUrl }, 30_000)(config);
  return {
    ...hurriedOne,
    tenants: hurriedOne.tenants.map((tenant) => ({ ...tenant, models: tenant.models.toReversed() })),
  };
};
beforeAll(async () => {
  model = await startModelDouble();
  sandbox = await SandboxUnderTest.start({ configure: first });
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  await model.close();
});

it('no identifier of any patient reaches model or agent over MCP, whatever the model repeats', async () => {
  const identifiers = identifiersOf(sandbox);
  const tasks = loadTasks(findDataFolder('tasks'))
    .list()
    .filter(({ roles }) => roles.physician?.includes('TREAT') === true);
  const token = await sandbox.token('clinician');
  const words = Object.values(roleWords);
  const hits: Hit[] = [];
  const counts = { asked: 0, answered: 0, roleWords: 0 };
  for (const { birthDate, id, name } of sandbox.ready.patients.slice(0, 2))
    for (const [n, { name: task }] of tasks.entries()) {
      model.play = parrot(habitNames[n % 2] ?? '');
      const planted = `Please summarise the record of ${name}, born ${birthDate}, for this task.`;
      const asked = { patient: id, task, purpose: 'TREAT' };
      for (const [tool, more] of [
        ['ask', { question: planted }],
        ['context', { query: planted }],
      ] as const) {
        const { text } = await sandbox.call(
          '/mcp',
          token,
          mcpRequest('tools/call', { name: tool, arguments: { ...asked, ...more } }),
        );
        hits.push(...findLeaks(text, identifiers));
        counts.asked += 1;
        if (!text.includes('"isError":true')) counts.answered += 1;
        if (words.some((word) => text.includes(word))) counts.roleWords += 1;
      }
    }
  hits.push(...model.received.flatMap((request) => findLeaks(request, identifiers)));
  console.log(`MCP: ${counts.asked} calls, ${counts.answered} answered, ${counts.roleWords} with role words`);
  expect(hits).toEqual([]);
  expect(counts.answered).toBeGreaterThan(counts.asked / 3);
  expect(counts.roleWords).toBeGreaterThan(0);
  expect(model.received.length).toBeGreaterThan(0);
}, 300_000);
