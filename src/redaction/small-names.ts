import { kindOf, mayBeGiven } from './capital-runs.ts';
import { gapAfter, isCapital, type Lexemes, WordKeys, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { person } from './person-match.ts';
import { clinicianTitles, relations, titles } from './words/context-words.ts';
import { facilityHeads } from './words/facility-words.ts';

const titleKeys = new WordKeys(titles);

/** Names in small letters after a title or a relation, or given and family name side by side. */
export function smallNames(lex: Lexemes, matches: Match[]): void {
  for (let at = 0; at < lex.count; at += 1) {
    if (!mayBeGiven(lex, at) && !titleKeys.has(lex.keys[at - 1])) continue;
    if (lex.digits[at] === true || isCapital(lex, at)) continue;
    const word = wordAt(lex, at);
    const kind = kindOf(word);
    if (word.length < 3) continue;
    const before = at > 0 && /^\.?\s$/.test(gapAfter(lex, at - 1)) ? wordAt(lex, at - 1) : '';
    if (
      titles.has(before) &&
      before !== 'miss' &&
      before !== 'don' &&
      before !== 'nurse' &&
      before !== 'sister' &&
      before !== 'brother' &&
      before !== 'father' &&
      before !== 'doctor' &&
      !kind.closed &&
      (kind.given || kind.family || !kind.plain) &&
      !facilityHeads.has(word) &&
      !relations.has(word)
    ) {
      matches.push(person(lex, at, at, clinicianTitles.has(before) ? 'CLINICIAN' : 'PERSON', 'title'));
    } else if (
      kind.given &&
      !kind.plain &&
      (relations.has(before) || before === 'nurse' || before === 'named')
    ) {
      matches.push(person(lex, at, at, 'RELATIVE', 'relation'));
    } else if (kind.given && !kind.plain && gapAfter(lex, at) === ' ') {
      const next = kindOf(wordAt(lex, at + 1));
      if (next.family && !next.plain && !next.eponym && !isCapital(lex, at + 1))
        matches.push(person(lex, at, at + 1, 'PERSON', 'given'));
    }
  }
}
