import { addTo, type CharacterSet, emptySet, type Node, otherCharacter } from './pattern-syntax.ts';

/** A pattern as it reads a text. */
export interface Reading {
  readonly node: Node;
  /** Reads the text with its case; otherwise in small letters. */
  readonly cased: boolean;
  /** First characters of any match, where the rule names them. */
  readonly starts: CharacterSet | undefined;
}

/** What may stand beside a character in a match; undefined where anything may. */
export interface Beside {
  readonly before: CharacterSet | undefined;
  readonly after: CharacterSet | undefined;
}

/** One place inside a pattern: what it reads there, and the places after it. */
export interface Place {
  readonly set: CharacterSet;
  /** Number of its pattern. */
  readonly pattern: number;
  readonly next: Set<number>;
  /** Whether a match can end after it. */
  ends: boolean;
}

/** What the places say of a stretch of a pattern. */
interface Stretch {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: boolean;
}

/** Repeats are written out up to this many times; what goes on longer is read as going on for ever. */
const mostRounds = 24;
const mostOptional = 6;
/** Places of all patterns together; a pattern beyond counts as possible everywhere. */
const mostPlaces = 8192;

/**
 * Patterns laid out as places, each with those that may follow it. What a match must be followed by is read like the
 * rest of it; any other lookahead is left out, so more matches than does.
 */
export class Places {
  readonly all: Place[] = [];

  at(place: number): Place {
    const found = this.all[place];
    if (found === undefined) throw new RangeError('a pattern leads beyond its places');
    return found;
  }

  /** The places with which a match begins; undefined where it can be empty, or there are too many places. */
  add(reading: Reading, pattern: number): readonly number[] | undefined {
    const size = this.all.length;
    const whole = this.#stretch(reading.node, reading.cased, pattern, true);
    if (whole === undefined || whole.empty) {
      this.all.length = size;
      return undefined;
    }
    for (const place of whole.last) this.at(place).ends = true;
    return this.#begun(whole.first, reading);
  }

  /**
   * Characters that may stand right before and right after the first one of this code inside a match that begins with
   * one of `first`; undefined where anything may.
   */
  beside(first: readonly number[], code: number): Beside {
    const before = emptySet();
    const after = emptySet();
    let ends = false;
    const reached = new Set(first);
    for (const at of reached) {
      const place = this.at(at);
      const own = place.set[code] === 1;
      ends ||= own && place.ends;
      for (const next of place.next) {
        const { set } = this.at(next);
        if (set[code] === 1) addTo(before, place.set);
        if (own) addTo(after, set);
        // Beyond a place that takes nothing else no character is the first of its code.
        if (!own || place.set.some((value, other) => value === 1 && other !== code)) reached.add(next);
      }
    }
    const begins = first.some((at) => this.at(at).set[code] === 1);
    return { before: begins ? undefined : before, after: ends ? undefined : after };
  }

  /** The first places of a rule that names its first characters, as places of their own. */
  #begun(first: readonly number[], { starts, cased }: Reading): readonly number[] {
    if (starts === undefined) return first;
    const allowed = asRead(starts, cased);
    return first.map((place) => {
      const whole = this.at(place);
      this.all.push({ ...whole, set: whole.set.map((value, code) => value & (allowed[code] ?? 0)) });
      return this.all.length - 1;
    });
  }

  /** Lays out a node; undefined where there are too many places. `closing`: nothing of the pattern stands behind it. */
  #stretch(node: Node, cased: boolean, pattern: number, closing: boolean): Stretch | undefined {
    if (this.all.length >= mostPlaces) return undefined;
    if (node.kind === 'set') {
      this.all.push({ set: asRead(node.set, cased), pattern, next: new Set(), ends: false });
      const place = [this.all.length - 1];
      return { first: place, last: place, empty: false };
    }
    if (node.kind === 'sequence') {
      let all: Stretch = nothing;
      for (const [at, item] of node.items.entries()) {
        const stretch = this.#stretch(item, cased, pattern, closing && at === node.items.length - 1);
        if (stretch === undefined) return undefined;
        all = this.#joined(all, stretch);
      }
      return all;
    }
    if (node.kind === 'choice') {
      const options: Stretch[] = [];
      for (const option of node.options) {
        const stretch = this.#stretch(option, cased, pattern, closing);
        if (stretch === undefined) return undefined;
        options.push(stretch);
      }
      return {
        first: options.flatMap(({ first }) => first),
        last: options.flatMap(({ last }) => last),
        empty: options.some(({ empty }) => empty),
      };
    }
    if (node.kind === 'look' && node.positive && closing)
      return this.#stretch(node.item, cased, pattern, true);
    return node.kind === 'repeat' ? this.#repeated(node, cased, pattern) : nothing;
  }

  #repeated(node: Node & { readonly kind: 'repeat' }, cased: boolean, pattern: number): Stretch | undefined {
    let all: Stretch = nothing;
    const rounds = Math.min(node.min, mostRounds);
    const optional = node.max - rounds;
    const endless = optional > mostOptional;
    for (let round = 0; round < rounds + (endless ? 1 : optional); round += 1) {
      const stretch = this.#stretch(node.item, cased, pattern, false);
      if (stretch === undefined) return undefined;
      if (round >= rounds && endless) this.#joined(stretch, stretch);
      all = this.#joined(all, round < rounds ? stretch : { ...stretch, empty: true });
    }
    return all;
  }

  #joined(one: Stretch, other: Stretch): Stretch {
    for (const place of one.last) for (const next of other.first) this.at(place).next.add(next);
    return {
      first: one.empty ? [...one.first, ...other.first] : one.first,
      last: other.empty ? [...one.last, ...other.last] : other.last,
      empty: one.empty && other.empty,
    };
  }
}

const nothing: Stretch = { first: [], last: [], empty: true };

/** Characters with which a match begins; undefined where it can be empty. */
export function beginnings(reading: Reading): CharacterSet | undefined {
  const places = new Places();
  const first = places.add(reading, 0);
  if (first === undefined) return undefined;
  const set = emptySet();
  for (const place of first) addTo(set, places.at(place).set);
  return set;
}

/** A set of a pattern as what the text may hold there: a pattern that reads small letters is asked with capitals too. */
function asRead(set: CharacterSet, cased: boolean): CharacterSet {
  if (cased) return set;
  const read = emptySet();
  for (let code = 0; code < read.length; code += 1)
    read[code] = set[code >= 65 && code <= 90 ? code + 32 : code] ?? 0;
  return read;
}

/** Characters that every place takes or leaves alike have one number. */
export function columnsOf(places: readonly Place[]): Uint8Array {
  const columns = new Uint8Array(otherCharacter + 1);
  for (const { set } of places) {
    const renamed = new Map<number, number>();
    for (let code = 0; code < columns.length; code += 1) {
      const told = (columns[code] ?? 0) * 2 + (set[code] ?? 0);
      if (!renamed.has(told)) renamed.set(told, renamed.size);
      columns[code] = renamed.get(told) ?? 0;
    }
  }
  return columns;
}
