import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked, safeHarbor } from './identity.ts';

const from = { entity: 'Patient/p3', bearer: 'patient', source: 'Patient' } as const;

const named = (entity: string, bearer: IdentityValue['bearer'], given: string, family: string) =>
  ({
    ...from,
    entity,
    bearer,
    kind: 'name',
    text: `${given} ${family}`,
    name: { given: [given], family },
  }) satisfies IdentityValue;

/** Names that are everyday words, that other alphabets write letter by letter, or that accents alone make a name. */
const identity: readonly IdentityValue[] = [
  named('Patient/p3', 'patient', 'Leontine', 'Burns'),
  named('RelatedPerson/1', 'relative', 'Grace', 'Smith'),
  named('RelatedPerson/2', 'relative', 'Ewa', 'Łoś'),
  named('Practitioner/1', 'clinician', 'Petra', 'Pappenquist'),
  { ...from, kind: 'identifier', text: '60871342' },
  { ...from, kind: 'identifier', text: '58214' },
  { ...from, kind: 'telecom', system: 'phone', text: '919-555-0142' },
  { ...from, kind: 'date', text: '1957-01-21', date: { day: '1957-01-21', role: 'birth' } },
  {
    ...from,
    kind: 'address',
    text: '1427 Quillberry Ln',
    address: { line: ['1427 Quillberry Ln'], city: 'Marrowfield', state: 'IN', postalCode: '46899' },
  },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/1',
    bearer: 'organization',
    text: 'Northmoor Pediatrics',
  },
];
const by = createRedactor({ identity, packs: [] });

describe('names of the record that are other words as well', () => {
  test.each([
    ['thanks Burns L.', 'thanks <PATIENT>.'],
    ['Phone: L. Burns called', 'Phone: <PATIENT> called'],
    ['mrs burns, mrs smith', 'mrs <PATIENT>, mrs <RELATIVE>'],
    ['Name: miss burns', 'Name: miss <PATIENT>'],
    ['Leontine "Lenchen" Burns', '<PATIENT>'],
    ['Leontine (Lenchen) Burns', '<PATIENT>'],
    ['Burns,    Leontine', '<PATIENT>'],
    ['Grace Allegra Smith and Leontine PE Burns', '<RELATIVE> and <PATIENT>'],
    ['Łoś’s car, łoś is here', '<RELATIVE>’s car, <RELATIVE> is here'],
    ['asked by petra of x', 'asked by <CLINICIAN> of x'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'Burns on both arms. A graft.',
    'they miss burns often',
    'dr, burns healed; los angeles',
    'No L. pneumophila',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });

  test('a word of a chart between names stays', () => {
    expect(marked('leontine.burns Ativan, burns_leontine', by)).toBe('<PATIENT> Ativan, <PATIENT>');
  });
});

describe('names of the record in another alphabet', () => {
  test.each([
    ['Смитх met СМИТХ', '<RELATIVE> met <RELATIVE>'],
    ['Граке Смитх', '<RELATIVE>'],
    ['Σμιθ', '<RELATIVE>'],
    ['Петра Паппенquист', '<CLINICIAN>'],
    ['ПЕТРА met петра or Пет-\nра', '<CLINICIAN> met <CLINICIAN> or <CLINICIAN>'],
    ['Παππενκυιστ', '<CLINICIAN>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

describe('numbers and days of the record', () => {
  test.each([
    ['no. 582 14', 'no. <ID>'],
    ['no. 58.21.4', 'no. <ID>'],
    ['ACC 58,214\n', 'ACC <ID>\n'],
    ['six zero eight seven one three four two', '<ID>'],
    ['call nine-one-nine, five five five, oh one four two', 'call <PHONE>'],
    ['1    (919)    555    -    0142', '<PHONE>'],
    ['year 1957, month 1, day 21', 'year <DATE>'],
    ['"day": 21, "month": 1, "year": 1957', '"day": <DATE>'],
    ['month 1 day 21 year 1957', 'month <DATE>'],
    ['<year>1957</year><month>1</month><day>21</day>', '<year><DATE></day>'],
    ['(Zl/Ol/l957) seen', '(<DATE>) seen'],
    ['scan_ZlOll957.txt', 'scan_<DATE>.txt'],
    ['21.    Januar    1957', '<DATE>'],
    ['21. Jan\nvier 1957', '<DATE>'],
    ['21 de febr ero de 1957', '<DATE>'],
    ['1427 Quillberry Ln,Marrowfield,IN,46899,325 mg', '<PLACE>,325 mg'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'platelets 58,214.',
    'BP 582 14',
    'five eight two one four five',
    '58,214 steps',
    '58 21 4',
    'one two three four',
    'year 3, month 2, day 1',
    'q6h, Quill ln',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });
});

const bytes = (text: string): string => Buffer.from(text).toString('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('what is written in bytes', () => {
  test.each([bytes('(919) 555 0142'), bytes('"60871342"')])('%s', (text) => {
    expect(marked(`see ${text}.`, by)).toBe('see <ID>.');
  });

  test('each line alone, where lines below each other are blobs of their own', () => {
    const other = base64('The report of the visit is to be sent as usual.');
    expect(marked(`${other}\n${base64('Please ask Leontine Burns again today.')}`, by)).toBe(
      `${other}\n<ID>`,
    );
  });

  test('a row of doses spells nothing', () => {
    expect(marked('10 20 30 40 50 60 mg', by)).toBe('10 20 30 40 50 60 mg');
  });
});

describe('one letter for another', () => {
  test.each([
    ['pappenquIst, PAPPENQUlST', '<CLINICIAN>, <CLINICIAN>'],
    ['leontIne.burns', '<PATIENT>'],
    ['NORTHMOOR PEDlATR|CS', '<ORG>'],
    ['1427 QuiIIberry Ln', '<PLACE>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each(['HbAlc 7.1', 'pH of RBCs, dI, TrI', 'mlU and AIDs'])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });
});

describe('what stands beside an identifier of the record stays', () => {
  const ruled = createRedactor({ identity, packs: [safeHarbor] });

  test.each([
    ['rules out PE LEONTINE', 'rules out PE <PATIENT>'],
    ['LEONTINE CT head', '<PATIENT> CT head'],
    ['RR 16 July 7, 2005', 'RR 16 <DATE>'],
    ['GCS 15. Jun121997', 'GCS 15. <DATE>'],
    ["Dr Müller's office Stop Eliquis", 'Dr <ORG> Stop Eliquis'],
    ['+1 919 555 0142 1 tablet', '<PHONE> 1 tablet'],
    ['https://x.org/a?tab=1;no fever', '<URL>;no fever'],
    ['https://x.org/a?tab=1,50,000 IU', '<URL>,50,000 IU'],
    ['https://x.org/a?q=40.7128,-74.0060 seen', '<URL> seen'],
    ['Leontine Ambulates with a walker', '<PATIENT> Ambulates with a walker'],
  ])('%j', (text, expected) => {
    expect(marked(text, ruled)).toBe(expected);
  });
});
