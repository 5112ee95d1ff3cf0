import type { Revocations } from '../delegation/ports.ts';
import { Refusal } from '../errors/refusal.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import { scopeKey, type VaultScope } from '../vocabulary/scope.ts';
import type { Clock } from '../vocabulary/time.ts';
import type { EndedBy, EndingKind, Endings } from './ports.ts';
import { namesOf, type Pseudonym, provenAt, type SessionNames } from './session-names.ts';

export interface SessionsInput {
  readonly clock: Clock;
  readonly pseudonym: Pseudonym;
  readonly endings: Endings;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  /** Whether an issuer's word on endings still reaches us. */
  readonly streams: { lives(issuer: string): boolean };
  /** Seconds without a request after which a session is over, and seconds after its sign-in. */
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  /** Sessions known at once; past it the one that rested longest is let go, with what it kept. */
  readonly capacity?: number;
  /** Removes what conversations kept. */
  forget(scopes: readonly VaultScope[]): Promise<void>;
  /** Puts an ending on the trail. */
  note(
    tenant: string,
    facts: { readonly kind: EndingKind; readonly by: EndedBy; readonly id: string },
  ): Promise<void>;
  /** Hears of an ending that nobody waited for and that failed in part. */
  onFault(thrown: unknown): void;
}

interface Active {
  readonly tenant: string;
  readonly names: SessionNames;
  /** Epoch milliseconds: of the sign-in, or of the first request where the token does not say. */
  readonly startedAt: number;
  lastAt: number;
  readonly proven: Readonly<Record<EndingKind, number>>;
  readonly scopes: Map<string, VaultScope>;
}

/** A session as its user may see it. */
export interface SessionView {
  readonly id: string;
  readonly startedAt: number;
  readonly lastAt: number;
}

/** Endings outlive every token that they end: a month where a token does not say when its user signed in. */
const longestSeconds = 30 * 86_400;
/** Seconds by which clocks may differ. */
const margin = 60;
/** Conversations that one session may keep; the oldest goes first. */
const scopesPerSession = 10_000;

const keyOf = (tenant: string, session: string): string => `${tenant} ${session}`;

/**
 * Who is signed in, and until when: automatic logoff by rest and by age, and one answer to whether a token's session,
 * person, claims or device have ended. Whoever ends a session ends what it kept, at once. Times in epoch milliseconds.
 */
export class Sessions {
  readonly #input: SessionsInput;
  /** By last request, the oldest first. */
  readonly #active = new Map<string, Active>();
  /** Each takes keyed hashes, and a request asks for them many times. */
  readonly #names = new WeakMap<VerifiedUser, SessionNames>();

  constructor(input: SessionsInput) {
    this.#input = input;
  }

  /** The name under which a session can be ended, also on the trail. */
  idOf(user: VerifiedUser): string {
    return this.#namesOf(user).session;
  }

  /** The name under which a person is known, also on the trail. */
  userOf(user: VerifiedUser): string {
    return this.#namesOf(user).user;
  }

  #namesOf(user: VerifiedUser): SessionNames {
    const known = this.#names.get(user);
    if (known !== undefined) return known;
    const names = namesOf(this.#input.pseudonym, user);
    this.#names.set(user, names);
    return names;
  }

  /**
   * A request of a verified user: asks whether it may, and counts as activity.
   *
   * @throws Refusal `token_revoked`, `session_ended`, `signals_silent`
   */
  async enter(user: VerifiedUser): Promise<void> {
    const { clock, revocations, streams } = this.#input;
    if (!streams.lives(user.issuer)) throw new Refusal('signals_silent');
    if (user.tokenId !== undefined && (await revocations.isRevoked(user.tenant, user.tokenId)))
      throw new Refusal('token_revoked');
    const names = this.#namesOf(user);
    if (this.#hasEnded(user, names)) throw new Refusal('session_ended');
    const key = keyOf(user.tenant, names.session);
    const known = this.#active.get(key);
    const now = clock.now();
    const active = known ?? this.#begin(user, names, now);
    const limit = this.#limitPassed(active, now);
    if (limit !== undefined) {
      await this.#endActive(active, limit);
      throw new Refusal('session_ended');
    }
    active.lastAt = Math.max(active.lastAt, now);
    this.#active.delete(key);
    this.#active.set(key, active);
    this.#makeRoom();
  }

  /**
   * Asked of a request under way, which is no activity.
   *
   * @throws Refusal `revoked`, `signals_silent`
   */
  async stands(user: VerifiedUser, tokenIds: readonly string[]): Promise<void> {
    if (!this.#input.streams.lives(user.issuer)) throw new Refusal('signals_silent');
    for (const id of tokenIds)
      if (await this.#input.revocations.isRevoked(user.tenant, id)) throw new Refusal('revoked');
    const names = this.#namesOf(user);
    if (this.#hasEnded(user, names)) throw new Refusal('revoked');
    const active = this.#active.get(keyOf(user.tenant, names.session));
    const limit = active === undefined ? undefined : this.#limitPassed(active, this.#input.clock.now());
    if (active === undefined || limit === undefined) return;
    void this.#endActive(active, limit).catch((thrown: unknown) => this.#input.onFault(thrown));
    throw new Refusal('revoked');
  }

  /** What a conversation of this session keeps in the vault goes with the session. */
  keep(user: VerifiedUser, scope: VaultScope): void {
    const active = this.#active.get(keyOf(user.tenant, this.idOf(user)));
    if (active === undefined) return;
    active.scopes.set(scopeKey(scope), scope);
    const [oldest] = active.scopes;
    if (active.scopes.size <= scopesPerSession || oldest === undefined) return;
    active.scopes.delete(oldest[0]);
    this.#forget([oldest[1]]);
  }

  /**
   * What conversations kept under a grant or an emergency access goes with it, in every session of the tenant.
   *
   * @throws Refusal of the vault; doing it again is no error
   */
  async forgetOpening(tenant: string, opening: string): Promise<void> {
    const gone: VaultScope[] = [];
    for (const active of this.#active.values()) {
      if (active.tenant !== tenant) continue;
      for (const scope of active.scopes.values()) if (scope.opening === opening) gone.push(scope);
    }
    if (gone.length === 0) return;
    await this.#input.forget(gone);
    const names = new Set(gone.map(scopeKey));
    for (const { scopes } of this.#active.values()) for (const name of names) scopes.delete(name);
  }

  /** Sessions of a person, for that person. */
  of(user: VerifiedUser): readonly SessionView[] {
    const names = this.#namesOf(user);
    return [...this.#active.values()]
      .filter((active) => active.tenant === user.tenant && active.names.user === names.user)
      .map((active) => ({ id: active.names.session, startedAt: active.startedAt, lastAt: active.lastAt }));
  }

  /**
   * Ends what was proven at or before `at`, wherever it is used. Counts at once; the store, the vault and the trail
   * have it when this resolves.
   *
   * @throws Refusal of the store, the vault or the trail; the ending counts all the same
   */
  async end(
    tenant: string,
    kind: EndingKind,
    id: string,
    by: EndedBy,
    at = this.#input.clock.now(),
  ): Promise<void> {
    const expires = this.#input.clock.now() + (longestSeconds + margin) * 1000;
    await this.#write({ tenant, kind, id, by, at, expires });
  }

  /** Ends what rested or lived too long; call it at least once a second. */
  async tick(): Promise<void> {
    const now = this.#input.clock.now();
    const over = [...this.#active.values()].flatMap((active) => {
      const by = this.#limitPassed(active, now);
      return by === undefined ? [] : [{ active, by }];
    });
    await Promise.all(
      over.map(({ active, by }) =>
        this.#endActive(active, by).catch((thrown: unknown) => this.#input.onFault(thrown)),
      ),
    );
  }

  #begin(user: VerifiedUser, names: SessionNames, now: number): Active {
    return {
      tenant: user.tenant,
      names,
      startedAt: user.authTime === undefined ? now : user.authTime * 1000,
      lastAt: now,
      proven: {
        session: provenAt.session(user),
        subject: provenAt.subject(user),
        claims: provenAt.claims(user),
        device: provenAt.device(user),
      },
      scopes: new Map(),
    };
  }

  #limitPassed(active: Active, now: number): 'idle' | 'absolute' | undefined {
    if (now - active.lastAt > this.#input.idleSeconds * 1000) return 'idle';
    return now - active.startedAt > this.#input.absoluteSeconds * 1000 ? 'absolute' : undefined;
  }

  #hasEnded(user: VerifiedUser, names: SessionNames): boolean {
    const ended = (kind: EndingKind, id: string | undefined): boolean => {
      const at = id === undefined ? undefined : this.#input.endings.endedAt(user.tenant, kind, id);
      return at !== undefined && provenAt[kind](user) <= at;
    };
    return (
      ended('session', names.session) ||
      ended('subject', names.user) ||
      ended('claims', names.user) ||
      ended('device', names.device)
    );
  }

  /** Its own limit was passed: where the token says when its user signed in, age alone keeps it ended later. */
  #endActive(active: Active, by: 'idle' | 'absolute'): Promise<void> {
    const { absoluteSeconds, clock } = this.#input;
    const dated = Number.isFinite(active.proven.session);
    const seconds = dated ? Math.max(absoluteSeconds, 86_400) : longestSeconds;
    const now = clock.now();
    return this.#write({
      tenant: active.tenant,
      kind: 'session',
      id: active.names.session,
      by,
      at: now,
      expires: now + (seconds + margin) * 1000,
    });
  }

  async #write(ending: {
    readonly tenant: string;
    readonly kind: EndingKind;
    readonly id: string;
    readonly by: EndedBy;
    readonly at: number;
    readonly expires: number;
  }): Promise<void> {
    const { by, ...rest } = ending;
    const stored = this.#input.endings.end(rest);
    const scopes = this.#close(ending);
    const forgotten = scopes.length === 0 ? Promise.resolve() : this.#input.forget(scopes);
    const noted = this.#input.note(ending.tenant, { kind: ending.kind, by, id: ending.id });
    const outcomes = await Promise.allSettled([stored, forgotten, noted]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** Takes the sessions that an ending names out of the book; answers what they kept. */
  #close({
    at,
    id,
    kind,
    tenant,
  }: {
    at: number;
    id: string;
    kind: EndingKind;
    tenant: string;
  }): VaultScope[] {
    const scopes: VaultScope[] = [];
    for (const [key, active] of this.#active) {
      const { device, session, user } = active.names;
      const named = { session, subject: user, claims: user, device }[kind];
      if (active.tenant !== tenant || named !== id || active.proven[kind] > at) continue;
      this.#active.delete(key);
      scopes.push(...active.scopes.values());
    }
    return scopes;
  }

  #makeRoom(): void {
    const [oldest] = this.#active;
    if (oldest === undefined || this.#active.size <= (this.#input.capacity ?? 100_000)) return;
    this.#active.delete(oldest[0]);
    this.#forget([...oldest[1].scopes.values()]);
  }

  #forget(scopes: readonly VaultScope[]): void {
    if (scopes.length > 0)
      void this.#input.forget(scopes).catch((thrown: unknown) => this.#input.onFault(thrown));
  }
}
