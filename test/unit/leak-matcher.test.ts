import { describe, expect, it } from '@jest/globals';
import { collectIdentifiers, findLeaks } from '../leak/matcher.ts';

const identifiers = collectIdentifiers([
  {
    resourceType: 'Patient',
    id: 'p-1234567',
    birthDate: '1950-03-04',
    name: [{ given: ['José', 'May'], family: 'Ortega-White' }],
    telecom: [{ value: '(919) 555-0142' }, { value: 'jose@example.org' }],
    address: [{ line: ['12 Elm Street'] }],
    identifier: [{ value: 'MRN-0042137' }],
  },
]);
const kinds = (text: string): string[] => findLeaks(text, identifiers).map(({ kind }) => kind);

describe('the leak matcher', () => {
  it.each([
    ['a name', 'Mr. ORTEGA came', ['name']],
    ['a name without its accents', 'jose came', ['name']],
    ['an ordinary word beside a name of its bearer', 'May White came', ['ordinary name', 'ordinary name']],
    ['an id', 'Patient/p-1234567', ['text']],
    ['a phone in other punctuation', 'call 919.555.0142 now', ['digits']],
    ['an e-mail', 'to JOSE@example.org', ['name', 'text']],
    ['a street', 'at 12 elm street', ['text']],
    ['a record number', 'mrn-0042137', ['text']],
    ['an ISO day', 'born 1950-03-04', ['day']],
    ['a US day', 'born 3/4/1950', ['day']],
    ['a written day', 'born March 4th, 1950', ['day']],
  ])('finds %s', (_name, text, expected) => {
    expect(kinds(text).toSorted()).toEqual([...expected].toSorted());
  });

  it('leaves clinical text alone', () => {
    expect(
      kinds('white blood cell count may be 4.2; BP 120/80; LDL 130 mg/dL; LOINC 2093-3; year 1950'),
    ).toEqual([]);
  });
});
