import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { runHere } from '../../fixtures/command-here.ts';
import { type Finished, run } from '../../fixtures/product.ts';
import { configFolder, removeFolders, setting, sitePack } from '../../unit/config/fixture.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packs-'));
  // The command loads these side by side, which modules under test cannot be the first time.
  for (const name of ['packs', 'redaction/scan', 'redaction/explain', 'redaction/acting'])
    await import(`../../../src/${name}.js`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  removeFolders();
});

type Way = typeof runHere;

const scanning =
  (way: Way) =>
  (pack: string, text: string, ...more: readonly string[]): Promise<Finished> =>
    way(['scan', '--jsonl', '--pack', pack, ...more], {}, `${JSON.stringify({ id: 1, text })}\n`);
const checking =
  (way: Way) =>
  (pack: string): Promise<Finished> => {
    const { path } = configFolder(setting('redaction.packs', [pack]));
    return way(['serve', '--config', path, '--check']);
  };
const scan = scanning(runHere);
const checked = checking(runHere);

const file = (text: string): string => {
  const path = join(folder, 'site.yaml');
  writeFileSync(path, text);
  return path;
};

const withPattern = (pattern: string): string =>
  sitePack.replace(/pattern: .*/, () => `pattern: '${pattern}'`);

describe('a hostile pack', () => {
  test.each([
    ['a pattern that never ends', withPattern('(a+)+$'), 10, 'rule chart.north: '],
    ['a pattern that reads one text in many ways', withPattern('(?:a{1,12}){1,12}b'), 10, 'nested'],
    ['a class that does not exist', sitePack.replace('class: H', 'class: Z'), 7, '/rules/0/class'],
    ['a switch that no schema knows', `${sitePack}allow: [Smith]\n`, 11, 'additional properties'],
    ['a rule less', sitePack.replace('rules:', 'names: false\nrules:'), 5, 'may only tighten'],
    ['dates that stay', sitePack.replace('rules:', 'dates: false\nrules:'), 5, 'may only tighten'],
    ['a rule of the base, weakened', sitePack.replace('chart.north', 'ssn'), 6, 'may only tighten'],
    ['an action undone', `${sitePack}actions: { DATE: keep }\n`, 11, 'DATE: keep is less strict than token'],
    [
      'an action undone for a task',
      `${sitePack}actions: { ID: remove }\ntasks:\n  allergies:\n    actions:\n      H: token\n`,
      15,
      'H: token is less strict than remove',
    ],
    ['a base that is not there', sitePack.replace('hipaa-safe-harbor', 'nothing'), 4, 'no pack nothing'],
    ['a base outside the folder', sitePack.replace('hipaa-safe-harbor', '../../tmp/own'), 4, '/extends'],
    ['no YAML', 'id: [', 1, ''],
    ['no rules', 'id: north\n', 1, 'required'],
    [
      'aliases without end',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n`,
      2,
      'aliases',
    ],
    ['more than anybody writes', `# ${'x'.repeat(1_100_000)}\n${sitePack}`, 1, 'larger than 1 MB'],
  ])(
    'with %s is refused by scan and by serve, with file, line and reason',
    async (_, text, line, reason) => {
      const path = file(text);
      for (const { code, stdout, stderr } of [await scan(path, 'Chart nh-123456.'), await checked(path)]) {
        expect({ code, stdout, stderr }).toMatchObject({ code: 1, stdout: '' });
        expect(stderr).toContain(`A redaction pack is refused: ${path}, line ${line}: `);
        expect(stderr).toContain(reason);
      }
    },
    60_000,
  );

  test('that is not there is refused, also by the command as it ships', async () => {
    const path = join(folder, 'none.yaml');
    for (const { code, stderr } of [
      await scan(path, ''),
      await checked(path),
      await scanning(run)(path, ''),
      await checking(run)(path),
    ]) {
      expect(code).toBe(1);
      expect(stderr).toContain(`${path}, line 1: the file does not exist or cannot be read`);
    }
  }, 60_000);

  test('under a name that does not exist is refused', async () => {
    expect(await scan('own', '')).toMatchObject({ code: 2, stdout: '' });
    const { code, stderr } = await checked('own');
    expect(code).toBe(1);
    expect(stderr).toContain('redaction.packs[0]: is neither a .yaml file nor one of hipaa-safe-harbor');
  }, 60_000);
});

const spansOf = ({ stdout }: Finished): unknown => {
  const row: unknown = JSON.parse(stdout);
  return isRecord(row) ? row['spans'] : undefined;
};

describe("a site's own pack", () => {
  test('hides its numbers and what the pack hides that it extends', async () => {
    const ended = await scan(file(withPattern('zk-[a-f]{3}')), 'Locker zk-abc, Dr. Ottoline Quayle.');
    expect(ended.stderr).toBe('');
    expect(spansOf(ended)).toEqual([
      expect.objectContaining({ start: 7, end: 13, type: 'ID', rule: 'chart.north' }),
      expect.objectContaining({ type: 'CLINICIAN' }),
    ]);
  }, 60_000);

  test('says what is done with what it finds', async () => {
    const text = 'Locker nh-123456 of Dr. Ottoline Quayle, 3/4/2021.';
    const path = file(`${sitePack}actions: { H: remove, C: generalise }\n`);
    const ended = await scan(path, text, '--explain');
    expect(ended.stderr).toContain('Pack north: chart numbers of North Hospital');
    expect(spansOf(ended)).toEqual([
      {
        start: 7,
        end: 16,
        type: 'ID',
        rule: 'chart.north',
        action: 'remove',
        class: 'H',
        reason: 'its form',
      },
      expect.objectContaining({ type: 'CLINICIAN', action: 'token' }),
      expect.objectContaining({ type: 'DATE', action: 'generalise' }),
    ]);
  }, 60_000);

  test('prints nothing of what it keeps', async () => {
    const alone = sitePack.replace('extends: hipaa-safe-harbor\n', 'actions: { ID: keep }\n');
    const ended = await scan(file(alone), 'Chart nh-123456.');
    expect(spansOf(ended)).toEqual([]);
  }, 60_000);

  test('that names a task which there is not is refused where tasks are known', async () => {
    const path = file(`${sitePack}tasks:\n  allergy:\n    actions: { DATE: remove }\n`);
    expect((await scan(path, 'Chart nh-123456.')).code).toBe(0);
    const { code, stderr } = await checked(path);
    expect(code).toBe(1);
    expect(stderr).toContain(`A redaction pack is refused: ${path}, line 12: there is no task allergy`);
  }, 60_000);

  test('is part of the release: other rules, another hash', async () => {
    const { path } = configFolder(setting('redaction.packs', [file(sitePack)]));
    const hashOf = async (text: string): Promise<string> => {
      file(text);
      const { stdout } = await runHere(['release', 'show', '--config', path]);
      return /^release (\w{64})$/m.exec(stdout)?.[1] ?? '';
    };
    const [first, same, other] = [
      await hashOf(sitePack),
      await hashOf(sitePack),
      await hashOf(withPattern('nh-\\d{7}')),
    ];
    expect(first).toHaveLength(64);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  }, 60_000);
});
