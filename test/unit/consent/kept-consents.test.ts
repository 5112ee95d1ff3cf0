import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeptConsents, keptCaps } from '../../../src/consent/kept-consents.ts';
import { patientBox } from '../../../src/vault/patient-box.ts';
import { consent, deny, permit } from './builders.ts';

const patient = 'ab'.repeat(16);
const other = 'cd'.repeat(16);
const self = '01'.repeat(16);
const tenant = 'north';

type Entry = { tenant: string; key: string; value: Uint8Array };
let time = 1_000_000;
let disk = new Map<string, Entry>();
let broken = false;
let keys = new Map<string, Uint8Array>();
let ids = 0;
/** Called once a write was asked for, before it is done. */
let whileWriting = (): void => undefined;

const at = (of: string, key: string): string => JSON.stringify([of, key]);
const ports = {
  clock: { now: () => time },
  box: async (_tenant: string, of: string) => {
    const key = keys.get(of);
    return key === undefined ? undefined : patientBox(key, 'consents');
  },
  store: {
    entries: async () => [...disk.values()],
    get: async (of: string, key: string) => disk.get(at(of, key))?.value,
    add: async (entry: Entry) => {
      whileWriting();
      if (broken) throw new Error('disk');
      const stands = disk.get(at(entry.tenant, entry.key));
      if (stands !== undefined) return stands.value;
      disk.set(at(entry.tenant, entry.key), entry);
      return entry.value;
    },
    remove: async (of: string, key: string) => disk.delete(at(of, key)),
  },
};
const newId = (): string => {
  ids += 1;
  return `00000000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
};

let kept: KeptConsents;
beforeEach(async () => {
  time = 1_000_000;
  disk = new Map();
  broken = false;
  whileWriting = () => undefined;
  keys = new Map([
    [patient, new Uint8Array(32).fill(1)],
    [other, new Uint8Array(32).fill(2)],
  ]);
  kept = await KeptConsents.open(ports);
});

const permitting = { resource: consent(permit(), { id: 'k' }), by: self, byPatient: true, denies: false };
const denying = { ...permitting, resource: consent(deny(), { id: 'd' }), denies: true };
const capture = (terms = permitting, of = patient) => kept.capture(tenant, of, newId(), terms);
const standing = async (of = patient, from = kept, where = tenant) =>
  (await from.ofPatient(where, of))?.map(({ id, status }) => `${id} ${String(status)}`);

describe('consents that the gateway keeps', () => {
  it('are those of one patient of one tenant', async () => {
    await capture();
    expect(await standing()).toEqual(['k active']);
    expect(await standing(other)).toEqual([]);
    expect(await standing(patient, kept, 'south')).toEqual([]);
  });

  it('stand on the disk without a word of what they say, and are there after a restart', async () => {
    const { id } = await capture();
    for (const { value } of disk.values())
      expect(Buffer.from(value).toString('latin1')).not.toMatch(/Consent|p1/);
    const again = await KeptConsents.open(ports);
    expect(await standing(patient, again)).toEqual(['k active']);
    expect(await again.find(tenant, id)).toMatchObject({ id, by: self, byPatient: true, at: time });
    expect(await again.find('south', id)).toBeUndefined();
  });

  it('that were revoked stay revoked, also after a restart; doing it again changes nothing', async () => {
    const one = await capture();
    await capture(denying);
    time += 5;
    const revoked = await kept.revoke(one, other);
    expect(revoked.revoked).toEqual({ by: other, at: time });
    expect(await standing()).toEqual(['k inactive', 'd active']);
    time += 5;
    const again = await KeptConsents.open(ports);
    const found = await again.find(tenant, one.id);
    if (found === undefined) throw new Error('it is gone');
    expect(await again.revoke(found, self)).toEqual(revoked);
    expect(await standing(patient, again)).toEqual(['k inactive', 'd active']);
  });

  it('that stand no more are not read at all', async () => {
    await kept.revoke(await capture(), self);
    expect(await standing()).toEqual([]);
  });

  it('a permit counts as revoked while the disk still writes, and where it fails; a denial stands until it is durable', async () => {
    const one = await capture();
    await capture(denying);
    let meanwhile: readonly string[] | undefined;
    const asked: Promise<void>[] = [];
    whileWriting = () => {
      asked.push(standing().then((now) => void (meanwhile = now)));
    };
    await kept.revoke(one, self);
    await Promise.all(asked);
    expect(meanwhile).toEqual(['k inactive', 'd active']);

    const two = await capture({ ...permitting, resource: consent(permit(), { id: 'k2' }) });
    const three = await capture({ ...denying, resource: consent(deny(), { id: 'd2' }) });
    broken = true;
    for (const each of [two, three]) await expect(kept.revoke(each, self)).rejects.toThrow('disk');
    expect(await standing()).toEqual(['k inactive', 'd active', 'k2 inactive', 'd2 active']);
    broken = false;
    const found = await kept.find(tenant, two.id);
    if (found === undefined) throw new Error('it is gone');
    expect((await kept.revoke(found, self)).revoked).toBeDefined();
    expect(await standing(patient, await KeptConsents.open(ports))).toContain('k2 inactive');
  });

  it('count only once the disk has them', async () => {
    broken = true;
    await expect(capture()).rejects.toThrow('disk');
    expect(await standing()).toEqual([]);
  });

  it('that cannot be read leave open what they say: the whole is undefined, not less', async () => {
    await capture();
    await capture(denying);
    for (const [name, entry] of disk) {
      disk.set(name, { ...entry, value: entry.value.map((byte, n) => (n === 60 ? byte ^ 1 : byte)) });
      expect(await standing()).toBeUndefined();
      disk.set(name, entry);
    }
    expect(await standing()).toEqual(['k active', 'd active']);
    keys.delete(patient);
    expect(await standing()).toBeUndefined();
    expect((await kept.list(tenant, { limit: 9 })).consents).toEqual([]);
  });

  it('sealed for one patient are not read as those of another', async () => {
    const { id } = await capture();
    const name = at(tenant, `captured ${id}`);
    const entry = disk.get(name);
    if (entry === undefined) throw new Error('it is not on the disk');
    disk.set(name, { ...entry, value: Buffer.concat([Buffer.from(other), entry.value.subarray(32)]) });
    const again = await KeptConsents.open(ports);
    expect(await standing(patient, again)).toEqual([]);
    expect(await standing(other, again)).toBeUndefined();
  });

  it('are gone from the disk when the patient is erased, and others stay', async () => {
    await kept.revoke(await capture(), self);
    await capture(denying);
    await capture(permitting, other);
    keys.set(patient, new Uint8Array(32).fill(3));
    expect(await standing()).toBeUndefined();
    await kept.forget(tenant, patient);
    await kept.forget(tenant, patient);
    expect(await standing()).toEqual([]);
    expect(disk.size).toBe(1);
    expect(await standing(other)).toEqual(['k active']);
    await capture();
    expect(await standing()).toEqual(['k active']);
  });

  it('written while the patient is erased are taken back', async () => {
    whileWriting = () => keys.set(patient, new Uint8Array(32).fill(4));
    await expect(capture()).rejects.toMatchObject({ reason: 'store_unavailable' });
    expect(disk.size).toBe(0);
    expect(await standing()).toEqual([]);
    keys.delete(patient);
    await expect(capture()).rejects.toMatchObject({ reason: 'consent_not_visible' });
  });

  it('are listed the newest first, a page at a time', async () => {
    for (let n = 0; n < 5; n += 1)
      await capture(n % 2 === 0 ? permitting : denying, n === 4 ? other : patient);
    const all = await kept.list(tenant, { limit: 9 });
    expect(all.consents.map(({ id }) => id)).toEqual(
      all.consents
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
    expect(all.next).toBeUndefined();
    const first = await kept.list(tenant, { limit: 3, patient });
    expect([first.consents.length, first.next]).toEqual([3, first.consents[2]?.id]);
    const second = await kept.list(tenant, { limit: 3, patient, before: String(first.next) });
    expect([second.consents.length, second.next]).toEqual([1, undefined]);
    expect((await kept.list('south', { limit: 9 })).consents).toEqual([]);
  });

  it('are limited in number also where many are captured at once', async () => {
    const attempts = Array.from({ length: keptCaps.standing + 5 }, () => capture());
    const settled = await Promise.allSettled(attempts);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual(
      Array.from({ length: 5 }, () => ({
        status: 'rejected',
        reason: expect.objectContaining({ reason: 'consent_limit' }),
      })),
    );
    expect(await standing()).toHaveLength(keptCaps.standing);
    await expect(capture()).rejects.toMatchObject({ reason: 'consent_limit' });
  });

  it('are limited in number, so that a patient’s consents can always be read', async () => {
    for (let n = 0; n < keptCaps.standing; n += 1) await capture();
    await expect(capture()).rejects.toMatchObject({ reason: 'consent_limit' });
    const { consents } = await kept.list(tenant, { limit: keptCaps.standing, patient });
    const [first, ...others] = consents;
    if (first === undefined) throw new Error('there is none');
    await kept.revoke(first, self);
    await capture();
    await capture(permitting, other);
    for (const one of others) await kept.revoke(one, self);
    for (let n = (await kept.list(tenant, { limit: 999, patient })).consents.length; n < keptCaps.all; n += 1)
      await kept.revoke(await capture(), self);
    await expect(capture()).rejects.toMatchObject({ reason: 'consent_limit' });
    for (const one of (await kept.list(tenant, { limit: 999, patient })).consents)
      if (one.revoked === undefined) await kept.revoke(one, self);
    await capture();
  });
});
