import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadPacksInForce, loadShippedPack } from '../../../src/packs.ts';
import { rulesOfPack } from '../../../src/redaction/pack.ts';
import { packVocabulary, parsePack } from '../../../src/redaction/pack-loader.ts';
import { patternFault } from '../../../src/redaction/pattern-safety.ts';
import { scanText } from '../../../src/redaction/scan.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { safeHarbor } from './identity.ts';

const schema: unknown = JSON.parse(readFileSync('redaction-rules/pack.schema.json', 'utf8'));
const pack = (rules: string): string => `id: site\ntitle: Site\ncovers: own numbers\nrules:\n${rules}`;
const rule = (pattern: string): string =>
  pack(`  - id: own\n    class: H\n    type: ID\n    at: word\n    pattern: '${pattern}'\n`);

const time = (length: number): number => {
  const text = '1-'.repeat(length) + 'a@'.repeat(length) + 'Aa '.repeat(length) + '(((([[['.repeat(length);
  const start = process.cpuUsage();
  scanText(text, [safeHarbor]);
  return process.cpuUsage(start).user;
};

describe('packs', () => {
  test('five lines make a site pack', () => {
    const site = parsePack(rule('nh-\\d{6}'), schema);
    expect(scanText('Chart nh-123456 was opened', [site])).toEqual([
      { start: 6, end: 15, type: 'ID', rule: 'own' },
    ]);
  });

  test('a rule at a person is tried where a name ends, and nowhere else', () => {
    const site = parsePack(
      rule('/n\\d{6}').replace('at: word', 'at: person').replace('title: Site', 'title: Site\nnames: true'),
      schema,
    );
    expect(scanText('Room /n123456; Mr. Roe/n123456', [site])).toEqual([
      { start: 19, end: 22, type: 'PERSON', rule: expect.any(String) },
      { start: 22, end: 30, type: 'ID', rule: 'own' },
    ]);
  });

  test.each([
    ['(a+)+$', 'unbounded'],
    ['(?:a{1,20}){1,40}', 'nested repetition: `a\\{1,20\\}`'],
    ['(?:a{1,12}){1,12}b', 'nested'],
    ['(?:a|a){50}b', 'nested repetition: `2 alternatives`'],
    ['(?:ab|a|b){1,40}c', 'nested'],
    ['(?:a?){0,64}a{64}', 'nested'],
    ['(?:x(?=(?:a?){60}b)){2}', 'nested'],
    ['\\d+\\d+', 'unbounded'],
    ['\\w*\\d*', 'unbounded'],
    ['\\d{1,99}\\d{1,99}x', 'adjacent repeats overlap: `\\\\d\\{1,99\\}`'],
    ['\\w{0,64}-?\\d{0,64}x', 'adjacent'],
    ['[a-f]{1,40}\\s?[e-k]{1,40}$', 'adjacent'],
    ['(?:[a-z]{1,200}-){200}', 'longer than 2048'],
    ['a{2}{3}', 'follows nothing'],
    ['?a', 'follows nothing'],
    ['\\p{L}', 'property escapes'],
    ['\\d*', 'unbounded'],
    ['x{3,}', 'unbounded'],
    ['(a)\\1', 'back references'],
    ['(?<=MRN )\\d{5}', 'lookbehind'],
    ['(?<!a)b', 'lookbehind'],
    ['[a-z', 'class'],
    ['(a', 'not closed'],
    ['a)', 'not opened'],
    ['a{900}', 'above'],
    ['(?<name>a)', 'kind of group'],
  ])('a hostile pattern %s is refused with line and reason', (pattern, reason) => {
    expect(() => parsePack(rule(pattern.replaceAll("'", "''")), schema, 'site.yaml')).toThrow(
      new RegExp(`site\\.yaml, line 9: rule own: .*${reason}`),
    );
  });

  test('bounded patterns pass', () => {
    for (const { pattern } of rulesOfPack(safeHarbor)) expect(patternFault(pattern.source)).toBeUndefined();
    for (const pattern of [
      String.raw`\d{3}-(?:\d{2}){1,4}[\]a-z]?`,
      String.raw`[a-z0-9]{1,24}(?:[-./_][a-z0-9]{1,24}){0,6}`,
      String.raw`[^\s-]{1,64}-[^\s-]{1,64}`,
      String.raw`(?:St|Street|Sq)\b\.?`,
    ])
      expect(patternFault(pattern)).toBeUndefined();
  });

  test.each([
    ['an unknown key', pack('').replace('rules:\n', 'rules: []\nallow: everything\n'), 5],
    ['no such class', rule('a').replace('class: H', 'class: Z'), 6],
    ['neither at nor after', rule('a').replace('    at: word\n', ''), 5],
    ['a doubled id', rule('a') + rule('b').slice(rule('b').indexOf('  - id')), 10],
    ['broken YAML', 'id: [', 1],
  ])('%s is refused with its line', (_, text, line) => {
    expect(() => parsePack(text, schema)).toThrow(`pack, line ${line}`);
  });

  test('the schema lists the vocabularies of the code', () => {
    const rules = isRecord(schema) && isRecord(schema['$defs']) ? schema['$defs']['rule'] : undefined;
    const properties = isRecord(rules) && isRecord(rules['properties']) ? rules['properties'] : {};
    expect(properties['type']).toMatchObject({ enum: packVocabulary.types });
    expect(properties['check']).toMatchObject({ enum: expect.arrayContaining(packVocabulary.checks) });
  });

  test('a long hostile text stays linear', () => {
    time(2_000);
    expect(time(40_000) / time(4_000)).toBeLessThan(40);
  });
});

const site = (more: string): string =>
  `id: site\ntitle: Site\ncovers: own\nextends: base\n${more}rules:\n` +
  "  - id: north\n    class: H\n    type: ID\n    at: word\n    pattern: 'nh-\\d{6}'\n";

describe('packs that extend each other', () => {
  const base = parsePack(
    rule('a{3}').replace('id: site', 'id: base').replace('rules:', 'dates: true\nrules:'),
    schema,
  );
  test('all rules of the base stay', () => {
    const own = parsePack(site(''), schema, 'site.yaml', () => base);
    expect(own.dates).toBe(true);
    expect(own.patterns.map(({ id }) => id)).toEqual(['own', 'north']);
  });

  test.each([
    ['switches off what the base does', site('dates: false\n'), 'line 5: dates: a pack may only tighten'],
    ['gives a rule of the base a new meaning', site('').replace('north', 'own'), 'rule own: base has a rule'],
  ])('a pack that %s is refused', (_, text, reason) => {
    expect(() => parsePack(text, schema, 'site.yaml', () => base)).toThrow(reason);
  });

  test('a base that is not there is a fault of the pack', () => {
    expect(() => parsePack(site(''), schema, 'site.yaml')).toThrow('line 4: no pack base to extend');
  });

  test.each([
    ['limited-data-set', ['Okafor', '416-555-0142']],
    ['hipaa-safe-harbor', ['Okafor', '416-555-0142', '3/4/2026', 'Duluth, MN']],
    ['gdpr', ['Okafor', '416-555-0142', '3/4/2026', 'Duluth, MN', '12345678-Z', '3. Mai 2021']],
    ['strict', ['Okafor', '3/4/2026', '2019', 'last summer', '44 years old']],
  ] as const)('%s hides what it says', (name, hidden) => {
    const text =
      'Dr. Okafor, 416-555-0142, on 3/4/2026 in Duluth, MN 55802; DNI 12345678-Z seit 3. Mai 2021; since 2019, last summer, aged 44 years old.';
    const found = scanText(text, [loadShippedPack(name)]).map(({ start, end }) => text.slice(start, end));
    for (const one of hidden) expect(found.join(' | ')).toContain(one);
    expect(found.join(' | ').includes('2026')).toBe(name !== 'limited-data-set');
  });
});

const inForceWith = (named: readonly string[]): string[] => loadPacksInForce(named).map(({ id }) => id);

describe('packs in force', () => {
  test.each<[readonly string[], readonly string[]]>([
    [[], ['hipaa-safe-harbor']],
    // What leaves dates and towns cannot take the place of what hides them.
    [['limited-data-set'], ['hipaa-safe-harbor']],
    [['gdpr'], ['gdpr']],
    [['gdpr', 'gdpr'], ['gdpr']],
    [
      ['es', 'strict'],
      ['es', 'strict'],
    ],
  ])('of %j are %j', (named, inForce) => {
    expect(inForceWith(named)).toEqual(inForce);
  });
});
