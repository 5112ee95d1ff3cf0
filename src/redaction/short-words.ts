import { lexemes, wordsOf } from './lexemes.ts';
import { normalise } from './normalise.ts';

/** ASCII without a sign that an escape begins with: such a text is its own view. */
const plain = /^[\n !"#$'-<>-[\]-~]*$/;
const runs = /[a-z]+|\d+/g;

/** Runs of letters and of digits of a value, folded as texts are. */
export const shortWords = (text: string): readonly string[] =>
  plain.test(text) ? (text.toLowerCase().match(runs) ?? []) : wordsOf(lexemes(normalise(text)));
