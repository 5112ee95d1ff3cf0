import { Refusal } from '../../errors/refusal.ts';
import { isFhirId, isRecord, type Resource } from '../../vocabulary/fhir.ts';
import type { CrossReference } from './cross-reference.ts';

const literal = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
/** Of another place altogether: a URL, a URN, a contained resource. */
const absolute = /^(?:[a-z][a-z0-9+.-]*:|#)/;
const maxDepth = 60;

type Params = Readonly<Record<string, string | readonly string[]>>;

/**
 * Parameters with every literal reference in them turned into another one. One that `turn` does not know is left out of
 * its list; undefined where nothing is left of a list, because then nothing can match.
 */
export function turned(
  type: string,
  params: Params,
  turn: (reference: string) => string | undefined,
): Params | undefined {
  const result: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(params)) {
    const lists: string[] = [];
    for (const list of [value].flat()) {
      const tokens = list.split(',');
      const left = tokens.flatMap((token) => {
        if (name === '_id') return turn(`${type}/${token}`)?.split('/')[1] ?? [];
        return literal.test(token) ? (turn(token) ?? []) : [token];
      });
      if (left.length === 0) return undefined;
      lists.push(left.join(','));
    }
    result[name] = typeof value === 'string' ? (lists[0] ?? '') : lists;
  }
  return result;
}

/**
 * The names of one other record system, as they stand beside those of the tenant's own: who is linked goes by the name
 * here, and every other id gets a name that no id here can have. `Patient/1` there is then never `Patient/1` here.
 */
export class ServerNames {
  readonly #links: CrossReference;
  readonly #alias: (reference: string) => string;
  readonly #base: string;
  readonly #there = new Map<string, string>();
  readonly #renamed = new WeakMap<Resource, Resource>();

  /** `alias`: a FHIR id that only this gateway can make, the same one for the same reference. `base`: of that server. */
  constructor(input: {
    readonly links: CrossReference;
    readonly base: string;
    readonly alias: (reference: string) => string;
  }) {
    this.#links = input.links;
    this.#alias = input.alias;
    this.#base = `${input.base.replace(/\/+$/, '')}/`;
  }

  /** The reference there for a name here; undefined for what is not of that server. */
  there(reference: string): string | undefined {
    return this.#links.there(reference) ?? this.#there.get(reference);
  }

  /** Whether a name was made for something of that server: not where it is linked with somebody here. */
  made(reference: string): boolean {
    return this.#there.has(reference);
  }

  /** Ids of that server that were met, with the names that they have here. */
  get met(): readonly (readonly [here: string, there: string])[] {
    return [...this.#there];
  }

  /** The name here for a reference as that server wrote it. */
  here(written: string): string {
    const relative = written.startsWith(this.#base) ? written.slice(this.#base.length) : written;
    const [, type = '', id = '', version = ''] = literal.exec(relative) ?? [];
    if (type !== '') return `${this.#hereOf(type, id)}${version}`;
    if (absolute.test(relative)) return relative;
    // Neither a reference nor a place elsewhere: nothing here may be meant by it.
    return `${/^[A-Z][A-Za-z]{1,63}\b/.exec(relative)?.[0] ?? 'Resource'}/${this.#alias(relative)}`;
  }

  /** A resource of that server under the names of here. */
  renamed(resource: Resource): Resource {
    const known = this.#renamed.get(resource);
    if (known !== undefined) return known;
    const made: Resource = {
      ...this.#element(resource, 0),
      resourceType: resource.resourceType,
      ...(isFhirId(resource.id)
        ? { id: this.#hereOf(resource.resourceType, resource.id).split('/')[1] ?? '' }
        : {}),
    };
    this.#renamed.set(resource, made);
    return made;
  }

  #hereOf(type: string, id: string): string {
    const reference = `${type}/${id}`;
    const linked = this.#links.here(reference);
    if (linked !== undefined) return linked;
    const here = `${type}/${this.#alias(reference)}`;
    this.#there.set(here, reference);
    return here;
  }

  #element(element: Readonly<Record<string, unknown>>, depth: number): Readonly<Record<string, unknown>> {
    if (depth > maxDepth) throw new Refusal('fhir_malformed');
    return Object.fromEntries(
      Object.entries(element).map(([name, value]) => [name, this.#value(name, value, depth + 1)]),
    );
  }

  #value(name: string, value: unknown, depth: number): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#value(name, one, depth));
    if (isRecord(value)) return this.#element(value, depth);
    if (typeof value !== 'string') return value;
    if (name === 'reference') return this.here(value);
    const isContent = name === 'url' && value.replace(this.#base, '').startsWith('Binary/');
    return isContent ? this.here(value) : value;
  }
}
