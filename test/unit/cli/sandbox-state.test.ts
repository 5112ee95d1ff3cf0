import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findSandbox, isPrivate, writeState } from '../../../src/cli/sandbox-state.ts';

const state = {
  gateway: 'http://127.0.0.1:8080',
  issuer: 'http://127.0.0.1:8081',
  audience: 'urn:phi-gateway:sandbox',
  users: [{ username: 'clinician', password: 'invented', role: 'physician' }],
};
const variable = 'PHI_GATEWAY_SANDBOX';
const notPrivate = 'The sandbox state file is not a private file of this user.';
const notReadable = 'The sandbox state file does not exist, is a link, or cannot be read.';

let folder: string;
let path: string;
let before: string | undefined;
beforeEach(() => {
  before = process.env[variable];
  folder = mkdtempSync(join(tmpdir(), 'phi-state-'));
  path = join(folder, 'state.json');
  process.env[variable] = path;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env[variable];
  else process.env[variable] = before;
});

describe('the state of a sandbox', () => {
  test('is written for its owner only and read again', () => {
    writeState(path, state);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(findSandbox()).toEqual(state);
  });

  test('replaces what stood there and never writes through a link', () => {
    const foreign = join(folder, 'foreign');
    writeFileSync(foreign, 'untouched');
    symlinkSync(foreign, path);
    writeState(path, state);
    expect(statSync(foreign).size).toBe('untouched'.length);
    expect(findSandbox().gateway).toBe(state.gateway);
  });

  test.each([0o640, 0o604, 0o620, 0o602, 0o660, 0o777])('is not read with mode %o', (mode) => {
    writeState(path, state);
    chmodSync(path, mode);
    expect(findSandbox).toThrow(notPrivate);
  });

  test('is not read through a link, from a folder, or where it is not', () => {
    writeState(join(folder, 'real.json'), state);
    symlinkSync(join(folder, 'real.json'), path);
    expect(findSandbox).toThrow(notReadable);
    rmSync(path);
    expect(findSandbox).toThrow(notReadable);
    mkdirSync(path, { mode: 0o700 });
    expect(findSandbox).toThrow(notPrivate);
  });

  test('of another user is not read', () => {
    writeState(path, state);
    const { mode } = statSync(path);
    const file = { mode, isFile: () => true };
    expect(isPrivate({ ...file, uid: 1000 }, 1000)).toBe(true);
    expect(isPrivate({ ...file, uid: 1001 }, 1000)).toBe(false);
    // Only root may give files away; elsewhere the rule above is what can be shown.
    if (process.getuid?.() !== 0) return;
    chownSync(path, 65_534, 65_534);
    expect(findSandbox).toThrow(notPrivate);
  });

  test.each<[string, unknown]>([
    ['another machine', { ...state, gateway: 'https://gateway.example' }],
    ['a name that only looks like loopback', { ...state, gateway: 'http://127.0.0.1.example:8080' }],
    ['an issuer elsewhere', { ...state, issuer: 'http://login.example' }],
    ['a user without a password', { ...state, users: [{ username: 'clinician', role: 'physician' }] }],
    ['no object', [state]],
  ])('that names %s is not used', (_name, written) => {
    writeFileSync(path, JSON.stringify(written), { mode: 0o600 });
    expect(findSandbox).toThrow('The sandbox state file cannot be read.');
  });

  test('that is no JSON is not used', () => {
    writeFileSync(path, '{"gateway":', { mode: 0o600 });
    expect(findSandbox).toThrow('The sandbox state file cannot be read.');
  });
});
