import { intervalOf } from '../consent/instants.ts';
import { isRecord, nameOf, type Resource, referenceOf } from '../vocabulary/fhir.ts';
import type { SettlingRules } from '../vocabulary/settling-rules.ts';
import { elements, isPlain } from './relations.ts';

const metaOf = ({ meta }: Resource): Readonly<Record<string, unknown>> => (isRecord(meta) ? meta : {});

/** The latest that an instant can mean, in milliseconds since the epoch; undefined where it cannot be read or is to come. */
function latest(value: unknown, now: number): number | undefined {
  const end = intervalOf(value)?.end;
  return end === undefined || end > now ? undefined : end;
}

/** Whole seconds since the server wrote a resource last (`meta.lastUpdated`); -1 where that cannot be told. */
export function ageOf(resource: Resource, now: number): number {
  const at = latest(metaOf(resource)['lastUpdated'], now);
  return at === undefined ? -1 : Math.floor((now - at) / 1000);
}

/**
 * Whether a resource is old enough to show a relation, or was confirmed. One whose age cannot be told is young: so is one
 * that was written in the future.
 */
export const isSettled = (
  resource: Resource,
  { settleSeconds }: Pick<SettlingRules, 'settleSeconds'>,
  confirmed: ReadonlySet<string>,
  now: number,
): boolean => settleSeconds === 0 || ageOf(resource, now) >= settleSeconds || confirmed.has(nameOf(resource));

/** Milliseconds by which a Provenance may be recorded before or after what it tells of. */
const together = 60_000;
/** Milliseconds by which a server may write what is in one transaction apart. */
const atOnceMs = 1_000;

/** Whether it tells of the resource as it is now: by its version, or by when it was recorded. */
function isOfNow(provenance: Resource, resource: Resource, written: number): boolean {
  const name = nameOf(resource);
  const { versionId } = metaOf(resource);
  const targets = elements(provenance['target']).map((target) => referenceOf(target));
  if (typeof versionId === 'string' && targets.includes(`${name}/_history/${versionId}`)) return true;
  const { lastUpdated } = metaOf(provenance);
  // What the server kept before it wrote the resource tells of an earlier one: somebody changed it in between.
  const kept = lastUpdated === undefined ? Infinity : (intervalOf(lastUpdated)?.end ?? -Infinity);
  if (kept < written - atOnceMs) return false;
  const recorded = intervalOf(provenance['recorded'])?.start;
  return targets.includes(name) && (recorded === undefined || recorded >= written - together);
}

/**
 * Whether Provenances (R4) say that somebody who is trusted with it wrote the resource as it is now, and nobody else
 * did: each agent of each of them is one of the `agents`, and none is the asker. One that is not understood confirms nothing.
 */
export function isConfirmed(
  resource: Resource,
  provenances: readonly Resource[],
  asker: readonly string[],
  agents: readonly string[],
  now: number,
): boolean {
  const written = latest(metaOf(resource)['lastUpdated'], now + together);
  if (written === undefined) return false;
  const telling = provenances.filter((one) => isOfNow(one, resource, written));
  const isTrusted = (agent: unknown): boolean => {
    if (!isRecord(agent) || 'modifierExtension' in agent) return false;
    const who = referenceOf(agent['who']);
    return who !== undefined && agents.includes(who) && !asker.includes(who);
  };
  return (
    telling.length > 0 &&
    telling.every((one) => {
      const { agent } = one;
      return (
        isPlain(one, 'Provenance') &&
        latest(one['recorded'], now + together) !== undefined &&
        Array.isArray(agent) &&
        agent.length > 0 &&
        agent.every(isTrusted)
      );
    })
  );
}
