import { describe, expect, test } from '@jest/globals';
import { generatePatients } from '../../../sandbox/patients/generate.ts';
import { stories } from '../../../sandbox/patients/stories.ts';
import { idPattern, isRecord } from '../../../src/vocabulary/fhir.ts';
import { at, byKey, now, ownerOf, references, set, walk } from './set.ts';

describe('determinism', () => {
  test('same seed and now, same bytes', () => {
    expect(JSON.stringify(generatePatients({ seed: 7, now }))).toBe(JSON.stringify(set));
  });

  test('another seed gives other numbers, the same people', () => {
    const other = generatePatients({ seed: 8, now });
    expect(other.patients.map(({ name }) => name)).toEqual(set.patients.map(({ name }) => name));
    expect(other.patients.some(({ id }) => byKey.has(`Patient/${id}`))).toBe(false);
  });

  test('a later now moves every date with it', () => {
    const later = generatePatients({ seed: 7, now: now + 365 * 86_400_000 });
    expect(later.patients.map(({ id }) => id)).toEqual(set.patients.map(({ id }) => id));
    for (const [index, patient] of later.patients.entries())
      expect(Number(patient.birthDate.slice(0, 4)) - Number(set.patients[index]?.birthDate.slice(0, 4))).toBe(
        1,
      );
  });

  test.each(['2024-02-29T00:01:00Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', '2026-07-04T12:00:00Z'])(
    'at %s ages are right and nothing was updated later',
    (time) => {
      const then = Date.parse(time);
      const moved = generatePatients({ seed: 3, now: then });
      expect(moved.bundle.filter((row) => Date.parse(String(at(row, 'meta.lastUpdated'))) > then)).toEqual(
        [],
      );
      const ages = moved.patients.map(({ birthDate }) => {
        const years = Number(time.slice(0, 4)) - Number(birthDate.slice(0, 4));
        return time.slice(5, 10) < birthDate.slice(5) ? years - 1 : years;
      });
      expect(ages).toEqual(stories.map(({ age }) => age));
    },
  );

  test('is quick', () => {
    const milliseconds = [1, 2, 3].map((seed) => {
      const before = process.cpuUsage();
      generatePatients({ seed, now });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...milliseconds)).toBeLessThan(500);
  });
});

describe('every resource', () => {
  test('has a type, a valid id of its own, and lastUpdated not after now', () => {
    expect(byKey.size).toBe(set.bundle.length);
    const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
    const bad = set.bundle.filter((resource) => {
      const updated = String(at(resource, 'meta.lastUpdated'));
      return !idPattern.test(resource.id ?? '') || !stamp.test(updated) || Date.parse(updated) > now;
    });
    expect(bad).toEqual([]);
  });

  test('resolves its references inside the set', () => {
    const missing = set.bundle.flatMap((resource) =>
      references(resource).filter((reference) => !reference.startsWith('#') && !byKey.has(reference)),
    );
    expect(missing).toEqual([]);
    const urls = set.bundle
      .map((resource) => at(resource, 'content[0].attachment.url'))
      .filter((url) => typeof url === 'string');
    expect(urls.length).toBeGreaterThan(10);
    expect(urls.filter((url) => !byKey.has(url))).toEqual([]);
  });

  test('is about one patient and names no other patient', () => {
    const foreign = set.bundle.filter((resource) => {
      const owner = ownerOf(resource);
      return references(resource).some(
        (reference) => reference.startsWith('Patient/') && reference !== `Patient/${owner}`,
      );
    });
    expect(foreign).toEqual([]);
  });

  test('holds no undefined, no empty element, no invalid number', () => {
    const bad = set.bundle.flatMap((resource) =>
      [...walk(resource)]
        .filter(
          ([, value]) =>
            value === undefined ||
            value === '' ||
            Number.isNaN(value) ||
            (Array.isArray(value) && value.length === 0) ||
            (typeof value === 'object' && value !== null && Object.keys(value).length === 0),
        )
        .map(([path]) => `${resource.resourceType}.${path}`),
    );
    expect([...new Set(bad)]).toEqual([]);
  });

  test('codes carry a system, quantities a UCUM code', () => {
    const places = set.bundle.flatMap((resource) => [...walk(resource)]);
    const codings = places.filter(([path]) => /coding\[\d+\]$/.test(path)).map(([, value]) => value);
    const bare = codings.filter((value) => !isRecord(value) || !('system' in value) || !('code' in value));
    const quantities = places.filter(([path]) => path.endsWith('Quantity')).map(([, value]) => value);
    const unitless = quantities.filter(
      (value) => !isRecord(value) || value['system'] !== 'http://unitsofmeasure.org',
    );
    expect(codings.length).toBeGreaterThan(5000);
    expect(quantities.length).toBeGreaterThan(1000);
    expect({ bare, unitless }).toEqual({ bare: [], unitless: [] });
  });
});

describe('ids', () => {
  const words = stories
    .flatMap(({ name, relatives }) => [name, ...relatives.map((row) => row.name)])
    .flatMap(({ given, family }) => [...given, ...family.split(/[\s-]/)])
    .map((word) =>
      word
        .normalize('NFD')
        .replace(/[^A-Za-z]/g, '')
        .toLowerCase(),
    )
    .filter((word) => word.length >= 3);

  test('hold no name and no record number', () => {
    for (const resource of set.bundle) {
      const owner = ownerOf(resource);
      if (owner === undefined) continue;
      expect(words.filter((word) => resource.id?.toLowerCase().includes(word))).toEqual([]);
      expect(resource.id).not.toContain(String(at(byKey.get(`Patient/${owner}`), 'identifier[0].value')));
    }
  });

  test('of the sandbox staff and caregiver are fixed', () => {
    for (const id of ['sandbox-clinician', 'sandbox-nurse', 'sandbox-pharmacist', 'sandbox-outsider'])
      expect(byKey.has(`Practitioner/${id}`)).toBe(true);
    expect(byKey.has('RelatedPerson/sandbox-caregiver')).toBe(true);
  });

  test('numbers and telephones lie in ranges that nobody has', () => {
    const everything = JSON.stringify(set.bundle);
    for (const [phone] of everything.matchAll(/\(\d{3}\) \d{3}-\d{4}/g))
      expect(phone).toMatch(/\(\d{3}\) 555-01\d\d/);
    for (const patient of set.patients)
      expect(at(byKey.get(`Patient/${patient.id}`), 'identifier[1].value')).toMatch(/^9\d\d-[0-4]\d-\d{4}$/);
    for (const [mail] of everything.matchAll(/[\w.-]+@[\w.-]+/g)) expect(mail).toMatch(/example\.org$/);
  });
});
