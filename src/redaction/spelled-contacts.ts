import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { GapPattern } from './gaps.ts';
import { endOf, is, type Lexemes, startOf, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { normalise } from './normalise.ts';
import { markOfWords } from './vocabulary.ts';

interface SpelledContact {
  readonly text: string;
  readonly words: readonly string[];
}

/** E-mail addresses of a record by their first word. */
export type SpelledContacts = ReadonlyMap<string, readonly SpelledContact[]>;

const signs = markOfWords('at dot arroba punto punkt point dash hyphen underscore');
const widestGap = 4;

export function buildSpelledContacts(identity: readonly IdentityValue[]): SpelledContacts {
  const index = new Map<string, SpelledContact[]>();
  for (const { kind, text: written } of identity) {
    if (kind !== 'telecom' || !written.includes('@')) continue;
    const text = normalise(written)
      .lower.replace(/^mailto:/, '')
      .trim();
    const words = text.match(/\p{L}+|\d+/gu) ?? [];
    const [first] = words;
    if (first === undefined || words.length < 3) continue;
    index.set(first, [...(index.get(first) ?? []), { text, words }]);
  }
  return index;
}

/**
 * `m dot ortiz (at) example dot org`, `m.ortiz @ example.org`: the words of an address in order, signs between. `words`
 * are the lexemes that may be the first of one.
 */
export function spelledContacts(lex: Lexemes, index: SpelledContacts, words: readonly number[]): Match[] {
  const matches: Match[] = [];
  for (const at of words) {
    for (const contact of index.get(wordAt(lex, at)) ?? []) {
      const last = lastWord(lex, at, contact.words);
      if (last === undefined) continue;
      matches.push({
        start: startOf(lex, at),
        end: endOf(lex, last),
        type: 'EMAIL',
        rule: 'record.email',
        entity: `email:${contact.text}`,
        rank: 0,
        full: true,
        exact: true,
        epochDay: undefined,
      });
    }
  }
  return matches;
}

/** `m.ortiz(a)example.org` */
const isBracketed = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 'a' && opens.after(lex, at - 1) && closes.after(lex, at);
const opens = new GapPattern(/[([{]$/);
const closes = new GapPattern(/^[)\]}]/);

function lastWord(lex: Lexemes, first: number, words: readonly string[]): number | undefined {
  let at = first;
  for (let next = 1; next < words.length; next += 1) {
    const word = words[next];
    do {
      if (at + 1 >= lex.count || startOf(lex, at + 1) - endOf(lex, at) > widestGap) return undefined;
      at += 1;
    } while (wordAt(lex, at) !== word && (is(lex, at, signs) || isBracketed(lex, at)));
    if (wordAt(lex, at) !== word) return undefined;
  }
  return at;
}
