import { describe, expect, test } from '@jest/globals';
import { strengthOf } from '../../src/redaction/name-strength.ts';
import { normalise } from '../../src/redaction/normalise.ts';
import { states } from '../../src/redaction/words/street-words.ts';
import type { IdentityValue } from '../../src/vocabulary/identity-sheet.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import { type WrittenValue, writtenForms } from '../fixtures/written-values.ts';
import { disguises } from '../unit/redaction/disguises.ts';
import { coverage, type GeneratedRecord, generatedRecords } from '../unit/redaction/generated-records.ts';
import { spansIn } from '../unit/redaction/spans-in.ts';

const full = process.env['SOAK'] === 'full';
const first = Number(process.env['SEED'] ?? 7_001);
/** Seeds of the patients; the rules were tuned on others. */
const seeds = full ? [first, first + 1, first + 2, first + 3] : [first];
const perSeed = full ? 16_000 : 1_200;

/** What stands around a value: words that a model needs, and none of them may go. */
const sentences: Readonly<Record<IdentityValue['kind'], readonly (readonly [string, string])[]>> = {
  name: [
    ['Patient: ', '. No fever, denies chest pain; metformin 500 mg BID.'],
    ['Discussed with ', ' today: LDL 120 mg/dL, no known drug allergies.'],
    ['Seen by ', ' for cough; allergic to penicillin (hives).'],
    ['Her mother and ', ' were told not to stop lisinopril 10 mg daily.'],
    ['Name: ', '\nBP 132/84, HbA1c 7.2 %, potassium 4.1 mmol/L.'],
  ],
  date: [
    ['Seen on ', ': metformin 500 mg BID, BP 120/80.'],
    ['Last tetanus booster ', ', no reaction; peanut allergy since childhood.'],
    ['Admitted ', ' with pneumonia, WBC 14.2 on arrival, not septic.'],
    ['DOB: ', ', father had a stroke, mother type 2 diabetes.'],
    ['Started ', '; atorvastatin 20 mg nightly, potassium 4.1 mmol/L.'],
  ],
  telecom: [
    ['Call ', ' if the rash spreads; continue cetirizine 10 mg daily.'],
    ['Reached at ', ', denies dizziness, BP 128/76.'],
    ['Contact: ', ' (daughter). No latex allergy.'],
  ],
  identifier: [
    ['MRN ', ': glucose 144 mg/dL, not fasting.'],
    ['Record number ', ', amoxicillin 500 mg three times a day for 7 days.'],
    ['ID: ', '. Ibuprofen 400 mg as needed, no aspirin.'],
  ],
  address: [
    ['Lives at ', ' with her husband; walks 2 miles, no dyspnea.'],
    ['Address: ', '\nAllergies: sulfa (rash), shellfish (anaphylaxis).'],
    ['Discharged to ', ' on warfarin 5 mg, INR 2.4.'],
  ],
  organization: [
    ['Transferred from ', ' after troponin 0.02 ng/mL; no chest pain.'],
    ['Followed at ', ' for asthma, albuterol 90 mcg two puffs every 4 hours.'],
  ],
};

/** Disguises that leave a value to another one; encodings come last. */
const outer = Object.keys(disguises).filter(
  (name) => !/base64|hexadecimal|dotted|spacedOut|plain/.test(name),
);
const inner = [
  'homoglyphs',
  'zeroWidth',
  'fullWidth',
  'noBreakSpaces',
  'confusedDigits',
  'bidi',
  'lineBreaks',
];

/** Words that say no more than what kind of value stands there. */
const stateNames =
  /\b(?:new\s(?:hampshire|jersey|mexico|york)|(?:north|south) (?:carolina|dakota)|west virginia|rhode island)\b/g;
/** Words that may stay, of which a disguise may have left letters. */
const neutral =
  'sunday monday tuesday wednesday thursday friday saturday thurday tueday wedneday do sun mon tue wed thu fri sat the mailto tel dr mr rn 1430 newhamphire'.split(
    ' ',
  );
const telling =
  /\b(?:on|the|of|de|dot|at|mr|dr|mrs|ms|x12|tel|mailto|md|do|rn|np|pa|dds|phd|pharmd|lcsw|rph|jr|sr|ii|iii|apt|mrn|id|ext|unit|suite|sunday|monday|tuesday|wednesday|thursday|friday|saturday|sun|mon|tue|wed|thu|fri|sat|(?:19|20)\d{2}|\d{1,2}:\d{2}(?::\d{2})?)\b/g;

const byte = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));

/** What a reader still sees of a written value. */
function visibleOf(text: string, hidden: Uint8Array, start: number, end: number): string {
  let rest = '';
  for (let at = start; at < end; at += 1) rest += hidden[at] === 1 ? '\u0001' : text.charAt(at);
  if (!rest.includes('\u0001')) return rest;
  const words = normalise(rest.replaceAll('=0A', ' ').replaceAll(/=([2-7][0-9A-F])/g, byte))
    .lower.replaceAll(stateNames, ' ')
    .replaceAll(telling, ' ')
    // A year in which digits look like letters.
    .replaceAll(/\b(?:[1li][9g]|[2z][0o])[0-9olisbzg]{2}\b/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !states.has(word) && word !== 's')
    .join(' ');
  // A state alone singles nobody out, also letter by letter: `N.H`.
  const letters = words.replaceAll(' ', '');
  if (states.has(letters)) return '';
  return neutral.some((word) => word.endsWith(letters)) ? '' : words;
}

/** Words around the value that went with it. */
const lostWords = (text: string, hidden: Uint8Array, start: number, end: number): string[] =>
  [...text.matchAll(/[\p{L}\p{N}/.]+/gu)].flatMap(({ index, 0: word }) => {
    if (index + word.length > start && index < end) return [];
    for (let at = index; at < index + word.length; at += 1) if (hidden[at] === 1) return [word];
    return [];
  });

const apply = (names: readonly string[], text: string): string =>
  names.reduce((written, name) => disguises[name]?.(written) ?? written, text);

/** Digits read as letters mean nothing in codes whose letters count; a name of everyday words needs its capitals. */
const sensible = (how: readonly string[], text: string): boolean =>
  !(
    how.includes('confusedDigits') &&
    /\d[a-f]|[a-f]\d/i.test(text) &&
    !/jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|@/i.test(text)
  );

/** In small letters and of everyday words alone, a name is no name: "may young" people, the "harbor meadow". */
const inContext = ({ form, text }: WrittenValue): boolean =>
  !/\.(?:lower|dotted)$/.test(form) ||
  text
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2)
    .some((word) => strengthOf(word) === 'strong') ||
  (form.startsWith('organization') && text.split(/\s+/).length > 2);

interface Tally {
  placements: number;
  words: number;
  readonly missed: Map<string, string[]>;
  readonly lost: string[];
  readonly disguised: Map<string, number>;
}

function placeAll(records: readonly GeneratedRecord[], most: number, seed: number, tally: Tally): void {
  const dice = diceOf(seed);
  const values = records.flatMap((record) =>
    record.identity.flatMap((value) =>
      writtenForms(value)
        .filter(inContext)
        .map((written) => ({ record, value, written })),
    ),
  );
  // One form after the other, so that rare ones are not drowned by the many dates of a record.
  const byForm = new Map<string, (typeof values)[number][]>();
  for (const one of values) byForm.set(one.written.form, [...(byForm.get(one.written.form) ?? []), one]);
  const forms = [...byForm.keys()];
  for (let turn = 0; turn < most; turn += 1) {
    const form = forms[turn % forms.length] ?? '';
    const choices = byForm.get(form) ?? [];
    const chosen = choices[dice(choices.length)];
    if (chosen === undefined) continue;
    const { record, value, written } = chosen;
    const round = Math.floor(turn / forms.length);
    const how =
      round % 3 === 0
        ? ['plain']
        : round % 3 === 1
          ? [Object.keys(disguises)[dice(Object.keys(disguises).length)] ?? 'plain']
          : [inner[dice(inner.length)] ?? 'plain', outer[dice(outer.length)] ?? 'plain'];
    if (!sensible(how, written.text)) continue;
    const [before, after] = sentences[value.kind][dice(sentences[value.kind].length)] ?? ['', ''];
    const placed = apply(how, written.text);
    const text = before + placed + after;
    const hidden = coverage(text, spansIn(record.redactor, text));
    const end = before.length + placed.length;
    tally.placements += 1;
    tally.words += (before + after).split(/\s+/).length;
    tally.disguised.set(how.join('+'), (tally.disguised.get(how.join('+')) ?? 0) + 1);
    const visible = visibleOf(text, hidden, before.length, end);
    if (visible !== '') {
      const key = `${form} ${how.join('+')}`;
      tally.missed.set(key, [...(tally.missed.get(key) ?? []), `${written.text} -> ${visible} in ${text}`]);
    }
    tally.lost.push(...lostWords(text, hidden, before.length, end).map((word) => `${word}: ${text}`));
  }
}

describe('values of records, in every written form, under every disguise and two of them', () => {
  const tally: Tally = { placements: 0, words: 0, missed: new Map(), lost: [], disguised: new Map() };

  test.each(seeds)('patients of seed %i', (seed) => {
    placeAll(generatedRecords(seed), perSeed, seed, tally);
    expect(tally.placements).toBeGreaterThan(0);
  });

  test('none is missed, and no clinical word goes with them', () => {
    const missed = [...tally.missed.values()].flat().length;
    console.log(
      [
        `${tally.placements} placements (seeds ${seeds.join(', ')}): ${missed} missed`,
        `${tally.words} words around them: ${tally.lost.length} hidden (${[...new Set(tally.lost)].slice(0, 20).join(', ')})`,
        `${tally.disguised.size} disguises and pairs of them`,
      ].join('\n'),
    );
    expect(
      [...tally.missed].map(([key, examples]) => `${key} (${examples.length}): ${examples[0] ?? ''}`),
    ).toEqual([]);
    expect(tally.lost).toEqual([]);
  });
});
