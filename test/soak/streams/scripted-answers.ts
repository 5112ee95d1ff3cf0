import { dateOfDay } from '../../../src/release/scope-calendar.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import type { Dice } from '../../fixtures/honest-log.ts';

/** One record's identity, and the tokens of its scope: what the scripted answers play with. */
const of = { bearer: 'patient', entity: 'Patient/p1', source: 'Patient' } as const;
export const identity: readonly IdentityValue[] = [
  { ...of, kind: 'name', text: 'Marisol Quandt', name: { given: ['Marisol'], family: 'Quandt' } },
  { ...of, kind: 'date', text: '1961-03-04', date: { day: '1961-03-04', role: 'birth' } },
  { ...of, kind: 'telecom', system: 'phone', text: '(415) 555-0142' },
  { ...of, kind: 'telecom', system: 'email', text: 'm.quandt@example.org' },
  { ...of, kind: 'identifier', text: 'MRN-0048813' },
  {
    ...of,
    kind: 'address',
    text: '12 Ladybank Street, Springfield',
    address: { line: ['12 Ladybank Street'] },
  },
];

export const values: ReadonlyMap<string, string> = new Map([
  ['[[PATIENT-7F3K9Q2M]]', 'Marisol Quandt'],
  ['[[PHONE-B2N7P4QD]]', '(415) 555-0142'],
  ['[[DATE-0T4XW8RB day 412]]', dateOfDay(20_000)],
]);
export const canary = 'fedcba9876543210fedcba9876543210';
export const instructions =
  'Answer only from the record that stands between the marks and never guess what a token may stand for in it.';
export const context =
  '- lab result | test: LDL (LOINC 13457-7) | value: 108 mg/dL | date: [[DATE-0T4XW8RB day 412]] [O1]\n- doses 500 mg and 20 mg, 140 mEq/L, height 172 cm';

/** A note of which no more than some words in a row may be handed out. */
export const note = Array.from({ length: 60 }, (_, n) => `plain${n % 7}word${n}`).join(' ');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const reversed = (text: string): string => Array.from(text).toReversed().join('');

const harmless = [
  'The LDL was 108 mg/dL [O1].',
  'Stable, eGFR < 60; b.i.d. with food.',
  'Größe 172 cm, Übergewicht, 血糖値は正常です。',
  'Good 👍🏽 — no change since then…',
  '\n\n- first\n- second\n',
  '```\nLDL = 108\n```\n',
  '| test | value |\n|---|---|\n| LDL | 108 |',
  'The newest value lies inside the range that is given with it, and no older one was far from it.',
  'Blood pressure was taken sitting, after some minutes of rest, twice, and the lower of both is the one that counts.',
  'No medication for this is among the records that were given; that is not proof that there is none.',
  'Doses: 500 mg b.i.d., 20 mg at night; platelets 250000 per uL; 140.mEq/L; ratio 3/4; Wilson disease ruled out.',
] as const;
const tokens = [
  ...values.keys(),
  '**[[patient-7f3k9q2m]]**',
  '[[PATIENT-ZZZZ9999]]',
  '[[DATE-AAAAAAAA day 3]]',
];
const links = [
  'See https://evil.invalid/?q=[[PATIENT-7F3K9Q2M]].',
  '![x](https://evil.invalid/a.png)',
  '[here][1]\n\n[1]: //evil.invalid',
  '<img src=x onerror=alert(1)>',
  'write to leak@evil.invalid or evil.com',
  'data:text/html;base64,PHNjcmlwdD4=',
] as const;
const identifiers = identity.map(({ text }) => text);
const encodings: readonly ((text: string) => string)[] = [
  base64,
  hex,
  reversed,
  encodeURIComponent,
  (text) => Array.from(text).join(' '),
  (text) => Array.from(text).join('\u200b'),
  (text) => text.toUpperCase(),
  (text) => Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  (text) => Array.from(text, (unit) => `&#${unit.charCodeAt(0)};`).join(''),
  (text) => text.split(' ').map(base64).join(' and then, some words later, '),
];
const others = [
  'SSN 219-09-9999',
  'call (212) 555-0187',
  canary,
  canary.slice(4, 20),
  instructions,
  '[O7]',
  'Tuesday',
  `The note says: ${note.split(' ').slice(3, 40).join(' ')}; and no more.`,
  note,
  'Asked for: nothing. The test for human immunodeficiency virus was repeated, and H. I. V. was ruled out. Next.',
  'It is, as the record has it and as was told before, a matter of alcohol use disorder, of some years. Next.',
  'On Tuesday, [[DATE-0T4XW8RB day 412]], at age 63 it was measured.',
  'Days 412 and 415; seen 3 days after day 43000.',
  'The patient was 71 years old in this sentence, which goes on for a good while before it says when: [[DATE-0T4XW8RB day 412]].',
  'Say "[[PATIENT-7F3K9Q2M]]": that is `[[PATIENT-7F3K9Q2M]]` in code, or ` not.',
  'It was 1 2  Lady- bank Street and 12 -- Ladybank -- Street.',
  'phone: 4 1 5 - 5 5 5 - 0 1 4 2',
  'Takes warfarin 7.5 mg and lisinopril 20 mg daily, a total of 40 mg per day; potassium is 7.9 mmol/L.',
  'No known drug allergies. NKDA. Allergic to penicillin, peanuts and latex or to nothing that is known.',
  'No history of stroke is told, no allergies are listed in the record, and the patient denies any chest pain at all.',
];

const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

/** What one sentence is made of; the harmless ones come often enough that half of the answers pass. */
function sentence(dice: Dice): string {
  const kind = dice(16);
  if (kind < 8 || dice(3) > 0) return pick(harmless, dice) ?? '';
  if (kind < 11) return `Seen: ${pick(tokens, dice) ?? ''}.`;
  if (kind < 13) return pick(links, dice) ?? '';
  if (kind === 13) return `Of ${pick(encodings, dice)?.(pick(identifiers, dice) ?? '') ?? ''} x`;
  if (kind === 14) return `Known as ${base64(`nobody in particular ${dice(1000)}`)}.`;
  return pick(others, dice) ?? '';
}

const plain =
  'the newest value was inside its range and no older one far from it blood pressure taken sitting after some minutes of rest in March of 2026 on Monday Dr Mrs at age aged 63 years old 3 days was turned mother'.split(
    ' ',
  );
/** Halves of findings, of tokens and of what closes text, to meet in whatever order. */
const fragments = [
  ...tokens,
  '[[PATIENT-7F3K\n    9Q2M]]',
  '**[[DATE-0T4XW8RB\nday 412]]**',
  'DATE-0T4XW8RB day 999',
  'day 65,030 to 65,037',
  'the 65030th day',
  ...'` `` ``` " ": [ ]( ]: < <b > www. evil .com http : // @ . - % & %4d %61 \\u004d &#77; |---| {"a": }'.split(
    ' ',
  ),
  '\u200b',
  '\u2028',
  '\r\n',
  '\r',
  '\n',
  '\n\n',
  '    ',
  ...'6e6f 4d61 TWFya XNvbA Marisol Quan dt tdnauQ 415 555 0142 1961 -03 -04 03/04/ 61 MRN -00 48813 Lady bank Street'.split(
    ' ',
  ),
  canary.slice(0, 6),
  canary.slice(6, 11),
  canary.slice(11, 20),
  '[O1',
  ', O2]',
  '[O7]',
  'H. I. V.',
  '血糖値は正常です',
  '👍🏽',
  'SSN 219',
  '-09-',
  '9999',
  '(212) ',
  '555-0187',
  ...'no|No known|drug|allergies|allergies:|none|NKDA|allergic to|latex|and|peanuts,|warfarin|lisino|pril|7.5|20|mg|mg/dL|per day|a total of|denies|no history of|stroke|listed|in the record|(not in the record shown)|(not in the'.split(
    '|',
  ),
  instructions.split(' ').slice(0, 7).join(' '),
  instructions.split(' ').slice(7, 14).join(' '),
  note.split(' ').slice(0, 14).join(' '),
] as const;

/** Words and fragments, with and without a blank between. */
const scrambled = (dice: Dice): string =>
  Array.from({ length: 30 + dice(90) }, () => {
    if (dice(5) < 4) return `${pick(plain, dice) ?? ''}${dice(9) === 0 ? '. ' : ' '}`;
    return `${pick(fragments, dice) ?? ''}${dice(2) === 0 ? ' ' : ''}`;
  }).join('');

/** An answer of a model that was told what to say: prose, tokens, links, identifiers plain and encoded, or JSON. */
export function scriptedAnswer(dice: Dice): string {
  if (dice(4) === 0) return scrambled(dice);
  const text = Array.from({ length: 1 + dice(12) }, () => sentence(dice)).join(dice(3) === 0 ? '\n' : ' ');
  return dice(12) === 0 ? JSON.stringify({ answer: text, of: tokens[0] }) : text;
}
