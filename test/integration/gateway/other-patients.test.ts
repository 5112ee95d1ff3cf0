import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
/** A second patient about whom the clinician may ask, and what is theirs alone. */
let other = { id: '', mrn: '', phone: '', birth: '', name: '' };

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
const ask = (patient: string, more: object = {}) => sandbox.ask({ task: 'problem.list', patient, ...more });

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  for (const { id } of sandbox.ready.patients.slice(1)) {
    const { status } = await ask(id);
    if (status !== 200) continue;
    const patient = sandbox.running.store.get('Patient', id);
    if (!isRecord(patient)) continue;
    const mrn = listOf(patient['identifier']).find((one) =>
      JSON.stringify(one['type'] ?? '').includes('"MR"'),
    );
    const phone = listOf(patient['telecom']).find((one) => one['system'] === 'phone');
    const [named] = listOf(patient['name']);
    const given = named === undefined ? [] : named['given'];
    other = {
      id,
      mrn: String(mrn?.['value']),
      phone: String(phone?.['value']),
      birth: String(patient['birthDate']),
      name: `${String(Array.isArray(given) ? given[0] : '')} ${String(named?.['family'])}`,
    };
    break;
  }
}, 120_000);
afterAll(() => sandbox.close());

const says = (text: string) => sandbox.script([{ chunks: [text] }]);
const refusedBecause = async (trail: string) => (await sandbox.trail(trail)).at(-1);

describe('an answer that tells of another patient of the tenant', () => {
  it('is told by something', () => {
    expect(other.id).not.toBe('');
    for (const value of Object.values(other)) expect(value).toMatch(/\w{2}/);
  });

  it('passes with a name alone, and where the record itself is asked about', async () => {
    await says(`Somebody named ${other.name} is mentioned nowhere.`);
    expect((await sandbox.ask({ task: 'problem.list' })).status).toBe(200);
  });

  it('leaves nothing in the vault by which they are told, and nothing after they were erased', async () => {
    const rows = (): readonly string[] => {
      const database = new Database(sandbox.ready.files.vault, { readonly: true });
      try {
        return database.prepare<[], string>('SELECT digest FROM patient_value').pluck().all();
      } finally {
        database.close();
      }
    };
    const before = rows();
    expect(before.filter((digest) => digest.includes(other.mrn))).toEqual([]);
    const erased = await sandbox.call('/v1/patients/erase', await sandbox.token('compliance'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ patient: other.id }),
    });
    expect([erased.status, erased.text]).toEqual([200, expect.stringContaining('true')]);
    expect(rows().length).toBeLessThan(before.length);
    await says(`It is filed under ${other.mrn}.`);
    expect((await sandbox.ask({ task: 'problem.list' })).status).toBe(200);
    // Whose record is read again is known again.
    expect((await ask(other.id)).status).toBe(200);
    expect(rows().length).toBe(before.length);
    await says(`It is filed under ${other.mrn}.`);
    expect((await sandbox.ask({ task: 'problem.list' })).status).toBe(403);
  });

  it.each([
    ['a record number', () => `It is filed under ${other.mrn}.`],
    ['a telephone number', () => `Reach them at ${other.phone.replace(/[()]/g, '')}.`],
    ['name and birth', () => `The record of ${other.name}, born ${other.birth}, says so.`],
    ['an id', () => `See Patient/${other.id}.`],
  ])('is blocked as any is: %s', async (_, text) => {
    await says(text());
    const refused = await sandbox.ask({ task: 'problem.list' });
    expect([refused.status, refused.text.includes(other.mrn)]).toEqual([403, false]);
    expect(await refusedBecause(refused.trail)).toMatchObject({ reason: 'answer_blocked' });
    await says(text());
    const stream = await sandbox.ask({ task: 'problem.list', stream: true });
    expect(stream.text).not.toContain(other.mrn);
    expect(stream.text).not.toContain('[DONE]');
    expect(await refusedBecause(stream.trail)).toMatchObject({ reason: 'answer_blocked' });
  });

  it('tells who had several nothing more by what is blocked: a number of nobody is too', async () => {
    await says('It is filed under 7719283.');
    const refused = await sandbox.ask({ task: 'problem.list' });
    expect(refused.status).toBe(403);
    expect(await refusedBecause(refused.trail)).toMatchObject({ reason: 'answer_blocked' });
    await says('Nothing of the kind is recorded.');
    expect((await sandbox.ask({ task: 'problem.list' })).status).toBe(200);
  });

  it('is counted for alerts', async () => {
    const metrics = await (await fetch(`${sandbox.ready.operations}/metrics`)).text();
    expect(metrics).toMatch(/^phi_gateway_other_patient_answers_total [1-9]/m);
  });
});

describe('who hands in such answers', () => {
  it('hands in no more for a while, also good ones', async () => {
    const token = await sandbox.token('clinician');
    const post = (path: string, body: object) =>
      sandbox.call(path, token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const phi = { patient: sandbox.ready.patients[0]?.id, task: 'problem.list', purpose: 'TREAT' };
    const reply = await post('/v1/context', { phi });
    const context = isRecord(reply.body['context']) ? String(reply.body['context']['id']) : '';
    const checked = await post('/v1/answers/check', { context, answer: 'All is well.' });
    expect([checked.status, checked.body['code']]).toEqual([429, 'rate_limited']);
  });
});
