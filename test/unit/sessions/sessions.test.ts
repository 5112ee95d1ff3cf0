import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { RevocationStore } from '../../../src/delegation/ports.ts';
import { openRevocations } from '../../../src/delegation/revocations.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { openEndings } from '../../../src/sessions/endings.ts';
import { issuerDevice, issuerSession, issuerSubject } from '../../../src/sessions/session-names.ts';
import { Sessions, type SessionsInput } from '../../../src/sessions/sessions.ts';
import type { VerifiedUser } from '../../../src/vocabulary/person.ts';
import type { VaultScope } from '../../../src/vocabulary/scope.ts';
import { createMemoryRevocationStore } from '../../fixtures/memory-revocations.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';
import { user as known } from '../delegation/gateway.ts';
import { now } from '../identity/tokens.ts';

const pseudonym = (tenant: string, kind: string, value: string): string =>
  createHash('sha256')
    .update(JSON.stringify([tenant, kind, value]))
    .digest('hex')
    .slice(0, 32);

const seconds = now / 1000;
const user: VerifiedUser = { ...known, authTime: seconds - 60, issuedAt: seconds - 30, device: { id: 'd1' } };

async function setUp(
  change: Partial<SessionsInput> = {},
  store: RevocationStore = createMemoryRevocationStore(),
) {
  const time = { at: now };
  const clock = { now: () => time.at };
  const forgotten: VaultScope[] = [];
  const noted: object[] = [];
  const revocations = await openRevocations(store, clock);
  const sessions = new Sessions({
    clock,
    pseudonym,
    endings: await openEndings(store, clock),
    revocations,
    streams: { lives: () => true },
    idleSeconds: 900,
    absoluteSeconds: 43_200,
    forget: async (scopes) => void forgotten.push(...scopes),
    note: async (tenant, facts) => void noted.push({ tenant, ...facts }),
    onFault: () => noted.push({ fault: true }),
    ...change,
  });
  return { sessions, time, forgotten, noted, revocations, store };
}

/** Why a user may not go on; `stands` where it does. */
const standing = (sessions: Sessions, who: VerifiedUser, tokens: readonly string[] = []): Promise<string> =>
  sessions.stands(who, tokens).then(
    () => 'stands',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.reason : 'no refusal'),
  );
const entering = (sessions: Sessions, who: VerifiedUser): Promise<string> =>
  sessions.enter(who).then(
    () => 'enters',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.reason : 'no refusal'),
  );

const scope = (conversation: string, changes: Partial<VaultScope> = {}) =>
  vaultScope({ tenant: 'clinic', patient: 'p1', conversation, ...changes });

const ids = {
  session: pseudonym('clinic', 'session', issuerSession(known.issuer, 'session-1')),
  subject: pseudonym('clinic', 'user', issuerSubject(known.issuer, known.subject)),
  claims: pseudonym('clinic', 'user', issuerSubject(known.issuer, known.subject)),
  device: pseudonym('clinic', 'device', issuerDevice(known.issuer, 'd1')),
} as const;

test.each(['session', 'subject', 'claims', 'device'] as const)(
  'an ended %s: its requests stop, it cannot enter, what it kept goes, and the trail hears',
  async (kind) => {
    const { forgotten, noted, sessions } = await setUp();
    await sessions.enter(user);
    sessions.keep(user, scope('c1'));
    sessions.keep(user, scope('c2'));
    expect(await standing(sessions, user)).toBe('stands');
    await sessions.end('clinic', kind, ids[kind], 'session-revoked');
    expect(await standing(sessions, user)).toBe('revoked');
    expect(await entering(sessions, user)).toBe('session_ended');
    expect(forgotten.map(({ conversation }) => conversation)).toEqual(['c1', 'c2']);
    expect(noted).toEqual([{ tenant: 'clinic', kind, by: 'session-revoked', id: ids[kind] }]);
  },
);

test.each([
  ['another tenant', 'hospital', 'subject', ids.subject],
  ['another person', 'clinic', 'subject', pseudonym('clinic', 'user', issuerSubject(known.issuer, 'other'))],
  ['another session', 'clinic', 'session', pseudonym('clinic', 'session', issuerSession(known.issuer, 's9'))],
] as const)('%s is not touched', async (_name, tenant, kind, id) => {
  const { forgotten, sessions } = await setUp();
  await sessions.enter(user);
  sessions.keep(user, scope('c1'));
  await sessions.end(tenant, kind, id, 'revoked');
  expect(await standing(sessions, user)).toBe('stands');
  expect(forgotten).toEqual([]);
});

test('a new sign-in counts again, a renewed token of the old one does not', async () => {
  const { sessions, time } = await setUp();
  await sessions.end('clinic', 'subject', ids.subject, 'credential-change');
  const renewed = { ...user, issuedAt: seconds + 5, tokenId: 'token-2' };
  const again = { ...renewed, authTime: seconds + 4, sessionId: 'session-2' };
  time.at += 5000;
  expect(await entering(sessions, renewed)).toBe('session_ended');
  expect(await entering(sessions, again)).toBe('enters');
});

test('changed claims end the tokens that carry the old ones, and a renewed token counts', async () => {
  const { sessions } = await setUp();
  await sessions.end('clinic', 'claims', ids.claims, 'token-claims-change');
  expect(await entering(sessions, user)).toBe('session_ended');
  expect(await entering(sessions, { ...user, issuedAt: seconds + 1 })).toBe('enters');
});

test('without a time of sign-in an ended session stays ended, whatever the token’s age', async () => {
  const { sessions } = await setUp();
  const { authTime: _authTime, ...undated } = user;
  await sessions.end('clinic', 'session', ids.session, 'logout');
  expect(await entering(sessions, { ...undated, issuedAt: seconds + 60 })).toBe('session_ended');
});

test('a revoked token id is refused at the door and under way', async () => {
  const { revocations, sessions } = await setUp();
  await sessions.enter(user);
  await revocations.revoke('clinic', 'token-1', seconds + 600);
  expect(await entering(sessions, user)).toBe('token_revoked');
  expect(await standing(sessions, user, ['token-1'])).toBe('revoked');
});

test('rest: a session that asks nothing is ended, and a request under way is no activity', async () => {
  const { forgotten, noted, sessions, time } = await setUp();
  await sessions.enter(user);
  sessions.keep(user, scope('c1'));
  time.at += 900_000;
  expect(await standing(sessions, user)).toBe('stands');
  time.at += 1;
  expect(await standing(sessions, user)).toBe('revoked');
  expect(await entering(sessions, user)).toBe('session_ended');
  expect(forgotten).toHaveLength(1);
  expect(noted).toEqual([{ tenant: 'clinic', kind: 'session', by: 'idle', id: ids.session }]);
});

test('rest ends a session without anybody asking', async () => {
  const { forgotten, noted, sessions, time } = await setUp();
  await sessions.enter(user);
  sessions.keep(user, scope('c1'));
  time.at += 600_000;
  await sessions.enter(user);
  time.at += 600_000;
  await sessions.tick();
  expect(noted).toEqual([]);
  time.at += 300_001;
  await sessions.tick();
  expect(noted).toHaveLength(1);
  expect(forgotten).toHaveLength(1);
});

test('age: a session ends so long after its sign-in, however busy, also where it is first seen late', async () => {
  const { noted, sessions, time } = await setUp({ absoluteSeconds: 3600 });
  for (let at = 0; at < 3540; at += 600) {
    time.at = now + at * 1000;
    await sessions.enter(user);
  }
  time.at = now + 3_540_001;
  expect(await entering(sessions, user)).toBe('session_ended');
  expect(noted).toEqual([{ tenant: 'clinic', kind: 'session', by: 'absolute', id: ids.session }]);
  const late = await setUp({ absoluteSeconds: 3600 });
  expect(await entering(late.sessions, { ...user, authTime: seconds - 3601 })).toBe('session_ended');
});

test('what has ended outlives a restart', async () => {
  const first = await setUp();
  await first.sessions.end('clinic', 'session', ids.session, 'logout');
  await first.sessions.end('clinic', 'subject', ids.subject, 'session-revoked', now - 3_600_000);
  const second = await setUp({}, first.store);
  expect(await entering(second.sessions, user)).toBe('session_ended');
  expect(await entering(second.sessions, { ...user, sessionId: 'session-2' })).toBe('enters');
});

test('an ending that the disk does not take counts all the same, and is told', async () => {
  const store: RevocationStore = {
    ...createMemoryRevocationStore(),
    add: () => Promise.reject(new Refusal('store_unavailable')),
  };
  const { forgotten, sessions } = await setUp({}, store);
  await sessions.enter(user);
  sessions.keep(user, scope('c1'));
  await expect(sessions.end('clinic', 'session', ids.session, 'logout')).rejects.toMatchObject({
    reason: 'store_unavailable',
  });
  expect(await standing(sessions, user)).toBe('revoked');
  expect(forgotten).toHaveLength(1);
});

test('the book is bounded: past its size the longest at rest goes, with what it kept', async () => {
  const { forgotten, sessions } = await setUp({ capacity: 100 });
  for (let at = 0; at < 1000; at += 1) {
    const one = { ...user, subject: `s${at}`, sessionId: `sid${at}` };
    await sessions.enter(one);
    sessions.keep(one, scope(`c${at}`));
  }
  expect(forgotten).toHaveLength(900);
  expect(sessions.of({ ...user, subject: 's999', sessionId: 'sid999' })).toHaveLength(1);
  expect(sessions.of({ ...user, subject: 's0', sessionId: 'sid0' })).toEqual([]);
});

test('of one conversation each task, grant and sign-in is kept for itself, and all go with the session', async () => {
  const { forgotten, sessions } = await setUp();
  await sessions.enter(user);
  const work = [
    {},
    { task: 'allergies' },
    { turn: 'embed' as const },
    { opening: 'g1' },
    { assurance: 'phr' },
  ];
  for (const changes of [...work, ...work]) sessions.keep(user, scope('c1', changes));
  await sessions.end('clinic', 'session', ids.session, 'logout');
  expect(forgotten).toEqual(work.map((changes) => scope('c1', changes)));
});

test('what was kept under a grant goes with the grant, once, and nothing else does', async () => {
  const { forgotten, sessions } = await setUp();
  const second = { ...user, sessionId: 'session-2' };
  for (const one of [user, second]) {
    await sessions.enter(one);
    sessions.keep(one, scope('c1'));
    sessions.keep(one, scope('c1', { opening: 'g1' }));
  }
  await sessions.forgetOpening('hospital', 'g1');
  await sessions.forgetOpening('clinic', 'g2');
  expect(forgotten).toEqual([]);
  await sessions.forgetOpening('clinic', 'g1');
  expect(forgotten).toEqual([scope('c1', { opening: 'g1' }), scope('c1', { opening: 'g1' })]);
  await sessions.forgetOpening('clinic', 'g1');
  expect(forgotten).toHaveLength(2);
});
