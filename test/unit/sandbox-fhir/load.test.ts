import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTar } from '../../../sandbox/fhir/load/tar.ts';
import { loadFhir } from '../../../sandbox/fhir/load.ts';
import { lastEncounter, seedForSandbox } from '../../../sandbox/fhir/seed.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fhir-load-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function file(content: unknown, ending = '.json'): Promise<string> {
  files += 1;
  const path = join(folder, `${files}${ending}`);
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(path, ending.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}
const urn = (digit: number) => `urn:uuid:00000000-0000-4000-8000-00000000000${digit}`;
const uuid = (digit: number) => urn(digit).slice('urn:uuid:'.length);
const bundle = (type: string, ...entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });
const npi = 'http://hl7.org/fhir/sid/us-npi';

const note = (text: string) => Buffer.from(text).toString('base64');

/** A ustar archive of one file. */
const tar = (name: string, content: string): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar', 257);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
};

const line = (id: string) => JSON.stringify({ resourceType: 'Patient', id });

const reference = (id: string) => ({ reference: `Patient/${id}` });

describe('references', () => {
  it('become Type/id, resolve by identifier, or turn logical', async () => {
    const visit = {
      resourceType: 'Encounter',
      subject: { reference: urn(1) },
      serviceProvider: { reference: 'Organization?identifier=urn:org|9', display: 'Clinic' },
      participant: [{ individual: { reference: `Practitioner?identifier=${npi}|77` } }],
      partOf: { reference: urn(9) },
      location: [{ location: { reference: 'Location/l1/_history/3' } }],
      basedOn: [{ reference: '#contained' }],
      reasonReference: [{ reference: 'Condition?code=x' }],
    };
    const path = await file(
      bundle(
        'transaction',
        { fullUrl: urn(2), resource: visit, request: { method: 'POST', url: 'Encounter' } },
        { fullUrl: urn(1), resource: { resourceType: 'Patient', id: 'ana' } },
      ),
    );
    const later = await file({
      resourceType: 'Practitioner',
      id: 'dr',
      identifier: [{ system: npi, value: '77' }],
    });
    const { store, references, patients } = await loadFhir([path, later]);
    expect(patients).toEqual(['ana']);
    expect(references).toEqual({ linked: 1, resolved: 1, logical: 3 });
    expect(store.get('Encounter', uuid(2))).toMatchObject({
      subject: { reference: 'Patient/ana' },
      serviceProvider: {
        type: 'Organization',
        display: 'Clinic',
        identifier: { system: 'urn:org', value: '9' },
      },
      participant: [{ individual: { reference: 'Practitioner/dr' } }],
      partOf: { identifier: { system: 'urn:ietf:rfc:3986', value: urn(9) } },
      location: [{ location: { reference: 'Location/l1' } }],
      basedOn: [{ reference: '#contained' }],
      reasonReference: [{ type: 'Condition' }],
    });
    expect(store.get('Encounter', uuid(2))).not.toHaveProperty('serviceProvider.reference');
    expect(store.byPatient('ana', 'Encounter')).toHaveLength(1);
  });

  it('follow ids that R4 does not allow, attachments and narrative, but leave identifiers', async () => {
    const path = await file(
      bundle(
        'batch',
        { fullUrl: urn(3), resource: { resourceType: 'Patient', id: 'bad_id' } },
        { fullUrl: urn(4), resource: { resourceType: 'Binary', contentType: 'image/png', data: 'AAAA' } },
        {
          fullUrl: 'https://other.example/fhir/DocumentReference/d',
          resource: {
            resourceType: 'DocumentReference',
            masterIdentifier: { system: 'urn:ietf:rfc:3986', value: urn(4) },
            subject: { reference: 'Patient/bad_id' },
            content: [{ attachment: { url: urn(4) } }],
            text: { div: `<a href="${urn(3)}">x</a>` },
          },
        },
      ),
    );
    const { store } = await loadFhir([path]);
    expect(store.get('DocumentReference', 'd')).toMatchObject({
      masterIdentifier: { value: urn(4) },
      subject: { reference: `Patient/${uuid(3)}` },
      content: [{ attachment: { url: `Binary/${uuid(4)}` } }],
      text: { div: `<a href="Patient/${uuid(3)}">x</a>` },
    });
  });

  it('share what a conditional create finds present, and count what comes twice', async () => {
    const clinic = (digit: number) => ({
      fullUrl: urn(digit),
      resource: { resourceType: 'Organization', identifier: [{ system: 's', value: '1' }] },
      request: { method: 'POST', url: 'Organization', ifNoneExist: 'identifier=s|1' },
    });
    const patient = {
      resource: { resourceType: 'Patient', id: 'p', managingOrganization: { reference: urn(6) } },
    };
    const path = await file(bundle('transaction', clinic(5), clinic(6), patient, patient));
    const { store, repeated } = await loadFhir([path]);
    expect(store.count('Organization')).toBe(1);
    expect(store.get('Patient', 'p')).toMatchObject({
      managingOrganization: { reference: `Organization/${uuid(5)}` },
    });
    expect(repeated).toBe(2);
  });
});

describe('names', () => {
  it('lose their digits everywhere, and nothing else does', async () => {
    const text = 'Beatris270 took B12 with Dr. Lane844. FEV1 fine, BEATRIS270!';
    const bytes = Buffer.from('Beatris took B12 with Dr. Lane. FEV1 fine, BEATRIS!');
    const path = await file(
      bundle(
        'transaction',
        {
          fullUrl: urn(7),
          resource: {
            resourceType: 'Patient',
            name: [{ family: "O'Connell601", given: ['Beatris270', 'José Eduardo181'] }],
            extension: [{ url: 'http://x/patient-mothersMaidenName', valueString: 'Loise233 Bogan287' }],
            telecom: [{ system: 'email', value: 'Beatris270.OConnell@example.com' }],
            identifier: [{ value: 'MRN12' }],
          },
        },
        {
          fullUrl: urn(8),
          resource: {
            resourceType: 'DocumentReference',
            subject: { reference: urn(7), display: "Beatris270 O'Connell601" },
            author: [{ reference: `Practitioner?identifier=${npi}|1`, display: 'Dr. Lane844' }],
            description: 'Loise233, ward Ward12, Beatris2701',
            content: [
              {
                attachment: {
                  contentType: 'text/plain; charset=utf-8',
                  data: note(text),
                  size: Buffer.byteLength(text),
                  hash: createHash('sha1').update(text).digest('base64'),
                },
              },
              { attachment: { contentType: 'image/png', data: note('Beatris270') } },
            ],
          },
        },
      ),
    );
    const { store, names } = await loadFhir([path]);
    expect(names).toBe(6);
    expect(store.get('Patient', uuid(7))).toMatchObject({
      name: [{ family: "O'Connell", given: ['Beatris', 'José Eduardo'] }],
      extension: [{ valueString: 'Loise Bogan' }],
      telecom: [{ value: 'Beatris.OConnell@example.com' }],
      identifier: [{ value: 'MRN12' }],
    });
    expect(store.get('DocumentReference', uuid(8))).toMatchObject({
      subject: { display: "Beatris O'Connell" },
      author: [{ display: 'Dr. Lane' }],
      description: 'Loise, ward Ward12, Beatris2701',
      content: [
        {
          attachment: {
            data: bytes.toString('base64'),
            size: bytes.length,
            hash: createHash('sha1').update(bytes).digest('base64'),
          },
        },
        { attachment: { data: note('Beatris270') } },
      ],
    });
    const kept = await loadFhir([path], { stripNameDigits: false });
    expect(kept.store.get('Patient', uuid(7))).toHaveProperty('name.0.given.0', 'Beatris270');
  });
});

describe('files', () => {
  it('are read in every form, folders deeply, others passed over', async () => {
    const root = join(folder, 'set');
    await mkdir(join(root, 'deep'), { recursive: true });
    await writeFile(join(root, 'a.json'), line('a'));
    await writeFile(join(root, 'b.json.gz'), gzipSync(line('b')));
    await writeFile(join(root, 'c.ndjson'), `${line('c1')}\n\n${line('c2')}\n`);
    await writeFile(join(root, 'deep', 'd.ndjson.gz'), gzipSync(`${line('d')}\n`));
    await writeFile(join(root, 'deep', 'e.tar.gz'), gzipSync(tar('x/e.json', line('e'))));
    await writeFile(join(root, 'SOURCE.txt'), 'no JSON');
    await writeFile(join(root, 'package.json'), '{"name":"x"}');
    const progress: number[] = [];
    const report = await loadFhir([root], { onProgress: ({ resources }) => progress.push(resources) });
    expect(report.patients).toEqual(['a', 'b', 'c1', 'c2', 'd', 'e']);
    expect(report.types).toEqual({ Patient: 6 });
    expect(report.skipped).toEqual([join(root, 'package.json')]);
    expect(progress).toEqual([1, 2, 4, 5, 6, 6]);
  });

  it('give the same ids every time, also where there are none', async () => {
    const path = await file({ resourceType: 'Basic', code: { text: 'x' } });
    const idsOf = async () => (await loadFhir([path])).store.all('Basic').map(({ id }) => id);
    expect(await idsOf()).toEqual(await idsOf());
  });

  it('are refused when missing, not JSON, of another ending or damaged, and then nothing is stored', async () => {
    const store = new FhirStore();
    const good = await file({ resourceType: 'Patient', id: 'good' });
    await expect(loadFhir([good, join(folder, 'none.json')], { store })).rejects.toThrow(/ENOENT/);
    await expect(loadFhir([good, await file('{"half"')], { store })).rejects.toThrow(/is not JSON/);
    await expect(loadFhir([good, await file('x', '.csv')], { store })).rejects.toThrow(/endings/);
    expect(store.count()).toBe(0);
    expect(() => [...readTar(tar('x', 'content').subarray(0, 515))]).toThrow(/damaged/);
  });
});

describe('seeding', () => {
  const now = Date.parse('2025-06-01T12:00:00Z');

  it('adds what is lacking, keeps to consents that are there, and does so once', () => {
    const store = new FhirStore();
    store.put({ resourceType: 'Patient', id: 'bare' });
    store.put({ resourceType: 'Patient', id: 'denied' });
    store.put({
      resourceType: 'Consent',
      id: 'no',
      status: 'active',
      scope: { coding: [{ code: 'patient-privacy' }] },
      patient: reference('denied'),
    });
    store.put({
      resourceType: 'CareTeam',
      id: 'old',
      status: 'inactive',
      subject: reference('bare'),
      participant: [{ member: { reference: 'Practitioner/dr' } }],
    });
    const options = { now, clinician: { id: 'dr', name: { given: ['Uma'], family: 'Petrov' } } };
    expect(seedForSandbox(store, options)).toEqual({ patients: 2, careTeams: 2, consents: 1 });
    expect(seedForSandbox(store, options)).toEqual({ patients: 2, careTeams: 0, consents: 0 });
    expect(store.byPatient('denied', 'Consent').map(({ id }) => id)).toEqual(['no']);
    expect(store.get('Practitioner', 'dr')).toMatchObject({ name: [{ family: 'Petrov' }] });
    const [consent] = store.byPatient('bare', 'Consent');
    expect(consent).toMatchObject({
      status: 'active',
      patient: reference('bare'),
      dateTime: '2025-06-01T12:00:00.000Z',
      provision: { type: 'permit' },
    });
    expect(JSON.stringify(consent?.['provision']).match(/"code":"[A-Z]+"/g)).toEqual(
      ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'PATRQT'].map((code) => `"code":"${code}"`),
    );
  });

  it('takes the clock from the last encounter', () => {
    const store = new FhirStore();
    expect(lastEncounter(store)).toBeUndefined();
    for (const [id, start] of [
      ['e1', '2024-05-01T10:00:00Z'],
      ['e2', '2023-01-01'],
      ['e3', undefined],
    ]) {
      store.put({ resourceType: 'Encounter', id: `${id}`, period: { start, end: '2030-01-01' } });
    }
    expect(lastEncounter(store)).toBe(Date.parse('2024-05-02T10:00:00Z'));
  });
});
