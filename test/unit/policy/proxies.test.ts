import { beforeEach, describe, expect, it } from '@jest/globals';
import { Proxies, type ProxyTerms, proxyCaps, stateOf } from '../../../src/policy/proxies.ts';
import { SealedDisk } from '../../fixtures/sealed-disk.ts';

const patient = 'ab'.repeat(16);
const other = 'cd'.repeat(16);
const mother = '01'.repeat(16);
const officer = '02'.repeat(16);
const colleague = '03'.repeat(16);
const tenant = 'north';
const day = 86_400_000;
const chosen: ProxyTerms = {
  relation: 'chosen',
  user: mother,
  person: { issuer: 'https://issuer.example', subject: 'mother' },
  by: '04'.repeat(16),
  tasks: ['visit.prep'],
  shares: ['HIV'],
  until: 100 * day,
};
const parent: ProxyTerms = { ...chosen, relation: 'parent', by: officer, shares: [], relatedPerson: 'rel-1' };

let ports: SealedDisk;
let proxies: Proxies;
beforeEach(async () => {
  ports = new SealedDisk('proxies', 10 * day, [patient, other]);
  proxies = await Proxies.open(ports);
});
const standing = async (store = proxies, of = patient, user = mother, where = tenant) =>
  (await store.inForce(where, of, user)).map(({ id }) => id);

describe('who acts for a patient', () => {
  it('counts at once where the patient named them, for this person about this patient of this tenant, until its end', async () => {
    const grant = await proxies.ask(tenant, patient, chosen);
    expect(await standing()).toEqual([grant.id]);
    expect(await standing(proxies, other)).toEqual([]);
    expect(await standing(proxies, patient, officer)).toEqual([]);
    expect(await standing(proxies, patient, mother, 'south')).toEqual([]);
    ports.time = chosen.until - 1;
    expect(await standing()).toEqual([grant.id]);
    ports.time = chosen.until;
    expect([await standing(), stateOf(grant, ports.time)]).toEqual([[], 'ended']);
    ports.time = grant.at - 1;
    expect(await standing()).toEqual([]);
  });

  it('a parent and an executor count when somebody has confirmed them who neither asked nor gains', async () => {
    for (const relation of ['parent', 'executor'] as const) {
      const grant = await proxies.ask(tenant, patient, { ...parent, relation });
      expect([stateOf(grant, ports.time), await standing()]).toEqual(['requested', []]);
      for (const by of [officer, mother])
        await expect(proxies.confirm(grant, by, 'I know them')).rejects.toMatchObject({
          reason: 'proxy_not_pending',
        });
      const confirmed = await proxies.confirm(grant, colleague, 'certificate seen');
      expect(stateOf(confirmed, ports.time)).toBe('in_force');
      expect(await standing()).toEqual([grant.id]);
      await expect(proxies.confirm(confirmed, colleague, 'again')).rejects.toMatchObject({
        reason: 'proxy_not_pending',
      });
      await proxies.revoke(confirmed, officer);
      expect(await standing()).toEqual([]);
    }
  });

  it('what nobody confirmed within two weeks cannot be confirmed any more, nor what was ended meanwhile', async () => {
    const late = await proxies.ask(tenant, patient, parent);
    ports.time += 14 * day;
    expect(stateOf(late, ports.time)).toBe('ended');
    await expect(proxies.confirm(late, colleague, 'certificate seen')).rejects.toMatchObject({
      reason: 'proxy_not_pending',
    });
    const ended = await proxies.ask(tenant, patient, parent);
    await proxies.revoke(ended, patient);
    await expect(proxies.confirm(ended, colleague, 'certificate seen')).rejects.toMatchObject({
      reason: 'proxy_not_pending',
    });
    expect(await standing()).toEqual([]);
  });

  it('an end counts at once, also where the disk fails, after a restart, and for ever', async () => {
    const grant = await proxies.ask(tenant, patient, chosen);
    ports.broken = true;
    await expect(proxies.revoke(grant, officer)).rejects.toThrow('disk');
    expect(await standing()).toEqual([]);
    ports.broken = false;
    await proxies.revoke(grant, officer);
    const again = await Proxies.open(ports);
    expect(await standing(again)).toEqual([]);
    expect((await again.find(tenant, grant.id))?.revoked).toMatchObject({ by: officer });
  });

  it('nothing counts that is not durable', async () => {
    ports.broken = true;
    await expect(proxies.ask(tenant, patient, chosen)).rejects.toThrow('disk');
    expect(await standing()).toEqual([]);
    ports.broken = false;
    const asked = await proxies.ask(tenant, patient, parent);
    ports.broken = true;
    await expect(proxies.confirm(asked, colleague, 'certificate seen')).rejects.toThrow('disk');
    expect(await standing()).toEqual([]);
  });

  it('terms are sealed under the key of the patient: changed, moved or without the key they open nothing', async () => {
    const grant = await proxies.ask(tenant, patient, chosen);
    const [name, entry] = [...ports.disk.entries()][0] ?? [];
    if (name === undefined || entry === undefined) throw new Error('nothing was kept');
    const plain = Buffer.from(entry.value).toString('latin1');
    for (const word of ['mother', 'visit.prep', 'HIV', 'chosen']) expect(plain).not.toContain(word);
    for (const user of [officer]) {
      const moved = Buffer.concat([Buffer.from(`${patient}${user}`, 'ascii'), entry.value.subarray(64)]);
      ports.disk.set(name, { ...entry, value: moved });
      expect(await standing(await Proxies.open(ports), patient, user)).toEqual([]);
    }
    ports.disk.set(name, entry);
    expect(await standing(await Proxies.open(ports))).toEqual([grant.id]);
    ports.keys.delete(patient);
    expect(await standing()).toEqual([]);
    await expect(proxies.ask(tenant, patient, chosen)).rejects.toMatchObject({ reason: 'proxy_not_visible' });
  });

  it('an act that cannot be read closes: nobody can tell whether it stands', async () => {
    const grant = await proxies.ask(tenant, patient, chosen);
    const head = Buffer.from(`${patient}${mother}`, 'ascii');
    ports.disk.set('x', {
      tenant,
      key: `revoked ${grant.id}`,
      value: Buffer.concat([head, Buffer.alloc(40)]),
    });
    const again = await Proxies.open(ports);
    expect([await standing(again), await again.find(tenant, grant.id)]).toEqual([[], undefined]);
  });

  it('is forgotten with the patient, and with nobody else', async () => {
    const gone = await proxies.ask(tenant, patient, chosen);
    const stays = await proxies.ask(tenant, other, chosen);
    await proxies.forget(tenant, patient);
    await proxies.forget(tenant, patient);
    expect([...ports.disk.values()].map(({ key }) => key)).toEqual([`asked ${stays.id}`]);
    expect(await proxies.find(tenant, gone.id)).toBeUndefined();
  });

  it('is bounded: what one patient gives, and what one person asks for; neither takes the room of the other', async () => {
    for (let n = 0; n < proxyCaps.unconfirmed; n += 1) await proxies.ask(tenant, patient, parent);
    await expect(proxies.ask(tenant, other, parent)).rejects.toMatchObject({ reason: 'proxy_limit' });
    for (let n = 0; n < proxyCaps.inForce; n += 1) await proxies.ask(tenant, patient, chosen);
    await expect(proxies.ask(tenant, patient, chosen)).rejects.toMatchObject({ reason: 'proxy_limit' });
    await proxies.ask(tenant, other, chosen);
    const [first] = await proxies.inForce(tenant, patient, mother);
    if (first === undefined) throw new Error('there is none');
    await proxies.revoke(first, officer);
    await proxies.ask(tenant, patient, chosen);
  });

  it('is read a page at a time, the newest first, each once, and of one tenant', async () => {
    const grants = [];
    for (const [about, where] of [
      [patient, tenant],
      [other, tenant],
      [patient, 'south'],
      [other, tenant],
    ] as const)
      grants.push(await proxies.ask(where, about, chosen));
    const ids = grants.map(({ id }) => id);
    const first = await proxies.page(tenant, { limit: 2 });
    expect([first.proxies.map(({ id }) => id), first.next]).toEqual([[ids[3], ids[1]], ids[1]]);
    const second = await proxies.page(tenant, { limit: 2, before: first.next ?? '' });
    expect([second.proxies.map(({ id }) => id), second.next]).toEqual([[ids[0]], undefined]);
    expect(await proxies.page(tenant, { limit: 3 })).not.toHaveProperty('next');
    await proxies.forget(tenant, other);
    expect((await proxies.page(tenant, { limit: 2 })).proxies.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
