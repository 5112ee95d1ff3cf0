import { type CharacterSet, emptySet, type Node, otherCharacter } from './pattern-syntax.ts';

/** A pattern as it reads a text. */
export interface Reading {
  readonly node: Node;
  /** Reads the text with its case; otherwise in small letters. */
  readonly cased: boolean;
  /** First characters of any match, where the rule names them. */
  readonly starts: CharacterSet | undefined;
}

/** One place inside a pattern: what it reads there, and the places after it. */
interface Place {
  readonly set: CharacterSet;
  /** Bit of its pattern. */
  readonly bit: number;
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
/** States that are remembered. */
const mostStates = 4096;
/** How far a text is read from one place. */
const mostRead = 96;

const dead = 0;
const unknown = -1;

/**
 * Which of up to 32 patterns can match at a place of a text: all are followed at once, one step a character, until none
 * is left. Lookahead and long repeats are taken for wider than they are, so the answer holds every pattern that
 * matches, and few others; those are then tried. States are made when a text first leads to them, up to a number;
 * beyond it, as beyond 96 characters, what is still possible counts as possible.
 */
export class Automaton {
  readonly #places: Place[] = [];
  /** By ASCII code and one more for the others: characters that no pattern tells apart are one column. */
  readonly #columns: Uint8Array;
  readonly #width: number;
  /** State after a state and a column. */
  #steps: Int16Array;
  /** By state: patterns that have matched, and those that may go on. */
  readonly #matched: number[] = [0, 0];
  readonly #alive: number[] = [0];
  readonly #members: (readonly number[])[] = [[]];
  readonly #known = new Map<string, number>([['', dead]]);
  /** Patterns that can match the empty text or are too large to be followed. */
  readonly #always: number;
  readonly #representatives: readonly number[];

  constructor(readings: readonly Reading[]) {
    let always = 0;
    const first: number[] = [];
    for (const [at, reading] of readings.entries()) {
      const bit = 1 << at;
      const size = this.#places.length;
      const whole = this.#stretch(reading.node, reading.cased, bit);
      if (whole === undefined || whole.empty) {
        always |= bit;
        this.#places.length = size;
        continue;
      }
      for (const place of whole.last) this.#at(place).ends = true;
      first.push(...this.#begun(whole.first, reading));
    }
    this.#always = always;
    this.#columns = columnsOf(this.#places);
    this.#width = Math.max(...this.#columns) + 1;
    this.#representatives = Array.from({ length: this.#width }, (_, column) => this.#columns.indexOf(column));
    this.#steps = new Int16Array(this.#width * 64).fill(unknown);
    this.#steps.fill(dead, 0, this.#width);
    // The first state has read nothing: its members are what can be read first.
    this.#members.push(first);
    this.#alive.push(first.reduce((all, place) => all | this.#at(place).bit, 0));
  }

  /** Bits of the patterns that can match from `start` on. */
  possibleAt(text: string, start: number): number {
    const end = Math.min(text.length, start + mostRead);
    const width = this.#width;
    let matched = this.#always;
    let state = 1;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      const column = this.#columns[code > otherCharacter ? otherCharacter : code] ?? 0;
      let next = this.#steps[state * width + column] ?? dead;
      if (next === unknown) next = this.#stepped(state, column);
      if (next === unknown) return matched | (this.#alive[state] ?? 0);
      if (next === dead) return matched;
      matched |= this.#matched[next] ?? 0;
      state = next;
    }
    return end === text.length ? matched : matched | (this.#alive[state] ?? 0);
  }

  /** The state after one that was never left by this column; `unknown` where there are enough. */
  #stepped(state: number, column: number): number {
    const code = this.#representatives[column] ?? 0;
    const members = new Set<number>();
    let matched = 0;
    // The first state names what may be read first, every other one what was read last.
    for (const member of this.#members[state] ?? []) {
      for (const next of state === 1 ? [member] : this.#at(member).next) {
        const place = this.#at(next);
        if (place.set[code] !== 1) continue;
        members.add(next);
        if (place.ends) matched |= place.bit;
      }
    }
    const sorted = [...members].toSorted((a, b) => a - b);
    const name = sorted.join();
    let found = this.#known.get(name);
    if (found === undefined) {
      found = this.#members.length;
      if (found === mostStates) return unknown;
      this.#known.set(name, found);
      this.#members.push(sorted);
      this.#matched.push(matched);
      this.#alive.push(sorted.reduce((all, place) => all | this.#at(place).bit, 0));
      if (this.#members.length * this.#width > this.#steps.length) {
        const larger = new Int16Array(this.#steps.length * 2).fill(unknown);
        larger.set(this.#steps);
        this.#steps = larger;
      }
    }
    this.#steps[state * this.#width + column] = found;
    return found;
  }

  #at(place: number): Place {
    const found = this.#places[place];
    if (found === undefined) throw new RangeError('a pattern leads beyond its places');
    return found;
  }

  /** The first places of a rule that names its first characters, as places of their own. */
  #begun(first: readonly number[], { starts, cased }: Reading): readonly number[] {
    if (starts === undefined) return first;
    const allowed = asRead(starts, cased);
    return first.map((place) => {
      const whole = this.#at(place);
      this.#places.push({ ...whole, set: whole.set.map((value, code) => value & (allowed[code] ?? 0)) });
      return this.#places.length - 1;
    });
  }

  /** Lays out a node; undefined where there are too many places. */
  #stretch(node: Node, cased: boolean, bit: number): Stretch | undefined {
    if (this.#places.length >= mostPlaces) return undefined;
    if (node.kind === 'set') {
      this.#places.push({ set: asRead(node.set, cased), bit, next: new Set(), ends: false });
      const place = [this.#places.length - 1];
      return { first: place, last: place, empty: false };
    }
    if (node.kind === 'sequence') {
      let all: Stretch = nothing;
      for (const item of node.items) {
        const stretch = this.#stretch(item, cased, bit);
        if (stretch === undefined) return undefined;
        all = this.#joined(all, stretch);
      }
      return all;
    }
    if (node.kind === 'choice') {
      const options: Stretch[] = [];
      for (const option of node.options) {
        const stretch = this.#stretch(option, cased, bit);
        if (stretch === undefined) return undefined;
        options.push(stretch);
      }
      return {
        first: options.flatMap(({ first }) => first),
        last: options.flatMap(({ last }) => last),
        empty: options.some(({ empty }) => empty),
      };
    }
    return node.kind === 'repeat' ? this.#repeated(node, cased, bit) : nothing;
  }

  #repeated(node: Node & { readonly kind: 'repeat' }, cased: boolean, bit: number): Stretch | undefined {
    let all: Stretch = nothing;
    const rounds = Math.min(node.min, mostRounds);
    const optional = node.max - rounds;
    const endless = optional > mostOptional;
    for (let round = 0; round < rounds + (endless ? 1 : optional); round += 1) {
      const stretch = this.#stretch(node.item, cased, bit);
      if (stretch === undefined) return undefined;
      if (round >= rounds && endless) this.#joined(stretch, stretch);
      all = this.#joined(all, round < rounds ? stretch : { ...stretch, empty: true });
    }
    return all;
  }

  #joined(one: Stretch, other: Stretch): Stretch {
    for (const place of one.last) for (const next of other.first) this.#at(place).next.add(next);
    return {
      first: one.empty ? [...one.first, ...other.first] : one.first,
      last: other.empty ? [...one.last, ...other.last] : other.last,
      empty: one.empty && other.empty,
    };
  }
}

const nothing: Stretch = { first: [], last: [], empty: true };

/** A set of a pattern as what the text may hold there: a pattern that reads small letters is asked with capitals too. */
function asRead(set: CharacterSet, cased: boolean): CharacterSet {
  if (cased) return set;
  const read = emptySet();
  for (let code = 0; code < read.length; code += 1)
    read[code] = set[code >= 65 && code <= 90 ? code + 32 : code] ?? 0;
  return read;
}

/** Characters that every place takes or leaves alike have one number. */
function columnsOf(places: readonly Place[]): Uint8Array {
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
