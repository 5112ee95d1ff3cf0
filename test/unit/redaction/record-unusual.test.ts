import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked, safeHarbor } from './identity.ts';

const from = { entity: 'Patient/p5', bearer: 'patient', source: 'Patient' } as const;

const named = (entity: string, given: string[], family: string): IdentityValue => ({
  ...from,
  entity,
  kind: 'name',
  text: [...given, family].join(' '),
  name: { given, family },
});

const placed = (line: string): IdentityValue => ({
  ...from,
  kind: 'address',
  text: line,
  address: { line: [line] },
});

/** Values of which charts write more forms than those of a form's fields. */
const identity: readonly IdentityValue[] = [
  named('Patient/p5', ['Fiadh', 'Marisol'], 'Fenolyort'),
  named('RelatedPerson/1', ['Will'], 'Addison'),
  named('RelatedPerson/2', ['Ольга'], 'Соколова'),
  { ...from, kind: 'telecom', system: 'email', text: 'torxas.fenmor@elfamann.example' },
  { ...from, kind: 'telecom', system: 'email', text: 'quorra4417@posta.example' },
  { ...from, kind: 'identifier', text: '49-36-69' },
  { ...from, kind: 'identifier', text: 'RJ964101' },
  { ...from, kind: 'date', text: '1964-11-03', date: { day: '1964-11-03', role: 'birth' } },
  { ...from, kind: 'date', text: '2026-06-25', date: { day: '2026-06-25', role: 'event' } },
  { ...from, kind: 'date', text: '2026-05-23', date: { day: '2026-05-23', role: 'event' } },
  placed('1618 Quillmore Avenue'),
  placed('Calle de Pahelez 85, 3º B'),
  placed('Via Corajox 35'),
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/5',
    bearer: 'organization',
    text: "Naquison's Imaging",
  },
  {
    ...from,
    kind: 'organization',
    entity: 'Organization/6',
    bearer: 'organization',
    text: 'Harkmoor Regional Medical Center',
  },
];
const by = createRedactor({ identity, packs: [] });

describe('unusual forms of values of the record', () => {
  test.each([
    ['seen by Fenolyort FM today', 'seen by <PATIENT> today'],
    ['FM Fenolyort, no fever', '<PATIENT>, no fever'],
    ['Fenolyort|Fiadh|F', '<PATIENT>|F'],
    ['img addison_will_ct.pdf', 'img <PATIENT>_ct.pdf'],
    ['пришла СОКОЛОВА ОЛЬГА', 'пришла <PATIENT>'],
    ['torxas.fenmor{at}elfamann.example', '<EMAIL>'],
    ['torxas . fenmor @ elfamann . example', '<EMAIL>'],
    ['torxas.fen\n  mor@elfa\n  mann.example', '<EMAIL>'],
    ['t0rxas.fenm0r@elfamann.example', '<EMAIL>'],
    ['torxas.fenmor[at]elfamann (dot) example', '<EMAIL>'],
    ['TORXAS_FENMOR_AT_ELFAMANN_EXAMPLE', '<EMAIL>'],
    ['torxas.fenmor+labs@elfamann.example.', '<EMAIL>.'],
    ['t.o.r.x.a.s.f.e.n.rn.o.r@elfamann.example', '<EMAIL>'],
    ['torxasfenmor @ elsewhere', '<EMAIL> @ elsewhere'],
    ['user quorra4417 signed in', 'user <EMAIL> signed in'],
    ['sample (49-36-69) hemolyzed', 'sample (<ID>) hemolyzed'],
    ['Record number 49 36 69', 'Record number <ID>'],
    ['Account RJ: 964.101', 'Account <ID>'],
    ['on 03Nov64', 'on <DATE>'],
    ['3-Nov.-64', '<DATE>'],
    ['Nov_3_1964', '<DATE>'],
    ['scan 11:03:1964', 'scan <DATE>'],
    ['2026-25-06', '<DATE>'],
    ['November three, 1964', '<DATE>'],
    ['June twenty-five, 2026', '<DATE>'],
    ['am 23. Mai', 'am <DATE>'],
    ['6/25 thru 6/27', '<DATE>'],
    ['6/24, 6/25 and 6/28/26', '<DATE>, <DATE> and <DATE>'],
    ['from 23 to 25 May 2026', 'from <DATE>'],
    ['LMP 11-3-64. G2P1', 'LMP <DATE>. G2P1'],
    ['to 1618 Quillmore Avenue-355 by noon', 'to <PLACE> by noon'],
    ['Cl. de Pahelez 85', '<PLACE>'],
    ['Calle de Pahelez, nº 85', '<PLACE>'],
    ['Via Corajox, n. 35', '<PLACE>'],
    ['at Naquisons Imaging', 'at <ORG>'],
    ['at Harkmoor Reg Med Ctr', 'at <ORG>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    ['U+0046 U+0069 U+0061 U+0064 U+0068', '<PATIENT>'],
    [String.raw`\U00000046\U00000069\U00000061\U00000064\U00000068`, '<PATIENT>'],
    ['<span style="x">Fia</span><span>dh</span>', '<span style="x"><PATIENT></span>'],
    ['ƒiɑԁɦ', '<PATIENT>'],
    ['Ⲟⲗⲅⲁ ꓝꓲꓮꓓꓧ', 'Ⲟⲗⲅⲁ <PATIENT>'],
    ['49+IBM-36+AC0-69', '<ID>'],
    ['1618\\\nQuillmore\\\nAvenue', '<PLACE>'],
  ])('%j as something else', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'Fenofibrate FM 160 mg',
    'ratio 11:03',
    'pain 6/10 to 4/10, strength 4/5 thru 5/5',
    'in May two patients had a rash',
    'take 1 to 2 may cause nausea; grade 2 and 3 marks, 5 to 10 mg',
    'MRN: none, pain: 964',
    'doses 4-2-1 at 8 am; via 35 mm port',
    'IF a<b and c>d then stop',
    'u+1 is no letter',
    'seen @ elfamann, (at) noon; nurse@posta',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });

  test('the word before who signed is no name', () => {
    const withPack = createRedactor({ identity, packs: [safeHarbor] });
    expect(marked('Electronically signed: Fiadh Fenolyort', withPack)).toBe(
      'Electronically signed: <PATIENT>',
    );
  });
});
