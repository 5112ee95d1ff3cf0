import { announcedBy, type Context } from './announced.ts';
import { type CapitalRun, capitalRuns, negations } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { andOther, otherBefore, withOther } from './joined-names.ts';
import { is, type Lexemes, lexemeAt, wordAt } from './lexemes.ts';
import { loneName } from './lone-names.ts';
import { type Match } from './match.ts';
import { withEdges } from './name-edges.ts';
import { wholeName } from './name-extent.ts';
import { closingName, nameEnd } from './name-forms.ts';
import { judge } from './name-judgement.ts';
import { namesDisease } from './name-runs.ts';
import { inList, inRow, isStrange, nameLike, ordinaryPair, pairedName } from './name-shapes.ts';
import { beginsNoName, isHalfNamesake, namesakeEnd, namesThing, townArticles } from './no-names.ts';
import { describedAfter, describedBefore } from './person-context.ts';
import { person } from './person-match.ts';
import { placeMatches } from './places.ts';
import { namesScale } from './scales.ts';
import { smallNames } from './small-names.ts';
import { doesSo } from './subject-names.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/**
 * Names, facilities and places that no record holds, by context and word lists: titles, relations, labels,
 * signatures, "LAST, FIRST", given names with what follows them.
 */
export function nameMatches(lex: Lexemes): Match[] {
  const runs = capitalRuns(lex);
  const matches = placeMatches(lex, runs);
  for (const run of runs) personIn(lex, run, matches);
  smallNames(lex, matches);
  const { lower } = lex.view;
  const kept: Match[] = [];
  for (const match of matches) {
    const whole = withEdges(lex, match);
    const { end, start } = whole;
    if (end - start > longestNegation || !negations.has(lower.slice(start, end))) kept.push(whole);
  }
  return kept;
}

const longestNegation = Math.max(...[...negations].map(({ length }) => length));

function personIn(lex: Lexemes, run: CapitalRun, matches: Match[]): void {
  let { first } = run;
  if (namesThing(lex, run)) return;
  const { last } = run;
  while (first <= last) {
    const thing = namesakeEnd(lex, first) ?? (isHalfNamesake(lex, first) ? first : undefined);
    if (thing !== undefined) {
      first = thing + 1;
      continue;
    }
    // What stands behind it inside the run is looked at anew.
    if (beginsNoName(lex, first, last)) {
      first += 1;
      continue;
    }
    const context = announcedBy(lex, first);
    const told = describedEnd(lex, first, last, context);
    if (told !== undefined) {
      const whole = wholeName(lex, run, { first, last: told });
      andOther(lex, whole.last, context, matches);
      matches.push(
        person(lex, whole.first, whole.last, context?.type ?? 'PERSON', context?.rule ?? 'described'),
      );
      first = whole.last + 1;
      continue;
    }
    const end = nameEnd(lex, first, last);
    if (end === first && loneName(lex, first, context)) {
      matches.push(person(lex, first, first, context?.type ?? 'PERSON', context?.rule ?? 'lone'));
      andOther(lex, first, context, matches, true);
      first += 1;
      continue;
    }
    const name = judge(lex, first, end, context);
    if (name !== undefined) {
      const { rule, type = context?.type ?? 'PERSON' } = name;
      const nameLast =
        context?.rule === 'label' && wordAt(lex, first - 1) === 'name'
          ? closingName(lex, name.last)
          : name.last;
      const whole =
        rule === 'inverted'
          ? { first: particlesBefore(lex, first), last: nameLast }
          : wholeName(lex, run, { first, last: nameLast });
      matches.push(person(lex, whole.first, whole.last, type, rule));
      first = Math.max(end + 1, lexemeAt(lex, matches.at(-1)?.end ?? 0));
      andOther(lex, first - 1, context, matches);
      otherBefore(lex, whole.first, rule === 'verb', matches);
      continue;
    }
    first += 1;
  }
}

const opensField = new GapPattern(/(?::\s|\n)$/);

/** "Contact: van der Roe, Ada": the small words at the beginning of a field that a family name begins with. */
function particlesBefore(lex: Lexemes, first: number): number {
  let at = first;
  while (at > first - 3 && is(lex, at - 1, listed.particle) && gapIs(lex, at - 1, gapOf.space)) at -= 1;
  return at === 0 || opensField.after(lex, at - 1) ? at : first;
}

/** End of two words or more that only their context makes a name: "a 60-year-old man, Joy Hill, seen". */
function describedEnd(
  lex: Lexemes,
  first: number,
  last: number,
  context: Context | undefined,
): number | undefined {
  if (last === first) return undefined;
  const sure = context?.sure === true;
  if (!sure && is(lex, first - 1, townArticles)) return undefined;
  let before: boolean | undefined = sure ? true : undefined;
  for (let end = Math.min(last, first + 3); end > first; end -= 1) {
    const like = nameLike(lex, first, end);
    if (like) before ??= describedBefore(lex, first);
    const told =
      like &&
      (before === true ||
        describedAfter(lex, end) ||
        inList(lex, first, end) ||
        inRow(lex, first, end) ||
        withOther(lex, end) ||
        (isStrange(lex, end, 3) && doesSo(lex, end)));
    if (!told && !pairedName(lex, first, end) && !ordinaryPair(lex, first, end)) continue;
    const kind = kindAt(lex, first);
    const device = kind.eponym && !kind.given && gapIs(lex, first, gapOf.hyphen);
    // Whose something is, says describedAfter: "Mary Roe's Crohn's disease".
    if (gapIs(lex, end, gapOf.apostrophe) && !device) return end;
    const scale = !sure && namesScale(lex, end, false);
    return device || scale || namesDisease(lex, { first, last: end }) ? undefined : end;
  }
  return undefined;
}
