import { createHash } from 'node:crypto';
import { isFhirId, isRecord, isResource, type Resource } from '../../../src/vocabulary/fhir.ts';
import { parseReference } from '../elements.ts';

/** One resource on its way into the store, with its id decided and the Bundle whose links it shares. */
export interface Entry {
  readonly type: string;
  readonly id: string;
  readonly resource: Resource;
  readonly links: ReadonlyMap<string, string>;
}

const identifierKey = (type: string, system: unknown, value: unknown): string =>
  JSON.stringify([type, typeof system === 'string' ? system : '', value]);

/**
 * Gathers a data set: decides ids, remembers which `fullUrl` became which `Type/id` and which identifier belongs to
 * which resource. Nothing is rewritten before everything is gathered, because a file may point into a later one.
 */
export class Gathering {
  /** By `Type/id`; what comes again under the same id replaces what was there. */
  readonly entries = new Map<string, Entry>();
  /** Every `fullUrl` of every Bundle, for links that leave their own Bundle. */
  readonly links = new Map<string, string>();
  readonly #identifiers = new Map<string, Set<string>>();
  repeated = 0;

  /** Takes a Bundle of any type or a single resource. False when it is neither. */
  add(content: unknown): boolean {
    if (!isResource(content)) return false;
    if (content.resourceType !== 'Bundle') {
      this.#take(content, undefined, undefined, new Map());
      return true;
    }
    const links = new Map<string, string>();
    const entries = Array.isArray(content['entry']) ? content['entry'] : [];
    for (const entry of entries) {
      if (!isRecord(entry) || !isResource(entry['resource'])) continue;
      const request = isRecord(entry['request']) ? entry['request'] : undefined;
      const fullUrl = typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : undefined;
      if (entry['resource'].resourceType === 'OperationOutcome') continue;
      this.#take(entry['resource'], fullUrl, request, links);
    }
    return true;
  }

  /** `Type/id` of the one resource with this identifier; undefined when there is none or more than one. */
  byIdentifier(type: string, system: string | undefined, value: string): string | undefined {
    const found = this.#identifiers.get(identifierKey(type, system, value));
    return found?.size === 1 ? [...found][0] : undefined;
  }

  #take(
    resource: Resource,
    fullUrl: string | undefined,
    request: Readonly<Record<string, unknown>> | undefined,
    links: Map<string, string>,
  ): void {
    const type = resource.resourceType;
    const link = (key: string) => {
      if (fullUrl === undefined) return;
      links.set(fullUrl, key);
      this.links.set(fullUrl, key);
    };
    const existing = this.#existing(type, request);
    if (existing !== undefined) {
      this.repeated += 1;
      link(existing);
      return;
    }
    const id = idOf(resource, fullUrl, request);
    const key = `${type}/${id}`;
    if (this.entries.has(key)) this.repeated += 1;
    this.entries.set(key, { type, id, resource, links });
    link(key);
    // An id that R4 does not allow was replaced; what points to it must follow.
    if (typeof resource.id === 'string' && resource.id !== id) links.set(`${type}/${resource.id}`, key);
    const identifiers = resource['identifier'];
    for (const identifier of Array.isArray(identifiers) ? identifiers : [identifiers]) {
      if (!isRecord(identifier) || typeof identifier['value'] !== 'string') continue;
      const name = identifierKey(type, identifier['system'], identifier['value']);
      this.#identifiers.set(name, (this.#identifiers.get(name) ?? new Set()).add(key));
    }
  }

  /** A conditional create (`ifNoneExist`) whose resource is here already. */
  #existing(type: string, request: Readonly<Record<string, unknown>> | undefined): string | undefined {
    const condition = request?.['ifNoneExist'];
    if (typeof condition !== 'string') return undefined;
    const asked = readCondition(`${type}?${condition}`);
    return asked?.value === undefined ? undefined : this.byIdentifier(type, asked.system, asked.value);
  }
}

/**
 * Ids are kept. A resource without one takes that of its PUT, its urn:uuid or its fullUrl, and failing these one made
 * from its content, so that every load gives the same.
 */
function idOf(
  resource: Resource,
  fullUrl: string | undefined,
  request: Readonly<Record<string, unknown>> | undefined,
): string {
  if (isFhirId(resource.id)) return resource.id;
  if (request?.['method'] === 'PUT') {
    const put = parseReference(request['url']);
    if (put?.type === resource.resourceType) return put.id;
  }
  const uuid = /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1];
  if (isFhirId(uuid)) return uuid;
  const named = parseReference(fullUrl);
  if (named?.type === resource.resourceType) return named.id;
  return createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 32);
}

/** What a conditional reference asks for; `value` only where it asks by identifier alone. */
export interface Condition {
  readonly type: string;
  readonly system?: string;
  readonly value?: string;
}

/** Reads `Type?identifier=system|value` or `Type?identifier=value`; undefined when it is no conditional reference. */
export function readCondition(text: string): Condition | undefined {
  const [, type, query] = /^([A-Z][A-Za-z]{1,39})\?(.+)$/.exec(text) ?? [];
  if (type === undefined || query === undefined) return undefined;
  const pairs = [...new URLSearchParams(query)];
  const asked = pairs.find(([name]) => name === 'identifier')?.[1];
  if (asked === undefined || pairs.length !== 1) return { type };
  const bar = asked.indexOf('|');
  if (bar === -1) return { type, value: asked };
  const system = asked.slice(0, bar);
  return { type, value: asked.slice(bar + 1), ...(system === '' ? {} : { system }) };
}
