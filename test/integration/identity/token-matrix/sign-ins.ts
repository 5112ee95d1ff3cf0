import { asSubject, asUser, type WrongCredential } from './row.ts';
import type { World } from './world.ts';

const person = (world: World, claims: object = {}): Promise<string> =>
  world.user({ sub: `person-${Math.random()}`, ...claims });

/** Tokens that were good until something of their sign-in ended. */
const ended: Readonly<Record<string, (world: World) => Promise<string>>> = {
  'a revoked jti': async (world) => {
    const token = await person(world);
    const { expiresAt, tenant, tokenId = '' } = await world.services.users.verify(token);
    await world.services.revocations.revoke(tenant, tokenId, expiresAt);
    return token;
  },
  'a revoked sid': async (world) => {
    const token = await person(world);
    const user = await world.services.users.verify(token);
    const { sessions } = world.services;
    await sessions.end(user.tenant, 'session', sessions.idOf(user), 'revoked');
    return token;
  },
  'a revoked sub': async (world) => {
    const token = await person(world);
    const { issuer, subject, tenant } = await world.services.users.verify(token);
    const id = world.services.pseudonym(tenant, 'user', JSON.stringify([issuer, subject]));
    await world.services.sessions.end(tenant, 'subject', id, 'session-revoked');
    return token;
  },
  'a session older than its limit': (world) => person(world, { auth_time: world.seconds() - 43_260 }),
};

/** Tokens of a sign-in that is too weak or too old for the task. */
const weak: Readonly<Record<string, (world: World) => Promise<string>>> = {
  'a low acr': (world) => person(world, { acr: 'urn:phi-gateway:acr:pwd' }),
  'no acr': (world) => person(world, { acr: undefined }),
  'a stale auth_time': (world) => person(world, { auth_time: world.seconds() - 3607 }),
  'no auth_time': (world) => person(world, { auth_time: undefined }),
  'an auth_time of the future': (world) => person(world, { auth_time: world.seconds() + 60 }),
};

const stepUp = {
  status: 401,
  code: 'insufficient_user_authentication',
  challenge: 'Bearer insufficient_user_authentication',
} as const;

export const signIns: readonly WrongCredential[] = [
  ...Object.entries(ended).flatMap(([name, make]) => [
    asUser(`user's token: ${name}`, make),
    asSubject(`subject token: ${name}`, make),
  ]),
  ...Object.entries(weak).flatMap(([name, make]) => [
    { ...asUser(`user's token: ${name}`, make), ...stepUp },
    { ...asSubject(`subject token: ${name}`, make), ...stepUp },
  ]),
];
