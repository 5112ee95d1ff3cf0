import { Refusal } from '../errors/refusal.ts';
import type { Workload } from '../vocabulary/person.ts';

/**
 * Whether the page that sent a request may speak for a workload (`Origin`, RFC 6454): one that a workload lists speaks for
 * the workloads that list it, and a workload with a list is spoken for by nobody else's page. What comes without an
 * `Origin` comes from no page; who writes one although it is no browser wins nothing by it.
 *
 * @throws Refusal `origin_not_allowed`
 */
export function checkOrigin(
  origin: string | undefined,
  workload: Workload,
  workloads: readonly Workload[],
): void {
  if (origin === undefined || workload.origins?.includes(origin) === true) return;
  const listed = workloads.some(({ origins }) => origins?.includes(origin) === true);
  if (listed || workload.origins !== undefined) throw new Refusal('origin_not_allowed');
}

/**
 * Stricter, for what agents call: a page may send a request at all only where it is one of `listed` or this gateway's own
 * (MCP, Streamable HTTP, "Security Warning"). `Origin: null` is a foreign page.
 *
 * @throws Refusal `origin_not_allowed`
 */
export function checkListed(
  origin: string | undefined,
  listed: ReadonlySet<string>,
  publicUrl: string,
): void {
  if (origin === undefined || listed.has(origin) || origin === new URL(publicUrl).origin) return;
  throw new Refusal('origin_not_allowed');
}
