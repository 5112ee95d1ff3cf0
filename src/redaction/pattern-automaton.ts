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
const unknown = 0xff_ff;
/** Of a next state: something has matched with it. */
const matching = 0x80_00;
/** The state in which nothing has been read. */
const begun = 1;
const stateOf = (next: number): number => next & 0x7f_ff;

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
  /** Numbers of a row: one a column. */
  readonly #width: number;
  /** A row a state: the next one by column, in 16 bits, because a step takes as long as its row takes to arrive. */
  #rows: Uint16Array;
  /** By state: the patterns that may go on, and those that have matched. */
  readonly #alive: number[] = [0];
  readonly #matched: number[] = [0];
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
    const columns = Math.max(...this.#columns) + 1;
    this.#width = columns;
    this.#representatives = Array.from({ length: columns }, (_, column) => this.#columns.indexOf(column));
    this.#rows = new Uint16Array(columns * 64).fill(unknown);
    this.#rows.fill(dead, 0, columns);
    // The first state has read nothing: its members are what can be read first.
    this.#members.push(first);
    this.#alive.push(first.reduce((all, place) => all | this.#at(place).bit, 0));
    this.#matched.push(0);
  }

  /** Bits of the patterns that can match from `start` on. */
  possibleAt(text: string, start: number): number {
    const end = Math.min(text.length, start + mostRead);
    const columns = this.#columns;
    const width = this.#width;
    let rows = this.#rows;
    let possible = this.#always;
    let state = begun;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      const column = columns[code > otherCharacter ? otherCharacter : code] ?? 0;
      let next = rows[state * width + column] ?? dead;
      if (next === unknown) {
        next = this.#stepped(state, column);
        rows = this.#rows;
        if (next === unknown) return possible | this.#aliveIn(state);
      }
      if (next === dead) return possible;
      state = stateOf(next);
      if (next >= matching) possible |= this.#matched[state] ?? 0;
    }
    return end === text.length ? possible : possible | this.#aliveIn(state);
  }

  #aliveIn(state: number): number {
    return this.#alive[state] ?? 0;
  }

  /**
   * Characters that may stand right before and right after the first one of this code inside a match of any of the
   * patterns; undefined where anything may.
   */
  beside(code: number): Beside {
    if (this.#always !== 0) return { before: undefined, after: undefined };
    const before = emptySet();
    const after = emptySet();
    const first = this.#members[1] ?? [];
    let ends = false;
    const reached = new Set(first);
    for (const at of reached) {
      const place = this.#at(at);
      const own = place.set[code] === 1;
      ends ||= own && place.ends;
      for (const next of place.next) {
        const { set } = this.#at(next);
        if (set[code] === 1) addTo(before, place.set);
        if (own) addTo(after, set);
        // Beyond a place that takes nothing else no character is the first of its code.
        if (!own || place.set.some((value, other) => value === 1 && other !== code)) reached.add(next);
      }
    }
    const begins = first.some((at) => this.#at(at).set[code] === 1);
    return { before: begins ? undefined : before, after: ends ? undefined : after };
  }

  /** The state after one that was never left by this column; `unknown` where there are enough. */
  #stepped(state: number, column: number): number {
    const code = this.#representatives[column] ?? 0;
    const members = new Set<number>();
    let matched = 0;
    // The first state names what may be read first, every other one what was read last.
    for (const member of this.#members[state] ?? []) {
      for (const next of state === begun ? [member] : this.#at(member).next) {
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
      this.#alive.push(sorted.reduce((all, place) => all | this.#at(place).bit, 0));
      this.#matched.push(matched);
      if (this.#members.length * this.#width > this.#rows.length) {
        const larger = new Uint16Array(this.#rows.length * 2).fill(unknown);
        larger.set(this.#rows);
        this.#rows = larger;
      }
    }
    const next = matched === 0 ? found : found | matching;
    this.#rows[state * this.#width + column] = next;
    return next;
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
