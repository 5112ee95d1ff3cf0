import { gapAfter, gapAt, gapNumberOf, type Lexemes, mostGaps, otherGap } from './lexemes.ts';

/** What a pattern says of a gap; 0 where it was not asked yet. */
const [yes, no] = [1, 2];

/**
 * A pattern over what stands between two lexemes. What it says of a gap is remembered by the gap's number; it can say
 * nothing of a letter or digit, because a gap has none.
 */
export class GapPattern {
  readonly #pattern: RegExp;
  readonly #answers = new Uint8Array(mostGaps);

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  after(lex: Lexemes, index: number): boolean {
    const known = this.#answers[gapAt(lex, index)] ?? 0;
    return known === 0 ? this.#asked(lex, index) : known === yes;
  }

  #asked(lex: Lexemes, index: number): boolean {
    const gap = gapAt(lex, index);
    const answer = this.#pattern.test(gap === gapOf.space ? ' ' : gapAfter(lex, index));
    if (gap !== otherGap) this.#answers[gap] = answer ? yes : no;
    return answer;
  }
}

/** Numbers of the gaps that are asked for most. */
export const gapOf = {
  nothing: gapNumberOf(''),
  space: gapNumberOf(' '),
  apostrophe: gapNumberOf("'"),
  hyphen: gapNumberOf('-'),
  slash: gapNumberOf('/'),
  comma: gapNumberOf(', '),
  colon: gapNumberOf(': '),
  ampersand: gapNumberOf(' & '),
  stop: gapNumberOf('. '),
  dot: gapNumberOf('.'),
  lineBreak: gapNumberOf('\n'),
  hyphenBreak: gapNumberOf('-\n'),
  hyphenSpace: gapNumberOf('- '),
} as const;

/** Whether exactly this stands between a lexeme and the next one. */
export const gapIs = (lex: Lexemes, index: number, gap: number): boolean => gapAt(lex, index) === gap;
