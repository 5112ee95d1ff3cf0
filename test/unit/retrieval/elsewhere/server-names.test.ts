import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isAbout } from '../../../../src/retrieval/elements.ts';
import { readCrossReference } from '../../../../src/retrieval/elsewhere/cross-reference.ts';
import { ServerNames, turned } from '../../../../src/retrieval/elsewhere/server-names.ts';
import fc from '../../../fixtures/properties.ts';

const base = 'https://east.example/fhir';
const linksOf = (links: object) => {
  const read = readCrossReference(JSON.stringify(links));
  if (read === undefined) throw new Error('not a cross-reference');
  return read;
};
const links = linksOf({ 'Patient/p1': 'Patient/e9', 'Practitioner/7': 'Practitioner/x' });
const alias = (reference: string): string =>
  createHash('sha256').update(reference).digest('hex').slice(0, 32);
const namesOf = (): ServerNames =>
  new ServerNames({ links, base, home: ['https://home.example/fhir/'], alias });

describe('a cross-reference', () => {
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a patient linked to a practitioner', '{"Patient/1": "Practitioner/1"}'],
    ['two people here who are one there', '{"Patient/1": "Patient/9", "Patient/2": "Patient/9"}'],
    ['a record of a visit', '{"Encounter/1": "Encounter/1"}'],
    ['a path in an id', '{"Patient/1": "Patient/../9"}'],
    ['a bare id', '{"1": "9"}'],
    ['one here who is two there', '{"Patient/1": "Patient/8", "Patient/1": "Patient/9"}'],
    [
      'one here who is two there, spelled in two ways',
      '{"Patient/1": "Patient/8", "Patient\\/1": "Patient/9"}',
    ],
    ['a list of ids', '{"Patient/1": ["Patient/9"]}'],
  ])('is none with %s', (_name, text) => {
    expect(readCrossReference(text)).toBeUndefined();
  });

  test('reads both ways', () => {
    expect([links.there('Patient/p1'), links.here('Patient/e9'), links.there('Patient/e9')]).toEqual([
      'Patient/e9',
      'Patient/p1',
      undefined,
    ]);
  });
});

describe('names of another server', () => {
  test('who is linked goes by the name here, everything else by a name that is nobody’s here', () => {
    const names = namesOf();
    const renamed = names.renamed({
      resourceType: 'Observation',
      id: 'p1',
      subject: { reference: 'Patient/e9' },
      performer: [
        { reference: `${base}/Practitioner/x` },
        { reference: 'Practitioner/7', display: 'Dr. Other' },
      ],
      hasMember: [{ reference: 'Observation/p2/_history/3' }, { reference: '#inner' }],
      derivedFrom: [
        { reference: 'https://north.example/fhir/Observation/1' },
        { reference: 'https://home.example/fhir/Observation/1' },
      ],
      contained: [{ resourceType: 'Device', id: 'inner' }],
    });
    expect(renamed).toEqual({
      resourceType: 'Observation',
      id: alias('Observation/p1'),
      subject: { reference: 'Patient/p1' },
      performer: [
        { reference: 'Practitioner/7' },
        { reference: `Practitioner/${alias('Practitioner/7')}`, display: 'Dr. Other' },
      ],
      hasMember: [
        { reference: `Observation/${alias('Observation/p2')}/_history/3` },
        { reference: '#inner' },
      ],
      derivedFrom: [
        { reference: `https://north.example/fhir/Observation/${alias('Observation/1')}` },
        { reference: 'https://home.example/fhir/Observation/1' },
      ],
      contained: [{ resourceType: 'Device', id: 'inner' }],
    });
    expect(names.met).toContainEqual(['Practitioner/7', 'Practitioner/x']);
    expect(names.there(`Observation/${renamed.id ?? ''}`)).toBe('Observation/p1');
    expect(names.there('Observation/p1')).toBeUndefined();
  });

  test('no spelling of a reference makes somebody there the patient here, but the link', () => {
    const piece = fc.constantFrom(
      'Patient',
      '/',
      'p1',
      'e9',
      'e8',
      base,
      '_history',
      '1',
      '#',
      '?',
      '..',
      ' ',
      '|',
    );
    const spelled = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(spelled, (reference) => {
        const row = namesOf().renamed({ resourceType: 'Observation', id: 'o1', subject: { reference } });
        const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
        const isLinked = /^Patient\/e9(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.test(relative);
        expect(isAbout(row, 'p1')).toBe(isLinked);
      }),
      { numRuns: 3000 },
    );
  });

  test('more names than any record has are refused', () => {
    const many = Array.from({ length: 50_001 }, (_, n) => ({ reference: `Observation/${n}` }));
    expect(() => namesOf().renamed({ resourceType: 'Observation', id: 'o', derivedFrom: many })).toThrow(
      expect.objectContaining({ reason: 'fhir_malformed' }),
    );
  });

  test('nesting without end is refused', () => {
    let value: object = { reference: 'Patient/e9' };
    for (let n = 0; n < 100; n += 1) value = { extension: [value] };
    expect(() => namesOf().renamed({ resourceType: 'Observation', id: 'o', value })).toThrow(
      expect.objectContaining({ reason: 'fhir_malformed' }),
    );
  });

  test('content of a document is read where the document is', () => {
    const names = namesOf();
    const { content } = names.renamed({
      resourceType: 'DocumentReference',
      id: 'd',
      content: [
        { attachment: { url: 'Binary/b1' } },
        { attachment: { url: `${base}/Binary/b2` } },
        { attachment: { url: 'https://north.example/Binary/b3' } },
      ],
    });
    expect(content).toEqual([
      { attachment: { url: `Binary/${alias('Binary/b1')}` } },
      { attachment: { url: `Binary/${alias('Binary/b2')}` } },
      { attachment: { url: 'https://north.example/Binary/b3' } },
    ]);
  });
});

describe('what is asked, in the names of another server', () => {
  const names = namesOf();
  const encounter = names.here('Encounter/visit');
  const there = (params: Readonly<Record<string, string | readonly string[]>>, type = 'Observation') =>
    turned(type, params, (reference) => names.there(reference));

  test('references are turned, codes and dates are not', () => {
    expect(
      there({
        patient: 'Patient/p1',
        encounter,
        code: 'http://loinc.org|1-8,http://loinc.org|2',
        _count: '20',
      }),
    ).toEqual({
      patient: 'Patient/e9',
      encounter: 'Encounter/visit',
      code: 'http://loinc.org|1-8,http://loinc.org|2',
      _count: '20',
    });
  });

  test('of a list what is not there is left out, and where nothing is left nobody is asked', () => {
    expect(there({ actor: 'Practitioner/7,Practitioner/8' })).toEqual({ actor: 'Practitioner/x' });
    expect(there({ actor: 'Practitioner/8' })).toBeUndefined();
    expect(there({ _id: '7,8' }, 'Practitioner')).toEqual({ _id: 'x' });
    expect(there({ _id: '8' }, 'Practitioner')).toBeUndefined();
    expect(there({ patient: ['Patient/p1', 'Patient/p2'] })).toBeUndefined();
  });
});
