import { createHash } from 'node:crypto';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { type Entry, type Gathering, readCondition } from './entries.ts';
import type { NumberedNames } from './name-digits.ts';

export interface ReferenceCounts {
  /** `urn:uuid` and absolute links of a Bundle, now `Type/id`. */
  linked: number;
  /** Conditional references, now `Type/id`. */
  resolved: number;
  /** Nothing loaded answers to them: logical references by identifier. */
  logical: number;
}

type Node = Readonly<Record<string, unknown>>;

/** Rewrites the references and names of one gathered resource; the original is left as it is. */
export class Rewriting {
  readonly counts: ReferenceCounts = { linked: 0, resolved: 0, logical: 0 };
  readonly #gathering: Gathering;
  readonly #names: NumberedNames;

  constructor(gathering: Gathering, names: NumberedNames) {
    this.#gathering = gathering;
    this.#names = names;
  }

  resource(entry: Entry): Resource {
    return { ...this.#node(entry.resource, entry.links), resourceType: entry.type, id: entry.id };
  }

  #value(name: string, value: unknown, links: ReadonlyMap<string, string>): unknown {
    if (typeof value === 'string') return this.#text(name, value, links);
    if (Array.isArray(value)) return value.map((member) => this.#value(name, member, links));
    return isRecord(value) ? this.#node(value, links) : value;
  }

  #node(node: Node, links: ReadonlyMap<string, string>): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(node)) copy[name] = this.#value(name, node[name], links);
    if (typeof node['reference'] === 'string') return this.#reference(copy, node['reference'], links);
    if (typeof node['data'] === 'string' && typeof node['contentType'] === 'string') {
      return this.#attachment(copy, node['data'], node['contentType']);
    }
    return copy;
  }

  /** R4 http.html#trules: links to entries are replaced in references, uris and narrative, not in identifiers. */
  #text(name: string, text: string, links: ReadonlyMap<string, string>): string {
    if (name === 'reference' || name === 'value') return this.#names.stripElement(name, text);
    if (name === 'div' && text.includes('urn:uuid:')) {
      const linked = text.replace(/urn:uuid:[0-9A-Fa-f-]{36}/g, (urn) => this.#target(urn, links) ?? urn);
      return this.#names.strip(linked);
    }
    if (text.startsWith('urn:uuid:') && name !== 'system') return this.#target(text, links) ?? text;
    return this.#names.stripElement(name, text);
  }

  #target(text: string, links: ReadonlyMap<string, string>): string | undefined {
    return links.get(text) ?? this.#gathering.links.get(text);
  }

  #reference(
    copy: Record<string, unknown>,
    text: string,
    links: ReadonlyMap<string, string>,
  ): Record<string, unknown> {
    const target = this.#target(text, links);
    if (target !== undefined) {
      this.counts.linked += 1;
      return { ...copy, reference: target };
    }
    const condition = readCondition(text);
    if (condition !== undefined) {
      const { type, system, value } = condition;
      const found = value === undefined ? undefined : this.#gathering.byIdentifier(type, system, value);
      if (found !== undefined) {
        this.counts.resolved += 1;
        return { ...copy, reference: found };
      }
      const identifier =
        value === undefined ? undefined : { ...(system === undefined ? {} : { system }), value };
      return this.#logical({ type, ...copy }, identifier);
    }
    if (text.startsWith('urn:')) return this.#logical(copy, { system: 'urn:ietf:rfc:3986', value: text });
    return { ...copy, reference: text.replace(/\/_history\/[A-Za-z0-9\-.]{1,64}$/, '') };
  }

  #logical(copy: Record<string, unknown>, identifier: Node | undefined): Record<string, unknown> {
    this.counts.logical += 1;
    const { reference: _dangling, ...rest } = copy;
    return identifier === undefined || 'identifier' in rest ? rest : { ...rest, identifier };
  }

  /** Text inside an attachment or Binary is read and written again where it holds a name. */
  #attachment(copy: Record<string, unknown>, data: string, contentType: string): Record<string, unknown> {
    if (this.#names.size === 0 || !/^(?:text\/|application\/(?:xhtml|xml|json|rtf))/i.test(contentType))
      return copy;
    const bytes = Buffer.from(data, 'base64');
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) return copy;
    const stripped = this.#names.strip(text);
    if (stripped === text) return copy;
    const written = Buffer.from(stripped, 'utf8');
    return {
      ...copy,
      data: written.toString('base64'),
      ...(typeof copy['size'] === 'number' ? { size: written.length } : {}),
      ...(typeof copy['hash'] === 'string'
        ? { hash: createHash('sha1').update(written).digest('base64') }
        : {}),
    };
  }
}
