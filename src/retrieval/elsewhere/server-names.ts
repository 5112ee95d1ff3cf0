import { Refusal } from '../../errors/refusal.ts';
import { isFhirId, isRecord, type Resource } from '../../vocabulary/fhir.ts';
import type { CrossReference } from './cross-reference.ts';

const literal = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
/** Of another place altogether: a URL, a URN, a contained resource. */
const absolute = /^(?:[a-z][a-z0-9+.-]*:|#)/;
const typePattern = /^[A-Z][A-Za-z]{1,63}$/;
const maxDepth = 60;
/** More things than this are named by no record: each one costs a name, and is looked for in every text. */
const mostMet = 50_000;
const withSlash = (base: string): string => `${base.replace(/\/+$/, '')}/`;

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
  readonly #home: readonly string[];
  readonly #there = new Map<string, string>();
  readonly #linked = new Map<string, string>();
  readonly #renamed = new WeakMap<Resource, Resource>();

  /**
   * `alias`: a FHIR id that only this gateway can make, the same one for the same reference. `base`: of that server.
   * `home`: addresses of the tenant's own one.
   */
  constructor(input: {
    readonly links: CrossReference;
    readonly base: string;
    readonly home: readonly string[];
    readonly alias: (reference: string) => string;
  }) {
    this.#links = input.links;
    this.#alias = input.alias;
    this.#base = withSlash(input.base);
    this.#home = input.home.map(withSlash);
  }

  /** The reference there for a name here; undefined for what is not of that server. */
  there(reference: string): string | undefined {
    return this.#links.there(reference) ?? this.#there.get(reference);
  }

  /** Whether a name was made for something of that server: not where it is linked with somebody here. */
  made(reference: string): boolean {
    return this.#there.has(reference);
  }

  /** Ids of that server that were met, linked or not, with the names that they have here. */
  get met(): readonly (readonly [here: string, there: string])[] {
    return [...this.#linked, ...this.#there];
  }

  /** The name here for a reference as that server wrote it. */
  here(written: string): string {
    const relative = written.startsWith(this.#base) ? written.slice(this.#base.length) : written;
    const [, type = '', id = '', version = ''] = literal.exec(relative) ?? [];
    if (type !== '') return `${this.#hereOf(type, id)}${version}`;
    if (this.#home.some((base) => relative.startsWith(base))) return relative;
    const elsewhere = this.#elsewhere(relative);
    if (elsewhere !== undefined) return elsewhere;
    if (absolute.test(relative)) return relative;
    // Neither a reference nor a place elsewhere: nothing here may be meant by it.
    return `${/^[A-Z][A-Za-z]{1,63}\b/.exec(relative)?.[0] ?? 'Resource'}/${this.#alias(relative)}`;
  }

  /**
   * A path that ends in a type and an id, as servers write that are reached by one address and known by another. It
   * stays a path elsewhere, but a denial that is about what stands there under this id finds it.
   */
  #elsewhere(written: string): string | undefined {
    const [plain = '', version] = written.split('/_history/');
    const segments = plain.split('/');
    const [type = '', id] = segments.slice(-2);
    if (segments.length < 3 || !typePattern.test(type) || !isFhirId(id)) return undefined;
    const before = segments.slice(0, -2).join('/');
    return `${before}/${this.#hereOf(type, id)}${version === undefined ? '' : `/_history/${version}`}`;
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
    if (linked !== undefined) {
      this.#linked.set(linked, reference);
      return linked;
    }
    const here = `${type}/${this.#alias(reference)}`;
    if (this.#there.size >= mostMet && !this.#there.has(here)) throw new Refusal('fhir_malformed');
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
