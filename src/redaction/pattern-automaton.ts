import { type Beside, columnsOf, Places, type Reading } from './pattern-places.ts';
import { PatternSets } from './pattern-sets.ts';
import { otherCharacter } from './pattern-syntax.ts';

/** States that are remembered. */
const mostStates = 8192;
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
 * Which of some patterns can match at a place of a text: all are followed at once, one step a character, until none
 * is left. Most lookahead and long repeats are taken for wider than they are, so the answer holds every pattern that
 * matches, and few others; those are then tried. States are made when a text first leads to them, up to a number;
 * beyond it, as beyond 96 characters, what is still possible counts as possible.
 */
export class Automaton {
  readonly #places = new Places();
  readonly #sets = new PatternSets();
  /** By ASCII code and one more for the others: characters that no pattern tells apart are one column. */
  readonly #columns: Uint8Array;
  /** Numbers of a row: one a column. */
  readonly #width: number;
  /** A row a state: the next one by column, in 16 bits, because a step takes as long as its row takes to arrive. */
  #rows: Uint16Array;
  /** By state: the set of patterns that have matched. */
  readonly #matched: number[] = [0, 0];
  /** By state: the places that were read last; for the first one those that may be read first. */
  readonly #members: (readonly number[])[];
  readonly #known = new Map<string, number>([['', dead]]);
  /** Set of the patterns that can match the empty text or are too large to be followed. */
  readonly #always: number;
  readonly #representatives: readonly number[];

  constructor(readings: readonly Reading[]) {
    const always: number[] = [];
    const first: number[] = [];
    for (const [pattern, reading] of readings.entries()) {
      const begins = this.#places.add(reading, pattern);
      if (begins === undefined) always.push(pattern);
      else first.push(...begins);
    }
    this.#always = this.#sets.of(always);
    this.#columns = columnsOf(this.#places.all);
    const columns = Math.max(...this.#columns) + 1;
    this.#width = columns;
    this.#representatives = Array.from({ length: columns }, (_, column) => this.#columns.indexOf(column));
    this.#rows = new Uint16Array(columns * 64).fill(unknown);
    this.#rows.fill(dead, 0, columns);
    this.#members = [[], first];
  }

  /** Numbers of the patterns that can match from `start` on. */
  possibleAt(text: string, start: number): readonly number[] {
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
        if (next === unknown) return this.#withAlive(possible, state);
      }
      if (next === dead) return this.#sets.at(possible);
      state = stateOf(next);
      if (next >= matching) possible = this.#sets.both(possible, this.#matched[state] ?? 0);
    }
    return end === text.length ? this.#sets.at(possible) : this.#withAlive(possible, state);
  }

  #withAlive(possible: number, state: number): readonly number[] {
    const alive = (this.#members[state] ?? []).map((place) => this.#places.at(place).pattern);
    return this.#sets.at(this.#sets.both(possible, this.#sets.of(alive)));
  }

  /** What may stand beside the first character of this code inside a match of any of the patterns. */
  beside(code: number): Beside {
    return this.#always === 0
      ? this.#places.beside(this.#members[begun] ?? [], code)
      : { before: undefined, after: undefined };
  }

  /** The state after one that was never left by this column; `unknown` where there are enough. */
  #stepped(state: number, column: number): number {
    const code = this.#representatives[column] ?? 0;
    const members = new Set<number>();
    const matched: number[] = [];
    // The first state names what may be read first, every other one what was read last.
    for (const member of this.#members[state] ?? []) {
      for (const next of state === begun ? [member] : this.#places.at(member).next) {
        const place = this.#places.at(next);
        if (place.set[code] !== 1) continue;
        members.add(next);
        if (place.ends) matched.push(place.pattern);
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
      this.#matched.push(this.#sets.of(matched));
      if (this.#members.length * this.#width > this.#rows.length) {
        const larger = new Uint16Array(this.#rows.length * 2).fill(unknown);
        larger.set(this.#rows);
        this.#rows = larger;
      }
    }
    const next = matched.length === 0 ? found : found | matching;
    this.#rows[state * this.#width + column] = next;
    return next;
  }
}
