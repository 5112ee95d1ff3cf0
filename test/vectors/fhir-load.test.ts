import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadFhir } from '../../sandbox/fhir/load.ts';
import { lastEncounter, seedForSandbox } from '../../sandbox/fhir/seed.ts';

const root = '../shared/data/fhir';
const sets = ['smart-generated-r4', 'spezi-mock-patients'];
const present = sets.every((set) => existsSync(`${root}/${set}`));
if (!present) console.log(`skipped: ${root} is not here`);

/** Every `reference` string and the number of texts with the given pattern, attachments decoded. */
function survey(node: unknown, references: string[], texts: string[], name = ''): void {
  if (typeof node === 'string') {
    if (name === 'reference') references.push(node);
    else texts.push(name === 'data' ? Buffer.from(node, 'base64').toString('utf8') : node);
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      survey(value, references, texts, Array.isArray(node) ? name : key);
    }
  }
}

(present ? describe : describe.skip).each(sets)('%s', (set) => {
  it('loads whole, leaves no dangling reference and no name with digits', async () => {
    const started = performance.now();
    const { store, ...report } = await loadFhir([`${root}/${set}`]);
    const milliseconds = Math.round(performance.now() - started);
    console.log(set, milliseconds, 'ms', JSON.stringify({ ...report, patients: report.patients.length }));

    const references: string[] = [];
    const texts: string[] = [];
    const names: string[] = [];
    for (const type of store.types()) for (const one of store.all(type)) survey(one, references, texts);
    for (const one of [...store.all('Patient'), ...store.all('Practitioner')]) survey(one['name'], [], names);
    expect(references.filter((one) => one.startsWith('urn:') || one.includes('?'))).toEqual([]);
    const dangling = references.filter((one) => {
      const [type = '', id = ''] = one.split('/');
      return !one.startsWith('#') && store.get(type, id) === undefined;
    });
    expect(dangling).toEqual([]);
    expect(names.filter((name) => /\d/.test(name))).toEqual([]);
    const [family = ''] = names;
    expect(texts.filter((text) => new RegExp(`\\b${family}\\d`).test(text))).toEqual([]);

    expect(report.resources).toBeGreaterThan(2000);
    expect(report.patients.length).toBe(set === 'spezi-mock-patients' ? 8 : 10);
    const now = lastEncounter(store) ?? 0;
    expect(new Date(now).getUTCFullYear()).toBeGreaterThan(2018);
    expect(seedForSandbox(store, { now })).toMatchObject({
      careTeams: report.patients.length,
      consents: report.patients.length,
    });
  });
});
