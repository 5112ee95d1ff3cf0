import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parsePack } from '../../../src/redaction/pack-loader.ts';
import { scanText } from '../../../src/redaction/scan.ts';
import fc from '../../fixtures/properties.ts';
import { safeHarbor } from './identity.ts';

const schema: unknown = JSON.parse(readFileSync('redaction-rules/pack.schema.json', 'utf8'));

/** A text with what is hidden in it as its type. */
const shown = (text: string): string =>
  scanText(text, [safeHarbor])
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, type }) => `${rest.slice(0, start)}<${type}>${rest.slice(end)}`, text);

describe('fields of a form', () => {
  test.each([
    [
      'Patient Name\nQuimby Lowell\nDate of Birth\n01/02/1960\nEmergency Contact\nTalullah Brisk\nRelationship\nspouse',
      'Patient Name\n<PERSON>\nDate of Birth\n<DATE>\nEmergency Contact\n<PERSON>\nRelationship\nspouse',
    ],
    [
      'PATIENT\n\nHope Bliss\n\nPHYSICIAN\n\nDay Stone MD\n\nFACILITY\n\nMoor\n\nMRN:\n\n77-12-90',
      'PATIENT\n\n<PERSON>\n\nPHYSICIAN\n\n<CLINICIAN>\n\nFACILITY\n\n<ORG>\n\nMRN:\n\n<ID>',
    ],
    ['Name\tHope Bliss\nMRN\t4471193\nCity\tHope', 'Name\t<PERSON>\nMRN\t<ID>\nCity\t<PLACE>'],
    [
      '| Name | Hope Bliss |\n|---|---|\n| DOB | 01/02/1960 |\n| Drug | aspirin |',
      '| Name | <PERSON> |\n|---|---|\n| DOB | <DATE> |\n| Drug | aspirin |',
    ],
    [
      'Patient Name   Hope Bliss     DOB   01/02/1960\nProvider       Day Stone      MRN   4471193',
      'Patient Name   <PERSON>     DOB   <DATE>\nProvider       <CLINICIAN>      MRN   <ID>',
    ],
    [
      'Name      : Hope Bliss\nMRN       : 4471193\nCity   :   Hope\nDOB\t\t:\t01/02/1960',
      'Name      : <PERSON>\nMRN       : <ID>\nCity   :   <PLACE>\nDOB\t\t:\t<DATE>',
    ],
    ['MRN :              4471193', 'MRN :              <ID>'],
    ['Sex    : F     MRN       : 4471193 and so on', 'Sex    : F     MRN       : <ID> and so on'],
    ['Nurse:              Talullah Brisk', 'Nurse:              <PERSON>'],
  ])('%j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    'Mother\nalive at 67\nFather\nMI at 50\nContact\nprecautions\nProvider\nCardiology',
    'Name\nMetformin\nDose\n500 mg',
    'Family\nHypertension in both parents\n\nProvider\nCardiology',
    'Patient   stable\nCity   unknown',
    'City\nunknown\nCounty\nn/a',
    'Chart   reviewed   Policy   reviewed',
    'Patient name   Refused\nEmail   declined\nHome address   Not on file',
    'Brother     Type 2 diabetes    40\nMother   Healthy\nFather   HTN\nNurse   Tearful\nPatient   Febrile',
    'Mother   :   Hypertension\nNurse    :   Aware\nAllergy  :   Penicillin',
  ])('%j keeps its values', (text) => {
    expect(shown(text)).toBe(text);
  });

  test('one label is no form', () => {
    expect(shown('Patient Name\nmorning rounds')).toBe('Patient Name\nmorning rounds');
  });
});

describe('cells below the heading of a table', () => {
  test.each([
    [
      'Patient Name   Test     Result\nHope Bliss     Sodium   138',
      'Patient Name   Test     Result\n<PERSON>     Sodium   138',
    ],
    ['Patient Name   MRN\nHope Bliss     4471193', 'Patient Name   MRN\n<PERSON>     <ID>'],
    [
      'Last Name     First Name    MI\nBliss         Hope          R\n  Stone       Day           Q',
      'Last Name     First Name    MI\n<PERSON>         <PERSON>          R\n  <PERSON>       <PERSON>           Q',
    ],
    [
      'Relation   Name         Phone\nDaughter   Hope Bliss   212-555-0147',
      'Relation   Name         Phone\nDaughter   <PERSON>   <PHONE>',
    ],
    [
      'first_name,last_name,zip,diagnosis\nGrace,Dela Roe,14134,gout\nWill,Stone,91115-9741,rose fever',
      'first_name,last_name,zip,diagnosis\n<PERSON>,<PERSON>,<PLACE>,gout\n<PERSON>,<PERSON>,<PLACE>,rose fever',
    ],
    [
      '| Name | Age | MRN | Drug |\n|---|:-:|---|---|\n| Bo Day | 94 | 44718 | metformin |\n| Al Hope | 61 | 44719 | aspirin |',
      '| Name | Age | MRN | Drug |\n|---|:-:|---|---|\n| <PERSON> | <AGE> | <ID> | metformin |\n| <PERSON> | 61 | <ID> | aspirin |',
    ],
    ['patientName;zip;height\nJoy Hill;01134;5\'10"', 'patientName;zip;height\n<PERSON>;<PLACE>;5\'10"'],
    [
      '"Patient Name","Provider","City"\n"Hill, Bo","Stone, Joy","Reading"',
      '"Patient Name","Provider","City"\n"<PERSON>","<CLINICIAN>","<PLACE>"',
    ],
    ['Patient\tCity\tA1c\nHope Bliss\tMobile\t7.1', 'Patient\tCity\tA1c\n<PERSON>\t<PLACE>\t7.1'],
    [
      ",Patient's Name,MRN,City/State,\n0,Joy Hill,A1234,Hope,",
      ",Patient's Name,MRN,City/State,\n0,<PERSON>,<ID>,<PLACE>,",
    ],
    [
      '> patient_last_name;patient_zip;x\n> Stone;01134;1',
      '> patient_last_name;patient_zip;x\n> <PERSON>;<PLACE>;1',
    ],
    [
      'Referred by\tSeen by\tPatient name\n-\t-\tHope Bliss',
      'Referred by\tSeen by\tPatient name\n-\t-\t<PERSON>',
    ],
    ['name, mrn, drug\nHope Bliss, 12345, aspirin', 'name, mrn, drug\n<PERSON>, <ID>, aspirin'],
  ])('%j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    'Name,Dose,Frequency\nMetformin,500 mg,BID\nAspirin,81 mg,daily',
    'Test|Result|Unit\nNa|140|mmol/L',
    'Name, address, phone number\nHypertension, diabetes, gout',
    'Discussed patient, family, and plan.\nDrugs, diet, exercise',
    'patient,phone\nunknown,n/a',
    'Provider\tDrug\nself\taspirin',
    'Condition | Mother | Father\n--- | --- | ---\nCAD | CABG x3 | unknown\nHTN | positive | MI at age 50',
    'Patient | Mother\nO positive | A negative',
    'Name,Age,Dose\nMetformin,95 mg,500 mg',
    'Visit no | Weight\nWeek 26 | 71\n1 of 12 | 70',
    'Provider\tDate\nCardiology\techo',
    'Cell | Count\n4500 - 11000 | 150000-400000',
    'Policy | Dose\nGINA 2023 | 2 puffs',
  ])('%j keeps its values', (text) => {
    expect(shown(text)).toBe(text);
  });

  test('a table ends with a line that nothing parts, and a row of another number of cells is none of it', () => {
    expect(
      shown('patient name|drug\nHope Bliss|aspirin\nTake|care|well\nJoy Hill|rest\nTake care\nRose|water'),
    ).toBe('patient name|drug\n<PERSON>|aspirin\nTake|care|well\n<PERSON>|rest\nTake care\nRose|water');
  });

  test('a site names its own columns, and what must stand beside them', () => {
    const site = parsePack(
      `id: site\ntitle: Site\ncovers: own\nrules:\n  - id: bay\n    class: R\n    type: ID\n    column: [bay no]\n    beside: [ward]\n    pattern: '[a-z]\\d'`,
      schema,
    );
    expect(scanText('ward|bay_no\nwest|B4\nwest|B44', [site])).toEqual([
      { start: 17, end: 19, type: 'ID', rule: 'bay' },
    ]);
    expect(scanText('side|bay_no\nwest|B4', [site])).toEqual([]);
  });

  test('every name of a table hides, whatever its rows hold', () => {
    const cell = fc.stringMatching(/^[A-Z][a-z]{2,12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = rows.map(([first, last], at) => `${first},${last},${at}`);
        const spans = scanText(`first name,last name,visits\n${lines.join('\n')}`, [safeHarbor]);
        expect(spans.filter(({ type }) => type === 'PERSON').length).toBeGreaterThanOrEqual(rows.length);
      }),
      { numRuns: 50 },
    );
  });
});
