import { describe, expect, test } from '@jest/globals';
import { merged } from '../../../src/labels/labeller.ts';
import type { Label } from '../../../src/vocabulary/context-item.ts';
import { codeSystems, type Resource } from '../../../src/vocabulary/fhir.ts';
import { labeller, labelTables } from '../../fixtures/labels.ts';

const { icd10cm, loinc, rxnorm, snomed } = codeSystems;
const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const icd10gm = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm';

const codes = (resource: Resource, named?: readonly Resource[]): readonly string[] =>
  labeller.ofResource(resource, named).map(({ code }) => code);
const words = (text: string): readonly string[] => labeller.ofText(text).map(({ code }) => code);
const condition = (system: string, code: string, more: object = {}): Resource => ({
  resourceType: 'Condition',
  id: 'c',
  code: { coding: [{ system, code }] },
  ...more,
});
const sensitive = (list: readonly string[]) => list.filter((code) => code !== 'N');

describe('labels by code', () => {
  const cases: readonly [system: string, code: string, label: string][] = [
    [icd10cm, 'B20', 'HIV'],
    [icd10cm, 'B97.35', 'HIV'],
    [icd10, 'B24', 'HIV'],
    [icd10gm, 'B23.8', 'HIV'],
    [icd10cm, 'F33.1', 'PSY'],
    [icd10cm, 'F331', 'PSY'],
    [icd10cm, 'F10.20', 'ETHUD'],
    [icd10cm, 'F11.20', 'OPIOIDUD'],
    [icd10cm, 'F14.10', 'SUD'],
    [icd10cm, 'A51.31', 'STD'],
    [icd10cm, 'Z30.09', 'SEX'],
    [icd10cm, 'T74.11XA', 'SDV'],
    [icd10cm, 'Z15.01', 'GDIS'],
    [icd10cm, 'D57.1', 'SCA'],
    [snomed, '86406008', 'HIV'],
    [snomed, '7200002', 'ETHUD'],
    [snomed, '706893006', 'SDV'],
    [snomed, '412734009', 'GDIS'],
    [loinc, '44261-6', 'MH'],
    [loinc, '20447-9', 'HIV'],
    [rxnorm, '6813', 'OPIOIDUD'],
    [rxnorm, '1433868', 'HIV'],
  ];
  test.each(cases)('%s %s is %s', (system, code, label) => {
    const found = codes(condition(system, code));
    expect(found).toContain(label);
    expect(found).toContain('R');
    expect(found).not.toContain('42CFRPart2');
  });

  test('ordinary findings have none, nicotine is no substance use, and codes count in their own system', () => {
    for (const one of [
      condition(icd10cm, 'E11.9'),
      condition(icd10cm, 'F17.210'),
      condition('urn:x', 'B20'),
      condition(snomed, '864060080'),
      condition(loinc, 'B20'),
    ])
      expect(codes(one)).toEqual(['N']);
  });

  test('every row names its source, and no table is without a way to be found', () => {
    for (const { name, codes: rows, words: phrases } of labelTables.tables) {
      for (const { source } of rows) expect(source).toMatch(/ICD-10|SNOMED CT|LOINC|RxNorm/);
      expect([name, phrases.length > 0]).toEqual([name, true]);
    }
    expect(labelTables.tables.map(({ name }) => name)).toEqual([
      'alcohol',
      'genetics',
      'hiv',
      'mental',
      'opioid',
      'psychotherapy',
      'sexual',
      'sickle-cell',
      'sti',
      'substance',
      'violence',
    ]);
  });
});

const cost = (text: string): number => {
  const from = process.cpuUsage();
  labeller.ofText(text);
  const { user, system } = process.cpuUsage(from);
  return user + system;
};

describe('labels by wording', () => {
  const cases: readonly [text: string, label: string][] = [
    ['HIV infection, well controlled', 'HIV'],
    ['Tested positive for H.I.V. in May', 'HIV'],
    ['h i v positive', 'HIV'],
    ['HIV-1 RNA below 20', 'HIV'],
    ['HIV1', 'HIV'],
    ['hi\u00ADv and H\u200BIV', 'HIV'],
    ['takes Biktarvy 50 mg daily', 'HIV'],
    ['CD4 above 600', 'HIV'],
    ['diagnosed with AIDS in 1999', 'HIV'],
    ['pre-exposure\nprophylaxis', 'HIV'],
    ['Alcohol dependence, sober', 'ETHUD'],
    ['started on buprenorphine', 'OPIOIDUD'],
    ['denies cocaine', 'SUD'],
    ['PHQ-9 of 11', 'PSY'],
    ['suicidal ideation', 'PSY'],
    ['COUNSELING SESSION NOTE', 'PSYTHPN'],
    ['Gonorrhoea treated', 'STD'],
    ['wishes contraception', 'SEX'],
    ['is afraid of her partner', 'SDV'],
    ['BRCA1 pathogenic variant', 'GDIS'],
    ['sickle cell trait', 'SCA'],
  ];
  test.each(cases)('%j is %s', (text, label) => {
    expect(words(text)).toContain(label);
  });

  const ordinary = [
    'Blood pressure 120/80, glucose normal.',
    'Shiver, stdlib and Gayle are only words.',
    'Wears hearing aids, band aids applied.',
    'ST depression in V4; respiratory depression after morphine.',
    'Hepatitis C viral load undetectable.',
    'Bipolar cautery was used.',
    'nonalcoholic steatohepatitis',
    'sees psychics', // a word that only begins alike
    '',
  ];
  test.each(ordinary)('%j is none', (text) => {
    expect(words(text)).toEqual([]);
  });

  test('takes time in proportion to the text', () => {
    const hostile = 'h i h i h-i alcohol alcohol drug sexual partner of '.repeat(200);
    cost(hostile);
    // Ten times the text, with room for what the machine does besides: a square would be a hundred times.
    expect(cost(hostile.repeat(10))).toBeLessThan(60 * Math.max(cost(hostile), 1_000));
  });
});

describe('what a resource says', () => {
  test('anywhere in it, in codes and in words', () => {
    const deep: readonly object[] = [
      { reasonReference: [{ reference: 'Condition/7', display: 'HIV infection' }] },
      { reasonCode: [{ text: 'follow-up of HIV' }] },
      { note: [{ text: 'Patient has HIV.' }] },
      { dosageInstruction: [{ patientInstruction: 'for HIV' }] },
      { component: [{ valueCodeableConcept: { coding: [{ system: snomed, code: '86406008' }] } }] },
      { contained: [{ resourceType: 'Medication', code: { text: 'Dolutegravir 50 MG' } }] },
      { serviceProvider: { reference: 'Organization/1', display: 'HIV clinic' } },
      { performer: [{ actor: { display: 'Lab' }, function: { text: 'HIV counsellor' } }] },
      { description: 'HIV clinic note' },
    ];
    for (const element of deep)
      expect(codes({ resourceType: 'Procedure', id: 'p', ...element })).toContain('HIV');
  });

  test('but not by the names of persons, identifiers or the narrative', () => {
    const gay = 'Gay Lesbian-Rape';
    const silent: readonly object[] = [
      { subject: { reference: 'Patient/p1', display: gay } },
      { subject: { identifier: { value: 'HIV' }, display: gay } },
      { performer: [{ reference: 'Practitioner/8', display: gay }] },
      { performer: [{ actor: { reference: 'https://ehr.example/Practitioner/8', display: gay } }] },
      { participant: [{ individual: { display: gay } }] },
      { name: [{ text: gay }] },
      { identifier: [{ value: 'HIV', assigner: { display: 'HIV' } }] },
      { text: { status: 'generated', div: '<div>HIV</div>' } },
      { content: [{ attachment: { data: 'HIV', url: 'Binary/HIV' } }] },
    ];
    for (const element of silent)
      expect([element, codes({ resourceType: 'Procedure', id: 'p', ...element })]).toEqual([element, ['N']]);
  });

  test('labels of the source come first and stay, the drug of an order counts', () => {
    const order: Resource = {
      resourceType: 'MedicationRequest',
      meta: {
        security: [
          { system: codeSystems.confidentiality, code: 'R' },
          { system: codeSystems.actCode, code: 'HIV' },
        ],
      },
      medicationReference: { reference: 'Medication/m1' },
    };
    const drug: Resource = { resourceType: 'Medication', code: { coding: [{ display: 'methadone 10 MG' }] } };
    expect(labeller.ofResource(order).map(({ code, origin }) => `${code} ${origin}`)).toEqual([
      'R source',
      'HIV source',
    ]);
    expect(codes(order, [drug])).toEqual(['R', 'HIV', 'OPIOIDUD', 'SUD', 'ETH', 'BH']);
  });

  test('a label that the source set is not lowered, and is raised only beside it', () => {
    const low: Resource = {
      ...condition(icd10cm, 'B20'),
      meta: { security: [{ system: codeSystems.confidentiality, code: 'N' }] },
    };
    expect(labeller.ofResource(low).map(({ code, origin }) => `${code} ${origin}`)).toEqual([
      'N source',
      'R gateway',
      'HIV gateway',
    ]);
    const very: Resource = {
      ...low,
      meta: { security: [{ system: codeSystems.confidentiality, code: 'V' }] },
    };
    expect(codes(very)).toEqual(['V', 'HIV']);
    const strange: Resource = { ...low, meta: { security: ['R', { display: 'no code' }, null] } };
    expect(codes(strange)).toEqual(['R', 'HIV']);
  });

  test('one confidentiality at the least', () => {
    expect(merged([], [])).toEqual([{ system: codeSystems.confidentiality, code: 'N', origin: 'gateway' }]);
  });
});

const note = (text: string): readonly Label[] => labeller.ofNote(text);

describe('a note as a whole', () => {
  test('that begins as a psychotherapy note is one; one that only mentions a therapy is not', () => {
    expect(note('PSYCHOTHERAPY NOTE\n\nHe spoke of his father.').map(({ code }) => code)).toContain(
      'PSYTHPN',
    );
    expect(note(`Visit. ${'Fine. '.repeat(80)} See counseling session notes.`)).toEqual([]);
    expect(note('Sees psychotherapy every other week. HIV.')).toEqual([]);
  });
});

describe('42 CFR Part 2', () => {
  const part2 = new Set(['Organization/program', 'Encounter/there']);
  const at = (reference: string, more: object = {}) =>
    sensitive(
      labelTables
        .about({ part2 })
        .ofResource({ resourceType: 'Observation', id: 'o', performer: [{ reference }], ...more })
        .map(({ code }) => code),
    );
  test('comes from a configured program or an encounter there, never from a diagnosis', () => {
    expect(at('Organization/program')).toEqual(['42CFRPart2']);
    expect(at('https://ehr.example/fhir/Organization/program')).toEqual(['42CFRPart2']);
    expect(at('Organization/other', { encounter: { reference: 'Encounter/there' } })).toEqual(['42CFRPart2']);
    expect(at('Organization/other')).toEqual([]);
    expect(at('Organization/other', condition(icd10cm, 'F11.20'))).not.toContain('42CFRPart2');
  });

  test('or from the source', () => {
    const label = { system: codeSystems.actCode, code: '42CFRPart2' };
    expect(codes({ resourceType: 'Condition', meta: { security: [label] } })).toContain('42CFRPart2');
  });
});

const born = (birthDate: string, resource: Resource) =>
  labelTables
    .about({ birthDate })
    .ofResource(resource)
    .map(({ code }) => code);
const dated = (date: string | undefined, code = 'Z30.09') =>
  condition(icd10cm, code, date === undefined ? {} : { recordedDate: date });

describe('minors', () => {
  test('what they may have in confidence, while they are minors', () => {
    expect(born('2010-05-05', dated('2025-01-01'))).toContain('ADOL');
    expect(born('2000-05-05', dated('2018-05-04'))).toContain('ADOL');
    expect(born('2000-05-05', dated('2018-05-06'))).not.toContain('ADOL');
    expect(born('2000', dated('2018-06'))).toContain('ADOL');
    expect(born('1950-01-01', dated(undefined))).toContain('ADOL');
    expect(born('2010-05-05', dated('2025-01-01', 'E11.9'))).toEqual(['N']);
    expect(born('not a date', dated('2025-01-01'))).not.toContain('ADOL');
    expect(
      labelTables
        .about({ birthDate: '2010-05-05' })
        .ofText('wishes contraception', dated('2025-01-01'))
        .map(({ code }) => code),
    ).toContain('ADOL');
  });
});
