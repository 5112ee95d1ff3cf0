import { anyMonth } from '../../redaction/words/calendar.ts';
import type { Check, CheckScope, Objection } from '../check.ts';
import { writtenDates } from '../scope-calendar.ts';
import { isWeekdayOf, shortWeekdayPattern, weekdayNamed, weekdayPattern } from '../weekdays.ts';

const holidays =
  "christmas(?: eve| day)?|new year[\u2019']?s?(?: eve| day)?|thanksgiving|halloween|easter(?: sunday| monday)?|valentine[\u2019']?s day|independence day|labou?r day|memorial day|veterans day|boxing day";
const near =
  'in|since|until|till|of|during|by|last|next|this|early|late|mid|before|after|from|through|around';
const units =
  'mg|mcg|g|ml|l|units?|iu|steps|k?cal|calories|cells|copies|meq|mmol|doses|patients|people|feet|meters';

/** Words of the calendar, the group that names one, and what stands there where the model made it up. */
const words: readonly { readonly pattern: RegExp; readonly by: string }[] = [
  { pattern: weekdayPattern, by: '(weekday unknown)' },
  { pattern: shortWeekdayPattern, by: '(weekday unknown)' },
  {
    pattern: new RegExp(
      `\\b(?:${near})[ -](?:early |late |mid-?)?(${anyMonth})\\b(?!\\.?\\s\\d{4}\\b.{0,2}mg)`,
      'dgi',
    ),
    by: '(month unknown)',
  },
  // Without a word before it that says so: one that is no other word as well.
  {
    pattern: /\b(january|february|april|june|july|august|september|october|november|december)\b/dgi,
    by: '(month unknown)',
  },
  { pattern: /\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b/dg, by: '(month unknown)' },
  {
    pattern:
      /\b(?:between|and|or|the|to|her|his|their|your|our|every|each)[ -](?:early |late |mid-?)?(May|March)\b(?! (?:be|have|not|cause|need|also|take)\b)/dg,
    by: '(month unknown)',
  },
  {
    pattern:
      /\b(?:in|last|this|next|early|late|during|since|until|by|mid)[ -](?:the )?(?:early |late )?(spring|summer|winter|autumn)\b|\b(spring|summer|winter|autumn|fall) (?:of )?(?:19|20)\d{2}\b/dgi,
    by: '(season unknown)',
  },
  {
    pattern: new RegExp(`\\b(${holidays})\\b(?! (?:disease|factor|tree|eye|lily))`, 'dgi'),
    by: '(holiday unknown)',
  },
  {
    pattern: new RegExp(
      `(?:\\b(?:${near}|year|and|to|q[1-4](?: of)?|quarter(?: of)?|half of|end of|spring|summer|winter|autumn|fall|${anyMonth})[ ,-]{1,2}|\\(|\\b(?:19|20)\\d{2}[-\\u2013/])((?:19|20)\\d{2})(?![\\d,-]|\\.\\d|\\s?(?:${units})\\b|\\s?%)`,
      'dgi',
    ),
    by: '(year unknown)',
  },
];

/** The word, or a short form of it, stands somewhere in what the model was shown. */
function shown(word: string, { shownWords }: CheckScope): boolean {
  const lower = word.toLowerCase();
  return (
    shownWords === undefined ||
    lower
      .split(/[^\p{L}\p{N}]+/u)
      .every((part) =>
        [part, part.slice(0, 3), part.slice(0, 4), weekdayNamed(part) ?? part].some((form) =>
          shownWords.has(form),
        ),
      )
  );
}

/** Lower-case words and numbers of what the model was shown. */
export const shownWordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? []);

/**
 * Weekdays, months, seasons, holidays and years that the model was not shown. It sees no calendar, so that it can
 * only have guessed them. A weekday beside a date is looked at by `date-claims`.
 */
export const calendarWords: Check = {
  id: 'calendar-words',
  verdict: 'mask',
  bound: 64,
  find: (text, scope) => {
    if (scope.shownWords === undefined) return [];
    const dates = writtenDates(text, scope.issued, scope.calendar).filter(({ day }) => day !== undefined);
    const found: Objection[] = [];
    for (const { pattern, by } of words)
      for (const match of text.matchAll(pattern)) {
        const [start, end] = match.indices?.[1] ?? match.indices?.[2] ?? [0, 0];
        const word = text.slice(start, end);
        // "may" and "march" are ordinary words where they are small.
        const ordinary = /^(?:may|march|mar|sep|dec|jan|spring)$/.test(word) && by === '(month unknown)';
        const numbered = /^\d/.test(word) ? scope.shownWords.has(word) : shown(word, scope);
        if (ordinary || numbered || dates.some((date) => isWeekdayOf(text, date, start))) continue;
        found.push({ start, end, by });
      }
    return found.toSorted((a, b) => a.start - b.start);
  },
};
