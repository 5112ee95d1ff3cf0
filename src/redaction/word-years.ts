import { table } from '../vocabulary/table.ts';
import { matchAt } from './found-date.ts';

const small = 'one two three four five six seven eight nine'.split(' ');
const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** What two figures are called: `oh-three`, `nineteen`, `fifty-seven`. */
const twoFigures: Readonly<Record<string, number>> = table({
  hundred: 0,
  ...Object.fromEntries(small.map((word, at) => [word, at + 1])),
  ...Object.fromEntries(small.map((word, at) => [`oh ${word}`, at + 1])),
  ...Object.fromEntries(teens.map((word, at) => [word, at + 10])),
  ...Object.fromEntries(tens.map((word, at) => [word, at * 10 + 20])),
  ...Object.fromEntries(
    tens.flatMap((ten, of) => small.map((word, at) => [`${ten} ${word}`, of * 10 + at + 21])),
  ),
});

const figures = `(?:(?:${tens.join('|')}|oh)(?:-|\\s{1,9})(?:${small.join('|')})|${[...tens, ...teens].join('|')})`;
const spelled = new RegExp(
  `,?\\s{1,9}(?:of )?(?:(nineteen|twenty)(?:-|\\s{1,9})(hundred|${figures})|two\\s{1,9}thousand(?:\\s{1,9}and)?(?:\\s{1,9}(${figures}|${small.join('|')}))?)(?![a-z])`,
  'y',
);

/** A year behind a day, as it is said: `, nineteen fifty-seven`, ` two thousand and three`, ` twenty twenty-two`. */
export function spelledYear(
  lower: string,
  at: number,
): { readonly year: number; readonly end: number } | undefined {
  const found = matchAt(spelled, lower, at);
  if (found === null) return undefined;
  const [whole, century, pair, rest = 'hundred'] = found;
  const hundreds = century === 'nineteen' ? 1900 : 2000;
  return { year: hundreds + (twoFigures[(pair ?? rest).replace(/-|\s+/, ' ')] ?? 0), end: at + whole.length };
}
