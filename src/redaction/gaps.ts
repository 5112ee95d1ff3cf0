import { gapAfter, gapAt, gapCode, type Lexemes, uncoded } from './lexemes.ts';

const mostRemembered = 4096;

/**
 * A pattern over what stands between two lexemes. The same few signs stand there in all texts, so what the pattern
 * says of a gap is remembered by the gap's code; it can say nothing of a letter or digit, because a gap has none.
 */
export class GapPattern {
  readonly #pattern: RegExp;
  readonly #known = new Map<number, boolean>();

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  after(lex: Lexemes, index: number): boolean {
    const code = gapAt(lex, index);
    if (code === uncoded) return this.#pattern.test(gapAfter(lex, index));
    const known = this.#known.get(code);
    return known ?? this.#asked(code, gapAfter(lex, index));
  }

  #asked(code: number, gap: string): boolean {
    const answer = this.#pattern.test(gap);
    if (this.#known.size < mostRemembered) this.#known.set(code, answer);
    return answer;
  }
}

/** Codes of the gaps that are asked for most. */
export const gapOf = {
  nothing: gapCode(''),
  space: gapCode(' '),
  apostrophe: gapCode("'"),
  hyphen: gapCode('-'),
  comma: gapCode(', '),
  ampersand: gapCode(' & '),
  stop: gapCode('. '),
  dot: gapCode('.'),
  lineBreak: gapCode('\n'),
  hyphenBreak: gapCode('-\n'),
  hyphenSpace: gapCode('- '),
} as const;

/** Whether exactly this stands between a lexeme and the next one. */
export const gapIs = (lex: Lexemes, index: number, code: number): boolean => gapAt(lex, index) === code;
