import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical, concept, labelled } from './record.ts';
import { everythingTold } from './told.ts';

/**
 * Two patients that differ only in something withheld, or in existing at all: whoever asks is told the same. The
 * two are one id before and after, so that not even an id has to be replaced.
 */
const tasks = loadTasks(findDataFolder('tasks'))
  .list()
  .map(({ name }) => name);

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ now: Date.parse('2026-06-15T10:00:00Z') });
});
afterAll(() => sandbox.close());

const now = Date.parse('2026-06-15T10:00:00Z');
const put = (resources: readonly Resource[]): void => {
  for (const one of resources) sandbox.running.store.put(one);
};

/** `SOAK=full`: every task both ways each time; otherwise one way, and the other way when the next thing is withheld. */
const every = process.env['SOAK'] === 'full';

const questions = (user: string, patient: string, turn: number) =>
  tasks.flatMap((task, n) =>
    [false, true]
      .filter((stream) => every || stream === ((n + turn) % 2 === 1))
      .map((stream) => ({ user, patient, task, stream, delegated: n === 0 && !stream })),
  );

type Told = Readonly<Record<string, Awaited<ReturnType<typeof everythingTold>>>>;

async function askAll(user: string, patient: string, turn: number): Promise<Told> {
  const told: Record<string, Awaited<ReturnType<typeof everythingTold>>> = {};
  for (const question of questions(user, patient, turn))
    told[`${question.task}${question.stream ? ', streamed' : ''}`] = await everythingTold(sandbox, question);
  return told;
}

const median = (list: readonly number[]): string =>
  (list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0).toFixed(2);

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What may be withheld, by what it would move if it counted. */
const withheldThings: readonly (readonly [string, (patient: string) => Resource[]])[] = [
  [
    'newer results, visits, notes, orders and problems of every kind',
    (patient) => labelled(clinical({ patient, now }, 3, 'secret')),
  ],
  ['older ones', (patient) => labelled(clinical({ patient, now }, 400, 'secret'))],
  [
    'more of a kind than the cap lets through',
    (patient) =>
      Array.from({ length: 60 }, (_, n) => labelled(clinical({ patient, now }, 2, `secret${n}`)))
        .flat()
        .filter(({ resourceType }) => resourceType !== 'Encounter' && resourceType !== 'Observation'),
  ],
  [
    'resources with a modifier that nobody understands',
    (patient) =>
      labelled(clinical({ patient, now }, 1, 'secret')).map((one) => ({
        ...one,
        modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }],
      })),
  ],
  [
    'a condition that its words and codes name, without any label of its source',
    (patient) => [
      {
        resourceType: 'Condition',
        id: `${patient}-hiv`,
        clinicalStatus: concept(
          'http://terminology.hl7.org/CodeSystem/condition-clinical',
          'active',
          'Active',
        ),
        category: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/condition-category',
                code: 'problem-list-item',
              },
            ],
          },
        ],
        code: concept('http://snomed.info/sct', '86406008', 'Human immunodeficiency virus infection'),
        subject: { reference: `Patient/${patient}` },
        recordedDate: '2026-06-10',
      },
    ],
  ],
  [
    'a newer version of a summary that replaces the one that is shown',
    (patient) =>
      labelled(clinical({ patient, now }, 1, 'secret'))
        .filter(({ id }) => id?.includes('summary'))
        .map((one) => ({
          ...one,
          context: { encounter: [{ reference: `Encounter/${patient}-stay-plain` }] },
          relatesTo: [
            { code: 'replaces', target: { reference: `DocumentReference/${patient}-summary-plain` } },
          ],
        })),
  ],
  [
    'notes of which every passage is withheld, one of them a newer version of the one that is shown',
    (patient) =>
      ['one', 'two', 'three', 'four'].map((mark, n) => ({
        ...clinical({ patient, now }, n, mark).find(({ id }) => id?.includes('summary')),
        resourceType: 'DocumentReference',
        context: { encounter: [{ reference: `Encounter/${patient}-stay-plain` }] },
        ...(n > 0
          ? {}
          : {
              relatesTo: [
                { code: 'replaces', target: { reference: `DocumentReference/${patient}-summary-plain` } },
              ],
            }),
        content: [
          { attachment: { contentType: 'text/plain', data: base64('HIV viral load undetectable.') } },
        ],
      })),
  ],
];

describe('to a member of the care team, something that consent withholds', () => {
  const member = 'pair';
  const plains: Told[] = [];
  beforeAll(async () => {
    put([...basis({ patient: member, now }), ...clinical({ patient: member, now }, 30, 'plain')]);
    for (const turn of [0, 1]) plains.push(await askAll('clinician', member, turn));
  }, 60_000);

  test.each(withheldThings)(
    '%s: changes nothing that is told, for any task',
    async (what, withheld) => {
      const turn = withheldThings.findIndex(([name]) => name === what) % 2;
      const plain = plains[turn] ?? {};
      const added = withheld(member);
      put(added);
      const having = await askAll('clinician', member, turn);
      for (const one of added) sandbox.running.store.delete(one.resourceType, one.id ?? '');
      expect(having).toEqual(plain);
      // Something was answered, and what is withheld is really found and left out.
      const found = Object.values(plain).filter(({ answer }) => answer.body.includes('plain'));
      expect(found.length).toBeGreaterThan(Object.keys(plain).length / 2);
      expect(JSON.stringify(having)).not.toMatch(/secret|immunodeficiency|viral/i);
      expect(JSON.stringify(having)).toContain('Some information may have been left out');
    },
    60_000,
  );

  test('a passage within a note: the rest is shown as if it stood alone', async () => {
    const patient = 'pair-passage';
    const filler = `${'Walks well and eats well. '.repeat(20)}\n\n`.repeat(50);
    const secret = `${'HIV viral load undetectable, regimen kept. '.repeat(10)}\n\n`.repeat(20);
    const noted = (text: string): Resource[] =>
      clinical({ patient, now }, 30, 'plain').map((one) =>
        one.id?.includes('summary') === true
          ? { ...one, content: [{ attachment: { contentType: 'text/plain', data: base64(text) } }] }
          : one,
      );
    put([...basis({ patient, now }), ...noted(`Begin plain.\n\n${filler}End plain.`)]);
    const question = { user: 'clinician', patient, task: 'discharge.summary', stream: false };
    const without = await everythingTold(sandbox, question);
    put(noted(`Begin plain.\n\n${secret}${filler}End plain.`));
    const having = await everythingTold(sandbox, question);
    expect(having).toEqual(without);
    expect(without.answer.status).toBe(200);
  });

  test('a safety notice may speak: what is left out because its modifier is not understood', async () => {
    const patient = 'pair-safety';
    put([...basis({ patient, now }), ...clinical({ patient, now }, 30, 'plain')]);
    const question = { user: 'clinician', patient, task: 'allergies', stream: false };
    const without = await everythingTold(sandbox, question);
    put(
      clinical({ patient, now }, 3, 'unclear')
        .filter(({ resourceType }) => resourceType === 'AllergyIntolerance')
        .map((one) => ({
          ...one,
          modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }],
        })),
    );
    const having = await everythingTold(sandbox, question);
    expect(having.answer.body).toContain('item_withheld_unknown');
    expect(without.answer.body).not.toContain('item_withheld_unknown');
  });
});

describe('to somebody without a relation to the patient', () => {
  const users = ['outsider', 'nurse', 'patient', 'billing'];
  test.each(users)(
    'that there is such a patient changes nothing: %s',
    async (user) => {
      const patient = `stranger-${user}`;
      const turn = users.indexOf(user) % 2;
      const missing = await askAll(user, patient, turn);
      put([
        ...basis({ patient, now, clinician: 'Practitioner/nobody' }),
        ...clinical({ patient, now }, 30, 'plain'),
      ]);
      const existing = await askAll(user, patient, turn);
      expect(existing).toEqual(missing);
      sandbox.running.store.delete('Patient', patient);
      expect(await askAll(user, patient, turn)).toEqual(missing);
      for (const { answer } of Object.values(missing)) expect(answer.status).toBe(403);
    },
    60_000,
  );

  test('what the consents of the patient say changes nothing', async () => {
    const patient = 'stranger-consents';
    const [person, relative, team, consent] = basis({ patient, now, clinician: 'Practitioner/nobody' });
    if (person === undefined || relative === undefined || team === undefined || consent === undefined)
      throw new Error('the basis has four parts');
    const question = { user: 'outsider', patient, task: 'problem.list', stream: false };
    put([person, relative, team]);
    const none = await everythingTold(sandbox, question);
    for (const variant of [
      consent,
      { ...consent, provision: { type: 'deny' } },
      { ...consent, modifierExtension: [{ url: 'http://example.org/unknown' }] },
      { ...consent, status: 'inactive' },
    ]) {
      put([variant]);
      expect(await everythingTold(sandbox, question)).toEqual(none);
    }
  });

  test('prints how long a refusal takes', async () => {
    const token = await sandbox.token('outsider');
    const patients = { missing: 'stranger-none', existing: sandbox.ready.patients[0]?.id ?? '' };
    const times: Record<keyof typeof patients, number[]> = { missing: [], existing: [] };
    for (let n = 0; n < 40; n += 1)
      for (const kind of n % 2 === 0
        ? (['missing', 'existing'] as const)
        : (['existing', 'missing'] as const)) {
        const began = performance.now();
        const reply = await sandbox.ask({ token, patient: patients[kind], task: 'problem.list' });
        if (n > 4) times[kind].push(performance.now() - began);
        expect(reply.status).toBe(403);
      }
    console.log(
      `a stranger's refusal, median of ${times.missing.length}: missing patient ${median(times.missing)} ms, existing ${median(times.existing)} ms`,
    );
  });
});
