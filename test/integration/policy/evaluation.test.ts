import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { strangerSentence } from '../../../src/policy/wording.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
const subjectOf = (token: string): string => decodeJwt(token).sub ?? '';

interface Asked {
  readonly user?: string;
  readonly token?: string;
  readonly subject?: string;
  readonly body?: object;
  readonly context?: object;
  readonly patient?: string;
}

async function evaluate({ body = {}, context = {}, user = 'clinician', ...asked }: Asked = {}) {
  const token = asked.token ?? (await sandbox.token(user));
  return sandbox.call('/access/v1/evaluation', token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: asked.subject ?? subjectOf(token) },
      action: { name: 'ask' },
      resource: { type: 'Patient', id: asked.patient ?? patient() },
      context: { task: 'cholesterol.latest', purpose: 'TREAT', ...context },
      ...body,
    }),
  });
}
const eventsOf = async (trail: string) => (await sandbox.trail(trail)).map(({ event }) => event);

/** The answer to a stranger, without its trail. */
const strangersAnswer = async (id: string) => {
  const reply = await evaluate({ user: 'outsider', patient: id });
  return JSON.stringify({ ...reply.body, status: reply.status }).replaceAll(reply.trail, 'TRAIL');
};

describe('a decision for another system (AuthZEN)', () => {
  it('is allowed with its sentence and its trail, and reads nothing clinical', async () => {
    const reply = await evaluate();
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      decision: true,
      context: {
        reason_user: { en: expect.stringMatching(/^A physician on the patient's care team may ask/) },
        phi: { trail: reply.trail },
      },
    });
    const events = await eventsOf(reply.trail);
    expect(events).toContain('request.authorized');
    expect(events.at(-1)).toBe('decision.delivered');
    expect(events).not.toContain('fhir.retrieved');
  });

  it('is denied with 200, the sentence of the face, and a trail that says so', async () => {
    const reply = await evaluate({ context: { purpose: 'HRESCH' } });
    expect(reply).toMatchObject({ status: 200, body: { decision: false } });
    expect((await eventsOf(reply.trail)).at(-1)).toBe('request.denied');
    const asked = await sandbox.ask({ purpose: 'HRESCH' });
    const error = isRecord(asked.body['error']) ? asked.body['error'] : {};
    const { reason_user: said } = isRecord(reply.body['context']) ? reply.body['context'] : {};
    expect(said).toEqual({ en: error['message'] });
  });

  it('tells a stranger nothing: no relation and no patient are one answer', async () => {
    const [there, nowhere] = [await strangersAnswer(patient()), await strangersAnswer('no-such-patient')];
    expect(there).toBe(nowhere);
    expect(there).toContain(strangerSentence);
  });

  it('takes no fact from a caller', async () => {
    const facts = {
      onCareTeam: true,
      consentPermits: true,
      roles: ['physician', 'administrator'],
      breakGlassOpen: true,
    };
    const reply = await evaluate({
      user: 'outsider',
      context: facts,
      body: {
        subject: {
          type: 'user',
          id: subjectOf(await sandbox.token('outsider')),
          properties: facts,
        },
        resource: { type: 'Patient', id: patient(), properties: facts },
        facts,
      },
    });
    expect(reply).toMatchObject({ status: 200, body: { decision: false } });
  });

  it.each<[string, () => Asked | Promise<Asked>, number, string]>([
    [
      'for somebody else',
      () => ({ body: { subject: { type: 'user', id: 'somebody' } } }),
      400,
      '/subject/id',
    ],
    ['for a service', () => ({ body: { subject: { type: 'service', id: 'x' } } }), 400, '/subject/type'],
    ['about another action', () => ({ body: { action: { name: 'reveal' } } }), 400, '/action/name'],
    [
      'about another resource',
      () => ({ body: { resource: { type: 'Group', id: '1' } } }),
      400,
      '/resource/type',
    ],
    ['without a task', () => ({ context: { task: undefined } }), 400, '/phi/task'],
    ['with a list as body', () => ({ body: { subject: [] } }), 400, '/subject'],
    ['with a token that is none', () => ({ token: 'e30.e30.e30' }), 401, 'invalid_token'],
  ])('is an error %s', async (_name, asked, status, said) => {
    const reply = await evaluate(await asked());
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(said);
    expect(reply.body).not.toHaveProperty('decision');
  });

  it('stays within a delegated token', async () => {
    const given = await sandbox.exchange(await sandbox.token('clinician'), { actions: ['ask'] });
    const exchanged = String(given.body['access_token']);
    // Its own subject is a name that the record system does not know.
    const subject = subjectOf(await sandbox.token('clinician'));
    expect(subject).not.toBe(subjectOf(exchanged));
    const within = await evaluate({ token: exchanged, subject });
    expect(within).toMatchObject({ status: 200, body: { decision: true } });
    const beyond = await evaluate({ token: exchanged, subject, context: { task: 'allergies' } });
    expect(beyond).toMatchObject({ status: 200, body: { decision: false } });
    const other = await evaluate({ token: exchanged, subject, patient: sandbox.ready.patients[1]?.id ?? '' });
    expect(other.body['decision']).toBe(false);
  });

  it('is no decision where the record system fails', async () => {
    await sandbox.faults([{ when: { type: 'Consent' }, fault: 'status-503', times: 20 }]);
    const reply = await evaluate();
    await sandbox.clearFaults();
    expect(reply.status).toBeGreaterThanOrEqual(500);
    expect(reply.body).not.toHaveProperty('decision');
    expect((await eventsOf(reply.trail)).at(-1)).toBe('request.denied');
  });

  it('is found where the specification says', async () => {
    const reply = await sandbox.call('/.well-known/authzen-configuration', undefined, { method: 'GET' });
    expect(reply.body).toEqual({
      policy_decision_point: sandbox.ready.gateway,
      access_evaluation_endpoint: `${sandbox.ready.gateway}/access/v1/evaluation`,
    });
  });
});
