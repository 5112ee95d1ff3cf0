import { table } from '../vocabulary/table.ts';

const spelling: Readonly<Record<string, string>> = table({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' });
const spelledOut = /[äöüåø]/giu;

/** A text as it is written where there are no such letters: Muessig, Koenigsallee, Aarhus; undefined where it has none. */
export const withoutUmlauts = (text: string): string | undefined =>
  text.search(spelledOut) < 0
    ? undefined
    : text.replaceAll(spelledOut, (letter) => spelling[letter.toLowerCase()] ?? letter);
