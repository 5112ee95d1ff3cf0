import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromDisk, readingOnce } from '../../../src/vocabulary/data-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'phi-gateway-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  writeFileSync(join(folder, 'plain.yaml'), 'plain');
  symlinkSync(join(folder, 'plain.yaml'), join(folder, 'link.yaml'));
  symlinkSync(join(folder, 'nowhere.yaml'), join(folder, 'dangling.yaml'));
  mkdirSync(join(folder, 'folder.yaml'));
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
});

test('links to files are files; pipes, folders and links to nothing are none', () => {
  expect(fromDisk.list(folder).toSorted()).toEqual(['link.yaml', 'plain.yaml']);
  expect(fromDisk.read(join(folder, 'link.yaml')).toString()).toBe('plain');
});

test.each([
  ['pipe.yaml', 'is not a regular file'],
  ['folder.yaml', 'is not a regular file'],
  ['dangling.yaml', 'ENOENT'],
])('%s is not read, and holds nobody', (name, fault) => {
  expect(() => fromDisk.read(join(folder, name))).toThrow(fault);
});

test('a reader that reads once goes on seeing what it saw first', () => {
  const once = readingOnce();
  const path = join(folder, 'plain.yaml');
  const before = [once.list(folder), once.read(path).toString()];
  writeFileSync(path, 'changed');
  writeFileSync(join(folder, 'late.yaml'), 'late');
  expect([once.list(folder), once.read(path).toString()]).toEqual(before);
  expect(readingOnce().read(path).toString()).toBe('changed');
});
