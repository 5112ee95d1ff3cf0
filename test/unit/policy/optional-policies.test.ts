import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { schemaFault } from '../../../src/audit/event-schema.ts';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { keepWebAssemblyCallsApart } from '../../../src/engine-setting.ts';
import { personasOf } from '../../../src/policy/case-tables.ts';
import { decisionPoint } from '../../../src/policy/decide.ts';
import { nobody, policyActions } from '../../../src/policy/decision.ts';
import { loadPolicySet } from '../../../src/policy/load.ts';
import { compilePolicySet } from '../../../src/policy/policy-set.ts';
import { roles } from '../../../src/vocabulary/person.ts';
import { purposes } from '../../../src/vocabulary/purpose.ts';
import { happened, trailId } from '../audit/sample-events.ts';

keepWebAssemblyCallsApart();
const shipped = findDataFolder('policies');
const optional = join(shipped, 'optional');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The policies of a site that took this file beside the shipped ones. */
function siteWith(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'phi-policies-'));
  folders.push(folder);
  cpSync(shipped, folder, { recursive: true });
  cpSync(join(optional, file), join(folder, file));
  return folder;
}

const physician = personasOf(shipped).get('physician');
if (physician === undefined) throw new Error('there is no physician');
const promised = { ...physician, modelKeepsNothing: true, modelRetentionDays: 0, modelNoTraining: true };

test.each(readdirSync(optional))('%s is not in force as it ships, and can be taken as a whole', (file) => {
  const before = loadPolicySet(shipped);
  expect(before.decide('ask', physician).effect).toBe('allow');
  const after = loadPolicySet(siteWith(file));
  expect(after.policyHash).not.toBe(before.policyHash);
  expect(after.decide('ask', promised).effect).toBe('allow');
});

test('the longest sentence, of whoever lacks everything, fits the trail, also where every file was taken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phi-policies-'));
  folders.push(folder);
  cpSync(shipped, folder, { recursive: true });
  cpSync(optional, folder, { recursive: true });
  const points = [shipped, folder].map((from) => loadPolicySet(from));
  const sentences = points.flatMap((point) =>
    policyActions.flatMap((action) =>
      roles.flatMap((role) =>
        Object.keys(purposes).flatMap((purpose) =>
          [true, false].map((law) => {
            const said = { roles: [role], purpose, underEuLaw: law, underUsLaw: law };
            return point.inFull(action, { ...nobody, ...said });
          }),
        ),
      ),
    ),
  );
  const longest = sentences.reduce((long, one) => (one.length > long.length ? one : long));
  expect(longest.length).toBeGreaterThan(500);
  const facts = { sentence: longest };
  const denied = { outcome: 'refused', reason: 'policy_denied', facts } as const;
  expect(schemaFault({ ...happened(trailId(1), 'request.denied', denied), version: 1 })).toBeUndefined();
});

describe('model-keeps-nothing', () => {
  const point = loadPolicySet(siteWith('model-keeps-nothing.cedar'));
  const by = (action: string, facts: typeof physician) => point.decide(action, facts).policies;

  test.each(['ask', 'context', 'embed'])('%s needs the promise', (action) => {
    expect(by(action, physician)).toContain('model-keeps-nothing');
    expect(by(action, promised)).not.toContain('model-keeps-nothing');
  });

  test.each(['reveal', 'exchange'])('%s sends nothing to a model, and does not', (action) => {
    expect(by(action, physician)).not.toContain('model-keeps-nothing');
  });

  test('in an emergency too', () => {
    const emergency = { ...physician, onCareTeam: false, purpose: 'BTG', task: 'emergency.summary' };
    expect(by('ask', { ...emergency, breakGlassOpen: true })).toEqual(['model-keeps-nothing']);
  });

  test('its denial says plainly what is missing and what would change it', () => {
    expect(point.decide('ask', physician).sentence).toBe(
      'Not allowed: no contract promises that the model keeps nothing of what it is sent and that no model is trained on it. It would be allowed if a model endpoint were chosen whose contract promises to keep nothing and to train no model on it.',
    );
  });

  test('the form for who lets a model keep it for a while, as its comment has it', () => {
    const text = readFileSync(join(optional, 'model-keeps-nothing.cedar'), 'utf8');
    const [, when = ''] = /^\/\/ {3}(when \{.*\};)$/m.exec(text) ?? [];
    expect(when).not.toBe('');
    const schema = readFileSync(join(shipped, 'schema.cedarschema'), 'utf8');
    const files = [
      ...readdirSync(shipped)
        .filter((file) => file.endsWith('.cedar'))
        .map((file) => ({ file, text: readFileSync(join(shipped, file), 'utf8') })),
      { file: 'site.cedar', text: text.replace('when { !context.modelKeepsNothing };', when) },
    ];
    const site = decisionPoint(compilePolicySet({ file: 'schema.cedarschema', text: schema }, files));
    const effect = (modelRetentionDays: number, modelNoTraining: boolean) =>
      site.decide('ask', { ...physician, modelRetentionDays, modelNoTraining }).effect;
    expect([effect(30, true), effect(0, true), effect(31, true), effect(-1, true), effect(0, false)]).toEqual(
      ['allow', 'allow', 'deny', 'deny', 'deny'],
    );
  });
});
