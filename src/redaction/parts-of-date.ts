import { days } from './calendar-days.ts';
import { dated, type FoundDate, matchAt } from './found-date.ts';
import { is, type Lexemes, startOf } from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';

const partNames = markOfWords('year month day');
const figuresOf = { year: '(?:19|20)\\d{2}', month: '\\d{1,2}', day: '\\d{1,2}' } as const;

/** Between two parts, and between a part's name and its figures: signs of sentences, JSON and XML. */
const between = `(?:["'\\s,;]{1,5}|</[a-z]{3,5}>\\s{0,8}<)`;
const equals = `["'\\s:=>]{1,5}`;

/** The orders of a day's parts, each from the figures of the first on. */
const orders = (
  [
    ['year', 'month', 'day'],
    ['year', 'day', 'month'],
    ['day', 'month', 'year'],
    ['month', 'day', 'year'],
  ] as const
).map(
  ([first, second, third]) =>
    new RegExp(
      `(?<${first}>${figuresOf[first]})${between}${second}${equals}(?<${second}>${figuresOf[second]})${between}${third}${equals}(?<${third}>${figuresOf[third]})(?!\\d)`,
      'y',
    ),
);

/**
 * A day whose parts are told by name, from its first number on: `year 1988, month 12, day 21`,
 * `"day": 21, "month": 12, "year": 1988`, `<year>1988</year><month>12</month><day>21</day>`.
 */
export function partsOfDate(lex: Lexemes, at: number): FoundDate | undefined {
  if (!is(lex, at - 1, partNames)) return undefined;
  const start = startOf(lex, at);
  for (const order of orders) {
    const match = matchAt(order, lex.view.lower, start);
    if (match === null) continue;
    const { year = '', month = '', day = '' } = match.groups ?? {};
    return dated(start, start + match[0].length, days([Number(year)], [[Number(month), Number(day)]]));
  }
  return undefined;
}
