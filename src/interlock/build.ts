import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { tokenPattern, withoutTokens } from '../vocabulary/token.ts';
import { indexDates, searchDates } from './date-search.ts';
import { backwards, fold, originOf } from './folding.ts';
import { searchGlued } from './glued-search.ts';
import type { Finding, Interlock } from './interlock.ts';
import { indexNames, searchNames, searchSpacedNames } from './name-search.ts';
import { type Index, openEnd } from './open-end.ts';
import { type Piece, piecesOf, piecesTurned } from './pieces.ts';
import type { Report } from './report.ts';
import { indexRuns, searchRuns } from './run-search.ts';
import { indexSequences, searchSequences } from './sequence-search.ts';
import { Decoded, encodings } from './views.ts';

/** Encodings of encodings are undone this often; what is wrapped deeper is not found. */
const deepest = 2;

/** Names, numbers and addresses as written. */
function searchPlain(text: string, index: Index, found: Finding[]): void {
  const folded = fold(text);
  const pieces = piecesOf(folded.text);
  const report: Report = (kind, start, end) => {
    found.push({ kind, start: originOf(folded, start), end: originOf(folded, end) });
  };
  searchNames(folded, pieces, index.names, report);
  searchSpacedNames(pieces, index.names, report);
  searchRuns(folded.text, pieces, index.runs, report);
  searchSequences(pieces, index.sequences, report);
  searchDates(folded.text, pieces, index.dates, report);
  searchGlued(folded.text, pieces, index, report);
  searchBackwards(folded.text, pieces, index, report);
}

/** Only values long enough that ordinary text does not spell them backwards by chance. */
function searchBackwards(text: string, pieces: readonly Piece[], index: Index, report: Report): void {
  for (const { word, start, end } of pieces) {
    if (index.names.longBackwards.has(word)) report('name', start, end);
  }
  if (index.runs.runs.size === 0 && index.dates.size === 0) return;
  const { length } = text;
  // Runs and dates hold digits: without any there is nothing to turn.
  if (!pieces.some(({ type }) => type === 'digits')) return;
  const mirrored = backwards(text);
  const turned = piecesTurned(pieces, mirrored);
  const there: Report = (kind, start, end) => {
    if (end - start >= 7) report(kind, length - end, length - start);
  };
  searchRuns(mirrored, turned, index.runs, there);
  searchDates(mirrored, turned, index.dates, there, 4);
}

function searchAll(text: string, index: Index, decoded: Decoded, depth: number): Finding[] {
  const found: Finding[] = [];
  searchPlain(text, index, found);
  if (depth === 0) return found;
  for (const { undo } of encodings) {
    const view = undo(text, decoded);
    if (view === undefined) continue;
    for (const { kind, start, end } of searchAll(view.text, index, decoded, depth - 1)) {
      const from = view.origin[start] ?? 0;
      const until = view.origin[end] ?? text.length;
      found.push({ kind, start: from, end: Math.max(until, from + 1) });
    }
  }
  return found;
}

/** The gateway's own tokens say nothing; but nobody may hide a value in the shape of one. */
function blankTokens(text: string, index: Index, found: Finding[]): string {
  return text.replace(tokenPattern, (token, _type, random: string, _form, _day, at: number) => {
    const run = index.runs.runs.get(random.toLowerCase());
    if (run !== undefined) found.push({ kind: run.kind, start: at, end: at + token.length });
    if (index.names.long.has(random.toLowerCase()))
      found.push({ kind: 'name', start: at, end: at + token.length });
    return ' '.repeat(token.length);
  });
}

/**
 * Builds the egress interlock for one record: every value in the forms of forms.ts. Building and scanning are
 * linear in values and text. Findings are sorted by start and carry no values; places found by two forms are
 * reported once.
 */
export function buildInterlock(values: readonly IdentityValue[]): Interlock {
  const index: Index = {
    names: indexNames(values),
    runs: indexRuns(values),
    sequences: indexSequences(values),
    dates: indexDates(values),
  };
  const decoded = new Decoded();
  return {
    open: (text) => openEnd(withoutTokens(text), index, decoded, deepest),
    scan: (text) => {
      const found: Finding[] = [];
      found.push(...searchAll(blankTokens(text, index, found), index, decoded, deepest));
      const seen = new Set<string>();
      return found
        .filter(({ kind, start, end }) => {
          const key = `${kind} ${start} ${end}`;
          return !seen.has(key) && seen.add(key).size > 0;
        })
        .toSorted((a, b) => a.start - b.start || a.end - b.end);
    },
  };
}
