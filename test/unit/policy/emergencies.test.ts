import { beforeEach, describe, expect, it } from '@jest/globals';
import { Emergencies, type EmergencyTerms, stateOf } from '../../../src/policy/emergencies.ts';
import { SealedDisk } from '../../fixtures/sealed-disk.ts';

const patient = 'ab'.repeat(16);
const other = 'cd'.repeat(16);
const physician = '01'.repeat(16);
const officer = '02'.repeat(16);
const tenant = 'north';
const terms: EmergencyTerms = {
  reason: 'patient_unable',
  text: 'found unconscious at the station',
  minutes: 30,
};
const review = { by: officer, finding: 'appropriate', text: 'the ambulance report confirms it' } as const;
const minute = 60_000;

let ports: SealedDisk;
let emergencies: Emergencies;
beforeEach(async () => {
  ports = new SealedDisk('emergencies', 1_000_000, [patient, other]);
  emergencies = await Emergencies.open(ports);
});
const inForce = async (at: string, of: string, user: string, among = emergencies): Promise<boolean> =>
  (await among.inForce(at, of, user)) !== undefined;
const declare = (user = physician, of = patient) => emergencies.declare(tenant, of, user, terms);

describe('breaking the glass', () => {
  it('opens one record to one person of one tenant, for its minutes', async () => {
    const emergency = await declare();
    expect(await inForce(tenant, patient, physician)).toBe(true);
    expect(await inForce(tenant, other, physician)).toBe(false);
    expect(await inForce(tenant, patient, officer)).toBe(false);
    expect(await inForce('south', patient, physician)).toBe(false);
    ports.time += 30 * minute - 1;
    expect([await inForce(tenant, patient, physician), stateOf(emergency, ports.time)]).toEqual([
      true,
      'open',
    ]);
    ports.time += 1;
    expect([await inForce(tenant, patient, physician), stateOf(emergency, ports.time)]).toEqual([
      false,
      'review_due',
    ]);
    ports.time -= 31 * minute;
    expect(await inForce(tenant, patient, physician)).toBe(false);
  });

  it('is not done again by the same person before it is reviewed, on whatever record, also after a restart', async () => {
    const emergency = await declare();
    ports.time += 60 * minute;
    await expect(declare(physician, other)).rejects.toMatchObject({ reason: 'review_open' });
    emergencies = await Emergencies.open(ports);
    await expect(declare()).rejects.toMatchObject({ reason: 'review_open' });
    await declare(officer, other);
    const found = await emergencies.find(tenant, emergency.id);
    expect(found).toEqual(emergency);
    const closed = await emergencies.review(emergency, review);
    expect(closed.reviewed).toEqual({ ...review, at: ports.time });
    await expect(emergencies.review(emergency, review)).rejects.toMatchObject({
      reason: 'break_glass_not_visible',
    });
    await declare(physician, other);
  });

  it('twice at once is once', async () => {
    const both = await Promise.allSettled([declare(), declare(physician, other)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('that failed on the disk opened nothing, and may be tried again', async () => {
    ports.broken = true;
    await expect(declare()).rejects.toThrow('disk');
    expect(await inForce(tenant, patient, physician)).toBe(false);
    ports.broken = false;
    await declare();
  });

  it('ends with its review', async () => {
    await emergencies.review(await declare(), review);
    expect(await inForce(tenant, patient, physician)).toBe(false);
    const again = await Emergencies.open(ports);
    expect(await inForce(tenant, patient, physician, again)).toBe(false);
    expect(await again.list(tenant)).toMatchObject([{ reviewed: { finding: 'appropriate' } }]);
  });

  it('stands on the disk without a word of why', async () => {
    await emergencies.review(await declare(), review);
    for (const { value } of ports.disk.values())
      expect(Buffer.from(value).toString('latin1')).not.toMatch(/unconscious|ambulance|unable|appropriate/);
  });

  it('that cannot be read opens nothing, and is still to be reviewed', async () => {
    const { id } = await declare();
    const name = JSON.stringify([tenant, `declared ${id}`]);
    const entry = ports.disk.get(name);
    if (entry === undefined) throw new Error('it is not on the disk');
    for (const byte of [0, 33, 80]) {
      const value = entry.value.map((one, n) => (n === byte ? (one === 48 ? 49 : 48) : one));
      ports.disk.set(name, { ...entry, value });
      const again = await Emergencies.open(ports);
      expect(await inForce(tenant, patient, physician, again)).toBe(false);
      expect(await again.list(tenant)).toEqual([]);
    }
    ports.keys.delete(patient);
    expect(await inForce(tenant, patient, physician)).toBe(false);
    await expect(declare(physician, other)).rejects.toMatchObject({ reason: 'review_open' });
  });

  it('is forgotten with the patient', async () => {
    await declare();
    await declare(officer, other);
    await emergencies.forget(tenant, patient);
    expect(ports.disk.size).toBe(1);
    expect(await inForce(tenant, patient, physician)).toBe(false);
    expect(await inForce(tenant, other, officer)).toBe(true);
  });
});
