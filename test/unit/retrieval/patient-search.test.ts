import { describe, expect, it } from '@jest/globals';
import { patientNamed } from '../../../src/retrieval/patient-search.ts';
import type { FhirReader, SearchResult } from '../../../src/retrieval/ports.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const wanted = { system: 'urn:mrn', value: '4471193' };
const patient = (id: string, more: object = {}): Resource => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: 'urn:other', value: '4471193' }, wanted],
  ...more,
});

/** One whose identifier says more. */
const patientWith = (more: object): Partial<SearchResult> => ({
  matches: [patient('p1', { identifier: [{ ...wanted, ...more }] })],
});

const never = async (): Promise<never> => {
  throw new Error('nothing else is asked for');
};

function serverOf(answer: Partial<SearchResult>) {
  const asked: unknown[] = [];
  const faults: string[] = [];
  const reader: FhirReader = {
    server: 'main',
    search: async (type, params, options) => {
      asked.push([type, params, options]);
      return { matches: [], included: [], pages: 1, bytes: 1, cut: false, ...answer };
    },
    read: never,
    binary: never,
    capabilities: never,
    suspect: (fault, rows) => faults.push(`${fault} ${rows}`),
  };
  return { reader, asked, faults };
}

describe('the patient whom an identifier names', () => {
  it('is the one who has it, found by one search', async () => {
    const { asked, faults, reader } = serverOf({ matches: [patient('p1')] });
    expect(await patientNamed(reader, wanted, now)).toBe('p1');
    expect(faults).toEqual([]);
    expect(asked).toEqual([
      [
        'Patient',
        { identifier: 'urn:mrn|4471193', _elements: 'identifier,active,link', _count: '2' },
        { maxResources: 2 },
      ],
    ]);
  });

  it('is asked for by one value, whatever signs stand in it', async () => {
    const { asked, reader } = serverOf({});
    await patientNamed(reader, { system: 'urn:a,b$c', value: '1,2$3\\4' }, now);
    expect(asked).toMatchObject([['Patient', { identifier: 'urn:a\\,b\\$c|1\\,2\\$3\\\\4' }, {}]]);
  });

  it.each<[string, Partial<SearchResult>]>([
    ['none', {}],
    ['two', { matches: [patient('p1'), patient('p2')] }],
    ['a further page', { matches: [patient('p1')], cut: true }],
    ['a second page', { matches: [patient('p1')], pages: 2 }],
    ['one who is not in use', { matches: [patient('p1', { active: false })] }],
    [
      'one whom another replaced',
      {
        matches: [patient('p1', { link: [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }] })],
      },
    ],
    ['one without an id', { matches: [{ resourceType: 'Patient', identifier: [wanted] }] }],
    ['one whose id is none', { matches: [patient('p 1')] }],
    ['one who had it', patientWith({ use: 'old' })],
    ['one whose it was until last year', patientWith({ period: { end: '2025-12-31' } })],
    ['one whose it will be', patientWith({ period: { start: '2027' } })],
    [
      'one who has it in a way that is not understood',
      patientWith({ modifierExtension: [{ url: 'urn:x' }] }),
    ],
    ['one who has it for a time that is none', patientWith({ period: { end: 'soon' } })],
    ['something beside', { matches: [patient('p1')], included: [{ resourceType: 'Group', id: 'g1' }] }],
  ])('is nobody: %s', async (_name, answer) => {
    expect(await patientNamed(serverOf(answer).reader, wanted, now)).toBeUndefined();
  });

  it('is the one who has it again, whatever is said of it before', async () => {
    const identifier = [
      { ...wanted, use: 'old' },
      { ...wanted, period: { start: '2020-02', end: '2026-11-23' } },
    ];
    const { faults, reader } = serverOf({ matches: [patient('p1', { identifier })] });
    expect(await patientNamed(reader, wanted, now)).toBe('p1');
    expect(faults).toEqual([]);
  });

  it('is nobody where it was taken back, and no fault of the server', async () => {
    const { faults, reader } = serverOf(patientWith({ use: 'old' }));
    expect(await patientNamed(reader, wanted, now)).toBeUndefined();
    expect(faults).toEqual([]);
  });

  it.each<[string, Resource]>([
    ['another value', patient('p1', { identifier: [{ system: 'urn:mrn', value: '44711930' }] })],
    ['another system', patient('p1', { identifier: [{ system: 'urn:other', value: '4471193' }] })],
    ['no system', patient('p1', { identifier: [{ value: '4471193' }] })],
    [
      'both of two identifiers',
      patient('p1', {
        identifier: [
          { system: 'urn:mrn', value: '1' },
          { system: 'urn:other', value: '4471193' },
        ],
      }),
    ],
    ['no identifier', { resourceType: 'Patient', id: 'p1' }],
    ['another type', { ...patient('p1'), resourceType: 'Person' }],
  ])('is nobody where the server answers with %s, and the server is suspected', async (_name, row) => {
    const { faults, reader } = serverOf({ matches: [row] });
    expect(await patientNamed(reader, wanted, now)).toBeUndefined();
    expect(faults).toEqual(['filter_ignored 1']);
  });

  it('is not nobody where the server says that there is more than nothing', async () => {
    await expect(patientNamed(serverOf({ cut: true }).reader, wanted, now)).rejects.toMatchObject({
      reason: 'fhir_malformed',
    });
  });
});
