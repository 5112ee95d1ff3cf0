import { randomFillSync } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { ClassifiedEvent, ClassifiedFacts } from '../audit/event-table.ts';
import type { StoredEvent } from '../audit/events.ts';
import { commitmentOf, mayBeSealed, type Opening, type SealedAt } from '../audit/sealed-facts.ts';
import { fields, open, seal } from '../vault/envelope-encryption.ts';
import type { SubjectDirectory } from '../vault/ports.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Facts } from './stage.ts';

/** Seals the facts of one event that tell what kind of data a patient has; answers what the trail keeps instead. */
export type SealFacts = <E extends ClassifiedEvent>(event: E, facts: ClassifiedFacts<E>) => Facts;

const boundTo = ({ tenant, trail, event }: SealedAt, commitment: string): Uint8Array =>
  fields('facts on the trail', tenant, trail, event, commitment);

const random = (length: number): Buffer => randomFillSync(Buffer.alloc(length));

/** A length would tell how many kinds of data there were, or whether something was withheld. */
const step = 256;
const padded = (json: string): string => json.padEnd(Math.ceil(json.length / step) * step);

/** For one trail, under the key of its patient. */
export const factSealer =
  (key: Uint8Array, at: { readonly tenant: string; readonly trail: string }): SealFacts =>
  (event, facts) => {
    const where: SealedAt = { ...at, event };
    const salt = random(32).toString('hex');
    const commitment = commitmentOf(where, salt, canonicalJson(facts));
    const sealed = seal(key, random(12), padded(canonicalJson({ salt, facts })), boundTo(where, commitment));
    return { sealed: Buffer.from(sealed).toString('hex'), commitment };
  };

const isFacts = (value: unknown): value is Opening['facts'] => isRecord(value);

function unsealed(key: Uint8Array, stored: StoredEvent, sealed: string, commitment: string) {
  try {
    return open(key, Buffer.from(sealed, 'hex'), boundTo(stored, commitment));
  } catch {
    // Sealed under a key that was erased; the patient has another one now.
    return undefined;
  }
}

/**
 * What is sealed on an event; undefined where nothing is, or not under this key.
 *
 * @throws TypeError where what opens is not what the event commits to
 */
export function openedFacts(key: Uint8Array, stored: StoredEvent): Opening | undefined {
  const { sealed, commitment } = stored.facts;
  if (typeof sealed !== 'string' || typeof commitment !== 'string') return undefined;
  const plain = unsealed(key, stored, sealed, commitment);
  if (plain === undefined) return undefined;
  const opened: unknown = JSON.parse(plain);
  const { salt, facts } = isRecord(opened) ? opened : {};
  if (typeof salt !== 'string' || !isFacts(facts)) throw new TypeError('sealed facts are malformed');
  if (commitmentOf(stored, salt, canonicalJson(facts)) !== commitment)
    throw new TypeError('sealed facts are not those of their commitment');
  if (!mayBeSealed(stored.event, Object.keys(facts))) throw new TypeError('sealed facts are malformed');
  return { salt, facts };
}

/** Everything that is sealed on a trail, by sequence: what can still be opened. */
export async function openedTrail(
  directory: Pick<SubjectDirectory, 'factsKey'>,
  events: readonly StoredEvent[],
): Promise<ReadonlyMap<number, Opening>> {
  const openings = new Map<number, Opening>();
  const [of] = events.flatMap(({ tenant, facts: { patient } }) =>
    typeof patient === 'string' ? [{ tenant, patient }] : [],
  );
  const key = of === undefined ? undefined : await directory.factsKey(of.tenant, of.patient);
  if (key === undefined) return openings;
  for (const stored of events) {
    const opening = openedFacts(key, stored);
    if (opening !== undefined) openings.set(stored.seq, opening);
  }
  return openings;
}
