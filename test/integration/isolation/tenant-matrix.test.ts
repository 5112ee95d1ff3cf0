import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt, type JWTPayload } from 'jose';
import { routes } from '../../../src/http/routes.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import type { Reply } from '../../fixtures/running-sandbox.ts';
import { formPost } from '../../fixtures/token-exchange.ts';
import { startTwoTenants, type TestTenant } from './two-tenants.ts';

/**
 * Every route, asked about what one tenant has, by people of that tenant and by their namesakes of the other, who are
 * equal to them in subject, session, token id, key id, client, workload and record ids. Each cell is a status and a
 * code; whatever a namesake is told is also told about what nobody has; and what the owner had, the owner has still.
 */
let both: Awaited<ReturnType<typeof startTwoTenants>>;
beforeAll(async () => {
  both = await startTwoTenants();
}, 60_000);
afterAll(() => both.close());

type Role = 'asker' | 'officer' | 'support';
/** `forged`: claims of the owner's issuer, signed by the other under the same key id. */
type Column = Role | `other ${Role}` | 'forged';
const columns: readonly Column[] = [
  'asker',
  'officer',
  'support',
  'other asker',
  'other officer',
  'other support',
  'forged',
];

const people: Readonly<Record<Role, JWTPayload>> = {
  asker: {},
  officer: {
    sub: 'officer',
    jti: 'token-2',
    sid: 'session-2',
    roles: ['compliance'],
    fhirUser: 'Practitioner/officer',
  },
  support: {
    sub: 'helper',
    jti: 'token-3',
    sid: 'session-3',
    roles: ['support'],
    fhirUser: 'Practitioner/helper',
  },
};
const tokenOf = (column: Column, own: TestTenant, other: TestTenant): Promise<string> => {
  if (column === 'forged') return other.issuer.sign({ iss: own.issuer.issuer });
  const namesake = column.startsWith('other ');
  const role = namesake ? column.slice('other '.length) : column;
  const claims = role === 'officer' || role === 'support' ? people[role] : people.asker;
  return (namesake ? other : own).issuer.sign(claims);
};

const post = (path: string, body: object) => (token: string) =>
  both.sandbox.call(path, token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const get = (path: string) => (token: string) => both.sandbox.call(path, token);
const phi = { patient: 'same', task: 'problem.list', purpose: 'TREAT' };
const question = 'Which problems?';
const grantTerms = { patient: 'same', task: 'support.case', purpose: 'HOPERAT', ticket: 'T-1', minutes: 5 };

const emergencyTerms = { patient: 'same', reason: 'other', text: 'nobody else was there to ask' };
const review = { finding: 'appropriate', text: 'as the team on duty confirms' };
/** Breaking the glass asks for a fresh sign-in. */
const signedIn = (own: TestTenant) =>
  asAsker(own, { sub: `one-${randomUUID()}`, auth_time: Math.floor(Date.now() / 1000) });

const consentForm = { patient: 'same', decision: 'deny', purposes: ['HRESCH'] };

const proxyTerms = { relation: 'parent', patient: 'same', relatedPerson: 'same-parent' };
const evidence = { evidence: 'the birth certificate was shown' };

const chat = post('/v1/chat/completions', {
  messages: [{ role: 'user', content: question }],
  phi: { ...phi, conversation: 'same-conversation' },
});
const asAsker = (own: TestTenant, claims: JWTPayload = {}) => own.issuer.sign({ ...people.asker, ...claims });
const inBody = (reply: Reply, name: string): string => {
  const value = reply.body[name];
  return typeof value === 'string' ? value : '';
};
const sessionOf = async (token: string): Promise<string> => {
  const { body } = await both.sandbox.call('/v1/sessions', token);
  const list = Array.isArray(body['sessions']) ? body['sessions'].filter(isRecord) : [];
  return String(list.find(({ current }) => current === true)?.['id']);
};
const delegatedOf = async (token: string): Promise<string> =>
  inBody(await both.sandbox.exchange(token, phi), 'access_token');

const made = {
  nothing: async () => '',
  conversation: async (own: TestTenant) => {
    await chat(await asAsker(own));
    return 'same-conversation';
  },
  answered: async (own: TestTenant) => (await chat(await asAsker(own))).trail,
  context: async (own: TestTenant) => {
    const { body } = await post('/v1/context', { phi })(await asAsker(own));
    return isRecord(body['context']) ? String(body['context']['id']) : '';
  },
  pseudonym: async (own: TestTenant) => {
    await chat(await asAsker(own));
    return both.sandbox.running.gateway.gateway.services.pseudonym(own.id, 'patient', 'same');
  },
  grant: async (own: TestTenant) =>
    inBody(await post('/v1/grants', grantTerms)(await own.issuer.sign(people.support)), 'id'),
  proxy: async (own: TestTenant) =>
    inBody(
      await post('/v1/proxies', {
        ...proxyTerms,
        person: { issuer: own.issuer.issuer, subject: `parent-${randomUUID()}` },
      })(await own.issuer.sign({ ...people.officer, sub: 'second', jti: 'token-4', sid: 'session-4' })),
      'id',
    ),
  consent: async (own: TestTenant) =>
    inBody(await post('/v1/consents', consentForm)(await own.issuer.sign(people.officer)), 'id'),
  emergency: async (own: TestTenant) => {
    const { body } = await get('/v1/break-glass')(await own.issuer.sign(people.officer));
    const list = Array.isArray(body['emergencies']) ? body['emergencies'].filter(isRecord) : [];
    const standing = list.find(({ state }) => state === 'open');
    if (standing !== undefined) return String(standing['id']);
    return inBody(await post('/v1/break-glass', emergencyTerms)(await signedIn(own)), 'id');
  },
  session: async (own: TestTenant) => {
    const token = await asAsker(own, { sid: `session-${randomUUID()}` });
    await chat(token);
    return sessionOf(token);
  },
  delegated: async (own: TestTenant) => delegatedOf(await asAsker(own, { jti: randomUUID() })),
} satisfies Record<string, (own: TestTenant) => Promise<string>>;

/** Whether what the owner has is still as it was. */
const standing: Readonly<Record<keyof typeof made, (own: TestTenant, thing: string) => Promise<boolean>>> = {
  nothing: async () => true,
  conversation: async () => true,
  answered: async (own, trail) => (await get(`/v1/trails/${trail}`)(await asAsker(own))).status === 200,
  context: async (own, context) =>
    (await post('/v1/answers/check', { context, answer: 'Nothing.' })(await asAsker(own))).status === 200,
  pseudonym: async (own, one) =>
    (await get(`/v1/pseudonyms/${one}`)(await own.issuer.sign(people.officer))).status === 200,
  grant: async (own, id) => {
    const { body } = await get('/v1/grants')(await own.issuer.sign(people.support));
    const list = Array.isArray(body['grants']) ? body['grants'].filter(isRecord) : [];
    return list.find((grant) => grant['id'] === id)?.['state'] === 'requested';
  },
  proxy: async (own, id) => {
    const { body } = await get('/v1/proxies')(await own.issuer.sign(people.officer));
    const list = Array.isArray(body['proxies']) ? body['proxies'].filter(isRecord) : [];
    return list.some((one) => one['id'] === id && one['state'] === 'requested');
  },
  consent: async (own, id) =>
    (await get(`/v1/consents/${id}`)(await own.issuer.sign(people.officer))).body['state'] === 'active',
  emergency: async (own, id) => {
    const { body } = await get('/v1/break-glass')(await own.issuer.sign(people.officer));
    const list = Array.isArray(body['emergencies']) ? body['emergencies'].filter(isRecord) : [];
    return list.some((one) => one['id'] === id && one['state'] === 'open');
  },
  session: async (own, id) => {
    const { body } = await get('/v1/sessions')(await asAsker(own));
    const list = Array.isArray(body['sessions']) ? body['sessions'].filter(isRecord) : [];
    return list.some((session) => session['id'] === id);
  },
  delegated: async (_own, token) => (await both.sandbox.ask({ token, phi: null, question })).status === 200,
};

interface Row {
  /** What the owner has. */
  readonly of: keyof typeof made;
  /** The same kind of thing, that nobody has. */
  readonly nobodys?: string;
  readonly ask: (thing: string) => (token: string) => Promise<Reply>;
  readonly cells: Readonly<Record<Column, string>>;
}

const everyone = (cell: string): Row['cells'] => ({
  asker: cell,
  officer: cell,
  support: cell,
  'other asker': cell,
  'other officer': cell,
  'other support': cell,
  forged: cell,
});
/** Told to the owner's people, and to their namesakes, who are `strangers` to it. */
const cells = (
  [asker, officer, support]: readonly [string, string, string],
  [otherAsker, otherOfficer, otherSupport]: readonly [string, string, string],
): Row['cells'] => ({
  asker,
  officer,
  support,
  'other asker': otherAsker,
  'other officer': otherOfficer,
  'other support': otherSupport,
  forged: '401 invalid_token',
});
const uuid = '019a0000-0000-7000-8000-000000000001';
const pseudonym = '0123456789abcdef0123456789abcdef';
const denied = '403 access_denied';
const missing = '404 not_found';
const weak = '401 insufficient_user_authentication';

const matrix: Readonly<Record<keyof typeof routes, Row>> = {
  chatCompletions: {
    of: 'conversation',
    ask: () => chat,
    cells: cells(['200', denied, denied], ['200', denied, denied]),
  },
  responses: {
    of: 'conversation',
    ask: (conversation) => post('/v1/responses', { input: question, phi: { ...phi, conversation } }),
    cells: cells(['200', denied, denied], ['200', denied, denied]),
  },
  context: {
    of: 'conversation',
    ask: () => post('/v1/context', { phi }),
    cells: cells(['200', denied, denied], ['200', denied, denied]),
  },
  answerCheck: {
    of: 'context',
    nobodys: uuid,
    ask: (context) => post('/v1/answers/check', { context, answer: 'Nothing.' }),
    cells: cells(['200', denied, denied], [denied, denied, denied]),
  },
  embeddings: {
    of: 'conversation',
    ask: (conversation) => post('/v1/embeddings', { input: question, phi: { ...phi, conversation } }),
    cells: cells(['200', denied, denied], ['200', denied, denied]),
  },
  mcp: {
    of: 'answered',
    nobodys: uuid,
    ask: (trail) => (token) =>
      both.sandbox.call('/mcp', token, mcpRequest('tools/call', { name: 'explain', arguments: { trail } })),
    cells: cells(['200', '200', '200 not_found'], ['200 not_found', '200 not_found', '200 not_found']),
  },
  evaluation: {
    of: 'nothing',
    ask: () => (token) => {
      const { patient: id, ...context } = phi;
      return post('/access/v1/evaluation', {
        subject: { type: 'user', id: decodeJwt(token).sub },
        action: { name: 'ask' },
        resource: { type: 'Patient', id },
        context,
      })(token);
    },
    cells: cells(['200 true', '200 false', '200 false'], ['200 true', '200 false', '200 false']),
  },
  evaluationMetadata: {
    of: 'nothing',
    ask: () => get('/.well-known/authzen-configuration'),
    cells: everyone('200'),
  },
  models: {
    of: 'nothing',
    ask: () => get('/v1/models'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  model: {
    of: 'nothing',
    ask: () => get('/v1/models/nobodys-model'),
    cells: cells([missing, missing, missing], [missing, missing, missing]),
  },
  tasks: {
    of: 'nothing',
    ask: () => get('/v1/tasks'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  trail: {
    of: 'answered',
    nobodys: uuid,
    ask: (trail) => get(`/v1/trails/${trail}`),
    cells: cells(['200', '200', missing], [missing, missing, missing]),
  },
  trailProof: {
    of: 'answered',
    nobodys: uuid,
    ask: (trail) => get(`/v1/trails/${trail}/proof`),
    cells: cells(['200', '200', missing], [missing, missing, missing]),
  },
  pseudonym: {
    of: 'pseudonym',
    nobodys: pseudonym,
    ask: (one) => get(`/v1/pseudonyms/${one}`),
    cells: cells([denied, '200', denied], [denied, missing, denied]),
  },
  erasure: {
    of: 'nothing',
    ask: () => post('/v1/patients/erase', { patient: 'nobody-here' }),
    cells: cells([denied, '200', denied], [denied, '200', denied]),
  },
  requestGrant: {
    of: 'nothing',
    ask: () => post('/v1/grants', grantTerms),
    cells: cells([denied, denied, '200'], [denied, denied, '200']),
  },
  grants: {
    of: 'grant',
    ask: () => get('/v1/grants'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  approveGrant: {
    of: 'grant',
    nobodys: uuid,
    ask: (grant) => post(`/v1/grants/${grant}/approve`, {}),
    cells: cells([denied, '200', denied], [denied, missing, denied]),
  },
  revokeGrant: {
    of: 'grant',
    nobodys: uuid,
    ask: (grant) => post(`/v1/grants/${grant}/revoke`, {}),
    cells: cells([missing, '200', '200'], [missing, missing, missing]),
  },
  askProxy: {
    of: 'nothing',
    ask: () => post('/v1/proxies', proxyTerms),
    cells: cells([denied, '201', denied], [denied, '201', denied]),
  },
  proxies: {
    of: 'proxy',
    ask: () => get('/v1/proxies'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  confirmProxy: {
    of: 'proxy',
    nobodys: uuid,
    ask: (proxy) => post(`/v1/proxies/${proxy}/confirm`, evidence),
    cells: cells([denied, '200', denied], [denied, missing, denied]),
  },
  endProxy: {
    of: 'proxy',
    nobodys: uuid,
    ask: (proxy) => post(`/v1/proxies/${proxy}/revoke`, {}),
    cells: cells([missing, '200', missing], [missing, missing, missing]),
  },
  breakGlass: {
    of: 'nothing',
    ask: () => post('/v1/break-glass', emergencyTerms),
    cells: cells([weak, denied, denied], [weak, denied, denied]),
  },
  emergencies: {
    of: 'emergency',
    ask: () => get('/v1/break-glass'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  reviewBreakGlass: {
    of: 'emergency',
    nobodys: uuid,
    ask: (emergency) => post(`/v1/break-glass/${emergency}/review`, review),
    cells: cells([denied, '200', denied], [denied, missing, denied]),
  },
  captureConsent: {
    of: 'nothing',
    ask: () => post('/v1/consents', consentForm),
    cells: cells([denied, '201', denied], [denied, '201', denied]),
  },
  consents: {
    of: 'consent',
    ask: () => get('/v1/consents'),
    cells: cells([denied, '200', denied], [denied, '200', denied]),
  },
  consent: {
    of: 'consent',
    nobodys: uuid,
    ask: (consent) => get(`/v1/consents/${consent}`),
    cells: cells([missing, '200', missing], [missing, missing, missing]),
  },
  revokeConsent: {
    of: 'consent',
    nobodys: uuid,
    ask: (consent) => post(`/v1/consents/${consent}/revoke`, {}),
    cells: cells([missing, '200', missing], [missing, missing, missing]),
  },
  checkpoints: {
    of: 'nothing',
    ask: () => get('/v1/checkpoints'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  sessions: {
    of: 'session',
    ask: () => get('/v1/sessions'),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  revokeSession: {
    of: 'session',
    nobodys: pseudonym,
    ask: (session) => post(`/v1/sessions/${session}/revoke`, {}),
    cells: cells(['200', '200', missing], [missing, '200', missing]),
  },
  token: {
    of: 'delegated',
    nobodys: 'no.such.token',
    ask: (delegated) => () => both.sandbox.exchange(delegated, phi),
    cells: everyone('400 invalid_request'),
  },
  introspect: {
    of: 'delegated',
    nobodys: 'no.such.token',
    ask: (token) => (bearer) => both.sandbox.call('/oauth/introspect', bearer, formPost({ token })),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  revoke: {
    of: 'delegated',
    nobodys: 'no.such.token',
    ask: (token) => (bearer) => both.sandbox.call('/oauth/revoke', bearer, formPost({ token })),
    cells: cells(['200', '200', '200'], ['200', '200', '200']),
  },
  backChannelLogout: {
    of: 'nothing',
    ask: () => () =>
      both.sandbox.call('/oauth/backchannel-logout', undefined, formPost({ logout_token: 'x' })),
    cells: everyone('400 invalid_request'),
  },
  securityEvents: {
    of: 'nothing',
    ask: () => () =>
      both.sandbox.call('/v1/security-events', undefined, {
        method: 'POST',
        headers: { 'content-type': 'application/secevent+jwt' },
        body: 'x',
      }),
    cells: everyone('400 invalid_request'),
  },
  jwks: { of: 'nothing', ask: () => get('/oauth/jwks'), cells: everyone('200') },
  authorizationServer: {
    of: 'nothing',
    ask: () => get('/.well-known/oauth-authorization-server'),
    cells: everyone('200'),
  },
  protectedResource: {
    of: 'nothing',
    ask: () => get('/.well-known/oauth-protected-resource'),
    cells: everyone('200'),
  },
  mcpResource: {
    of: 'nothing',
    ask: () => get('/.well-known/oauth-protected-resource/mcp'),
    cells: everyone('200'),
  },
  openapi: { of: 'nothing', ask: () => get('/openapi.json'), cells: everyone('200') },
};

/** An error in a result of MCP, or in the data of its own. */
const inMessage = ({ error, result }: Reply['body']): unknown => {
  const { structuredContent } = isRecord(result) ? result : {};
  if (isRecord(error)) return error['data'];
  return isRecord(structuredContent) ? structuredContent['error'] : undefined;
};
const codeOf = ({ body }: Reply): string => {
  const { error, code, err } = body;
  const told = inMessage(body);
  const named = isRecord(told) ? told['code'] : isRecord(error) ? error['code'] : (error ?? code ?? err);
  return typeof named === 'string' ? named : '';
};
const decisionOf = ({ body }: Reply): string =>
  typeof body['decision'] === 'boolean' ? String(body['decision']) : '';
const cellOf = (reply: Reply): string => `${reply.status} ${codeOf(reply)}${decisionOf(reply)}`.trim();

/** What differs between two answers to the same question, without saying anything. */
const settled = ({ status, text, trail }: Reply): string =>
  `${status} ${text.replaceAll(trail, 'TRAIL').replaceAll(/"(created|expires|requestedAt)":("[^"]*"|\d+)/g, '')}`;
const isNamesake = (column: Column): boolean => column.startsWith('other ');
/** To look whether it stands is to use it up. */
const usedUp: Row['of'] = 'context';
const pair = (): readonly (readonly [TestTenant, TestTenant])[] => [
  [both.a, both.b],
  [both.b, both.a],
];

let asked = 0;
afterAll(() => {
  process.stdout.write(
    `two tenants: ${Object.keys(matrix).length} routes, ${columns.length} askers, ${asked} answers as the matrix says\n`,
  );
});

const names = Object.keys(matrix).filter((name): name is keyof typeof matrix => Object.hasOwn(matrix, name));
test.each(names)(
  '%s',
  async (name) => {
    const row = matrix[name];
    for (const [own, other] of pair()) {
      // Namesakes first: they meet one thing, which is as it was after each; the owner's people may use theirs up.
      const first = await made[row.of](own);
      for (const column of columns.toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)))) {
        const met = (isNamesake(column) || column === 'forged') && row.of !== usedUp;
        const thing = met ? first : await made[row.of](own);
        const token = await tokenOf(column, own, other);
        const reply = await row.ask(thing)(token);
        expect([own.id, column, cellOf(reply)]).toEqual([own.id, column, row.cells[column]]);
        asked += 1;
        if (!isNamesake(column)) continue;
        const hidden = row.nobodys === undefined && row.of !== 'conversation' ? [thing] : [];
        const told = [`mark-${own.id}`, ...hidden].filter((word) => word !== '' && reply.text.includes(word));
        expect(told).toEqual([]);
        if (row.nobodys === undefined) continue;
        // That the thing exists is not told either, and it is as it was.
        const nobodys = await row.ask(row.nobodys)(token);
        expect(settled(reply).replaceAll(thing, 'THING')).toBe(
          settled(nobodys).replaceAll(row.nobodys, 'THING'),
        );
        expect(await standing[row.of](own, thing)).toBe(true);
      }
    }
  },
  120_000,
);

test('logout and security events of one issuer end nothing of the namesake', async () => {
  const now = Math.floor(Date.now() / 1000);
  const events = {
    logout: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    revoked: {
      'https://schemas.openid.net/secevent/caep/event-type/session-revoked': { event_timestamp: now },
    },
  };
  for (const [own, other] of pair()) {
    const sid = `session-${randomUUID()}`;
    const tokens = await Promise.all([own, other].map(({ issuer }) => issuer.sign({ sid })));
    for (const token of tokens) expect((await chat(token)).status).toBe(200);
    const logout = await other.issuer.notify('logout+jwt', {
      aud: 'shared-app',
      exp: now + 120,
      sid,
      events: events.logout,
    });
    const told = await both.sandbox.call(
      '/oauth/backchannel-logout',
      undefined,
      formPost({ logout_token: logout }),
    );
    expect(told.status).toBe(200);
    expect(await Promise.all(tokens.map(async (token) => (await chat(token)).status))).toEqual([200, 401]);
    const subject = { format: 'complex', session: { format: 'opaque', id: sid } };
    const event = await other.issuer.notify('secevent+jwt', {
      aud: 'urn:signals',
      sub_id: subject,
      events: events.revoked,
    });
    const pushed = await both.sandbox.call('/v1/security-events', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body: event,
    });
    expect(pushed.status).toBe(202);
    expect((await chat(tokens[0] ?? '')).status).toBe(200);
  }
});

test('a consent of one record is none of the namesake’s', async () => {
  for (const [own, other] of pair()) {
    const consents = other.fhir.store.byPatient('same', 'Consent');
    expect(consents.length).toBeGreaterThan(0);
    for (const one of consents) other.fhir.store.put({ ...one, provision: { type: 'deny' } });
    expect((await chat(await asAsker(other))).status).toBe(403);
    expect((await chat(await asAsker(own))).status).toBe(200);
    for (const one of consents) other.fhir.store.put(one);
    expect((await chat(await asAsker(other))).status).toBe(200);
  }
});

test('a patient erased in one tenant is not erased in the other', async () => {
  const { services } = both.sandbox.running.gateway.gateway;
  const standsFor = ({ id }: TestTenant) =>
    services.vault.subject(id, services.pseudonym(id, 'patient', 'same'));
  const [own, other] = [both.a, both.b];
  const officer = await other.issuer.sign(people.officer);
  await chat(await asAsker(own));
  await chat(await asAsker(other));
  const erased = await post('/v1/patients/erase', { patient: 'same' })(officer);
  expect(erased.body).toMatchObject({ erased: true });
  expect(await standsFor(other)).toBeUndefined();
  expect(await standsFor(own)).toMatchObject({ value: 'same' });
  expect((await chat(await asAsker(own))).status).toBe(200);
});
