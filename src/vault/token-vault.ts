import { Refusal } from '../errors/refusal.ts';
import type { VaultScope } from '../vocabulary/scope.ts';
import type { Clock, Randomness } from '../vocabulary/time.ts';
import { spellToken, type Token, type TokenType, tokenPattern, tokenTypes } from '../vocabulary/token.ts';
import {
  deriveKeys,
  fields,
  keyed,
  open,
  seal,
  unwrapKey,
  type VaultKeys,
  wrapKey,
} from './envelope-encryption.ts';
import type { IssuedToken, TokenRequest, TokenVault } from './ports.ts';
import { randomCharacters, randomInteger } from './random-characters.ts';
import type { ScopeRow, TokenRow, VaultStore } from './store.ts';

export interface VaultOptions {
  /** 32 bytes, base64. */
  readonly masterKey: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly retentionSeconds: number;
}

/** 1850-01-01: no date of a living or lately deceased person lies before it, so day counts are positive. */
const earliestDay = -43_829;
const maxForms = 999;
/** Rounds of one issue: in each at least one of the requests that meet in a scope gets through. */
const attempts = 64;

/** What is sealed for one token. */
interface Value {
  readonly form: string;
  readonly day: number | undefined;
}

/**
 * The vault over a store: names become keyed pseudonyms, values are sealed under the patient's key and bound to
 * tenant, patient, scope and token, so that a row moved to another place does not open. Every failure of store or
 * key is the refusal `vault_unavailable`.
 */
export function createTokenVault(store: VaultStore, options: VaultOptions): TokenVault {
  const keys = deriveKeys(Buffer.from(options.masterKey, 'base64'));
  const context: Context = { store, keys, ...options };
  return {
    issue: (scope, requests) => guarded(() => issue(context, scope, requests)),
    resolve: (scope, tokens) => guarded(() => resolve(context, scope, tokens)),
    anchor: (scope) => guarded(async () => (await openScope(context, scope)).anchor),
    erase: (tenant, patient) => guarded(() => store.erase(tenant, patientName(keys, tenant, patient))),
    purge: (now) => guarded(() => store.purge(now)),
    close: () => store.close(),
  };
}

interface Context extends VaultOptions {
  readonly store: VaultStore;
  readonly keys: VaultKeys;
}

interface OpenScope {
  readonly tenant: string;
  readonly row: ScopeRow;
  readonly key: Uint8Array;
  readonly anchor: number;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : new Refusal('vault_unavailable', { cause: thrown });
  }
}

const patientName = (keys: VaultKeys, tenant: string, patient: string): string =>
  keyed(keys.index, 'patient', tenant, patient);

const scopeName = (keys: VaultKeys, scope: VaultScope): string =>
  keyed(keys.index, 'scope', scope.tenant, scope.patient, scope.purpose, scope.user, scope.conversation);

const boundTo = (tenant: string, row: ScopeRow, what: string): Uint8Array =>
  fields(tenant, row.patient, row.scope, what);

/** The scope as it stands, made where there is none. */
async function openScope(context: Context, scope: VaultScope): Promise<OpenScope> {
  const { store, keys, randomness, clock, retentionSeconds } = context;
  const { tenant } = scope;
  const patient = patientName(keys, tenant, scope.patient);
  const standing = await store.patientKey(tenant, patient);
  const key = unwrapKey(
    keys.wrapping,
    standing ?? (await store.keepPatientKey(tenant, patient, wrapKey(keys.wrapping, randomness.bytes(32)))),
  );
  const now = clock.now();
  const name = scopeName(keys, scope);
  const known = await store.scope(tenant, name);
  if (known !== undefined && known.expires > now) return opened(tenant, known, key);
  const day = earliestDay - 1_000 - randomInteger(randomness, 29_001);
  const draft = { scope: name, patient, expires: now + retentionSeconds * 1000, anchor: new Uint8Array() };
  const anchor = seal(key, randomness.bytes(12), String(day), boundTo(tenant, draft, 'anchor'));
  return opened(tenant, await store.keepScope(tenant, { ...draft, anchor }, now), key);
}

function opened(tenant: string, row: ScopeRow, key: Uint8Array): OpenScope {
  return { tenant, row, key, anchor: Number(open(key, row.anchor, boundTo(tenant, row, 'anchor'))) };
}

async function issue(
  context: Context,
  scope: VaultScope,
  requests: readonly TokenRequest[],
): Promise<readonly IssuedToken[]> {
  // Another request of the same conversation may have taken a form or a random part meanwhile: look again.
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const into = await openScope(context, scope);
    const wanted = requests.map((request) => named(context.keys, into, request));
    const standing = await context.store.forms(into.tenant, into.row.scope, [
      ...new Set(wanted.map(({ entity }) => entity)),
    ]);
    const { rows, tokens } = numbered(context, into, wanted, standing);
    if (rows.length === 0 || (await context.store.add(into.tenant, into.row.scope, rows))) return tokens;
  }
  throw new Error('the scope kept changing');
}

interface Wanted {
  readonly request: TokenRequest;
  readonly entity: string;
  readonly lookup: string;
  readonly day: number | undefined;
}

function named(keys: VaultKeys, { row, anchor }: OpenScope, request: TokenRequest): Wanted {
  const { type, entity, form, epochDay } = request;
  const day = type === 'DATE' && epochDay !== undefined ? epochDay - anchor : undefined;
  return {
    request,
    day,
    entity: keyed(keys.index, 'entity', row.scope, type, entity),
    lookup: keyed(keys.index, 'form', row.scope, type, entity, form, day ?? ''),
  };
}

/** Tokens for the wanted values, and the rows that do not stand yet. */
function numbered(
  context: Context,
  into: OpenScope,
  wanted: readonly Wanted[],
  standing: readonly TokenRow[],
): { rows: TokenRow[]; tokens: IssuedToken[] } {
  const byLookup = new Map(standing.map((row) => [row.lookup, row]));
  const stems = new Map<string, { random: string; last: number }>();
  for (const row of standing) {
    const last = Math.max(row.form, stems.get(row.entity)?.last ?? 0);
    stems.set(row.entity, { random: row.random, last });
  }
  const rows: TokenRow[] = [];
  const tokens = wanted.map(({ request, entity, lookup, day }): IssuedToken => {
    let row = byLookup.get(lookup);
    if (row === undefined) {
      const stem = stems.get(entity);
      const random =
        stem === undefined || stem.last >= maxForms ? randomCharacters(context.randomness) : stem.random;
      const form = random === stem?.random ? stem.last + 1 : 1;
      stems.set(entity, { random, last: form });
      const bound = boundTo(into.tenant, into.row, `${request.type}-${random}.${form}`);
      const plain = JSON.stringify(day === undefined ? [request.form] : [request.form, day]);
      const sealed = seal(into.key, context.randomness.bytes(12), plain, bound);
      row = { entity, lookup, type: request.type, random, form, sealed };
      byLookup.set(lookup, row);
      rows.push(row);
    }
    return { request, token: spellToken(tokenOf(request.type, row, day)) };
  });
  return { rows, tokens };
}

const tokenOf = (type: TokenType, row: TokenRow, day: number | undefined): Token => ({
  type,
  random: row.random,
  form: row.form,
  ...(day === undefined ? {} : { day }),
});

async function resolve(
  context: Context,
  scope: VaultScope,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { store, keys, clock } = context;
  const { tenant } = scope;
  const values = new Map<string, string>();
  const row = await store.scope(tenant, scopeName(keys, scope));
  if (row === undefined || row.expires <= clock.now()) return values;
  const wrapped = await store.patientKey(tenant, patientName(keys, tenant, scope.patient));
  if (wrapped === undefined) return values;
  const key = unwrapKey(keys.wrapping, wrapped);
  for (const written of tokens) {
    const token = parseToken(written);
    if (token === undefined) continue;
    const found = await store.token(tenant, row.scope, token.random, token.form);
    if (found === undefined || found.type !== token.type) continue;
    const bound = boundTo(tenant, row, `${token.type}-${token.random}.${token.form}`);
    const value = readValue(open(key, found.sealed, bound));
    // A day count that this scope did not give makes the token a forged one.
    if (token.day === undefined || token.day === value.day) values.set(written, value.form);
  }
  return values;
}

function readValue(plain: string): Value {
  const value: unknown = JSON.parse(plain);
  const [form, day]: unknown[] = Array.isArray(value) ? value : [];
  if (typeof form !== 'string' || (day !== undefined && typeof day !== 'number')) throw new TypeError('row');
  return { form, day };
}

/** A token exactly as the vault spells it, taken apart; undefined for anything else. */
export function parseToken(written: string): Token | undefined {
  const [match] = written.matchAll(tokenPattern);
  if (match === undefined || match[0] !== written) return undefined;
  const type = tokenTypes.find((known) => known === match[1]);
  if (type === undefined) return undefined;
  const token: Token = {
    type,
    random: match[2] ?? '',
    form: Number(match[3] ?? 1),
    ...(match[4] === undefined ? {} : { day: Number(match[4]) }),
  };
  return spellToken(token) === written ? token : undefined;
}
