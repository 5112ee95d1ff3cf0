import type { CapitalRun } from './capital-runs.ts';
import { facilityAt, officeOf } from './facilities.ts';
import { GapPattern } from './gaps.ts';
import { knownFacility } from './known-facilities.ts';
import { endOf, is, isNumber, type Lexemes, lexemeAt, startOf } from './lexemes.ts';
import type { Match } from './match.ts';
import { found } from './place-words.ts';
import { placeAt, townAfter } from './towns.ts';
import { listed } from './word-marks.ts';

/** Facilities: a head word with a word that tells which one; towns and other places after a preposition. */
export function placeMatches(lex: Lexemes, runs: readonly CapitalRun[]): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const whole = runs[at];
    if (whole === undefined) continue;
    const run = undated(lex, whole);
    const place = officeOf(lex, run) ?? facilityAt(lex, run) ?? knownFacility(lex, run) ?? placeAt(lex, run);
    if (place === undefined) continue;
    matches.push(place);
    const town = townAfter(lex, place.end);
    if (town !== undefined) matches.push(town);
    const code = zipAfter(lex, town ?? place);
    if (code !== undefined) matches.push(code);
  }
  return matches;
}

/** "Boston 02111": the five digits behind a town. */
function zipAfter(lex: Lexemes, town: Match): Match | undefined {
  if (town.type !== 'PLACE' || !lex.view.lower.startsWith(' ', town.end)) return undefined;
  const at = lexemeAt(lex, town.end);
  const five = isNumber(lex, at) && endOf(lex, at) - startOf(lex, at) === 5;
  return five && startOf(lex, at) === town.end + 1 && endsCode.after(lex, at)
    ? found(lex, at, at, 'PLACE', 'place.zip')
    : undefined;
}

const endsCode = new GapPattern(/^(?:[.,;)\n]|$|-$| \(| - )/);

/** "seen Lakeside July 4": the month belongs to the day. */
function undated(lex: Lexemes, run: CapitalRun): CapitalRun {
  const { first, last } = run;
  const month = last > first && is(lex, last, listed.month) && isNumber(lex, last + 1);
  return month ? { first, last: last - 1 } : run;
}
