import { describe, expect, test } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { loadLabelTables } from '../../../src/labels/load.ts';
import { loadPacksInForce } from '../../../src/packs.ts';
import { createReadings } from '../../../src/reading/reading.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';

const of = { bearer: 'patient', entity: 'Patient/p1', source: 'Patient' } as const;
const identity: readonly IdentityValue[] = [
  {
    ...of,
    kind: 'name',
    text: 'Wilhelmina Tarquist',
    name: { given: ['Wilhelmina', 'Ada'], family: 'Tarquist' },
  },
  {
    ...of,
    kind: 'address',
    text: '88 Pennyfarthing Lane, Oxbridge Hollow, Vermont 05999',
    address: { line: ['88 Pennyfarthing Lane'], city: 'Oxbridge Hollow', state: 'Vermont' },
  },
  { ...of, kind: 'identifier', text: '00734519' },
];
const token = '[[PATIENT-7F3K9Q2M]]';
const readings = createReadings(loadPacksInForce(), loadLabelTables(findDataFolder('labels')));
let envelope = 0;

/** What leaves of an answer; undefined where a check blocks. */
function leaving(text: string): string | undefined {
  envelope += 1;
  const answer = {
    text,
    issued: [token],
    canary: 'fedcba9876543210fedcba9876543210',
    instructions: '',
    citationKeys: [],
    items: [
      {
        type: 'MedicationRequest',
        parts: [
          { name: 'drug', text: 'lisinopril 10 mg (RxNorm 00734519), WBC 8,100/uL, K 4.1' },
          { name: 'dosage', text: 'one tablet at night' },
        ],
        passages: [],
      },
    ],
    messages: [],
    verbatimWords: 80,
    verdicts: {},
    allowedHosts: [],
    withheldKinds: [],
  };
  return readings.read({ kind: 'check', envelope, record: envelope, goesOn: false, identity, answer }).outcome
    ?.text;
}

describe('values of the record in looser forms than the interlock has become role words', () => {
  test.each([
    ['She lives in Oxbridge Hollow.', /oxbridge|hollow/i],
    ['The house on Pennyfarthing Lane is cold.', /pennyfarthing/i],
    ['All of the Tarquists were seen.', /tarquist/i],
    ['The chart of Ms. Tarqvist is open.', /tarqvist/i],
    ['Initials of the patient: W.A.T.', /w\.a\.t/i],
    ['Sign-in wtarquist is in use.', /wtarquist/i],
    ['Record zero zero seven three four five one nine is open.', /seven three four/i],
  ])('%s', (text, value) => {
    expect(leaving(text) ?? '').not.toMatch(value);
  });
});

test('what was shown and what names nobody stays', () => {
  for (const text of [
    `${token} takes one tablet at night and two in the morning, three a day.`,
    'The lane of the gel was empty. Hollow viscus injury was ruled out, penny-sized rash.',
    'Vermont has a registry. Drug: lisinopril 10 mg; WBC 8,100/uL; K 4.1 -> 4.3.',
  ])
    expect(leaving(text)).toBe(text);
});
