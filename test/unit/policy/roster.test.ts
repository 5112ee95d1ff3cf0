import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { sandboxConfig } from '../../../sandbox/start.ts';
import { type FactSources, factsFrom } from '../../../src/policy/facts.ts';
import { coveredNow, type RosterState, readRoster, rosterFile } from '../../../src/policy/roster.ts';
import { openRosters } from '../../../src/wiring/rosters.ts';

const keysIn = mkdtempSync(join(tmpdir(), 'phi-roster-'));
afterAll(() => rmSync(keysIn, { recursive: true, force: true }));

const row = {
  by: 'Practitioner/9',
  of: 'Practitioner/7',
  from: '2026-03-01T18:00:00Z',
  until: '2026-03-02T08:00:00+01:00',
};
const start = Date.parse('2026-03-01T18:00:00Z');
const end = Date.parse('2026-03-02T07:00:00.999Z');
const rosterOf = (...covers: readonly unknown[]): string => JSON.stringify({ covers });
const read = (...covers: readonly unknown[]): RosterState => {
  const found = readRoster(rosterOf(...covers));
  if (found === undefined) throw new Error('no roster');
  return { roster: 'read', covers: found, since: start - 5000 };
};

describe('a roster', () => {
  it('says who stands in for whom now, to both ends of the time', () => {
    const state = read(row);
    const at = (now: number, who = 'Practitioner/9') => coveredNow(state, [who], now);
    expect([start - 1, start, end, end + 1].map((now) => at(now))).toEqual([
      [],
      ['Practitioner/7'],
      ['Practitioner/7'],
      [],
    ]);
    expect(at(start, 'Practitioner/7')).toEqual([]);
    for (const roster of ['none', 'unreadable'] as const)
      expect(coveredNow({ roster }, ['Practitioner/9'], start)).toEqual([]);
  });

  it('does not hand cover on', () => {
    const state = read(row, { ...row, by: 'Practitioner/8', of: 'Practitioner/9' });
    expect(coveredNow(state, ['Practitioner/8'], start)).toEqual(['Practitioner/9']);
  });

  it.each([
    ['no object', '[]'],
    ['no JSON', '{"covers": ['],
    ['something beside the rows', '{"covers": [], "more": 1}'],
    ['a row without a time', rosterOf({ by: row.by, of: row.of })],
    ['a row with more', rosterOf({ ...row, note: 'x' })],
    ['a time without a zone', rosterOf({ ...row, from: '2026-03-01T18:00:00' })],
    ['a day', rosterOf({ ...row, until: '2026-03-02' })],
    ['a day that does not exist', rosterOf({ ...row, from: '2026-02-30T18:00:00Z' })],
    ['an end before its beginning', rosterOf({ ...row, until: '2026-03-01T17:00:00Z' })],
    ['more than a week', rosterOf({ ...row, until: '2026-03-09T18:00:00Z' })],
    ['somebody for themselves', rosterOf({ ...row, by: row.of })],
    ['a patient', rosterOf({ ...row, by: 'Patient/1' })],
    ['everybody', rosterOf({ ...row, of: 'Practitioner/*' })],
    ['one good row and one that is none', rosterOf(row, null)],
  ])('with %s is none', (_name, text) => {
    expect(readRoster(text)).toBeUndefined();
  });

  it('that is gone or cannot be used covers nobody, until it is mended; what it says has an age', () => {
    let text: string | undefined = rosterOf(row);
    let faults = 0;
    let time = start;
    const file = rosterFile(
      'roster.json',
      () => {
        if (text === 'throw') throw new Error('disk');
        return text;
      },
      { now: () => time },
      () => {
        faults += 1;
      },
    );
    expect(file.state()).toMatchObject({ roster: 'read', since: start });
    time += 1000;
    file.reload();
    expect(file.state()).toMatchObject({ roster: 'read', since: start });
    for (const broken of [undefined, 'half {', 'throw']) {
      text = broken;
      file.reload();
      file.reload();
      expect(file.state()).toEqual({ roster: 'unreadable' });
    }
    // What is gone and what cannot be read are the same fault.
    expect(faults).toBe(3);
    text = rosterOf(row);
    file.reload();
    expect(file.state()).toMatchObject({ roster: 'read', since: time });
  });
});

describe('the rosters of all tenants', () => {
  const config = sandboxConfig(
    { port: 0 },
    {
      issuer: 'http://127.0.0.1:1',
      fhir: 'http://127.0.0.1:2',
      model: 'http://127.0.0.1:3',
      dataDir: keysIn,
    },
  );
  const open = (text: string | undefined, roster?: string) =>
    openRosters(
      { tenants: config.tenants.map((one) => ({ ...one, ...(roster === undefined ? {} : { roster }) })) },
      () => text,
      { now: () => start },
      () => undefined,
    );

  it('are none where none is named, and no gateway starts on one that cannot be read', () => {
    expect(open(undefined).of('sandbox')).toEqual({ roster: 'none' });
    expect(open(rosterOf(row), 'r.json').of('sandbox')).toMatchObject({ roster: 'read' });
    expect(open(rosterOf(row), 'r.json').of('elsewhere')).toEqual({ roster: 'none' });
    for (const text of [undefined, '', rosterOf(null)])
      expect(() => open(text, 'r.json')).toThrow('roster r.json is missing or not usable');
  });
});

describe('the facts of cover', () => {
  const sources: FactSources = {
    tenant: 'north',
    patient: 'p',
    purpose: 'TREAT',
    user: {
      tenant: 'north',
      issuer: 'https://issuer.example',
      subject: 's',
      clientId: 'c',
      roles: ['physician'],
      fhirUser: { type: 'Practitioner', id: '9' },
      amr: [],
      expiresAt: 0,
    },
    workload: {
      id: 'w',
      tenant: 'north',
      clientIds: [],
      tasks: 'all',
      purposes: 'all',
      models: 'all',
      humanReads: true,
    },
    task: { name: 'allergies', roles: { physician: ['TREAT'] } },
    law: { jurisdictions: [], lawfulBases: {} },
    patientBound: true,
    now: start,
    relations: {
      careTeams: [
        {
          resourceType: 'CareTeam',
          status: 'active',
          subject: { reference: 'Patient/p' },
          participant: [{ member: { reference: 'Practitioner/7' } }],
        },
      ],
      encounters: [],
      appointments: [],
    },
  };
  const facts = (changes: Partial<FactSources>) => factsFrom({ ...sources, ...changes });

  it('hold while the colleague has a care relation on record', () => {
    expect(facts({ roster: read(row) })).toMatchObject({
      onCareTeam: false,
      coverByRoster: true,
      roster: 'read',
      rosterAge: 5,
    });
    const none = { careTeams: [], encounters: [], appointments: [] };
    expect(facts({ roster: read(row), relations: none }).coverByRoster).toBe(false);
    expect(facts({ roster: read(row), now: end + 1 }).coverByRoster).toBe(false);
    expect(facts({ roster: read(row), patient: 'q' }).coverByRoster).toBe(false);
    const { relations: _, ...before } = sources;
    expect(factsFrom({ ...before, roster: read(row) }).coverByRoster).toBe(false);
  });

  it('say that a roster could not be read', () => {
    expect(facts({ roster: { roster: 'unreadable' } })).toMatchObject({
      coverByRoster: false,
      roster: 'unreadable',
      rosterAge: -1,
    });
    expect(facts({})).toMatchObject({ coverByRoster: false, roster: 'none', rosterAge: -1 });
  });
});
