import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked, redactor, safeHarbor } from './identity.ts';

const from = { entity: 'Patient/p2', bearer: 'patient', source: 'Patient' } as const;

const named = (entity: string, bearer: IdentityValue['bearer'], given: string[], family: string) =>
  ({
    ...from,
    entity,
    bearer,
    kind: 'name',
    text: [...given, family].join(' '),
    name: { given, family },
  }) satisfies IdentityValue;

const placed = (line: string, city: string, state: string, postalCode: string): IdentityValue => ({
  ...from,
  kind: 'address',
  text: line,
  address: { line: [line], city, state, postalCode },
});

/** Names that say little by themselves, and addresses and numbers that are written in many ways. */
const identity: readonly IdentityValue[] = [
  named('Patient/p2', 'patient', ['Jean-Luc'], 'Marchbanks'),
  named('RelatedPerson/4', 'relative', ['Åse'], 'McQuillan'),
  named('RelatedPerson/5', 'relative', ['Åse'], 'Großquill'),
  named('RelatedPerson/2', 'relative', ['Hope'], 'Sommers'),
  named('RelatedPerson/3', 'relative', ['Gwendolyn'], 'St. Clarens'),
  named('Practitioner/2', 'clinician', ['Bo'], 'Ng'),
  named('Practitioner/3', 'clinician', ['Not'], 'Dellacroix'),
  named('Practitioner/4', 'clinician', ['Ines'], 'Falkenross'),
  placed('1427 North Quillberry Street', 'Marrowfield', 'OH', '44999'),
  placed('Paseo de la Quillera 41', 'New Marrowfield', '', '73998'),
  placed('PO Box 7713', 'Dunmarsh', 'TX', '78999'),
  placed('Lindengasse 114', 'Niederfeldstetten', '', '73999'),
  placed('Flat 9, 32 Addlewick Close', 'Harrowmere', '', 'HX7 9QL'),
  placed('6 County Road 519', 'Rosemarsh', 'NJ', '08999'),
  { ...from, kind: 'telecom', system: 'phone', text: '919-555-0142 ext. 200' },
  { ...from, kind: 'telecom', system: 'phone', text: '+49 (0)30 5550142' },
  { ...from, kind: 'identifier', text: 'XGH541816' },
  { ...from, kind: 'identifier', text: '37496' },
  { ...from, kind: 'date', text: '2025-10-03', date: { day: '2025-10-03', role: 'event' } },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/2',
    bearer: 'organization',
    text: 'Quillmoor Associates, P.C.',
  },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/4',
    bearer: 'organization',
    text: 'Quellbach Valley Medical Center',
  },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/5',
    bearer: 'organization',
    text: 'St. Quellbach Clinic',
  },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/3',
    bearer: 'organization',
    text: 'Überfeld Santa Maria, S.A.',
  },
];
const by = createRedactor({ identity, packs: [] });

describe('names of the record that say little by themselves', () => {
  test.each([
    ['Sommers\tHope', '<RELATIVE>'],
    ['Sommers,\n    Hope', '<RELATIVE>'],
    ['sent by hope.sommers', 'sent by <RELATIVE>'],
    ['sent by sommers_hope', 'sent by <RELATIVE>'],
    ['her mother, hope sommers, called', 'her mother, <RELATIVE>, called'],
    ['Baby Boy Sommers', 'Baby Boy <RELATIVE>'],
    ['su hija HOPE', 'su hija <RELATIVE>'],
    ['<b>Patient:</b> Hope', '<b>Patient:</b> <RELATIVE>'],
    ['PatientName=Hope; DOB', 'PatientName=<RELATIVE>; DOB'],
    ['Name=Dellacroix; =C3=A9', 'Name=<CLINICIAN>; =C3=A9'],
    ['Reported by Hope.', 'Reported by <RELATIVE>.'],
    ['the Marchbankses came', 'the <PATIENT> came'],
    ['the StClarenses met StClarenss', 'the <RELATIVE> met <RELATIVE>'],
    ['seen by dr. ng, Dr ng, mrs. hope', 'seen by dr. <CLINICIAN>, Dr <CLINICIAN>, mrs. <RELATIVE>'],
    ['cc: Ng, B.', 'cc: <CLINICIAN>.'],
    [
      'initials G/C, initials G, C and initials G_C',
      'initials <RELATIVE>, initials <RELATIVE> and initials <RELATIVE>',
    ],
    ['Family contact is G.C., at home', 'Family contact is <RELATIVE>., at home'],
    ['JeanLuc Marchbanks', '<PATIENT>'],
    ['MARCHBANKSJEANLUC', '<PATIENT>'],
    ['Aase Mc Quillan', '<RELATIVE>'],
    ['Marchbanks_JeanLuc', '<PATIENT>'],
    ['bedside of B Ng.', 'bedside of <CLINICIAN>.'],
    ['seen by NG, BO', 'seen by <CLINICIAN>'],
    ['DELLACRROIX, NOT', '<CLINICIAN>'],
    ['Falkenrosss, Ines', '<CLINICIAN>'],
    ['Jean-Luc "Hope" came', '<PATIENT> "Hope" came'],
    ['Jean-Luc (Jean) Marchbanks', '<PATIENT>'],
    ['family contact is hope sommers', 'family contact is <RELATIVE>'],
    ['Dr. bo ng', 'Dr. <CLINICIAN>'],
    ['| Name | Hope |', '| Name | <RELATIVE> |'],
    ['Contact person (Hope, at home)', 'Contact person (<RELATIVE>, at home)'],
    ['bo.ng, ng_bo and bo-ng', '<CLINICIAN>, <CLINICIAN> and <CLINICIAN>'],
    ['#BoNg', '#<CLINICIAN>'],
    ['Mr. Not, not short of breath', 'Mr. <CLINICIAN>, not short of breath'],
    ['"family": "Hope"', '"family": "<RELATIVE>"'],
    ['<given value="Hope"/>', '<given value="<RELATIVE>"/>'],
    ['Sommers; Hope', '<RELATIVE>'],
    ['login jmarchbanks', 'login <PATIENT>'],
    ['Marchban ks came', '<PATIENT> came'],
    ['M a r c h b a n s k', '<PATIENT>'],
    ['G r o ß q u i l l', '<RELATIVE>'],
    ['F+a+l+k+e+n+r+o+s+s', '<CLINICIAN>'],
    ['Falk=\n=65nross m=FCller', '<CLINICIAN> m=FCller'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'She will not hope for summer. We hope.',
    'DO NOT GIVE. NO AN DO',
    'a baby boy hopes',
    'no.hope',
    'Not hope, but time.',
    'increased Hope hips to 500 mg',
    'Temp 38.1 C.\nO: K 4.1 mmol/L.\nO: rash',
    '541,816 cells, 541816.5',
    'no bong, bongs',
    'ms hope for, Ng, B. burgdorferi, mr not',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });
});

describe('addresses, telephones and organisations of the record', () => {
  test.each([
    ['lives on Quillberry Street', 'lives on <PLACE>'],
    ['lives at 1427 Quillberry', 'lives at <PLACE>'],
    ['1427 quillberry st, marrowfield, oh 44999', '<PLACE>, oh <PLACE>'],
    ['POB 7713', '<PLACE>'],
    ['Post Office Box 7713', '<PLACE>'],
    ['73999 niederfeldstetten', '<PLACE>'],
    ['at 32 Addlewick Cl', 'at <PLACE>'],
    ['at 6 CR 519', 'at <PLACE>'],
    ['32 addlewick close, harrowmere, hx7 9ql', '<PLACE>'],
    ['the number ending in 0142', 'the number ending in <PHONE>'],
    ['Quillmoor\nAssociates', '<ORG>'],
    ['Quillmoor Assoc.', '<ORG>.'],
    ['Quillmoor_Associates', '<ORG>'],
    ['QuillmoorAssociates', '<ORG>'],
    ['ÜBERFELD SANTA MARIA', '<ORG>'],
    ['from marrowfield, oh', 'from <PLACE>, oh'],
    ['NewMarrowfield', '<PLACE>'],
    ['from Quellbach Valley MC', 'from <ORG>'],
    ['StQuellbachClinic', '<ORG>'],
    ['1 tablet,541816,0.5 mL', '1 tablet,<ID>,0.5 mL'],
    ['Address: Quillberry Street 1427', 'Address: <PLACE>'],
    ['Pº de la Quillera 41', '<PLACE>'],
    ['919~555~0142', '<PHONE>'],
    ['919·555·0142', '<PHONE>'],
    ['+49 30 5550142, 0049 30 5550142', '+<PHONE>, <PHONE>'],
    ['final four digits 0142, last4=0142', 'final four digits <PHONE>, last4=<PHONE>'],
    ['no. 374-96', 'no. <ID>'],
    ['X~G~H~5~4~1~8~1~6', '<ID>'],
    ['X. G. H. 5. 4. 1. 8. 1. 6', '<ID>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });
});

describe('days of the record', () => {
  test.each([
    ['on 3.X.2025', 'on <DATE>'],
    ['on 3 X 2025', 'on <DATE>'],
    ['LMP 10/3.', 'LMP <DATE>.'],
    ['contact 10/03.', 'contact <DATE>.'],
    ['f/u 10-3-25.', 'f/u <DATE>.'],
    ['10.3.25', '<DATE>'],
    ['October+3%2C+2025', '<DATE>'],
    ['Oct.\r\n  3, 2025', '<DATE>'],
    ['3\n> October\n> 2025', '<DATE>'],
    ['since Apr-48', 'since <DATE>'],
    ["since Jan '99", 'since <DATE>'],
    ['DOB=27.3.1981 =C3=A9', 'DOB=<DATE> =C3=A9'],
    ['nacido el 10/3', 'nacido el <DATE>'],
    ['10/0\n3/2025', '<DATE>'],
    ['O.c.t.o.b.e.r 0.3, 2.0.2.5', '<DATE>'],
    ['the 3_r_d o_f O_c_t_o_b_e_r, 2_0_2_5', 'the <DATE>'],
    ['3 O-c-t-o-b-e-r 2-0-2-5', '<DATE>'],
    ['O3/Oct/2O2S', '<DATE>'],
    ['2O25-lO-O3T08:15', '<DATE>'],
    ['the 3rd of Oct, 2O25', 'the <DATE>'],
    ['OCT 3, 2O2S', '<DATE>'],
    ['IO/O3/2O25', '<DATE>'],
    ['on 10_03_2025, 10\\03\\2025, 03|10|2025', 'on <DATE>, <DATE>, <DATE>'],
    ['note_2025_10_03.txt', 'note_<DATE>.txt'],
    ['on 10/3 (2025)', 'on <DATE>'],
    ['on the 3rd (October)', 'on the <DATE>)'],
    ['Oct32025, Oct032025', '<DATE>, <DATE>'],
    ['2025年10月3日, 2025년 10월 3일', '<DATE>, <DATE>'],
    ['3. Okt. 2025', '<DATE>'],
    ['3 maart 2025', '<DATE>'],
    ['10/0-\n    3/2025', '<DATE>'],
    ['Oct-\n   ober 3, 2025', '<DATE>'],
    ['10/3/2~0~2~5', '<DATE>'],
    ['f/u 1 0 / 0 3 / 2 5', 'f/u <DATE>'],
    ['20251003101500', '<DATE>'],
    ['Octo\nber 3, 2025', '<DATE>'],
    ['3    de   octubre   de   2025', '<DATE>'],
    ['O~c~t~o~b~e~r 3, 2~0~2~5', '<DATE>'],
    ['O, c, t, o, b, e, r 0, 3 2, 0, 2, 5', '<DATE>'],
    ['1 - 0/0 - 3/2 - 0 - 2 - 5', '<DATE>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each(['pain 10/3', 'taper 10-3-25', '10-3-25 mg', 'type I 2025', 'since I may', 'V 5 mg'])(
    'stays: %s',
    (text) => {
      expect(marked(text, by)).toBe(text);
    },
  );
});

describe('what a reader undoes', () => {
  const plainly = 'Marchbanks';
  const hexadecimal = (sign: string): string =>
    Buffer.from(plainly)
      .toString('hex')
      .replaceAll(/..(?=.)/g, `$&${sign}`);
  test.each([
    ['Mar\u0001chbanks', '<PATIENT>'],
    ['\u202eskanbhcraM\u202c', '<PATIENT>\u202c'],
    ['\\u{4d}\\u{61}rchbanks', '<PATIENT>'],
    ['&#0000077;archbanks', '<PATIENT>'],
    ['919-٥٥٥-٠١٤٢', '<PHONE>'],
    ['Ꮇarchbaոks', '<PATIENT>'],
    [hexadecimal(' '), '<ID>'],
    [hexadecimal(':'), '<ID>'],
    [`0x${hexadecimal('')}`, '<ID>'],
    ['5072696365206f6620', '5072696365206f6620'],
    ['919 SSS O142', '<PHONE>'],
    ['XGHS4l8l6', '<ID>'],
    ['MRN=44871; =C3=A9=C3=A9', 'MRN=44871; =C3=A9=C3=A9'],
    ['Jean-Luc<br/>Marchbanks', '<PATIENT>'],
    ['Sommers%2C+Hope', '<RELATIVE>'],
    ['Mar%01chbanks', '<PATIENT>'],
    ['last\n4: 0142', 'last\n4: <PHONE>'],
    ['at Que11bach V4lley Med1cal Center now', 'at <ORG> now'],
    ['Harr0wmere', '<PLACE>'],
    ['m+a+r+ć+h+b+a+n+k+s', '<PATIENT>'],
    ['seen 1+0/0+3/2+5', 'seen <DATE>'],
    ['seen 0~3-1~0-2~0~2~5', 'seen <DATE>'],
    ['Qui||moor Associates | well', '<ORG> | well'],
    ['Quell bach Valley Medical Center', '<ORG>'],
    ['of Harrowm ere now', 'of <PLACE> now'],
    ['born 4pr1l 2, 2015', 'born <DATE>'],
    ["seen 5 D3c '22", 'seen <DATE>'],
    ['born J un 24, 2003', 'born <DATE>'],
    [Buffer.from('Mar\u0001chbanks').toString('base64'), '<ID>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'Metf0rmin 5 mg, vit4min D, H1N1, CO2, T4, A1c 7',
    '|Norco|5 mg|bid|',
    'grade 1+/2+, reflexes 2+/2+, 1, 2, 3, 4/5, 5/5',
    'ramip ril 5 mg daily, octre otide',
    '60 65 70 75 80 85',
    '12 34 56 78 90',
    'B12+folate',
    'SpO2 98 97 96 95 94 93',
    'at 10:30+01:00',
    'June is 12 weeks',
    'CURRENCY=USD',
    'see https://example.org/find?name=ada+roe',
    'a b c Na+K',
  ])('stays: %s', (text) => {
    expect(marked(text, redactor)).toBe(text);
  });
});

describe('what stands beside names and is none', () => {
  const packed = createRedactor({ identity, packs: [safeHarbor] });
  test.each([
    ['T 98.6 F. Given Paxil 75 mcg', 'T 98.6 F. Given Paxil 75 mcg'],
    ['seen 2020-09-20T08:15:00Z. Celexa 10 mg', 'seen <DATE>. Celexa 10 mg'],
    ['4) Mother H. Sommers to call', '4) Mother <RELATIVE> to call'],
    ['BP 150/92 HR 104. WIFE Gwendolyn St. Clarens', 'BP 150/92 HR 104. WIFE <RELATIVE>'],
  ])('%s', (text, expected) => {
    expect(marked(text, packed)).toBe(expected);
  });
});

describe('what only the record tells', () => {
  test.each([
    ['seen am 3.10. and vom 3.10.', 'seen am <DATE> and vom <DATE>'],
    ['Linden-Gasse 114', '<PLACE>'],
    ['Quillberry Street,1427.5 mg', '<PLACE>,1427.5 mg'],
    ['vue le 3 oct. 2025, le 4 janv. 1941', 'vue le <DATE>, le <DATE>'],
    ['Na 138 Lindengasse 114', 'Na 138 <PLACE>'],
    ['00110011 00110111 00110100 00111001 00110110 ok', '<ID> ok'],
    ['58-47-48-35-34-31-38-31-36', '<ID>'],
    [Buffer.from('10/3').toString('base64'), '<ID>'],
    ['seen 10 /\n 3 /\n 2025, well', 'seen <DATE>, well'],
    ['seen 2 025-10-03 and 2-0-2-5 1-0 0-3', 'seen <DATE> and <DATE>'],
    ['seen 10/3\n(2025), 1003 2025', 'seen <DATE>), <DATE>'],
    ['seen 3.1 - 0.2 - 0 - 2 - 5', 'seen <DATE>'],
    ['seen 1+0/0+3/2+5 0830', 'seen <DATE> 0830'],
    ['20,251,003 copies and HR 20 25-10', '20,251,003 copies and HR 20 25-10'],
    ['seen lO-O3-ZOZS and 1O 03 2025', 'seen <DATE> and <DATE>'],
    ['seen OCTOBER 3, ZOZS and October Erd', 'seen <DATE> and October Erd'],
    ['id XGHS4IB|6, PTS4IB16', 'id <ID>, PT<ID>'],
    ['call q1q-SSS Ol4z or 9|9.55S.0|4A', 'call <PHONE> or 9|9.55S.0|4A'],
    ['1427=20Quillberry=20St; POB=207713 too', '<PLACE> too'],
    ['M=61rchb=41nks, =DCBERFELD SANTA MARIA', '<PATIENT>, <ORG>'],
    ['number 919    555    0142', 'number <PHONE>'],
    ['Quillmoor    Associates came', '<ORG> came'],
    ['row,1427 Quillberry STREET,5 mg', 'row,<PLACE>,5 mg'],
    ['ID x1816, X-1816', 'ID x<ID>, X-<ID>'],
    ['Marchb\u00ad\nanks and Octo\u00ad\nber 3, 2025', '<PATIENT> and <DATE>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'ratio 10 3 25, 10/3 25 mg, 1 0 0 3',
    'MRN=2041816, x=4142, ABC=20 mg',
    'XGH541817, 91955S0143',
    'IZ mg, SO2 98, B12 O2 2l',
    'values 120, 25, 10, 4, 20, 25',
    'a 4 a 7 as 5',
    'at 9 am 3.11. then, 2 am 3.10 mg',
    '01101101 10110110 11011011 01101101',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });
});
