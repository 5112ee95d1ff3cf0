import type { VerifiedUser } from '../vocabulary/person.ts';

/** Keyed pseudonym, pairwise by tenant and kind. */
export type Pseudonym = (tenant: string, kind: 'user' | 'session' | 'device', value: string) => string;

/** A sign-in session by its issuer's own id. */
export const issuerSession = (issuer: string, sessionId: string): string =>
  JSON.stringify([issuer, 'sid', sessionId]);
/** Where an issuer names no session, one person at one client is one. */
const clientSession = ({ clientId, issuer, subject }: VerifiedUser): string =>
  JSON.stringify([issuer, 'sub', subject, clientId]);
export const issuerSubject = (issuer: string, subject: string): string => JSON.stringify([issuer, subject]);
export const issuerDevice = (issuer: string, device: string): string => JSON.stringify([issuer, device]);

/** Under which pseudonyms a signed-in user can be ended. */
export interface SessionNames {
  readonly session: string;
  readonly user: string;
  readonly device: string | undefined;
}

export function namesOf(pseudonym: Pseudonym, user: VerifiedUser): SessionNames {
  const { device, issuer, sessionId, subject, tenant } = user;
  return {
    session: pseudonym(
      tenant,
      'session',
      sessionId === undefined ? clientSession(user) : issuerSession(issuer, sessionId),
    ),
    user: pseudonym(tenant, 'user', issuerSubject(issuer, subject)),
    device:
      device?.id === undefined ? undefined : pseudonym(tenant, 'device', issuerDevice(issuer, device.id)),
  };
}

const always = Number.NEGATIVE_INFINITY;
const ms = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

/**
 * When what a token shows was proven, in epoch milliseconds. A renewed token proves no new sign-in where it says when
 * that was; where it does not say, an ended session stays ended, and a person counts again with a newer token.
 */
export const provenAt = {
  session: (user: VerifiedUser): number =>
    ms(user.authTime) ?? (user.sessionId === undefined ? ms(user.issuedAt) : undefined) ?? always,
  subject: (user: VerifiedUser): number => ms(user.authTime ?? user.issuedAt) ?? always,
  claims: (user: VerifiedUser): number => ms(user.issuedAt) ?? always,
  device: (user: VerifiedUser): number => ms(user.authTime ?? user.issuedAt) ?? always,
} as const;
