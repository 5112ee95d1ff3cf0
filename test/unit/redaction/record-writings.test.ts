import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import type { Redactor } from '../../../src/redaction/ports.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { createScanner } from '../../../src/redaction/scan.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked } from './identity.ts';

const from = { entity: 'Patient/p4', bearer: 'patient', source: 'Patient' } as const;

/** The redactor of a record that holds only these values. */
const knowing = (...identity: readonly IdentityValue[]): Redactor => createRedactor({ identity, packs: [] });

const named = (given: string, family: string): IdentityValue => ({
  ...from,
  kind: 'name',
  text: `${given} ${family}`,
  name: { given: [given], family },
});
const living = (line: string, city: string, postalCode: string): IdentityValue => ({
  ...from,
  kind: 'address',
  text: line,
  address: { line: [line], city, postalCode },
});
const run = (text: string): IdentityValue => ({
  ...from,
  kind: 'organization',
  entity: 'Organization/9',
  bearer: 'organization',
  text,
});
const phoned = (text: string): IdentityValue => ({ ...from, kind: 'telecom', system: 'phone', text });
const mailed = (text: string): IdentityValue => ({ ...from, kind: 'telecom', system: 'email', text });
const born = (day: string): IdentityValue => ({
  ...from,
  kind: 'date',
  text: day,
  date: { day, role: 'birth' },
});

describe('streets of other countries, and towns beside what the record has', () => {
  test.each([
    ['Calle de la Quilla, 61', 'at C/ Quilla 61.', 'at <PLACE>.'],
    ['Calle de la Quilla, 61', 'at C/ de la Quilla, 61.', 'at <PLACE>.'],
    ['Plaza Quilla, 7', 'Pza. Quilla 7', '<PLACE>'],
    ['12 boulevard Quillard', '12 bd Quillard', '<PLACE>'],
    ['ul. Kwillowa 49', 'at kwillowa 49.', 'at <PLACE>.'],
    ['Kvil Caddesi 7', 'Kvil Cad. 7', '<PLACE>'],
    ['71 Quillbury Rd', 'at 71 quillbury.', 'at <PLACE>.'],
  ])('%j is %j', (line, text, expected) => {
    expect(marked(text, knowing(living(line, 'Zwolle', '8011 AB')))).toBe(expected);
  });

  test.each([
    ['Zwolle', '8011 AB', '8011 AB zwolle', '<PLACE>'],
    ['Quillów', '82-565', '12 Elm Rd\n82-565 quillów', '<PLACE>'],
    ["'s-Quillenbosch", '4148 WV', "12 Elm Rd, 4148 WV 's-Quillenbosch", "<PLACE> '<PLACE>"],
    ['Normal', '61761', '12 elm rd | normal | il | 61761', '<PLACE> | <PLACE> | il | <PLACE>'],
    ['Normal', '61761', '12 elm rd; normal; il; 61761', '<PLACE>; il; <PLACE>'],
    ['Normal', '61761', '12 elm rd, normal gait, normal in 2 days', '<PLACE>, normal gait, normal in 2 days'],
    ['Reading', '19601', 'reading, in bed', 'reading, in bed'],
  ])('%j, %j in %j', (city, postalCode, text, expected) => {
    expect(marked(text, knowing(living('12 Elm Rd', city, postalCode)))).toBe(expected);
  });
});

describe('organisations in small letters, without legal form and number', () => {
  test.each([
    ['Quillermolen Freight Co.', 'seen at quillermolen freight.', 'seen at <ORG>.'],
    ['Quillermolen Pharmacy #1142', 'seen at quillermolen pharmacy.', 'seen at <ORG>.'],
    ['Quillybrook Pediatrics, P.A.', 'seen at quillybrook pediatrics.', 'seen at <ORG>.'],
    ['Quillstonebridge Oncology Institute', 'at quillstonebridge oncology.', 'at <ORG>.'],
    ['Pain Clinic Inc.', 'goes to pain management', 'goes to pain management'],
  ])('%j: %j', (name, text, expected) => {
    expect(marked(text, knowing(run(name)))).toBe(expected);
  });
});

describe('names as they sign in, with letters of their own, and short', () => {
  test.each([
    [named('Jorun', 'Quillby'), 'users jquillby and quillbyj', 'users <PATIENT> and <PATIENT>'],
    [named('Yusuf', 'Baker'), 'the bakery', 'the bakery'],
    [named('Sione', 'Faʻaquilla'), "Fa'aquilla, Faʻaquilla, sfaaquilla", '<PATIENT>'],
    [named('Þóra', 'Quillby'), 'þóra and Thora', '<PATIENT> and <PATIENT>'],
    [named('Wolfgang', 'Quillby'), 'Wolfi slept', '<PATIENT> slept'],
    [named('Greger', 'Quillby'), 'Gгegeг slept', '<PATIENT> slept'],
  ])('%#', (name, text, expected) => {
    expect(marked(text, knowing(name))).toBe(expected);
  });
});

describe('names that only capitals part from the letters around them', () => {
  test.each([
    ['Ada', 'Quillby', 'patientQuillby, QuillbyNote.docx', 'patient<PATIENT>, <PATIENT>Note.docx'],
    [
      'Ada',
      'Quillby',
      '#TeamQuillby MrsQuillby QuillbyDOB DOBQuillby',
      '#Team<PATIENT> Mrs<PATIENT> <PATIENT>DOB DOB<PATIENT>',
    ],
    ['Ada', 'Quillby', '{"visitNoteQuillbyFinal":1}', '{"visitNote<PATIENT>Final":1}'],
    ['Jorun', 'Quillby', 'forJorunQuillby', 'for<PATIENT>'],
    ['Jorun', 'McQuillby', 'getMcQuillbyRecord', 'get<PATIENT>Record'],
    ['Élise', 'Quillé', 'noteQuillé2', 'note<PATIENT>2'],
    [
      'Ada',
      'Quillby',
      'Quillbyish HandiHaler NovoLog mmHg HbA1c eGFR',
      'Quillbyish HandiHaler NovoLog mmHg HbA1c eGFR',
    ],
    ['Rose', 'Walker', 'RoseCottage, rollatorWalker', 'RoseCottage, rollatorWalker'],
    ['Ada', 'Quillby', 'QuillbyNote Ada', '<PATIENT>Note <PATIENT>'],
    ['Ada', 'Quillby', 'TeamAda forQuillby Ada', 'TeamAda for<PATIENT>'],
  ])('%s %s: %s', (given, family, text, expected) => {
    expect(marked(text, knowing(named(given, family)))).toBe(expected);
  });
});

describe('numbers from abroad and addresses with their sign in brackets', () => {
  test.each([
    [phoned('06-9703-9608'), '(+31) 6 9703 9608', '(+31) <PHONE>'],
    [phoned('06-9703-9608'), '0031 6 9703 9608', '0031 <PHONE>'],
    [mailed('qu+health@gmx.example'), 'qu+health(a)gmx.example', '<EMAIL>'],
    [mailed('qu+health@gmx.example'), 'qu+health[a]gmx.example', '<EMAIL>'],
  ])('%#', (value, text, expected) => {
    expect(marked(text, knowing(value))).toBe(expected);
  });
});

describe('days without their year, and on two lines', () => {
  test.each([
    ['2026-05-22', 'seen 22 may', 'seen <DATE>'],
    ['2026-05-22', 'at 22 may return', 'at 22 may return'],
    ['2026-05-21', 'may 21st', '<DATE>'],
    ['2026-03-16', 'the 16th of march', 'the <DATE>'],
    ['2026-05-02', 'stage 2\n- may repeat', 'stage 2\n- may repeat'],
    ['2026-05-01', '1. MAY RESUME DIET', '1. MAY RESUME DIET'],
    ['2026-05-22', 'seen 05-22', 'seen <DATE>'],
    ['2026-05-22', 'seen 05-23, 05-22 weeks', 'seen 05-23, 05-22 weeks'],
    ['2026-09-23', 'f/u 9/23', 'f/u <DATE>'],
    ['1967-09-23', 'DOB 23.\n      9.67, x', 'DOB <DATE>, x'],
    ['2018-07-23', 'on 23.\r\nVII.2018', 'on <DATE>'],
    ['2024-01-01', 'in 01/\n      2024', 'in <DATE>'],
    ['1946-08-02', "Aug '46,816", '<DATE>,816'],
  ])('%j: %j', (day, text, expected) => {
    expect(marked(text, knowing(born(day)))).toBe(expected);
  });
});

describe('values that go on in the next line', () => {
  const by = knowing(
    phoned('808-398-7431'),
    born('2018-07-23'),
    { ...from, kind: 'date', text: '2022-01-27', date: { day: '2022-01-27', role: 'event' } },
    { ...from, kind: 'identifier', text: '235-37-5198' },
  );
  test.each([
    ['808-398-<br/>7431x12', '<PHONE>x12'],
    ['808 - 398 -\n>  7431', '<PHONE>'],
    ['23.VII. \n2018', '<DATE>'],
    ['the 27th of\n      January, 2022', 'the <DATE>'],
    ['on jan\n      27', 'on <DATE>'],
    ['on 27\n      mai 2022', 'on <DATE>'],
    ['2022-01- \n27T09:14:00Z', '<DATE>'],
    ['SSN 235/\n      37/5198', 'SSN <ID>'],
    ['pain 8\n3 tablets', 'pain 8\n3 tablets'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

describe('blobs in base32 and behind a hyphen', () => {
  const by = knowing(named('Jorun', 'Quillbertson'));
  test.each([
    ['pt KF2WS3DMMJSXE5DTN5XA==== slept', 'pt <ID> slept'],
    [`-${Buffer.from('Jorun').toString('base64')}`, '-<ID>'],
    ['MRN ABCDEFG2, OXYCODONE', 'MRN ABCDEFG2, OXYCODONE'],
    ['KF2WS3DMMJSXE5DTN5XDSOJZHE4TSOJZHE4TSOJZHE4TSOI=\nHR 88', '<ID>\nHR 88'],
    ['Dr Quillbertson\nJ1c 8', 'Dr <PATIENT>\nJ1c 8'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

describe('a name of two letters before its initial', () => {
  const by = knowing(named('Bo', 'Ng'), {
    ...named('Lars', 'Head'),
    entity: 'RelatedPerson/9',
    bearer: 'relative',
  });
  test.each([
    ['I met Ng, B. and others', 'I met <PATIENT>. and others'],
    ['Ng, B. was well', '<PATIENT>. was well'],
    ['Head, L. arm', 'Head, L. arm'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

describe('short names as they sign in', () => {
  const by = knowing(named('Văn', 'Phạm'));
  test.each([
    ['message from user vpham: x', 'message from user <PATIENT>: x'],
    ['login: phamv', 'login: <PATIENT>'],
    ['the vpham drug', 'the vpham drug'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

test('a blob whose text is spaced out hides', () => {
  const blob = Buffer.from('2 3 . 0 7 . 2 0 1 8').toString('base64');
  expect(marked(`seen ${blob}`, knowing(born('2018-07-23')))).toBe('seen <ID>');
});
describe('names that are words of other things', () => {
  test.each([
    ['FHx: brother healthy; Mr. Brother denies it.', 'FHx: brother healthy; Mr. <PATIENT> denies it.'],
    ['Seen by Brother, FNP and Brother, Z. for gout.', 'Seen by <PATIENT>, FNP and <PATIENT>. for gout.'],
  ])('%s', (text, expected) => {
    expect(marked(text, knowing(named('Zivko', 'Brother')))).toBe(expected);
  });

  test.each([
    ['f/u w/ Ho, RN; mme ho called', 'f/u w/ <PATIENT>, RN; mme <PATIENT> called'],
    ['Hold iron, PT and OT consulted', 'Hold iron, PT and OT consulted'],
    ['call Iron, K. 555-0142; HI IRON, K., DID YOU', 'call <PATIENT>. 555-0142; HI <PATIENT>., DID YOU'],
    ['IRON, K. REPLACED', 'IRON, K. REPLACED'],
  ])('%s', (text, expected) => {
    expect(marked(text, knowing(named('An', 'Ho'), named('Kim', 'Iron')))).toBe(expected);
  });

  test.each([
    ["ceftriaxone,Sep '31,1 tablet", 'ceftriaxone,<DATE>,1 tablet'],
    ['born Sep-31', 'born <DATE>'],
  ])('%s', (text, expected) => {
    expect(marked(text, knowing(born('1931-09-14')))).toBe(expected);
  });
});

describe('names of two letters, and of one', () => {
  test.each([
    ['Vi', 'U', 'U, Vi came', '<PATIENT> came'],
    ['Vi', 'U', 'Name: U,Vi', 'Name: <PATIENT>'],
    ['Vi', 'U', 'seen VI U today', 'seen <PATIENT> today'],
    ['J', 'Ho', 'Ho, J (seen)', '<PATIENT> (seen)'],
    ['J', 'Ho', 'CALL HO, J TODAY', 'CALL <PATIENT> TODAY'],
    ['Jing', 'An', 'AN, J. LABS', '<PATIENT>. LABS'],
    ['Ivy', 'Ho', 'Appt w/ Ho, I. at noon', 'Appt w/ <PATIENT>. at noon'],
    ['Jing', 'Ma', 'now Roe f/k/a Ma', 'now Roe f/k/a <PATIENT>'],
    ['Rachel', 'Johnson', 'see dr r. johnson', 'see dr <PATIENT>'],
    ['Victoria', 'Quillbury', 'victoria was admitted', '<PATIENT> was admitted'],
    ['Ebony', 'Jefferson', 'from user jeffersone: hi', 'from user <PATIENT>: hi'],
    ['April', 'Stone', 'A. STONE | 4 tablets', '<PATIENT> | 4 tablets'],
    ['April', 'Stone', 'Thanks.\n\nA. Stone\nRN', 'Thanks.\n\n<PATIENT>\nRN'],
    ['Jin', 'Foot', 'saw J.\n      Foot today', 'saw <PATIENT> today'],
    ['Rose', 'White', 'R.H. White (seen)', 'R.H. White (seen)'],
    ['Jin-wu', 'Park', 'J.-w. Park seen', '<PATIENT> seen'],
    ['Edward', 'Quillbury', "edward's mother", "<PATIENT>'s mother"],
    ['Edward', 'Quillbury', 'edward was seen', '<PATIENT> was seen'],
    ['Edward', 'Quillbury', "edward's syndrome", "edward's syndrome"],
    ['Ann', 'Foley', 'foley was removed', 'foley was removed'],
    ['Ann', 'No', 'No, K. pneumoniae; hepatitis C, Ann', 'No, K. pneumoniae; hepatitis C, <PATIENT>'],
    ['April', 'Stone', 'A. Stone: none\nB. Skin', 'A. Stone: none\nB. Skin'],
  ])('%s %s in %j', (given, family, text, expected) => {
    expect(marked(text, knowing(named(given, family)))).toBe(expected);
  });
});

describe('months in small letters, and streets by their numbers', () => {
  test.each([
    ['2024-05-27', 'f/u 27 may', 'f/u <DATE>'],
    ['2024-05-28', 'adm may 28  att roe', 'adm <DATE>  att roe'],
    ['2024-03-12', 'date of exam: 12 march\nby mail', 'date of exam: <DATE>\nby mail'],
    ['2024-05-27', 'at 27 may need more', 'at 27 may need more'],
    ['2024-05-15', 'dose: 15 may be given', 'dose: 15 may be given'],
  ])('%s in %j', (day, text, expected) => {
    expect(marked(text, knowing(born(day)))).toBe(expected);
  });

  test('the year that lost its century tells a month', () => {
    expect(createScanner([loadShippedPack('hipaa-safe-harbor')])("comparison: may '19")).toHaveLength(1);
  });

  test.each([
    ['24 42nd Street', 'to Roe, 24 42nd.', 'to Roe, <PLACE>.'],
    ['93 Sunset Avenue', 'mailed to 93 sunset.', 'mailed to <PLACE>.'],
    ['1796 Maple Street', 'moved to 1796 maple and', 'moved to <PLACE> and'],
    ['9 Sunset Avenue', '9 sunset walks', '9 sunset walks'],
  ])('%s in %j', (line, text, expected) => {
    expect(marked(text, knowing(living(line, 'Zwolle', '8011 AB')))).toBe(expected);
  });
});

describe('values spaced out by one sign and their words by another', () => {
  test.each([
    ['t h e  7 t h  o f  J u n e ,  2 0 2 6', 't h e  <DATE>'],
    ['7  d e  j u n i o  d e  2 0 2 6', '<DATE>'],
    ['7 . V I . 2 0 2 6', '<DATE>'],
    ['7_. J_u_n_i 2_0_2_6', '<DATE>'],
    ['2o26年o6月o7日', '<DATE>'],
    ['D\u2009r R\u2009a\u2009o came', 'D\u2009r R\u2009a\u2009o came'],
  ])('%j', (text, expected) => {
    expect(marked(text, knowing(born('2026-06-07')))).toBe(expected);
  });

  test.each([
    ['D\u2009r R\u2009a\u2009o came', 'D\u2009r <PATIENT> came'],
    ['P\u2009r\u2009i\u2009y\u2009a R\u2009a\u2009o', '<PATIENT>'],
  ])('%j', (text, expected) => {
    expect(marked(text, knowing(named('Priya', 'Rao')))).toBe(expected);
  });

  test('a number of three groups between commas', () => {
    const number = { ...from, kind: 'identifier', text: '1766116' } as const;
    expect(marked('roe,176 611 6,729-555-0142', knowing(number))).toBe('roe,<ID>,729-555-0142');
  });

  test('letters for the figures of a number and its extension', () => {
    const scan = createScanner([loadShippedPack('hipaa-safe-harbor')]);
    expect(scan('at 4l2-945-8636xl2, son').map(({ end }) => end)).toEqual([18]);
  });
});
