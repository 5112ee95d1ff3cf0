import type { RedactedItem } from '../redaction/ports.ts';
import type { Notice } from '../vocabulary/notices.ts';
import type { AccessScope } from '../vocabulary/scope.ts';

/** Who took a context out; nobody else can have an answer to it checked. */
export interface ContextOwner {
  readonly tenant: string;
  /** Pseudonym. */
  readonly user: string;
  readonly workload: string;
  /** How the user signed in: the context's tokens mean nothing after a sign-in of another class. */
  readonly assurance: string;
}

/** What an answer to a context is checked against. It holds tokens, no values. */
export interface ShownContext {
  readonly owner: ContextOwner;
  readonly scope: AccessScope;
  /** Token scope of the vault. */
  readonly conversation: string;
  readonly items: readonly RedactedItem[];
  readonly notices: readonly Notice[];
  /** Epoch milliseconds. */
  readonly expires: number;
}

export interface ContextShelf {
  put(id: string, shown: ShownContext): void;
  /**
   * Takes a context off the shelf: one answer is checked a context, so that nobody tries what passes. Undefined
   * where there is none, it has expired or is another's; then it stays.
   */
  take(id: string, owner: ContextOwner, now: number): ShownContext | undefined;
}

/** How long an answer may take, in milliseconds. */
export const contextLasts = 900_000;

/** The oldest ones of an owner go first, then the oldest of all. */
const mostOfOne = 64;
const most = 5_000;

const nameOf = ({ assurance, tenant, user, workload }: ContextOwner): string =>
  JSON.stringify([tenant, user, workload, assurance]);

const oldest = (ids: Iterable<string>): string => ids[Symbol.iterator]().next().value ?? '';

/** Contexts of this process, in memory: after a restart they are asked for again. */
export function createContextShelf(): ContextShelf {
  const shown = new Map<string, ShownContext>();
  const byOwner = new Map<string, Set<string>>();
  const remove = (id: string): void => {
    const one = shown.get(id);
    if (one === undefined) return;
    shown.delete(id);
    const ids = byOwner.get(nameOf(one.owner));
    ids?.delete(id);
    if (ids?.size === 0) byOwner.delete(nameOf(one.owner));
  };
  return {
    put(id, one) {
      const ids = byOwner.get(nameOf(one.owner)) ?? new Set<string>();
      if (ids.size >= mostOfOne) remove(oldest(ids));
      if (shown.size >= most) remove(oldest(shown.keys()));
      shown.set(id, one);
      byOwner.set(nameOf(one.owner), ids.add(id));
    },
    take(id, owner, now) {
      const one = shown.get(id);
      if (one === undefined || nameOf(one.owner) !== nameOf(owner)) return undefined;
      remove(id);
      return one.expires > now ? one : undefined;
    },
  };
}
