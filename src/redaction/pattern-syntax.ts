/** Which characters may stand at one place: the 128 of ASCII, and one entry for all others. */
export type CharacterSet = Uint8Array;

export const otherCharacter = 128;
const setSize = 129;

/** A pattern of a pack, taken apart. Groups without a repeat are their content. */
export type Node =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      readonly max: number;
      /** As written, with what it repeats. */
      readonly source: string;
    }
  /** Lookahead, for what stands there or, where it is not `positive`, does not; takes no character. */
  | { readonly kind: 'look'; readonly item: Node; readonly positive: boolean }
  /** `^`, `$`, `\b`. */
  | { readonly kind: 'edge' };

/** What a pattern may not hold; the message is the reason. */
export class PatternSyntaxFault extends Error {}

const maxRepeat = 256;

export const emptySet = (): CharacterSet => new Uint8Array(setSize);

const setOf = (has: (character: string) => boolean, others: boolean): CharacterSet => {
  const set = emptySet();
  for (let code = 0; code < otherCharacter; code += 1) set[code] = has(String.fromCharCode(code)) ? 1 : 0;
  set[otherCharacter] = others ? 1 : 0;
  return set;
};

const inverted = (set: CharacterSet): CharacterSet => set.map((value) => 1 - value);

export function overlaps(one: CharacterSet, other: CharacterSet): boolean {
  return one.some((value, code) => value === 1 && other[code] === 1);
}

export function addTo(set: CharacterSet, more: CharacterSet): void {
  for (let code = 0; code < setSize; code += 1) if (more[code] === 1) set[code] = 1;
}

const digit = setOf((character) => /\d/.test(character), false);
const word = setOf((character) => /\w/.test(character), false);
const space = setOf((character) => /\s/.test(character), true);
const classes: Readonly<Record<string, CharacterSet>> = {
  d: digit,
  D: inverted(digit),
  w: word,
  W: inverted(word),
  s: space,
  S: setOf((character) => /\S/.test(character), true),
};
const controls: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
  0: '\0',
};
const anything = setOf((character) => character !== '\n', true);

function setOfCharacter(character: string): CharacterSet {
  const set = emptySet();
  set[Math.min(character.charCodeAt(0), otherCharacter)] = 1;
  return set;
}

/**
 * Reads a pattern. Throws PatternSyntaxFault, with its reason, at what packs may not use: back references,
 * lookbehind, named groups but `value`, property escapes, `*`, `+`, `{n,}`, and repeats above 256.
 */
export function parsePattern(source: string): Node {
  const reader = new Reader(source);
  const node = reader.choice();
  if (!reader.ended) throw new PatternSyntaxFault('a group is closed that was not opened');
  return node;
}

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get ended(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(): Node {
    this.#depth += 1;
    if (this.#depth > 40) throw new PatternSyntaxFault('groups are nested too deep');
    const options: Node[] = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth -= 1;
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (!this.ended && !'|)'.includes(this.#source.charAt(this.#at))) {
      const start = this.#at;
      const item = this.#atom();
      items.push(this.#repeated(item, start));
    }
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items };
  }

  #atom(): Node {
    const character = this.#source.charAt(this.#at);
    if (character === '(') return this.#group();
    if (character === '[') return { kind: 'set', set: this.#class() };
    if (character === '\\') return this.#escape();
    if (repeatAt(this.#source, this.#at) !== undefined)
      throw new PatternSyntaxFault('a repeat follows nothing');
    this.#at += 1;
    if (character === '^' || character === '$') return { kind: 'edge' };
    return { kind: 'set', set: character === '.' ? anything : setOfCharacter(character) };
  }

  #repeated(item: Node, start: number): Node {
    const repeat = repeatAt(this.#source, this.#at);
    if (repeat === undefined) return item;
    if (item.kind === 'edge') throw new PatternSyntaxFault('a repeat follows nothing');
    if (repeat.max === Number.POSITIVE_INFINITY)
      throw new PatternSyntaxFault(`unbounded repetition \`${repeat.text}\`: write {0,64} or the like`);
    if (repeat.max > maxRepeat) throw new PatternSyntaxFault(`repetition above ${maxRepeat}`);
    this.#at += repeat.text.length;
    if (repeatAt(this.#source, this.#at) !== undefined)
      throw new PatternSyntaxFault('a repeat follows nothing');
    const { min, max } = repeat;
    return { kind: 'repeat', item, min, max, source: this.#source.slice(start, this.#at) };
  }

  #group(): Node {
    if (/^\(\?<[=!]/.test(this.#source.slice(this.#at, this.#at + 4)))
      throw new PatternSyntaxFault('lookbehind is refused: use `near` or `after`');
    const opening =
      /^\((?:\?(?:[:=!]|<value>))?/.exec(this.#source.slice(this.#at, this.#at + 9))?.[0] ?? '(';
    if (opening === '(' && this.#source.startsWith('(?', this.#at))
      throw new PatternSyntaxFault('unknown kind of group: use (?:…), (?=…), (?!…) or (?<value>…)');
    this.#at += opening.length;
    const item = this.choice();
    if (!this.#take(')')) throw new PatternSyntaxFault('a group is not closed');
    return opening === '(?=' || opening === '(?!'
      ? { kind: 'look', item, positive: opening === '(?=' }
      : item;
  }

  #escape(): Node {
    const next = this.#source.charAt(this.#at + 1);
    if (/[1-9]/.test(next) || (next === 'k' && this.#source.charAt(this.#at + 2) === '<'))
      throw new PatternSyntaxFault('back references are refused');
    if (next === 'b' || next === 'B') {
      this.#at += 2;
      return { kind: 'edge' };
    }
    return { kind: 'set', set: this.#escaped() };
  }

  /** One escape that stands for characters, in a class or outside. */
  #escaped(): CharacterSet {
    const next = this.#source.charAt(this.#at + 1);
    if (next === '') throw new PatternSyntaxFault('the pattern ends with a backslash');
    if (next === 'p' || next === 'P')
      throw new PatternSyntaxFault('property escapes are refused: the view is folded already');
    const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(this.#source.slice(this.#at, this.#at + 6));
    this.#at += code?.[0].length ?? 2;
    if (code !== null)
      return setOfCharacter(String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16)));
    return classes[next] ?? setOfCharacter(controls[next] ?? next);
  }

  #class(): CharacterSet {
    const set = emptySet();
    this.#at += 1;
    const negated = this.#take('^');
    while (!this.#take(']')) {
      if (this.ended) throw new PatternSyntaxFault('a character class is not closed');
      const [first, from] = this.#member();
      addTo(set, first);
      if (this.#source.charAt(this.#at) !== '-' || this.#source.charAt(this.#at + 1) === ']') continue;
      this.#at += 1;
      if (this.ended) throw new PatternSyntaxFault('a character class is not closed');
      const [last, to] = this.#member();
      addTo(set, last);
      if (from === undefined || to === undefined) set['-'.charCodeAt(0)] = 1;
      else for (let code = from; code <= to && code <= otherCharacter; code += 1) set[code] = 1;
    }
    // Of the characters beyond ASCII a class never takes all, and a negated one never none.
    const result = negated ? inverted(set) : set;
    if (negated) result[otherCharacter] = 1;
    return result;
  }

  /** A character of a class or a class escape, and the code where it is one character. */
  #member(): [set: CharacterSet, code: number | undefined] {
    const start = this.#at;
    if (this.#source.charAt(start) !== '\\') {
      this.#at += 1;
      return [setOfCharacter(this.#source.charAt(start)), this.#source.charCodeAt(start)];
    }
    if (this.#source.charAt(start + 1) === 'b') {
      this.#at += 2;
      return [setOfCharacter('\b'), 8];
    }
    const set = this.#escaped();
    const single = !/[dDwWsS]/.test(this.#source.charAt(start + 1));
    return [set, single ? set.indexOf(1) : undefined];
  }
}

function repeatAt(source: string, at: number): { text: string; min: number; max: number } | undefined {
  const match = /^(?:([*+?])|\{(\d{1,5})(?:(,)(\d{0,5}))?\})\??/.exec(source.slice(at, at + 16));
  if (match === null) return undefined;
  const [text, sign, least, comma, most] = match;
  if (sign === '?') return { text, min: 0, max: 1 };
  if (sign !== undefined) return { text, min: sign === '+' ? 1 : 0, max: Number.POSITIVE_INFINITY };
  const min = Number(least);
  if (comma === undefined) return { text, min, max: min };
  return { text, min, max: most === '' || most === undefined ? Number.POSITIVE_INFINITY : Number(most) };
}
