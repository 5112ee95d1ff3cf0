import { Refusal } from '../errors/refusal.ts';
import { isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import { resourceTypes } from '../vocabulary/resource-types.ts';
import { elementsOf, textOf } from './elements.ts';

/** Nesting beyond this is no clinical record. */
const maxDepth = 40;

/**
 * A copy of what the server sent, with absolute references to its own base made relative and nothing attached that
 * an HTTP library added. Refuses nesting deep enough to exhaust a walker's stack.
 */
export function settle(value: unknown, base: string, depth = 0): unknown {
  if (depth > maxDepth) throw new Refusal('fhir_malformed');
  if (Array.isArray(value)) return value.map((one: unknown) => settle(one, base, depth + 1));
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    if (name === '__proto__') continue;
    copy[name] =
      (name === 'reference' || name === 'url') && typeof child === 'string' && child.startsWith(`${base}/`)
        ? child.slice(base.length + 1)
        : settle(child, base, depth + 1);
  }
  return copy;
}

export interface Page {
  readonly matches: readonly Resource[];
  readonly included: readonly Resource[];
  readonly next: string | undefined;
  /** Number of matches of the whole search, where the server tells it. */
  readonly total: number;
  /** An OperationOutcome among the rows says that something went wrong. */
  readonly failed: boolean;
}

const failures = new Set(['fatal', 'error']);

const isFailure = (resource: Resource): boolean =>
  elementsOf(resource['issue']).some((issue) => failures.has(textOf(issue['severity']) ?? ''));

/** Reads one page of a searchset; throws Refusal('fhir_malformed') where it is none. */
export function readPage(bundle: unknown, type: string, base: string): Page {
  if (!isRecord(bundle) || bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'searchset')
    throw new Refusal('fhir_malformed');
  const entries = bundle['entry'] ?? [];
  if (!Array.isArray(entries)) throw new Refusal('fhir_malformed');
  const matches: Resource[] = [];
  const included: Resource[] = [];
  let failed = false;
  for (const entry of entries) {
    const resource: unknown = isRecord(entry) ? settle(entry['resource'], base) : undefined;
    if (!isRecord(entry) || !isResource(resource) || !resourceTypes.has(resource.resourceType))
      throw new Refusal('fhir_malformed');
    const search = entry['search'];
    const mode = isRecord(search) ? search['mode'] : undefined;
    if (mode === 'outcome' || resource.resourceType === 'OperationOutcome') {
      failed ||= isFailure(resource);
      continue;
    }
    const isMatch = mode === 'match' || (mode !== 'include' && resource.resourceType === type);
    (isMatch ? matches : included).push(resource);
  }
  const next = elementsOf(bundle['link']).find((link) => link['relation'] === 'next');
  if (next !== undefined && textOf(next['url']) === undefined) throw new Refusal('fhir_malformed');
  return {
    matches,
    included,
    next: next === undefined ? undefined : textOf(next['url']),
    total: typeof bundle['total'] === 'number' ? bundle['total'] : 0,
    failed,
  };
}

/**
 * A `next` link as an absolute URL of the same origin and below the same base path. Anything else, and a page that
 * was there before, is a Refusal('fhir_untrusted'): a token goes nowhere but to the configured server.
 */
export function ownNext(next: string, base: string, seen: Set<string>): string {
  const own = new URL(`${base}/`);
  const url = URL.canParse(next, own.href) ? new URL(next, own) : undefined;
  const sameServer =
    url !== undefined && url.origin === own.origin && url.username === '' && url.password === '';
  const under =
    url !== undefined && (url.pathname.startsWith(own.pathname) || `${url.pathname}/` === own.pathname);
  if (!sameServer || !under || /%2e|%2f|%5c/i.test(url.pathname) || seen.has(url.href))
    throw new Refusal('fhir_untrusted');
  seen.add(url.href);
  return url.href;
}
