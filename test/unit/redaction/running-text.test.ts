import { describe, expect, test } from '@jest/globals';
import { normalise } from '../../../src/redaction/normalise.ts';
import { runningText } from '../../../src/redaction/running-text.ts';
import { scanText } from '../../../src/redaction/scan.ts';
import fc from '../../fixtures/properties.ts';
import { safeHarbor } from './identity.ts';

const joined = (text: string): string => runningText(normalise(text)).text;

const long = 'the plan was then discussed at some length at the bedside';

describe('lines of a wrapped paragraph', () => {
  test.each([
    [`${long} and she\nagreed to it`, `${long} and she agreed to it`],
    [`${long} with Dr.\nRoe in the ward`, `${long} with Dr. Roe in the ward`],
    [`${long} with her daughter\n   Ada Roe`, `${long} with her daughter Ada Roe`],
    [`> ${long} with\n> Ada Roe`, `> ${long} with Ada Roe`],
    [`${long}, call (617)\n555-0123`, `${long}, call (617) 555-0123`],
    [`${long}, call 617-555-\n0123`, `${long}, call 617-555-0123`],
    [`${long}, 2250\nPeach Road`, `${long}, 2250 Peach Road`],
    [`${long} by 12 rue des\nLilas`, `${long} by 12 rue des Lilas`],
    [`${long} at 12 Oak\nStreet`, `${long} at 12 Oak Street`],
    [
      `${long} here and\nso on and so on and so on and so on until all was well;\nRoe`,
      `${long} here and so on and so on and so on and so on until all was well;\nRoe`,
    ],
    // The width that a small letter proves says of the other lines whether they are full.
    [
      `${long} and she agreed\nto it, and then all of us went to the office of the Quill\nMoor house there`,
      `${long} and she agreed to it, and then all of us went to the office of the Quill Moor house there`,
    ],
  ])('%j reads on', (text, expected) => {
    expect(joined(text)).toBe(expected);
  });

  test.each([
    [`${long}.\nRoe went home`],
    [`${long} and agreed\n- Roe went home`],
    [`${long} and agreed\n2. Roe went home`],
    [`${long} and agreed\nPlan: aspirin`],
    [`${long} and agreed\nHome phone (evening): 1`],
    [`${long} and agreed\n\nRoe went home`],
    ['Ada Roe, seen with\nBo Day'],
    ['Name   Age   MRN\nRoe   45   44718'],
    ['Seen:  Roe\nDrug,  dose'],
    ['One , two'],
    ['Roe,Ada,1970'],
    ['2 0 2 6 - 1 0 T 0 8 : 0 5 : 0 0 . 0 0'],
    [`${long} at the Quill Medical Center\nMcBurney point`],
    [`${long} with us and then with Ada\nSLE on treatment`],
    ['Na  K\n138  140  1024'],
    ['see www.roe.example for 1,000 or e.g. J.Roe here'],
    [`${long}     and agreed with\nRoe`],
    ['name|mrn|city of birth and of residence|county\nRoe|1|Hope|Day'],
    ['Metoprolol tartrate 25 mg by mouth twice daily with food\nLisinopril 10 mg by mouth daily'],
    [`${'abcdefgh'.repeat(10)}\n${'ijklmnop'.repeat(10)}`],
  ])('%j keeps its lines', (text) => {
    expect(joined(text)).toBe(text);
  });

  test.each([
    ['Seen by Dr.\nRoe here', 'Seen by Dr. Roe here'],
    ['seen  by  Dr.  Ada  Roe', 'seen by Dr. Ada Roe'],
    ['seen\tin\tthe\tward by Roe', 'seen in the ward by Roe'],
    ['seen   in the   ward by   Ada    Roe', 'seen in the ward by Ada Roe'],
    ['Dr . Roe , who came ( late ) .', 'Dr. Roe, who came (late).'],
    ['card  4111  1111  1111  1111, tel  +1  617', 'card  4111 1111 1111 1111, tel  +1 617'],
    ['a man,Ada Roe,seen at the ward.She is well', 'a man, Ada Roe, seen at the ward. She is well'],
  ])('%j is read without its blanks', (text, expected) => {
    expect(joined(text)).toBe(expected);
  });

  test('as many signs apart as a text can hold are read', () => {
    expect(joined('ab , '.repeat(200_000)) === 'ab, '.repeat(200_000)).toBe(true);
  });

  test.each([
    ['Patient: Ada   Stone     DOB:   none', 'Patient: ***********     DOB:   none'],
    ['Surgeon: Dr.   Ada   Stone     Cardiology', 'Surgeon: Dr.   ***********     Cardiology'],
    ['Seen by Dr.  Ada  Stone.  She is well.', 'Seen by Dr.  **********.  She is well.'],
    ['Sex   Male   Race   White   Religion   Christian', 'Sex   Male   Race   White   Religion   Christian'],
    [
      'Best   Value   Grant   Number   Long   Term   Care',
      'Best   Value   Grant   Number   Long   Term   Care',
    ],
  ])('%j hides over wide gaps', (text, expected) => {
    expect(hidden(text)).toBe(expected);
  });

  test('a word of the record is one over a line break', () => {
    const text = `${long} of Halcyon Tex\ntiles and so on`;
    expect(runningText(normalise(text), (word) => word === 'textiles').text).toBe(
      `${long} of Halcyon Textiles and so on`,
    );
    expect(joined(text)).toBe(`${long} of Halcyon Tex tiles and so on`);
  });

  test('joins no word to a number of the line before', () => {
    const text = 'write to the clinic or call (415) 555-0142\nmail comes on Mondays';
    expect(runningText(normalise(text), (word) => word === 'mail').text).toBe(text.replace('\n', ' '));
  });

  test('every unit leads back to what it stands for', () => {
    const word = fc.constantFrom(
      'Roe',
      'with',
      ' with  ',
      ',',
      '\t',
      'ﬁve',
      'Dr.',
      'é',
      'at',
      '12',
      'aspirin',
      'Oak',
      'b\u0301',
    );
    const paragraph = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 60 }), fc.integer({ min: 40, max: 90 }), fc.nat(3))
      .map(([words, width, indent]) => wrapped(words.join(' '), width, indent));
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 4 }), (paragraphs) => {
        const text = paragraphs.join('\n\n');
        const view = runningText(normalise(text));
        for (let at = 0; at < view.text.length; at += 1) {
          const [start, end] = [view.start(at), view.end(at + 1)];
          const original = normalise(text.slice(start, end)).text.replaceAll(/\s+/g, ' ');
          expect(original).toContain(view.text.charAt(at).replace(/\s/, ' '));
        }
        expect(view.text.replaceAll(/\s+/g, '')).toBe(normalise(text).text.replaceAll(/\s+/g, ''));
      }),
      { numRuns: 300 },
    );
  });

  test('a paragraph hides the same at every width', () => {
    const text = [
      'The patient was brought in by her daughter Olena Brisk after a fall at home in Baton Rouge. She was first seen',
      'at Saint Vincent Medical Center by Dr. Aiyana Standing and was sent home. Her primary care physician is Dr.',
      'Amara Okonkwo, who can be reached at (617) 555-0123 or at 617-555-0188. She lives with her husband Priscus',
      'Vandermeer at 12 Oak Street, Springfield, IL 62704 and takes the bus to work. On March 3, 2024 she was admitted',
      'to Lakeside Community Hospital with pneumonia and was treated with ceftriaxone 1 g daily. Her MRN is 44718832.',
      'The plan was discussed with Mary Quillfeather, RN, and with the case manager, Tobias Hartnell. Her son Ignatius',
      'will drive her to the appointment on 14 April 2024 with Dr. Roe.',
    ].join(' ');
    const plain = hidden(text);
    expect(plain).toContain('*'.repeat('Aiyana Standing'.length));
    for (let width = 48; width <= 110; width += 1)
      expect(
        hidden(wrapped(text, width, 0))
          .replaceAll(/(?<=\*)\n(?=\*)/g, '*')
          .replaceAll('\n', ' '),
      ).toBe(plain);
  });

  test('a value below its label hides, and what no number begins does not', () => {
    expect(hidden('Seen at the clinic (MRN:\n4471193)')).toBe('Seen at the clinic (MRN:\n*******)');
    expect(hidden('Medical record number:\n\n  4471193\n')).toBe('Medical record number:\n\n  *******\n');
    expect(hidden('Policy number\r\n88-412907\r\n')).toBe('Policy number\r\n*********\r\n');
    for (const text of [
      'Plan:\n1. Rest',
      'Record\n120/80 today',
      'Case:\nq12h dosing',
      'Insurance\n500 mg daily',
    ])
      expect(hidden(text)).toBe(text);
  });
});

/** A text with all that is hidden as stars, blanks between stars too; line breaks stay. */
function hidden(text: string): string {
  let result = text;
  for (const { start, end } of scanText(text, [safeHarbor]))
    result = result.slice(0, start) + result.slice(start, end).replaceAll(/\S/g, '*') + result.slice(end);
  return result.replaceAll(/(?<=\*) +(?=\*)/g, (gap) => '*'.repeat(gap.length));
}

/** A text broken between words so that no line is wider. */
function wrapped(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
