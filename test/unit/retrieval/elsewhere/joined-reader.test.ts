import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../../src/errors/refusal.ts';
import { elsewhereReader } from '../../../../src/retrieval/elsewhere/elsewhere-reader.ts';
import { joinedReader } from '../../../../src/retrieval/elsewhere/joined-reader.ts';
import { ServerNames } from '../../../../src/retrieval/elsewhere/server-names.ts';
import type { Capabilities, FhirReader } from '../../../../src/retrieval/ports.ts';
import type { Task } from '../../../../src/retrieval/task.ts';
import { whatIsMissing } from '../../../../src/retrieval/what-is-missing.ts';
import type { Resource } from '../../../../src/vocabulary/fhir.ts';
import { notice } from '../../../../src/vocabulary/notices.ts';

interface Told {
  readonly asked: string[];
  readonly faults: string[];
}

function serverOf(
  server: string,
  capabilities: Capabilities,
  rows: readonly Resource[],
  fails = false,
  cut = false,
): FhirReader & Told {
  const asked: string[] = [];
  const faults: string[] = [];
  const note = (what: string): void => {
    asked.push(what);
    if (fails) throw new Refusal('fhir_unavailable');
  };
  return {
    server,
    asked,
    faults,
    search: async (type, params) => {
      note(`${type} ${JSON.stringify(params)}`);
      return { matches: rows, included: [], pages: 1, bytes: 10, cut };
    },
    read: async (type, id) => {
      note(`${type}/${id}`);
      return { resourceType: type, id };
    },
    binary: async (id) => {
      note(`Binary/${id}`);
      return { contentType: 'text/plain', data: new Uint8Array(), securityContext: 'Patient/e9' };
    },
    capabilities: async () => capabilities,
    suspect: (fault) => {
      faults.push(fault);
    },
  };
}

const links = {
  there: (reference: string) => (reference === 'Patient/p1' ? 'Patient/e9' : undefined),
  here: (reference: string) => (reference === 'Patient/e9' ? 'Patient/p1' : undefined),
};
const observation = (id: string, date: string, patient: string): Resource => ({
  resourceType: 'Observation',
  id,
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: date,
});
const offers = (...types: readonly string[]): Capabilities => ({
  fhirVersion: '4.0.1',
  types: new Set(types),
});
const listing = (type: string, ...names: readonly string[]): Capabilities => ({
  ...offers(type),
  searchParams: new Map([[type, new Set(names)]]),
});

function joined(
  at: {
    readonly home?: Capabilities;
    readonly other?: Capabilities;
    readonly fails?: boolean;
    /** The server at home cuts off after these. */
    readonly cut?: readonly Resource[];
  } = {},
) {
  const home = serverOf(
    'home',
    at.home ?? offers('Observation'),
    at.cut ?? [observation('o1', '2026-01-02', 'p1')],
    false,
    at.cut !== undefined,
  );
  const capabilities = at.other ?? offers('Observation');
  const other = serverOf('east', capabilities, [observation('o1', '2026-01-03', 'e9')], at.fails);
  const names = new ServerNames({
    links,
    base: 'https://east.example',
    home: ['https://home.example'],
    alias: (reference) => `alias-${reference.replace('/', '-')}`,
  });
  const failures: unknown[] = [];
  const reader = joinedReader(home, [
    {
      reader: elsewhereReader(other, names),
      names,
      capabilities,
      failed: (thrown) => {
        failures.push(thrown);
      },
    },
  ]);
  return { reader, home, other, names, failures };
}

const asked = { patient: 'Patient/p1', _sort: '-date' };

describe('one reader of several servers', () => {
  test('asks each by its own names, and sorts what comes back', async () => {
    const { home, other, reader } = joined();
    const found = await reader.search('Observation', asked);
    expect(found.matches.map(({ id, subject }) => [id, subject])).toEqual([
      ['alias-Observation-o1', { reference: 'Patient/p1' }],
      ['o1', { reference: 'Patient/p1' }],
    ]);
    expect([home.asked, other.asked]).toEqual([
      [`Observation ${JSON.stringify(asked)}`],
      [`Observation ${JSON.stringify({ patient: 'Patient/e9', _sort: '-date' })}`],
    ]);
    expect(found).toMatchObject({ pages: 2, bytes: 20, cut: false });
  });

  test('asks a server only for types that it has', async () => {
    const { home, other, reader } = joined({ home: offers('Patient'), other: offers('Observation') });
    expect((await reader.search('Observation', asked)).matches).toHaveLength(1);
    expect([home.asked.length, other.asked.length]).toEqual([0, 1]);
  });

  test('what belongs to one server is asked of no other', async () => {
    const { home, names, other, reader } = joined();
    const visit = names.here('Encounter/v');
    await reader.search('Observation', { patient: 'Patient/p1', encounter: visit });
    expect([home.asked.length, other.asked]).toEqual([
      0,
      [`Observation ${JSON.stringify({ patient: 'Patient/e9', encounter: 'Encounter/v' })}`],
    ]);
    await reader.search('Observation', { patient: 'Patient/p1', encounter: 'Encounter/of-home' });
    expect([home.asked.length, other.asked.length]).toEqual([1, 1]);
  });

  test('reads a resource and a content where it came from', async () => {
    const { home, names, other, reader } = joined();
    const drug = names.here('Medication/m');
    const content = names.here('Binary/b');
    expect(await reader.read('Medication', drug.split('/')[1] ?? '')).toEqual({
      resourceType: 'Medication',
      id: 'alias-Medication-m',
    });
    expect(await reader.binary(content.split('/')[1] ?? '')).toMatchObject({ securityContext: 'Patient/p1' });
    await reader.read('Medication', 'm');
    await reader.binary('b');
    expect([home.asked, other.asked]).toEqual([
      ['Medication/m', 'Binary/b'],
      ['Medication/m', 'Binary/b'],
    ]);
  });

  test('sends a parameter only where every server of the type lists it', async () => {
    const { reader } = joined({
      home: listing('Observation', 'patient', 'code', 'date'),
      other: listing('Observation', 'patient', 'date', 'category'),
    });
    expect((await reader.capabilities()).searchParams?.get('Observation')).toEqual(
      new Set(['patient', 'date']),
    );
    const only = joined({ home: listing('Observation', 'code'), other: offers('Condition') });
    const together = await only.reader.capabilities();
    expect([...together.types]).toEqual(['Observation', 'Condition']);
    expect(together.searchParams?.get('Observation')).toEqual(new Set(['code']));
    expect(together.searchParams?.has('Condition')).toBe(false);
  });

  test('what one server does not list is not kept from another that does', async () => {
    const { home, other, reader } = joined({
      home: listing('Observation', 'patient', 'code', 'date'),
      other: listing('Observation', 'patient'),
    });
    const sent = { patient: 'Patient/p1' };
    await reader.search('Observation', sent, { planned: { ...sent, code: 'http://loinc.org|1-8' } });
    expect([home.asked, other.asked]).toEqual([
      [`Observation ${JSON.stringify({ patient: 'Patient/p1', code: 'http://loinc.org|1-8' })}`],
      [`Observation ${JSON.stringify({ patient: 'Patient/e9' })}`],
    ]);
  });

  test('sorting hides no server that cuts off what it did not sort', async () => {
    const unsorted = [observation('o1', '2019-01-02', 'p1'), observation('o2', '2026-01-02', 'p1')];
    const { home, reader } = joined({ cut: unsorted });
    await expect(reader.search('Observation', asked)).rejects.toMatchObject({ reason: 'fhir_untrusted' });
    expect(home.faults).toEqual(['filter_ignored']);
    const sorted = await joined({ cut: unsorted.toReversed() }).reader.search('Observation', asked);
    expect([sorted.cut, sorted.matches.length]).toEqual([true, 3]);
  });

  test('what only another one offers is told apart', async () => {
    const { reader } = joined({ home: offers('Patient'), other: offers('Observation') });
    const capabilities = await reader.capabilities();
    expect([...(capabilities.notAtHome ?? [])]).toEqual(['Observation']);
    const task: Task = {
      name: 'some.labs',
      title: 'Some results',
      roles: {},
      dataTypes: ['Observation'],
      steps: [{ id: 's', type: 'Observation', what: 'laboratory', search: {}, cap: 1 }],
      keep: {},
      instructions: '',
      delivery: 'whole',
    };
    expect(whatIsMissing(task, capabilities, new Set(['s']), [])).toEqual([
      notice('server_partial', { what: 'laboratory' }),
      notice('nothing_found', { what: 'laboratory' }),
    ]);
  });

  test('a server that fails is told of, and the rest is answered where that is allowed', async () => {
    const { failures, reader } = joined({ fails: true });
    expect((await reader.search('Observation', asked)).matches.map(({ id }) => id)).toEqual(['o1']);
    expect(failures).toEqual([expect.objectContaining({ reason: 'fhir_unavailable' })]);
  });

  test('what a row did is told to the server that sent it', async () => {
    const { home, other, reader } = joined();
    const { matches } = await reader.search('Observation', asked);
    for (const row of matches) reader.suspect?.('foreign_patient', 1, row);
    expect([home.faults, other.faults]).toEqual([['foreign_patient'], ['foreign_patient']]);
  });
});
