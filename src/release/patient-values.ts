import { normalise } from '../redaction/normalise.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { emailsIn, identifiersIn, joinedIdentifiersIn, namesNearDates, numbersIn } from './value-shapes.ts';

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

const lettersOf = (text: string): string => plain(text).replace(/[^a-z0-9]/g, '');

function ofMixed(text: string): PatientValue[] {
  const letters = lettersOf(text);
  const mixed =
    letters.length >= leastMixed && /[a-z]/.test(letters) && (letters.match(/\d/g)?.length ?? 0) >= 2;
  return mixed ? [`i:${letters}`] : [];
}

function ofIdentifier(text: string): PatientValue[] {
  const letters = lettersOf(text);
  if (/^\d+$/.test(letters)) return ofNumber(letters);
  // `MRN-0048813` is also told as `0048813`.
  const bare = /^[a-z]{1,5}(\d+)$/.exec(letters)?.[1];
  return [...ofMixed(letters), ...(bare === undefined ? [] : ofNumber(bare))];
}

/** One word of a given name and one of a family name: of several, an answer may leave some out. */
const nameKey = (given: string, family: string, day: string): PatientValue =>
  `p:${plain(given)} ${plain(family)}|${day}`;
/** `O'Brien` is also written `OBrien` and `Brien`. */
const wordsOf = (name: string): readonly string[] => [
  ...new Set([
    ...(plain(name).match(/\p{L}{2,}/gu) ?? []),
    ...plain(name)
      .split(/\s+/)
      .map((word) => word.replace(/[^\p{L}]/gu, ''))
      .filter((word) => word.length > 1),
  ]),
];

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
  return new Set([
    ...emailsIn(folded).map((email) => `e:${plain(email)}`),
    ...numbersIn(folded).flatMap(ofNumber),
    ...identifiersIn(folded).flatMap(ofIdentifier),
    ...joinedIdentifiersIn(folded).flatMap(ofMixed),
    ...namesNearDates(view).map(({ one, other, day }) => nameKey(one, other, day)),
  ]);
}
