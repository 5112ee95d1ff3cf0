import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Grant, Grants, type GrantTerms, stateOf } from '../../../src/policy/grants.ts';
import { patientBox } from '../../../src/vault/patient-box.ts';

const patient = 'ab'.repeat(16);
const other = 'cd'.repeat(16);
const agent = '01'.repeat(16);
const officer = '02'.repeat(16);
const terms: GrantTerms = {
  user: agent,
  task: 'support.case',
  purpose: 'HOPERAT',
  ticket: 'T-17',
  minutes: 10,
};
const { minutes: _minutes, ...asked } = terms;
const minute = 60_000;

type Entry = { tenant: string; key: string; value: Uint8Array; expires: number };

let time = 1_000_000;
let disk: Entry[] = [];
let broken = false;
let keys = new Map<string, Uint8Array>();
let ids = 0;

const ports = {
  clock: { now: () => time },
  newId: () => {
    ids += 1;
    return `00000000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  },
  box: async (_tenant: string, of: string) => {
    const key = keys.get(of);
    return key === undefined ? undefined : patientBox(key, 'grants');
  },
  store: {
    entries: async () => disk,
    add: async (entry: Entry) => {
      if (broken) throw new Error('disk');
      const stands = disk.find(({ key, tenant }) => key === entry.key && tenant === entry.tenant);
      if (stands !== undefined) return stands.value;
      disk.push(entry);
      return entry.value;
    },
    prune: async (now: number) => {
      disk = disk.filter(({ expires }) => expires >= now);
      return 0;
    },
  },
};

let grants: Grants;
beforeEach(async () => {
  time = 1_000_000;
  disk = [];
  broken = false;
  keys = new Map([
    [patient, new Uint8Array(32).fill(1)],
    [other, new Uint8Array(32).fill(2)],
  ]);
  grants = await Grants.open(ports);
});

const opens = async (changes: Partial<typeof asked> = {}, of = patient, tenant = 'north') =>
  (await grants.inForce(tenant, of, { ...asked, ...changes })) !== undefined;
const approved = async (): Promise<Grant> =>
  grants.approve(await grants.request('north', patient, terms), officer);

describe('a grant', () => {
  it('opens nothing before it is approved, and then only what was asked for', async () => {
    const grant = await grants.request('north', patient, terms);
    expect(stateOf(grant, time)).toBe('requested');
    expect(await opens()).toBe(false);
    await grants.approve(grant, officer);
    expect(await opens()).toBe(true);
    for (const changes of [
      { user: officer },
      { task: 'allergies' },
      { purpose: 'TREAT' },
      { ticket: 'T-18' },
    ])
      expect(await opens(changes)).toBe(false);
    expect(await opens({}, other)).toBe(false);
    expect(await opens({}, patient, 'south')).toBe(false);
  });

  it('says how long it lasts, to a second, and stays the one that opens when another is approved', async () => {
    const { id } = await approved();
    time += 10 * minute - 1_500;
    await approved();
    expect(await grants.inForce('north', patient, asked)).toEqual({ id, secondsLeft: 2 });
    time += 1_500;
    expect(await grants.inForce('north', patient, asked)).toEqual({
      id: expect.not.stringMatching(id),
      secondsLeft: 599,
    });
  });

  it('stays the one that opens when one that was asked for before it is approved after it', async () => {
    const before = await grants.request('north', patient, terms);
    time += minute;
    const { id } = await approved();
    time += minute;
    await grants.approve(before, officer);
    expect(await grants.inForce('north', patient, asked)).toMatchObject({ id });
    time += 9 * minute;
    expect(await grants.inForce('north', patient, asked)).toEqual({ id: before.id, secondsLeft: 60 });
  });

  it('ends to the millisecond, and not before', async () => {
    await approved();
    time += 10 * minute - 1;
    expect(await opens()).toBe(true);
    time += 1;
    expect(await opens()).toBe(false);
  });

  it('does not open where the clock is set back before its approval', async () => {
    await approved();
    time -= 1;
    expect(await opens()).toBe(false);
  });

  it('is not approved by who asked for it, twice, too late, or after it was revoked', async () => {
    const grant = await grants.request('north', patient, terms);
    await expect(grants.approve(grant, agent)).rejects.toMatchObject({ reason: 'grant_not_pending' });
    const standing = await grants.approve(grant, officer);
    await expect(grants.approve(standing, officer)).rejects.toMatchObject({ reason: 'grant_not_pending' });
    const late = await grants.request('north', patient, terms);
    time += 24 * 60 * minute;
    await expect(grants.approve(late, officer)).rejects.toMatchObject({ reason: 'grant_not_pending' });
    const ended = await grants.revoke(await grants.request('north', patient, terms), agent);
    await expect(grants.approve(ended, officer)).rejects.toMatchObject({ reason: 'grant_not_pending' });
  });

  it('two approvals of one request give one: the minutes do not run twice', async () => {
    const grant = await grants.request('north', patient, terms);
    const first = await grants.approve(grant, officer);
    time += 5 * minute;
    const second = await grants.approve(grant, officer);
    expect(second.approved).toEqual(first.approved);
  });

  it('once revoked opens nothing, whatever the disk says', async () => {
    const grant = await approved();
    broken = true;
    await expect(grants.revoke(grant, officer)).rejects.toThrow('disk');
    expect(await opens()).toBe(false);
  });

  it('that the disk refused to revoke is revoked for good by doing it again', async () => {
    const grant = await approved();
    broken = true;
    await expect(grants.revoke(grant, officer)).rejects.toThrow('disk');
    broken = false;
    await grants.revoke((await grants.find('north', grant.id)) ?? grant, officer);
    grants = await Grants.open(ports);
    expect(await opens()).toBe(false);
  });

  it('an approval that the disk refuses opens nothing', async () => {
    const grant = await grants.request('north', patient, terms);
    broken = true;
    await expect(grants.approve(grant, officer)).rejects.toThrow('disk');
    expect(await opens()).toBe(false);
  });
});

describe('what is kept', () => {
  it('outlives a restart, with who approved and who revoked', async () => {
    const grant = await approved();
    grants = await Grants.open(ports);
    expect(await opens()).toBe(true);
    await grants.revoke(grant, agent);
    grants = await Grants.open(ports);
    expect(await opens()).toBe(false);
    expect(await grants.list('north')).toMatchObject([
      { id: grant.id, approved: { by: officer }, revoked: { by: agent } },
    ]);
  });

  it('holds neither ticket, task nor people in the clear', async () => {
    await approved();
    const text = disk.map(({ key, value }) => `${key} ${Buffer.from(value).toString('latin1')}`).join();
    for (const word of [terms.ticket, terms.task, terms.purpose, agent, officer])
      expect(text).not.toContain(word);
  });

  it('is gone with the key of the patient, and an approval of another grant opens nothing', async () => {
    await approved();
    keys.set(patient, new Uint8Array(32).fill(9));
    expect(await opens()).toBe(false);
    expect(await grants.list('north')).toEqual([]);
    keys.delete(patient);
    expect(await opens()).toBe(false);
    await expect(grants.request('north', patient, terms)).rejects.toMatchObject({
      reason: 'grant_not_visible',
    });
  });

  it('an approval that was moved to another request is not believed', async () => {
    const first = await approved();
    await grants.revoke(first, officer);
    const second = await grants.request('north', patient, terms);
    const moved = disk.find(({ key }) => key === `approved ${first.id}`);
    if (moved === undefined) throw new Error('no approval');
    disk.push({ ...moved, key: `approved ${second.id}` });
    grants = await Grants.open(ports);
    expect(await opens()).toBe(false);
  });

  it('is forgotten a month after it could have been approved', async () => {
    await approved();
    time += 32 * 24 * 60 * minute;
    await grants.request('north', other, terms);
    expect(await grants.list('north', patient)).toEqual([]);
    expect(disk.map(({ key }) => key.split(' ')[0])).toEqual(['asked']);
  });
});
