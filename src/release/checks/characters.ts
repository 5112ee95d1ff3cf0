import type { Check } from '../check.ts';

/** Control, format, bidi, tag, private-use characters and halves of pairs: nobody sees them, programs do. */
const invisible = /[^\P{Cc}\t\n]|[\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

export const withoutInvisible = (text: string): string => text.replace(invisible, '');

export const characters: Check = {
  id: 'characters',
  verdict: 'mask',
  bound: 2,
  find: (text) =>
    [...text.matchAll(invisible)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      by: '',
    })),
};
