import type { CapitalRun } from './capital-runs.ts';
import { facilityAt, officeOf } from './facilities.ts';
import type { Lexemes } from './lexemes.ts';
import type { Match } from './match.ts';
import { placeAt, townAfter } from './towns.ts';

/** Facilities: a head word with a word that tells which one; towns and other places after a preposition. */
export function placeMatches(lex: Lexemes, runs: readonly CapitalRun[]): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at];
    if (run === undefined) continue;
    const place = officeOf(lex, run) ?? facilityAt(lex, run) ?? placeAt(lex, run);
    if (place === undefined) continue;
    matches.push(place);
    const town = townAfter(lex, place.end);
    if (town !== undefined) matches.push(town);
  }
  return matches;
}
