import type { JWTPayload } from 'jose';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';

export const refuseClaims = (): never => {
  throw new Refusal('token_claims');
};

/**
 * A claim by its configured name: the claim of exactly that name, or else a path into objects with dots
 * (`realm_access.roles`). Undefined where there is none.
 */
export function claimAt(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let at: unknown = payload;
  for (const step of name.split('.')) {
    if (!isRecord(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return at;
}

/** A claim that may be absent, but if present is a string that is not empty. */
export function optionalText(payload: JWTPayload, name: string): string | undefined {
  const value = claimAt(payload, name);
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? value : refuseClaims();
}

export const text = (payload: JWTPayload, name: string): string =>
  optionalText(payload, name) ?? refuseClaims();

export function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return refuseClaims();
  return value.map((entry: unknown) => (typeof entry === 'string' ? entry : refuseClaims()));
}

/** One text, or a list of them. */
export const textOrTexts = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : texts(value);
