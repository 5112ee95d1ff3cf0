import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import type { Capabilities, FhirReader, SearchResult } from '../../../src/retrieval/ports.ts';
import { readRolesHeld } from '../../../src/retrieval/roles-held.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const asker = { type: 'Practitioner', id: '7' } as const;
const role = (id: string, more: object = {}): Resource => ({
  resourceType: 'PractitionerRole',
  id,
  active: true,
  practitioner: { reference: 'Practitioner/7' },
  organization: { reference: 'Organization/ward' },
  ...more,
});

interface Server {
  readonly matches?: readonly Resource[];
  readonly cut?: boolean;
  readonly capabilities?: Partial<Capabilities>;
}
function serverOf({ capabilities = {}, cut = false, matches = [] }: Server) {
  const asked: string[] = [];
  const faults: string[] = [];
  const reader: FhirReader = {
    server: 'main',
    search: async (type, params): Promise<SearchResult> => {
      asked.push(`${type}?${JSON.stringify(params)}`);
      return { matches, included: [], pages: 1, bytes: 1, cut };
    },
    read: async (type, id) => {
      asked.push(`${type}/${id}`);
      return matches.find((one) => one.id === id);
    },
    binary: async () => undefined,
    capabilities: async () => ({
      fhirVersion: '4.0.1',
      types: new Set(['PractitionerRole']),
      ...capabilities,
    }),
    suspect: (fault, rows) => faults.push(`${fault} ${rows}`),
  };
  return { asked, faults, reader };
}

describe('roles held', () => {
  it('are one search by the asker, ended ones too, with nothing but what tells who is meant', async () => {
    const { asked, faults, reader } = serverOf({
      matches: [
        role('r1', { telecom: [{ value: '555' }], code: [{ text: 'Attending' }] }),
        role('r2', { active: false, period: { end: '2020' } }),
        role('r3', { modifierExtension: [{ url: 'urn:x' }] }),
      ],
    });
    expect(await readRolesHeld(reader, asker)).toEqual([
      role('r1'),
      role('r2', { active: false, period: { end: '2020' } }),
      role('r3', { modifierExtension: [{ url: 'urn:x' }] }),
    ]);
    expect(asked).toEqual(['PractitionerRole?{"practitioner":"Practitioner/7","_count":"200"}']);
    expect(faults).toEqual([]);
  });

  it('are of nobody else, and a server that sends others is remembered for it', async () => {
    const { faults, reader } = serverOf({
      matches: [
        role('r1'),
        role('version', { practitioner: { reference: 'Practitioner/7/_history/2' } }),
        role('other', { practitioner: { reference: 'Practitioner/8' } }),
        role('nobody', { practitioner: undefined }),
        role('odd', { practitioner: 'Practitioner/7' }),
        role('../r1'),
        { ...role('type'), resourceType: 'Practitioner' },
      ],
    });
    expect((await readRolesHeld(reader, asker))?.map(({ id }) => id)).toEqual(['r1', 'version']);
    expect(faults).toEqual(['filter_ignored 5']);
  });

  it('that were cut are an error: the one left out may be the one denied', async () => {
    const { reader } = serverOf({ matches: [role('r1')], cut: true });
    await expect(readRolesHeld(reader, asker)).rejects.toBeInstanceOf(Refusal);
  });

  it.each([
    ['a patient', { type: 'Patient', id: '7' } as const, {}],
    ['a relative', { type: 'RelatedPerson', id: '7' } as const, {}],
    ['a server without roles', asker, { types: new Set(['Patient']) }],
    [
      'a server that cannot search them by person',
      asker,
      { searchParams: new Map([['PractitionerRole', new Set(['specialty'])]]) },
    ],
  ])('are unknown of %s, and nothing is asked', async (_what, fhirUser, capabilities) => {
    const { asked, reader } = serverOf({ matches: [role('r1')], capabilities });
    expect(await readRolesHeld(reader, fhirUser)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('of somebody who signs in as a role are that role', async () => {
    const { asked, reader } = serverOf({ matches: [role('r1')] });
    expect(await readRolesHeld(reader, { type: 'PractitionerRole', id: 'r1' })).toEqual([role('r1')]);
    expect(await readRolesHeld(reader, { type: 'PractitionerRole', id: 'r9' })).toEqual([
      { resourceType: 'PractitionerRole', id: 'r9', active: false },
    ]);
    expect(asked).toEqual(['PractitionerRole/r1', 'PractitionerRole/r9']);
  });
});
