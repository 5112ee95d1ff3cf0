import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type AskOptions, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical } from '../isolation/record.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());
afterEach(() => sandbox.clearFaults());

const otherPatient = (): string => sandbox.ready.patients[1]?.id ?? '';

const patientWith = (story: string): string => {
  const found = sandbox.ready.patients.find((patient) => patient.story === story);
  if (found === undefined) throw new Error(`no patient ${story}`);
  return found.id;
};

/** What a refused request came to: for the caller, on the trail, and at the model. */
async function outcomeOf(options: AskOptions) {
  await sandbox.forgetReceived();
  const reply = await sandbox.ask(options);
  const error = reply.body['error'];
  const last = (await sandbox.trail(reply.trail)).at(-1);
  return {
    status: reply.status,
    code: isRecord(error) ? error['code'] : undefined,
    event: last?.event,
    reason: last?.reason,
    retry: reply.headers.get('x-should-retry'),
    received: (await sandbox.received()).length,
  };
}

/** One part of a JWT. */
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const refused = (status: number, code: string, reason: string) => ({
  status,
  code,
  event: 'request.denied',
  reason,
  retry: 'false',
  received: 0,
});

describe('what is refused before the model hears of it', () => {
  const forbidden = (reason: string) => refused(403, 'access_denied', reason);

  it.each<[string, () => AskOptions, ReturnType<typeof refused>]>([
    ['a physician on no care team', () => ({ user: 'outsider' }), forbidden('policy_denied')],
    [
      'a patient asking about somebody else',
      () => ({ user: 'patient', patient: otherPatient(), purpose: 'PATRQT' }),
      forbidden('policy_denied'),
    ],
    ['no consent', () => ({ patient: patientWith('no-consent') }), forbidden('consent_absent')],
    [
      'a consent that denies',
      () => ({ patient: patientWith('consent-denies') }),
      forbidden('consent_denied'),
    ],
    ['an expired consent', () => ({ patient: patientWith('expired-consent') }), forbidden('consent_absent')],
    ['the wrong role', () => ({ user: 'support' }), forbidden('purpose_not_allowed')],
    ['a purpose that is not the role’s', () => ({ purpose: 'HPAYMT' }), forbidden('purpose_not_allowed')],
    ['an unknown task', () => ({ task: 'everything.please' }), refused(403, 'unknown_task', 'task_unknown')],
    [
      'a missing purpose',
      () => ({ phi: { purpose: undefined } }),
      refused(400, 'invalid_request', 'malformed_request'),
    ],
    [
      'a model that nobody configured',
      () => ({ body: { model: 'gpt-unknown' } }),
      forbidden('model_not_allowed'),
    ],
  ])('%s', async (_name, options, expected) => {
    expect(await outcomeOf(options())).toEqual(expected);
  });

  it('a patient who does not exist, with the same answer as one who is somebody else’s', async () => {
    const missing = await sandbox.ask({ user: 'outsider', patient: 'no-such-patient' });
    const foreign = await sandbox.ask({ user: 'outsider' });
    const told = ({ status, body }: typeof missing) => ({ status, error: body['error'] });
    expect(told(missing)).toEqual(told(foreign));
    expect(missing.status).toBe(403);
  });

  it('a token that is none, or that has run out', async () => {
    const now = Math.floor(Date.now() / 1000);
    const expired = `${part({ alg: 'ES256', typ: 'at+jwt' })}.${part({ iss: sandbox.ready.issuer, exp: now - 60 })}.AA`;
    for (const token of ['nonsense', expired]) {
      const { status, code, received } = await outcomeOf({ token });
      expect({ status, code, received }).toEqual({ status: 401, code: 'invalid_token', received: 0 });
    }
  });

  it('a FHIR server that is down', async () => {
    await sandbox.faults([{ when: {}, fault: 'status-503', times: 100 }]);
    expect(await outcomeOf({})).toMatchObject({
      status: 502,
      code: 'fhir_unavailable',
      reason: 'consent_unavailable',
      received: 0,
    });
  });
});

describe('a record that is not in use any more', () => {
  const now = Date.now();
  const put = (patient: string, more: Readonly<Record<string, unknown>>): AskOptions => {
    const options = { patient, now };
    const resources = [...basis(options), ...clinical(options, 3, 'one')];
    for (const one of resources)
      sandbox.running.store.put(one.resourceType === 'Patient' ? { ...one, ...more } : one);
    return { patient };
  };
  const replaced = { link: [{ type: 'replaced-by', other: { reference: 'Patient/the-other' } }] };

  it.each([
    ['is inactive', 'inactive', { active: false }, 'record_inactive'],
    ['was replaced', 'replaced', replaced, 'record_replaced'],
  ])('%s: says so to whoever may ask, and reads nothing clinical', async (_what, id, more, reason) => {
    const options = put(`record-${id}`, more);
    expect(await outcomeOf(options)).toEqual(refused(403, 'record_not_current', reason));
  });

  it('is kept from whoever may not ask about the patient', async () => {
    const options = { ...put('record-of-others', replaced), user: 'outsider' };
    expect(await outcomeOf(options)).toEqual(refused(403, 'access_denied', 'policy_denied'));
  });

  it('is answered where it took the place of another, which is not read', async () => {
    const other = { reference: 'Patient/the-other' };
    const options = put('record-kept', {
      link: [
        { type: 'replaces', other },
        { type: 'seealso', other },
      ],
    });
    const reply = await sandbox.ask(options);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(
      'The record system names other records of this patient, which were not read.',
    );
    expect(reply.text).not.toContain('the-other');
  });

  it('joined with another one while the model answers: nothing is delivered', async () => {
    const options = put('record-joined', {});
    await sandbox.script([{ chunks: ['Fine.'], delayMs: 2500 }]);
    const asked = outcomeOf(options);
    setTimeout(() => put('record-joined', replaced), 1000);
    expect(await asked).toMatchObject({ status: 403, code: 'record_not_current', reason: 'record_replaced' });
  });
});

describe('a model that fails', () => {
  it.each([
    ['is down', [{ status: 503 }], 502, 'model_unavailable'],
    ['answers garbage', [{ body: 'nonsense' }], 502, 'model_unavailable'],
    ['redirects', [{ status: 302, headers: { location: 'http://127.0.0.1:9/' } }], 502, 'model_unavailable'],
  ])('%s: nothing is delivered', async (_name, script, status, code) => {
    await sandbox.script(script);
    const reply = await sandbox.ask();
    expect(reply).toMatchObject({ status, body: { error: { code } } });
    expect((await sandbox.trail(reply.trail)).at(-1)).toMatchObject({ event: 'response.aborted' });
  });
});
