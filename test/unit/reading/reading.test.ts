import { describe, expect, test } from '@jest/globals';
import type { AnswerToCheck } from '../../../src/reading/ports.ts';
import { createReadings, type Readings } from '../../../src/reading/reading.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';

const named = (text: string): readonly IdentityValue[] => [
  { kind: 'name', bearer: 'patient', entity: 'p', text, source: 'Patient.name' },
];
const [first, second] = [named('Zebulon Quist'), named('Maria Ortiz')];
const texts = [{ text: 'Zebulon Quist and Maria Ortiz.', type: 'text' }] as const;
const answer: AnswerToCheck = {
  text: 'Zebulon Quist.',
  issued: [],
  canary: '012345678901234567890123',
  instructions: 'Summarise.',
  citationKeys: [],
  items: [],
  messages: [],
  verbatimWords: 80,
  verdicts: {},
  withheldKinds: [],
  allowedHosts: [],
};

/** Who is found under a number against which `first` was read before. */
function foundUnder(readings: Readings, goesOn: boolean): readonly string[] {
  const of = { envelope: 8, record: 7, goesOn, identity: second } as const;
  const [spans = []] = readings.read({ ...of, kind: 'spans', texts }).spans ?? [];
  return spans.map(({ start, end }) => texts[0].text.slice(start, end));
}

/** After a turn against `first`, checked or not. */
function turned(goesOn: boolean, checked = true): Readings {
  const readings = createReadings([], []);
  const of = { envelope: 7, record: 7, goesOn, identity: first } as const;
  readings.read({ ...of, kind: 'spans', texts });
  if (checked) readings.read({ ...of, kind: 'check', answer });
  return readings;
}

describe('what is kept of a record', () => {
  test('of a conversation stays behind the check, and goes when it is forgotten', () => {
    const readings = turned(true);
    expect(foundUnder(readings, true)).toEqual(['Zebulon Quist']);
    readings.forget({ record: 7 });
    expect(foundUnder(readings, true)).toEqual(['Maria Ortiz']);
  });

  test('goes with the check where no turn comes back, also of a conversation that was forgotten meanwhile', () => {
    expect(foundUnder(turned(false), false)).toEqual(['Maria Ortiz']);
    const readings = turned(true, false);
    readings.forget({ record: 7 });
    readings.read({ envelope: 7, record: 7, goesOn: false, identity: first, kind: 'check', answer });
    expect(foundUnder(readings, false)).toEqual(['Maria Ortiz']);
  });

  test('goes where an envelope ends without a check, and so does what its answer is checked against', () => {
    const readings = turned(false, false);
    const of = { envelope: 7, record: 7, goesOn: false, identity: first } as const;
    const text = 'She takes metformin 500 mg each morning with her breakfast.';
    const items = [{ type: 'DocumentReference', parts: [], passages: [text] }];
    const settled = (shown: AnswerToCheck['items']) =>
      readings.read({ ...of, kind: 'settle', answer: { ...answer, text, items: shown, verbatimWords: 4 } })
        .settled;
    const quoted = settled(items);
    expect(settled([])).toEqual(quoted);
    readings.forget({ envelope: 7, record: 7 });
    expect(settled([])).not.toEqual(quoted);
    readings.forget({ envelope: 7, record: 7 });
    expect(foundUnder(readings, false)).toEqual(['Maria Ortiz']);
  });
});
