import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TrailEvent } from '../../../src/audit/events.ts';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { nobody, type PolicyFacts, policyActions } from '../../../src/policy/decision.ts';
import { loadPolicySet } from '../../../src/policy/load.ts';
import { storedDecision } from '../../../src/policy/stored-decision.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { roles } from '../../../src/vocabulary/person.ts';
import { purposes } from '../../../src/vocabulary/purpose.ts';
import { runHere } from '../../fixtures/command-here.ts';
import { type Dice, diceOf } from '../../fixtures/honest-log.ts';
import { run } from '../../fixtures/product.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { trailId } from '../../unit/audit/sample-events.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'phi-policy-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const explain = (...args: string[]) => runHere(['policy', 'explain', ...args]);
const facts = (...assignments: string[]): string[] => assignments.flatMap((fact) => ['--fact', fact]);

describe('policy explain', () => {
  it.each([
    [['--persona', 'physician'], 'allow', /^A physician on the patient's care team may ask for treatment/],
    [
      ['--persona', 'physician', ...facts('onCareTeam=false')],
      'deny',
      /^Not allowed: no record was found that you have a relation to/,
    ],
    [
      ['--persona', 'physician', ...facts('consentPermits=false')],
      'deny',
      /no consent on record permits treatment\. It would be allowed if the patient gave a consent/,
    ],
    [
      ['--persona', 'nurse', ...facts('taskPermitsRole=false', 'workloadPermitsTask=false')],
      'deny',
      /the task is not meant for a nurse for treatment, and this application may not use the task/,
    ],
    [['--persona', 'pharmacist', ...facts('purpose=HRESCH')], 'deny', /no policy lets a pharmacist ask/],
    [
      ['--persona', 'nurse', '--action', 'exchange', ...facts('tenantMatches=false')],
      'deny',
      /do not belong to one organisation\.$/,
    ],
  ])('%j: %s', async (args, effect, sentence) => {
    const { code, stdout } = await explain(...args);
    process.stdout.write(`policy explain ${args.join(' ')}\n${stdout}`);
    expect(code).toBe(0);
    const [first = ''] = stdout.split('\n');
    expect(first.startsWith(`${effect}: `)).toBe(true);
    expect(first.slice(effect.length + 2)).toMatch(sentence);
  });

  it('tells officers what a stranger is not told', async () => {
    const { stdout } = await explain('--persona', 'physician', ...facts('onCareTeam=false'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      effect: 'deny',
      sentence: expect.not.stringContaining('care team'),
      inFull: expect.stringContaining('care team'),
    });
  });

  it.each([
    [['--persona', 'wizard'], /There is no persona wizard/],
    [['--persona', 'nurse', '--action', 'fly'], /There is no action fly/],
    [['--persona', 'nurse', ...facts('magic=true')], /There is no fact "magic"/],
    [['--persona', 'nurse', ...facts('onCareTeam=yes')], /true or false/],
    [['--persona', 'nurse', ...facts('authAge=old')], /whole number/],
  ])('%j is wrong usage', async (args, says) => {
    const { code, stderr } = await explain(...args);
    expect({ code, said: says.test(stderr) }).toEqual({ code: 2, said: true });
  });
});

describe('policy check, matrix and test', () => {
  it('the shipped set, also by the command as it ships', async () => {
    for (const way of [run, runHere])
      expect((await way(['policy', 'check'])).stdout).toMatch(/^The set may be loaded: \d+ policies/);
    const page = readFileSync('docs/access-matrix.md', 'utf8').trimEnd();
    expect((await runHere(['policy', 'matrix'])).stdout.trimEnd()).toBe(page);
    const tested = await runHere(['policy', 'test', '--json']);
    expect(JSON.parse(tested.stdout)).toMatchObject({ ok: true, failed: [] });
  });

  it('a set with a fault, and one that its tables do not fit', async () => {
    const folder = join(dir, 'policies');
    cpSync(findDataFolder('policies'), folder, { recursive: true });
    const nurse = join(folder, 'nurse.cedar');
    const text = readFileSync(nurse, 'utf8');
    writeFileSync(nurse, text.replace('context.onCareTeam', 'true'));
    const wider = await runHere(['policy', 'test', '--folder', folder]);
    expect(wider.code).toBe(1);
    expect(wider.stdout).toMatch(
      /^nurse without relation asks: expected deny, found allow by nurse-care-team/m,
    );
    writeFileSync(nurse, text.replace('context.onCareTeam', 'context.isWizard'));
    const broken = await runHere(['policy', 'check', '--folder', folder]);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^nurse\.cedar: policy "nurse-care-team"/);
    writeFileSync(nurse, text);
    writeFileSync(join(folder, 'tests', 'more.yaml'), '- { name: x, persona: nurse, effect: perhaps }');
    const misspelt = await runHere(['policy', 'test', '--folder', folder]);
    expect({ code: misspelt.code, named: misspelt.stdout.startsWith('more.yaml, line 1: ') }).toEqual({
      code: 1,
      named: true,
    });
  });
});

const one = <T>(dice: Dice, of: readonly T[]): T => {
  const chosen = of[dice(of.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

/** Facts at random, most of what has to be in place mostly in place. */
function anyFacts(dice: Dice): PolicyFacts {
  const flags = Object.fromEntries(
    Object.entries(nobody)
      .filter(([, value]) => typeof value === 'boolean')
      .map(([name]) => [name, dice(8) > 0]),
  );
  return {
    ...nobody,
    ...flags,
    roles: [one(dice, roles), ...(dice(5) === 0 ? [one(dice, roles)] : [])],
    purpose: one(dice, Object.keys(purposes)),
    task: one(dice, ['allergies', 'coverage.check', 'cholesterol.latest']),
    authAge: dice(4000) - 1,
  };
}

const replayed = async (...args: string[]) => {
  const { code, stdout } = await runHere(['policy', 'replay', '--json', ...args]);
  const body: unknown = JSON.parse(stdout);
  return { code, body };
};

describe('policy replay', () => {
  it('takes 1,000 stored decisions again, all of them equal', async () => {
    const policies = loadPolicySet(findDataFolder('policies'));
    const folder = mkdtempSync(join(dir, 'trail-'));
    const trail = await openTrail(trailFile(folder));
    const dice = diceOf(7);
    const effects = new Set<string>();
    const events: TrailEvent[] = [];
    for (let n = 0; n < 1000; n += 1) {
      const action = one(dice, policyActions);
      const decision = policies.decide(action, anyFacts(dice));
      effects.add(decision.effect);
      events.push({
        tenant: 'sandbox',
        trail: trailId(n),
        event: 'request.denied',
        outcome: 'refused',
        reason: 'policy_denied',
        at: n,
        facts: storedDecision(action, decision),
      });
    }
    await trail.append(events);
    await trail.close();
    expect(effects.size).toBe(2);
    const { code, stdout } = await runHere(['policy', 'replay', '--data', folder]);
    process.stdout.write(stdout);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1000 of 1000 stored decisions come out equal.\n' });

    const other = join(dir, 'other');
    cpSync(findDataFolder('policies'), other, { recursive: true });
    writeFileSync(join(other, 'more.cedar'), '// nothing\n');
    expect(await replayed('--data', folder, '--folder', other)).toMatchObject({
      code: 1,
      body: { ok: false, equal: 0, other_policies: 1000 },
    });
    expect(await replayed('--data', folder, '--folder', other, findDataFolder('policies'))).toMatchObject({
      code: 0,
      body: { ok: true, equal: 1000 },
    });
  }, 60_000);

  it('names a decision that comes out otherwise, and one without all its facts', async () => {
    const policies = loadPolicySet(findDataFolder('policies'));
    const folder = mkdtempSync(join(dir, 'trail-'));
    const trail = await openTrail(trailFile(folder));
    const stored = storedDecision(
      'ask',
      policies.decide('ask', { ...nobody, roles: ['nurse'], purpose: 'TREAT', task: 'allergies' }),
    );
    const { acr: _acr, ...incomplete } = stored;
    for (const [n, kept] of [{ ...stored, effect: 'allow' as const }, incomplete, stored].entries())
      await trail.append([
        {
          tenant: 'sandbox',
          trail: trailId(n),
          event: 'request.denied',
          outcome: 'refused',
          reason: 'policy_denied',
          at: n,
          facts: kept,
        },
      ]);
    await trail.close();
    expect(await replayed('--data', folder)).toMatchObject({
      code: 1,
      body: { decisions: 3, equal: 1, different: 1, incomplete: 1 },
    });
  });

  it('takes what a gateway decided again, allowed and denied', async () => {
    const sandbox = await SandboxUnderTest.start();
    try {
      const [own, other] = sandbox.ready.patients;
      expect((await sandbox.ask()).status).toBe(200);
      expect((await sandbox.ask({ user: 'nurse', task: 'problem.list' })).status).toBe(200);
      expect((await sandbox.ask({ user: 'outsider' })).status).toBe(403);
      for (const { id } of [own, other].filter((patient) => patient !== undefined))
        await sandbox.ask({ user: 'patient', purpose: 'PATRQT', patient: id });
      expect(await replayed('--data', sandbox.ready.files.audit)).toMatchObject({
        code: 0,
        body: { ok: true, decisions: 5 },
      });
    } finally {
      await sandbox.close();
    }
  }, 60_000);
});
