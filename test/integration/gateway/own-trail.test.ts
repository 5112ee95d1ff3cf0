import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const patientWith = (story: string): string =>
  sandbox.ready.patients.find((patient) => patient.story === story)?.id ?? '';

/** The trail as its asker reads it, without what differs from request to request. */
async function ownView(user: string, id: string): Promise<string> {
  const reply = await sandbox.call(`/v1/trails/${id}`, await sandbox.token(user));
  const { outcome, decision, events } = reply.body;
  const told = (Array.isArray(events) ? events : []).map(({ event, reason, counts }) => ({
    event,
    reason,
    counts,
  }));
  return JSON.stringify({ status: reply.status, outcome, decision, told });
}

async function delegated(task: string): Promise<string> {
  const reply = await sandbox.exchange(await sandbox.token('clinician'), { task });
  return String(reply.body['access_token']);
}

describe('the own trail says no more than the answer', () => {
  it('of a consent: denied, missing and run out look the same to somebody on the care team', async () => {
    const views = new Set<string>();
    for (const story of ['consent-denies', 'no-consent', 'expired-consent'])
      views.add(await ownView('clinician', (await sandbox.ask({ patient: patientWith(story) })).trail));
    expect([...views]).toHaveLength(1);
    expect([...views][0]).toContain('"policy_denied"');
  });

  it('of a patient: one who is somebody else’s looks like one who does not exist', async () => {
    const views = new Set<string>();
    for (const patient of [sandbox.ready.patients[0]?.id, sandbox.ready.patients[4]?.id, 'no-such-patient'])
      views.add(
        await ownView(
          'outsider',
          (await sandbox.ask({ user: 'outsider', ...(patient === undefined ? {} : { patient }) })).trail,
        ),
      );
    expect([...views]).toHaveLength(1);
  });

  it('of the record: not how much of it was read or identifies the patient', async () => {
    const { trail } = await sandbox.ask();
    const view = await ownView('clinician', trail);
    expect(view).toContain('"items"');
    expect(view).not.toMatch(/scanned|fetched|dropped|sheet|searches|tokens\./);
  });
});

describe('a delegated token', () => {
  it('reads the trails of its own delegation and of no other request of its user', async () => {
    const before = await sandbox.ask();
    const token = await delegated('cholesterol.latest');
    const other = await delegated('cholesterol.latest');
    const asked = await sandbox.ask({ token, phi: null });
    const read = async (id: string, by: string) => (await sandbox.call(`/v1/trails/${id}`, by)).status;
    expect(await read(asked.trail, token)).toBe(200);
    expect(await read(asked.trail, other)).toBe(404);
    expect(await read(before.trail, token)).toBe(404);
    expect(await read(before.trail, await sandbox.token('clinician'))).toBe(200);
  });
});

describe('what is missing from the context', () => {
  it.each([false, true])(
    'stands in the answer although the model left it out (stream %s)',
    async (stream) => {
      await sandbox.script([{ chunks: ['All is well.'] }]);
      const reply = await sandbox.ask({ stream });
      expect(reply.status).toBe(200);
      const said = stream
        ? [...reply.text.matchAll(/"delta":\{"content":"((?:[^"\\]|\\.)*)"/g)]
            .map(([, piece]) => piece)
            .join('')
        : reply.text;
      expect(said).toContain('All is well.');
      expect(said).toContain('may have been left out because of consent, law or policy');
      expect(said.match(/Notices:/g)).toHaveLength(1);
    },
  );
});
