import { gapIs, gapOf } from './gaps.ts';
import { isAllCapitals, isCapital, type Lexemes, lengthOf, wordAt } from './lexemes.ts';

/**
 * Syllables of Korean given names as they are romanised in passports (Revised and McCune-Reischauer spellings). Many are
 * everyday words or months on their own (`so`, `min`, `jun`), so that no list of names holds the two together.
 */
const syllables = new Set(
  `ah ae bin bo bok byung chan chang chul da dae eun ga geun gi goo ha hae han hee ho hong hoon hui hun hwa hwan hye hyo hyuk
   hyun hyung jae jee ji jin jo jong joo joon ju jun jung ki kwang kyu kyun kyung min mi moo mun myung na nam ra ran rae rim
   ryul sang seo seok seon seong seung shik shin sik so sol sook soo suk sung tae wan woo yeon yeong yi yo yong yoo yoon young
   yu yul yun`.split(/\s+/),
);
const longest = 5;

/** `Yu-na`, `Jun-ho`: two of them that a hyphen joins, the first with a capital letter. */
export const areSyllables = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.hyphen) &&
  isCapital(lex, at) &&
  !isAllCapitals(lex, at) &&
  lengthOf(lex, at) <= longest &&
  lengthOf(lex, at + 1) <= longest &&
  wordAt(lex, at) !== wordAt(lex, at + 1) &&
  syllables.has(wordAt(lex, at)) &&
  syllables.has(wordAt(lex, at + 1));
