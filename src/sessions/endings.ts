import type { RevocationStore } from '../delegation/ports.ts';
import type { Clock } from '../vocabulary/time.ts';
import { type EndingKind, type Endings, endingKinds } from './ports.ts';

interface Known {
  readonly at: number;
  readonly expires: number;
}

const nameOf = (tenant: string, kind: EndingKind, id: string): string => JSON.stringify([tenant, kind, id]);

/** In the store a later ending of the same thing stands beside the earlier one: entries are only ever added. */
const keyOf = (kind: EndingKind, id: string, at: number): string => `${kind} ${id} ${at}`;

const parsedKey = (key: string): { kind: EndingKind; id: string; at: number } | undefined => {
  const [name, id, at, ...rest] = key.split(' ');
  const kind = endingKinds.find((known) => known === name);
  if (kind === undefined || id === undefined || at === undefined || rest.length > 0) return undefined;
  return { kind, id, at: Number(at) };
};

/**
 * Endings, read once from the store that holds revoked token ids as well, so that what the trail states of one store
 * covers both. They count from the moment they are told and outlive a restart.
 *
 * @throws Refusal where the store cannot be read: nobody could say then what has ended
 */
export async function openEndings(store: RevocationStore, clock: Clock): Promise<Endings> {
  const known = new Map<string, Known>();
  const remember = (tenant: string, kind: EndingKind, id: string, next: Known): void => {
    const name = nameOf(tenant, kind, id);
    const before = known.get(name);
    known.set(name, {
      at: Math.max(before?.at ?? next.at, next.at),
      expires: Math.max(before?.expires ?? next.expires, next.expires),
    });
  };
  for (const { tenant, key, expires } of await store.entries()) {
    const parsed = parsedKey(key);
    if (parsed !== undefined && expires !== undefined)
      remember(tenant, parsed.kind, parsed.id, { at: parsed.at, expires });
  }
  let sweptAt = clock.now();

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < 60_000) return;
    sweptAt = now;
    for (const [name, { expires }] of known) if (expires < now) known.delete(name);
    await store.prune(now);
  }

  return {
    async end({ at, expires, id, kind, tenant }) {
      remember(tenant, kind, id, { at, expires });
      await store.add({ tenant, key: keyOf(kind, id, at), value: new Uint8Array(0), expires });
      await sweep(clock.now());
    },
    endedAt: (tenant, kind, id) => known.get(nameOf(tenant, kind, id))?.at,
  };
}
