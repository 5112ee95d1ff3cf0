import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import { type AskOptions, type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical } from '../isolation/record.ts';

const system = 'http://hospital.example/mrn';
const numberOf = {
  known: 'QX-4471,193',
  shared: 'QX-5582214',
  inactive: 'QX-6693325',
  replaced: 'QX-7704436',
  foreign: 'QX-8815547',
  former: 'QX-3348102',
  nobody: 'QX-9926658',
} as const;
const named = (who: keyof typeof numberOf): string => `${system}|${numberOf[who]}`;

let sandbox: SandboxUnderTest;

/** A record that the clinician may ask about, unless somebody else's team is said. */
function put(id: string, who: keyof typeof numberOf, more: object = {}, clinician?: string): void {
  const options = { patient: id, now: Date.now(), ...(clinician === undefined ? {} : { clinician }) };
  const identifier = [
    { system: 'urn:visits', value: '1' },
    { system, value: numberOf[who] },
  ];
  const own = (one: Resource): Resource =>
    one.resourceType === 'Patient' ? { ...one, identifier, ...more } : one;
  for (const one of [...basis(options), ...clinical(options, 3, 'one')]) sandbox.running.store.put(own(one));
}

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({ ...tenant, fhir: { ...tenant.fhir, timeoutMs: 2_000 } })),
    }),
  });
  put('named-known', 'known');
  put('named-first', 'shared');
  put('named-second', 'shared');
  put('named-inactive', 'inactive', { active: false });
  put('named-replaced', 'replaced', {
    link: [{ type: 'replaced-by', other: { reference: 'Patient/named-known' } }],
  });
  put('named-former', 'former', {
    identifier: [{ system, value: numberOf.former, use: 'old', period: { end: '2020-01-01' } }],
  });
  put('named-foreign', 'foreign', {}, 'Practitioner/somebody-else');
}, 60_000);
afterAll(() => sandbox.close());
afterEach(() => sandbox.clearFaults());

const told = ({ body, status }: Reply) => ({ status, error: body['error'] });
const events = async ({ trail }: Reply): Promise<readonly string[]> =>
  (await sandbox.trail(trail)).map(({ event }) => event);
const strike = (fault: string, value?: unknown) => ({
  when: { type: 'Patient', method: 'POST' },
  fault,
  times: 9,
  ...(value === undefined ? {} : { value }),
});
const asked = async () => {
  const origin = new URL(sandbox.ready.fhir).origin;
  const list: unknown = await (await fetch(`${origin}/__requests`)).json();
  return Array.isArray(list) ? list.filter(isRecord) : [];
};
/** What the record system was asked for one request of a stranger about this patient, without ids. */
const costs = async (patient: string) => {
  const before = (await asked()).length;
  await sandbox.ask({ patient, user: 'outsider' });
  return (await asked()).slice(before).map(({ method, path }) => {
    const [last = ''] = String(path).split('/').slice(-1);
    return `${String(method)} ${String(path).includes('/Patient/') && last !== '_search' ? 'read' : last}`;
  });
};

/** Whom the officer reads that a trail is about. */
const patientOn = async ({ trail }: Reply): Promise<unknown> => {
  const { body } = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'));
  const list: readonly unknown[] = Array.isArray(body['events']) ? body['events'] : [];
  return list
    .filter(isRecord)
    .map(({ facts }) => (isRecord(facts) ? facts['patient'] : undefined))
    .find((one) => one !== undefined);
};

describe('a patient named by an identifier', () => {
  it('is answered as by the id, and the search stands on the trail before it is sent', async () => {
    const reply = await sandbox.ask({ patient: named('known') });
    expect(reply.status).toBe(200);
    expect((await events(reply)).slice(0, 4)).toEqual([
      'session.started',
      'patient.searched',
      'token.delegated',
      'consent.verified',
    ]);
    const byId = await sandbox.ask({ patient: 'named-known' });
    expect(await events(byId)).not.toContain('patient.searched');
    expect(await patientOn(reply)).toBe(await patientOn(byId));
  });

  it('is searched for once, by POST, with a token for nothing else', async () => {
    const before = (await asked()).length;
    await sandbox.ask({ patient: named('known') });
    const since = (await asked()).slice(before);
    const searches = since.filter(({ path }) => String(path).endsWith('/Patient/_search'));
    expect(searches).toMatchObject([
      { method: 'POST', form: { identifier: [`${system}|QX-4471\\,193`], _count: ['2'] } },
    ]);
    expect(JSON.stringify(since.map(({ params, path }) => [path, params]))).not.toContain('QX-');
  });

  it('is answered in a stream, in turns of a conversation, by headers, as a context and by MCP', async () => {
    const patient = named('known');
    const streamed = await sandbox.ask({ patient, stream: true });
    expect(streamed.status).toBe(200);
    expect(streamed.text).toContain('[DONE]');
    for (const question of ['What is the latest LDL?', 'And when was it taken?'])
      expect((await sandbox.ask({ patient, question, phi: { conversation: 'named-1' } })).status).toBe(200);
    const token = await sandbox.token('clinician');
    const json = { 'content-type': 'application/json' };
    const messages = [{ role: 'user', content: 'What is the latest LDL?' }];
    const said = { 'phi-patient': patient, 'phi-task': 'cholesterol.latest', 'phi-purpose': 'TREAT' };
    const byHeader = await sandbox.call('/v1/chat/completions', token, {
      method: 'POST',
      headers: { ...json, ...said },
      body: JSON.stringify({ messages }),
    });
    expect(byHeader.status).toBe(200);
    const context = await sandbox.call('/v1/context', token, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ phi: { patient, task: 'cholesterol.latest', purpose: 'TREAT' } }),
    });
    expect(context.status).toBe(200);
    expect(context.text).not.toContain('QX-');
    const call = { patient, task: 'cholesterol.latest', purpose: 'TREAT', question: 'The latest LDL?' };
    const tool = await sandbox.call(
      '/mcp',
      token,
      mcpRequest('tools/call', { name: 'ask', arguments: call }),
    );
    expect(tool.status).toBe(200);
    expect(await events(tool)).toContain('patient.searched');
    expect((await events(tool)).at(-1)).toBe('response.delivered');
  });

  it.each<[string, () => AskOptions]>([
    ['nobody has it', () => ({ patient: named('nobody') })],
    ['two have it', () => ({ patient: named('shared') })],
    ['the record is not in use', () => ({ patient: named('inactive') })],
    ['another record took its place', () => ({ patient: named('replaced') })],
    ['the record had it before', () => ({ patient: named('former') })],
    ['it is somebody else’s patient', () => ({ patient: named('foreign') })],
    ['the naming system is another one', () => ({ patient: `urn:visits|${numberOf.known}` })],
  ])('is refused in the same bytes as an unknown id: %s', async (_name, options) => {
    await sandbox.forgetReceived();
    const unknown = await sandbox.ask({ patient: 'no-such-patient' });
    const reply = await sandbox.ask(options());
    expect(told(reply)).toEqual(told(unknown));
    expect(reply.status).toBe(403);
    expect((await events(reply)).filter((event) => event !== 'patient.searched')).toEqual(
      await events(unknown),
    );
    expect(await sandbox.received()).toEqual([]);
  });

  it('costs the record system the same, whether there is such a patient or not', async () => {
    await costs(named('foreign'));
    const foreign = await costs(named('foreign'));
    expect(await costs(named('nobody'))).toEqual(foreign);
    expect(await costs(named('shared'))).toEqual(foreign);
  });

  it('opens no other record to a patient', async () => {
    const reply = await sandbox.ask({ user: 'patient', patient: named('known'), purpose: 'PATRQT' });
    const missing = await sandbox.ask({ user: 'patient', patient: named('nobody'), purpose: 'PATRQT' });
    expect(reply.status).toBe(403);
    expect(told(reply)).toEqual(told(missing));
  });

  it('is looked for by nobody who may not do such work at all', async () => {
    const reply = await sandbox.ask({ user: 'support', patient: named('known') });
    expect(reply.status).toBe(403);
    expect(await events(reply)).not.toContain('patient.searched');
  });

  it('is refused where the server does not filter, and the server is suspected', async () => {
    await sandbox.faults([strike('ignore-filters')]);
    expect(told(await sandbox.ask({ patient: named('known') })).status).toBe(403);
    await sandbox.faults([strike('endless-paging')]);
    expect(told(await sandbox.ask({ patient: named('known') })).status).toBe(403);
    await sandbox.faults([strike('foreign-patient', 'named-first')]);
    const reply = await sandbox.ask({ patient: named('nobody') });
    expect(reply.status).toBe(403);
    expect(await events(reply)).toContain('server.distrusted');
  });

  it.each([
    ['status-500', 502, 'fhir_unavailable'],
    ['truncated-json', 502, 'fhir_unavailable'],
    ['html', 502, 'fhir_unavailable'],
    ['redirect', 502, 'fhir_unavailable'],
    ['close', 502, 'fhir_unavailable'],
    ['oversized', 502, 'fhir_unavailable'],
    ['hang', 504, 'upstream_timeout'],
  ])('is a failure of the record system where that fails: %s', async (fault, status, code) => {
    await sandbox.forgetReceived();
    await sandbox.faults([strike(fault)]);
    const reply = await sandbox.ask({ patient: named('known') });
    expect(reply).toMatchObject({ status, body: { error: { code } } });
    expect(reply.text).not.toContain('QX-');
    expect((await events(reply)).slice(-2)).toEqual(['patient.searched', 'request.denied']);
    expect(await sandbox.received()).toEqual([]);
  });

  it('stands beside no delegated token, and in one as its id', async () => {
    const user = await sandbox.token('clinician');
    const exchanged = await sandbox.exchange(user, { patient: named('known') });
    expect(exchanged.status).toBe(200);
    expect(await events(exchanged)).toEqual(['patient.searched', 'token.delegated']);
    const token = String(exchanged.body['access_token']);
    expect((await sandbox.ask({ token, phi: null })).status).toBe(200);
    const repeated = await sandbox.ask({ token, patient: named('known') });
    expect(told(repeated)).toMatchObject({ status: 403, error: { code: 'access_denied' } });
    expect(await events(repeated)).not.toContain('patient.searched');
  });

  it('has a token of the same length whether anybody has it or not', async () => {
    const user = await sandbox.token('clinician');
    const lengths = await Promise.all(
      [named('known'), named('nobody'), named('shared'), 'no-such-patient'].map(async (patient) => {
        const { body, status } = await sandbox.exchange(user, { patient });
        return [status, String(body['access_token']).length];
      }),
    );
    expect(new Set(lengths.map(String)).size).toBe(1);
    const { body } = await sandbox.exchange(user, { patient: named('nobody') });
    const reply = await sandbox.ask({ token: String(body['access_token']), phi: null });
    expect(reply.status).toBe(403);
  });

  it('has a token that does not tell whose number it is, whomever its holder takes it to be for', async () => {
    const user = await sandbox.token('clinician');
    const claims: unknown = JSON.parse(Buffer.from(user.split('.')[1] ?? '', 'base64url').toString());
    const subject = isRecord(claims) ? claims['sub'] : undefined;
    const decided = async (who: keyof typeof numberOf, id: string): Promise<unknown> => {
      const { body: granted } = await sandbox.exchange(user, { patient: named(who) });
      const question = {
        subject: { type: 'user', id: subject },
        action: { name: 'ask' },
        resource: { type: 'Patient', id },
      };
      const reply = await sandbox.call('/access/v1/evaluation', String(granted['access_token']), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question),
      });
      return { text: reply.text.replaceAll(reply.trail, 'T'), events: await events(reply) };
    };
    expect(await decided('known', 'named-known')).toMatchObject({
      text: expect.stringContaining('"decision":true'),
    });
    const own = await decided('foreign', 'named-foreign');
    expect(own).toMatchObject({ text: expect.stringContaining('"decision":false') });
    expect(await decided('foreign', 'named-first')).toEqual(own);
    expect(await decided('foreign', 'no-such-patient')).toEqual(own);
    expect(await decided('nobody', 'named-foreign')).toEqual(own);
  });

  it('is a failure of the record system at the exchange too', async () => {
    await sandbox.faults([strike('status-500')]);
    const reply = await sandbox.exchange(await sandbox.token('clinician'), { patient: named('known') });
    expect(reply.status).toBe(502);
    expect(reply.text).not.toContain('QX-');
  });

  it('is malformed in a header that is not ASCII: clients write it in two ways', async () => {
    const headers = {
      'content-type': 'application/json',
      'phi-patient': `${system}|QX-\u00e9`,
      'phi-task': 'cholesterol.latest',
      'phi-purpose': 'TREAT',
    };
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'What is the latest LDL?' }] });
    const token = await sandbox.token('clinician');
    const reply = await sandbox.call('/v1/chat/completions', token, { method: 'POST', headers, body });
    expect(told(reply)).toMatchObject({ status: 400, error: { param: '/phi/patient' } });
  });

  it.each([
    ['no system', '|4471193'],
    ['no value', `${system}|`],
    ['two bars', `${system}|4471|193`],
    ['no URI', 'mrn|4471193'],
    ['a line break', `${system}|4471\n193`],
    ['a mark that does not print', `${system}|4471\u200b193`],
    ['too long', `${system}|${'4'.repeat(256)}`],
  ])('is malformed: %s', async (_name, patient) => {
    const reply = await sandbox.ask({ patient });
    expect(told(reply)).toMatchObject({ status: 400, error: { code: 'invalid_request' } });
    expect(reply.text).not.toContain('4471');
  });

  it('stands in no log, no metric, no trail and nothing that the model is sent', async () => {
    const { files, operations } = sandbox.ready;
    const metrics = await (await fetch(`${operations}/metrics`)).text();
    const received = JSON.stringify(await sandbox.received());
    const kept = [files.log, files.audit, `${files.audit}-wal`, files.vault, `${files.vault}-wal`].map(
      (file) => readFileSync(file).toString('latin1'),
    );
    for (const text of [metrics, received, ...kept]) {
      expect(text.includes('QX-')).toBe(false);
      expect(text.includes('hospital.example')).toBe(false);
    }
  });
});
