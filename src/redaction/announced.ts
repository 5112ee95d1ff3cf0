import { gapAfter, isAllCapitals, type Lexemes, wordAt } from './lexemes.ts';
import { isInitial } from './name-forms.ts';
import type { PersonType } from './person-match.ts';
import {
  chartWords,
  clinicianTitles,
  nameCues,
  nameLabels,
  relations,
  titles,
} from './words/context-words.ts';

export interface Context {
  readonly type: PersonType;
  readonly rule: string;
  /** The next capitalised words are a name whatever they are. */
  readonly sure: boolean;
}

/** Letters of nurses that stand before the name as a title does: RN Okafor. */
const nurseLetters = new Set(['rn', 'lpn', 'lvn', 'np', 'cna', 'crna', 'cnm']);

/** What stands before a run and announces a person. */
export function announcedBy(lex: Lexemes, first: number): Context | undefined {
  if (first === 0) return undefined;
  const word = wordAt(lex, first - 1);
  const gap = gapAfter(lex, first - 1);
  // A title in full takes no dot: "Hello doctor. I have pain".
  if (titles.has(word) && (word.length < 5 ? /^\.?[ ]{0,2}$/ : /^ {1,2}$/).test(gap)) {
    return { type: clinicianTitles.has(word) ? 'CLINICIAN' : 'PERSON', rule: 'title', sure: true };
  }
  if (/^['")]{0,2}\s?[:=]\s{0,3}["']?$/.test(gap) && nameLabels.has(word)) {
    return { type: relations.has(word) ? 'RELATIVE' : 'PERSON', rule: 'label', sure: true };
  }
  if (relations.has(word) && /^[ ,(]{1,2}$/.test(gap))
    return { type: 'RELATIVE', rule: 'relation', sure: gap === ' ' };
  if ((word === 'named' || word === 'name' || word === 'surname' || word === 'alias') && gap === ' ') {
    return { type: 'PERSON', rule: 'cue', sure: true };
  }
  if (word === 'is' && wordAt(lex, first - 2) === 'name') return { type: 'PERSON', rule: 'cue', sure: true };
  if (
    word === 'by' &&
    /^(?:signed|dictated|seen|reviewed|prescribed|ordered|treated|referred|evaluated|performed|examined|cosigned|authored|attended)$/.test(
      wordAt(lex, first - 2),
    )
  ) {
    return { type: 'CLINICIAN', rule: 'signature', sure: false };
  }
  if (nurseLetters.has(word) && gap === ' ' && isAllCapitals(lex, first - 1))
    return { type: 'CLINICIAN', rule: 'title', sure: false };
  if (nameCues.has(word) && /^[ ,(]{1,2}$/.test(gap)) return { type: 'PERSON', rule: 'cue', sure: false };
  return undefined;
}

/** Titles that nothing but a name follows. */
const shortTitles = new Set(['dr', 'drs', 'mr', 'mrs', 'ms', 'prof']);

/** "Dr. Day", "Mrs. A. Roe": whatever the word is. */
export const surelyTitled = (lex: Lexemes, first: number, context: Context | undefined): boolean =>
  context?.rule === 'title' &&
  shortTitles.has(wordAt(lex, first - 1)) &&
  (isInitial(lex, first) ||
    (wordAt(lex, first).length > 2 &&
      !chartWords.has(wordAt(lex, first)) &&
      !nameCues.has(wordAt(lex, first))));
