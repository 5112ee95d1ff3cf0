import { days } from './calendar-days.ts';
import { dated, type FoundDate, matchAt } from './found-date.ts';
import { is, type Lexemes, startOf } from './lexemes.ts';
import { markOfWords } from './vocabulary.ts';

const firstParts = markOfWords('year day');

/** `1988, month 12, day 21`, and the other way round; signs of JSON, XML and tables between. */
const parts =
  /((?:19|20)\d{2})["'\s,;]{0,5}month["'\s:=]{1,5}(\d{1,2})["'\s,;]{0,5}day["'\s:=]{1,5}(\d{1,2})(?!\d)|(\d{1,2})["'\s,;]{0,5}month["'\s:=]{1,5}(\d{1,2})["'\s,;]{0,5}year["'\s:=]{1,5}((?:19|20)\d{2})(?!\d)/y;

/** A day whose parts are told by name, from its first number on: `year 1988, month 12, day 21`, `"day": 21, "month": 12, "year": 1988`. */
export function partsOfDate(lex: Lexemes, at: number): FoundDate | undefined {
  const start = startOf(lex, at);
  const match = is(lex, at - 1, firstParts) ? matchAt(parts, lex.view.lower, start) : null;
  if (match === null) return undefined;
  const [found, yearFirst, , dayLast, dayFirst, , yearLast] = match;
  const month = Number(match[2] ?? match[5]);
  return dated(
    start,
    start + found.length,
    days([Number(yearFirst ?? yearLast)], [[month, Number(dayLast ?? dayFirst)]]),
  );
}
