import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

/** Somebody else's patient of the generated set, with a story that bears on consent. */
const existing = (story?: string): string => {
  const others = sandbox.ready.patients.slice(1);
  const found = story === undefined ? others[0] : others.find((patient) => patient.story === story);
  if (found === undefined) throw new Error('no such patient');
  return found.id;
};
/** Of the same form as the ids of the set. */
const missing = '5571f1d3-1df1-4ae5-b84d-000000000000';

const json = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

type Request = (patient: string) => Promise<Reply>;
const ask =
  (user: string, more: Readonly<Record<string, unknown>> = {}): Request =>
  (patient) =>
    sandbox.ask({ user, patient, ...more });

/** What somebody may send who has no relation to the patient. */
const requests: Readonly<Record<string, Request>> = {
  'a physician without relation': ask('outsider'),
  'the same, streaming': ask('outsider', { stream: true }),
  'the same for emergency treatment': ask('outsider', { purpose: 'ETREAT', task: 'emergency.summary' }),
  'the same, breaking the glass': ask('outsider', { purpose: 'BTG' }),
  'the same, for payment': ask('outsider', { purpose: 'HPAYMT' }),
  'the same, naming an encounter': ask('outsider', { phi: { encounter: 'encounter-1' } }),
  'the same, with an unknown task': ask('outsider', { task: 'everything.please' }),
  'the same, with an unknown model': ask('outsider', { body: { model: 'gpt-unknown' } }),
  'a patient about another': ask('patient', { purpose: 'PATRQT' }),
  'a patient for treatment': ask('patient'),
  'a caregiver': ask('caregiver', { purpose: 'FAMRQT' }),
  'a support agent': ask('support', { purpose: 'HOPERAT' }),
  'an analyst': ask('analyst', { purpose: 'HRESCH' }),
  'an administrator': ask('administrator', { purpose: 'HOPERAT' }),
  'a compliance officer': ask('compliance', { purpose: 'HOPERAT' }),
  'a physician over /v1/responses': async (patient) =>
    sandbox.call(
      '/v1/responses',
      await sandbox.token('outsider'),
      json({ input: 'Any LDL?', phi: { patient, task: 'cholesterol.latest', purpose: 'TREAT' } }),
    ),
  'a physician who would erase': async (patient) =>
    sandbox.call('/v1/patients/erase', await sandbox.token('outsider'), json({ patient })),
  'a delegated token, used': async (patient) => {
    const exchanged = await sandbox.call('/oauth/token', await sandbox.token('outsider'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: await sandbox.token('outsider'),
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        authorization_details: JSON.stringify([
          { type: 'phi_access', patient, task: 'cholesterol.latest', purpose: 'TREAT' },
        ]),
      }).toString(),
    });
    return sandbox.ask({ token: String(exchanged.body['access_token']), phi: null });
  },
};

/** All that reaches the caller, with what differs between any two requests taken out. */
function told({ headers, status, text, trail }: Reply): object {
  const shown = [...headers].filter(([name]) => !['date', 'phi-trail'].includes(name));
  return { status, headers: shown, text: trail === '' ? text : text.replaceAll(trail, 'TRAIL') };
}

const ownView = async (user: string, trail: string): Promise<string> => {
  const { text } = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token(user));
  return text
    .replaceAll(trail, 'TRAIL')
    .replaceAll(/"seq":\d+/g, '"seq":0')
    .replaceAll(/"at":\d+/g, '"at":0');
};

describe('what a stranger is told', () => {
  it.each(Object.entries(requests))('%s: the same whether there is such a patient', async (_name, send) => {
    const absent = await send(missing);
    expect(absent.status).toBeGreaterThanOrEqual(400);
    for (const story of [undefined, 'no-consent', 'consent-denies', 'expired-consent']) {
      const present = await send(existing(story));
      expect(told(present)).toEqual(told(absent));
      expect(present.text).not.toContain(existing(story));
    }
  });

  it('and reads the same on the own trail', async () => {
    const [present, absent] = [await ask('outsider')(existing()), await ask('outsider')(missing)];
    expect(await ownView('outsider', present.trail)).toBe(await ownView('outsider', absent.trail));
  });
});

/** The value in the middle. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How often a value of the first list is above one of the second: 0.5 where the two are alike. */
const above = (first: readonly number[], second: readonly number[]): number => {
  const wins = first.flatMap((a) => second.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
};

describe('how long a stranger waits', () => {
  it('is printed for both, side by side', async () => {
    const times: Record<'existing' | 'missing', number[]> = { existing: [], missing: [] };
    const from = async (kind: 'existing' | 'missing', patient: string): Promise<void> => {
      const began = performance.now();
      await ask('outsider')(patient);
      times[kind].push(performance.now() - began);
    };
    for (let round = 0; round < 60; round += 1) {
      const pairs = [
        ['existing', existing()],
        ['missing', missing],
      ] as const;
      for (const [kind, patient] of round % 2 === 0 ? pairs : pairs.toReversed()) await from(kind, patient);
    }
    process.stdout.write(
      `A stranger is refused after ${median(times.existing).toFixed(1)} ms (existing patient) and ` +
        `${median(times.missing).toFixed(1)} ms (missing patient), medians of 60; an existing one took longer in ` +
        `${(100 * above(times.existing, times.missing)).toFixed(0)} % of all pairs (50 %: no difference).\n`,
    );
    expect(times.existing.length).toBe(times.missing.length);
  });
});
