import { findDates } from '../redaction/dates.ts';
import { lexemes } from '../redaction/lexemes.ts';
import { normalise, type View } from '../redaction/normalise.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { dayMs, isoDate } from '../vocabulary/time.ts';

/**
 * By what a patient can be told from all others, in one spelling each: an identifier, a telephone number, an e-mail
 * address, or a full name together with the birth date. What an answer holds and what a sheet holds is compared in it.
 */
export type PatientValue = string;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-');
const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** A number of fewer figures is the number of many things. */
const leastDigits = 7;
/** National numbers are compared by their last figures, with and without what stands before them. */
const nationalDigits = 10;
/** A name of an identifier by itself is too short to be only one patient's. */
const leastMixed = 6;

function ofNumber(text: string): PatientValue[] {
  const digits = digitsOf(text);
  if (digits.length < leastDigits || digits.length > 20 || /^(\d)\1*$|000$/.test(digits)) return [];
  const national = digits.length > nationalDigits ? [`n:${digits.slice(-nationalDigits)}`] : [];
  return [`n:${digits.replace(/^0+/, '')}`, ...national];
}

function ofIdentifier(text: string): PatientValue[] {
  const letters = plain(text).replace(/[^a-z0-9]/g, '');
  if (/^\d+$/.test(letters)) return ofNumber(letters);
  const mixed =
    letters.length >= leastMixed && /[a-z]/.test(letters) && (letters.match(/\d/g)?.length ?? 0) >= 2;
  // `MRN-0048813` is also told as `0048813`.
  const bare = /^[a-z]{1,5}(\d+)$/.exec(letters)?.[1];
  return [...(mixed ? [`i:${letters}`] : []), ...(bare === undefined ? [] : ofNumber(bare))];
}

/** One word of a given name and one of a family name: of several, an answer may leave some out. */
const nameKey = (given: string, family: string, day: string): PatientValue =>
  `p:${plain(given)} ${plain(family)}|${day}`;
const wordsOf = (name: string): readonly string[] => plain(name).match(/\p{L}{2,}/gu) ?? [];

/** What a sheet holds of the patient's own by which they can be told: for the index of patients. */
export function patientValues(values: readonly IdentityValue[], patient: string): readonly PatientValue[] {
  const own = values.filter(({ bearer }) => bearer === 'patient');
  const births = own.flatMap(({ date }) => (date?.role === 'birth' ? [date.day] : []));
  const found = own.flatMap((value): PatientValue[] => {
    if (value.kind === 'identifier') return ofIdentifier(value.text);
    if (value.kind === 'telecom')
      return value.text.includes('@') ? [`e:${plain(value.text).trim()}`] : ofNumber(value.text);
    if (value.kind !== 'name' || value.name?.family === undefined) return [];
    const { family, given } = value.name;
    return births.flatMap((day) =>
      wordsOf(given.join(' ')).flatMap((one) => wordsOf(family).map((other) => nameKey(one, other, day))),
    );
  });
  return [...new Set([...ofIdentifier(patient), ...found])];
}

const emails = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
const numbers = /(?<![\p{L}\p{N}])\+?\(?\d(?:[ \u00a0]?[-./()]{0,2}[ \u00a0]?\d){6,19}(?![\p{L}\p{N}])/gu;
const runs = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[-._]?[\p{L}\p{N}]){5,63}(?![\p{L}\p{N}])/gu;
const capitalised = /(?<![\p{L}\p{N}])\p{Lu}\p{L}{1,40}(?![\p{L}\p{N}])/gu;
/** So far from a birth date the name to which it belongs is looked for. */
const nearBirth = 160;
/** Dates of one text that are looked at; an answer about a record holds tokens in their place. */
const mostDates = 200;

/** A first and a family name in either order, beside a date: every two words in capitals that stand together. */
function namesNear(view: View): PatientValue[] {
  return findDates(lexemes(view))
    .filter(({ days, precision }) => precision === 'day' && days.length > 0)
    .slice(0, mostDates)
    .flatMap(({ start, end, days }) => {
      const around = view.text.slice(Math.max(0, start - nearBirth), end + nearBirth);
      const words = [...around.matchAll(capitalised)].map(({ 0: word, index }) => ({ word, index }));
      const pairs = words.flatMap(({ word, index }, n) =>
        words
          .slice(n + 1, n + 5)
          .filter((next) => next.index - index < 60)
          .flatMap((next): (readonly [string, string])[] => [
            [word, next.word],
            [next.word, word],
          ]),
      );
      return pairs.flatMap(([one, two]) => days.map((day) => nameKey(one, two, isoDate(day * dayMs))));
    });
}

/** More characters than the longest value has. */
const longestRun = 100;

/** Where the run begins that the end of a text leaves open: a word, or figures that stand apart. */
function openRun(text: string): number {
  const tail = text.slice(-longestRun);
  return text.length - tail.length + tail.search(/(?:\S*[\d\s().+/-]{0,100})$/u);
}

/**
 * What of a text may tell a patient, in the same spelling: all that is shaped like it. Takes time linear in the text. A
 * run that touches the end counts only where the text has `ended`: more of it may come.
 */
export function candidatesIn(text: string, ended = true): ReadonlySet<PatientValue> {
  const view = normalise(ended ? text : text.slice(0, openRun(text)));
  const folded = view.text;
  const found = [
    ...[...folded.matchAll(emails)].map(([email]) => `e:${plain(email)}`),
    ...[...folded.matchAll(numbers)].flatMap(([number]) => ofNumber(number)),
    ...[...folded.matchAll(runs)].flatMap(([run]) => (/\d/.test(run) ? ofIdentifier(run) : [])),
    ...namesNear(view),
  ];
  return new Set(found);
}
