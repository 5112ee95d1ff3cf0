import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openVault } from '../../../src/storage/sqlite/vault-open.ts';
import type { PatientIndex, TokenRequest, TokenVault } from '../../../src/vault/ports.ts';
import { tokenPattern } from '../../../src/vocabulary/token.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

const scope = vaultScope({ patient: 'pat-1', user: 'u1', conversation: 'c1' });
const name = (form: string, entity = 'Patient/p1'): TokenRequest => ({ type: 'PATIENT', entity, form });
const masterKey = randomBytes(32).toString('base64');

let directory = '';
let path = '';
let now = Date.UTC(2026, 0, 1);
let vault: TokenVault & PatientIndex;
const reopen = (key = masterKey): Promise<TokenVault & PatientIndex> =>
  openVault({
    path,
    masterKey: key,
    directoryKey: new Uint8Array(32),
    clock: { now: () => now },
    retentionSeconds: 3600,
  });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vault-'));
  path = join(directory, 'vault.db');
  now = Date.UTC(2026, 0, 1);
  vault = await reopen();
});
afterEach(async () => {
  await vault.close();
  rmSync(directory, { recursive: true });
});

const one = async (request: TokenRequest, within = scope): Promise<string> => {
  const [issued] = await vault.issue(within, [request]);
  return issued?.token ?? '';
};

const date = (form: string, epochDay: number): TokenRequest => ({
  type: 'DATE',
  entity: `day:${epochDay}`,
  form,
  epochDay,
});
const dayOf = (token: string): number => Number([...token.matchAll(tokenPattern)][0]?.[4]);
const bytes = (): string =>
  ['', '-wal', '-shm']
    .map((suffix) => {
      try {
        return readFileSync(path + suffix, 'latin1');
      } catch {
        return '';
      }
    })
    .join('');

describe('tokens', () => {
  test('the same request has the same token in its scope, also after a restart', async () => {
    const first = await one(name('Maria Ortiz'));
    expect(first).toMatch(/^\[\[PATIENT-[0-9A-HJKMNP-TV-Z]{8}\]\]$/);
    expect(await one(name('Maria Ortiz'))).toBe(first);
    await vault.close();
    vault = await reopen();
    expect(await one(name('Maria Ortiz'))).toBe(first);
    expect(await vault.resolve(scope, [first])).toEqual(new Map([[first, 'Maria Ortiz']]));
  });

  test('forms of one entity share a stem and are numbered, other entities do not', async () => {
    const issued = await vault.issue(scope, [
      name('Maria Ortiz'),
      name('Ortiz'),
      name('Maria', 'Patient/p2'),
      name('Ortiz'),
    ]);
    const [full = '', short = '', other = '', again = ''] = issued.map(({ token }) => token);
    expect(short).toBe(full.replace(']]', '.2]]'));
    expect(again).toBe(short);
    expect(other.slice(0, 18)).not.toBe(full.slice(0, 18));
    expect(await one(name('M. Ortiz'))).toBe(full.replace(']]', '.3]]'));
    const values = await vault.resolve(scope, [full, short, other]);
    expect([...values.values()]).toEqual(['Maria Ortiz', 'Ortiz', 'Maria']);
  });

  test.each([
    ['tenant', { tenant: 'south' }],
    ['patient', { patient: 'pat-2' }],
    ['purpose', { purpose: 'HPAYMT' }],
    ['user', { user: 'u2' }],
    ['conversation', { conversation: 'c2' }],
    ['task', { task: 'allergies' }],
    ['kind of turn', { turn: 'context' as const }],
    ['ticket', { ticket: 'INC-1' }],
    ['grant', { opening: 'g1' }],
    ['class of sign-in', { assurance: 'phr' }],
  ])('another %s has another token and resolves nothing of this one', async (_, change) => {
    const elsewhere = { ...scope, ...change };
    const here = await one(name('Maria Ortiz'));
    expect(await one(name('Maria Ortiz'), elsewhere)).not.toBe(here);
    expect(await vault.resolve(elsewhere, [here])).toEqual(new Map());
  });

  test('day counts keep intervals, hide the calendar and must be the ones given', async () => {
    const [a, b] = [await one(date('2026-01-01', 20_454)), await one(date('2026-01-31', 20_484))];
    expect(dayOf(b) - dayOf(a)).toBe(30);
    expect(dayOf(a)).toBe(20_454 - (await vault.anchor(scope)));
    expect(await vault.anchor(scope)).toBeLessThanOrEqual(-43_829 - 1_000);
    expect(await vault.anchor(scope)).toBeGreaterThanOrEqual(-43_829 - 30_000);
    expect(await vault.anchor({ ...scope, conversation: 'c9' })).not.toBe(await vault.anchor(scope));
    const forged = a.replace(/day \d+/, `day ${dayOf(a) + 1}`);
    const bare = a.replace(/ day \d+/, '');
    expect(await vault.resolve(scope, [a, forged, bare])).toEqual(
      new Map([
        [a, '2026-01-01'],
        [bare, '2026-01-01'],
      ]),
    );
  });

  test('what no scope issued does not resolve', async () => {
    const token = await one(name('Maria Ortiz'));
    const forged = [
      '[[PATIENT-00000000]]',
      token.replace('PATIENT', 'CLINICIAN'),
      token.replace(']]', '.2]]'),
      token.replace(']]', '.1]]'),
      token.toLowerCase(),
      `${token} `,
      'PATIENT',
      '',
    ];
    expect(await vault.resolve(scope, forged)).toEqual(new Map());
    expect(await vault.resolve({ ...scope, conversation: 'never' }, [token])).toEqual(new Map());
  });

  test('requests at the same time agree', async () => {
    const forms = Array.from({ length: 20 }, (_, at) => `form ${at % 5}`);
    const tokens = await Promise.all(forms.map((form) => one(name(form))));
    expect(new Set(tokens).size).toBe(5);
    const values = await vault.resolve(scope, tokens);
    for (const [at, token] of tokens.entries()) expect(values.get(token)).toBe(forms[at]);
  });
});

describe('ends', () => {
  test('tokens end with retention and are purged', async () => {
    const token = await one(name('Maria Ortiz'));
    now += 3_599_999;
    expect((await vault.resolve(scope, [token])).size).toBe(1);
    now += 1;
    expect((await vault.resolve(scope, [token])).size).toBe(0);
    expect(await one(name('Maria Ortiz'))).not.toBe(token);
    now += 3_600_000;
    expect(await vault.purge(now)).toBe(1);
    expect(await vault.purge(now)).toBe(0);
  });

  test('erasing a patient ends every scope of that patient and no other', async () => {
    const other = { ...scope, patient: 'pat-2' };
    const [mine, theirs] = [await one(name('Maria Ortiz')), await one(name('Ana Ruiz'), other)];
    await vault.erase('north', 'pat-1');
    expect((await vault.resolve(scope, [mine])).size).toBe(0);
    expect((await vault.resolve(other, [theirs])).get(theirs)).toBe('Ana Ruiz');
    expect(await one(name('Maria Ortiz'))).not.toBe(mine);
  });

  /** One conversation, as it went on under other work: each is a scope of its own. */
  const work = [
    scope,
    { ...scope, task: 'allergies' },
    { ...scope, opening: 'g1' },
    { ...scope, assurance: 'phr' },
  ];

  test('erasing a patient ends a conversation under every task, grant and sign-in', async () => {
    const issued = await Promise.all(work.map((of) => one(name('Maria Ortiz'), of)));
    await vault.erase('north', 'pat-1');
    for (const [at, of] of work.entries()) expect((await vault.resolve(of, issued)).size + at).toBe(at);
  });

  test('retention ends a conversation under every task, grant and sign-in', async () => {
    await Promise.all(work.map((of) => one(name('Maria Ortiz'), of)));
    now += 3_600_000;
    expect(await vault.purge(now)).toBe(work.length);
  });

  test('what is forgotten under one grant stands under no other name, and the rest stands', async () => {
    const granted = { ...scope, opening: 'g1' };
    const [mine, theirs] = [await one(name('Maria Ortiz'), granted), await one(name('Maria Ortiz'))];
    await vault.forget([granted]);
    expect((await vault.resolve(granted, [mine])).size).toBe(0);
    expect((await vault.resolve(scope, [theirs])).size).toBe(1);
    expect(await one(name('Maria Ortiz'), granted)).not.toBe(mine);
  });
});

describe('what stands on disk', () => {
  test('no value, patient, user or conversation in clear, file closed to others', async () => {
    const secret = {
      ...scope,
      patient: 'patient-in-clear',
      user: 'user-in-clear',
      conversation: 'talk-in-clear',
      task: 'task-in-clear',
      ticket: 'ticket-in-clear',
      opening: 'grant-in-clear',
      assurance: 'acr-in-clear',
    };
    await vault.issue(secret, [{ type: 'PATIENT', entity: 'entity-in-clear', form: 'form-in-clear' }]);
    expect(bytes()).not.toContain('in-clear');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('an erased key is gone from file and log', async () => {
    await one(name('Maria Ortiz'));
    const db = new Database(path, { readonly: true });
    const [row] = db.prepare<[], { wrapped: Buffer }>('SELECT wrapped FROM patient_key').all();
    db.close();
    const wrapped = row?.wrapped.toString('latin1') ?? 'absent';
    expect(bytes()).toContain(wrapped);
    await vault.erase('north', 'pat-1');
    expect(bytes()).not.toContain(wrapped);
  });

  test.each([
    ['a changed byte', "UPDATE token SET sealed = substr(sealed, 1, 30) || x'00' || substr(sealed, 32)"],
    ['a cut row', 'UPDATE token SET sealed = substr(sealed, 1, 8)'],
    ['a key of nobody', 'UPDATE patient_key SET wrapped = zeroblob(40)'],
    [
      'a swapped value',
      'UPDATE token SET sealed = (SELECT t.sealed FROM token t WHERE t.form <> token.form)',
    ],
  ])('%s refuses and never answers another value', async (_, sql) => {
    const issued = await vault.issue(scope, [name('Maria Ortiz'), name('Ortiz')]);
    const db = new Database(path);
    db.prepare(sql).run();
    db.close();
    await expect(
      vault.resolve(
        scope,
        issued.map(({ token }) => token),
      ),
    ).rejects.toMatchObject({ reason: 'vault_unavailable' });
  });

  test('another master key opens nothing', async () => {
    const token = await one(name('Maria Ortiz'));
    await vault.close();
    vault = await reopen(createHash('sha256').update('other').digest('base64'));
    expect((await vault.resolve(scope, [token])).size).toBe(0);
    await vault.close();
    await expect(reopen('c2hvcnQ=')).rejects.toThrow('32 bytes');
    vault = await reopen();
  });
});

describe('by what patients are told', () => {
  const dayMs = 86_400_000;
  test('counts what is another patient\u2019s alone, within the tenant, also after a restart', async () => {
    await vault.remember('north', 'pat-1', ['n:5550142', 'i:ab1234']);
    await vault.remember('north', 'pat-2', ['n:5550142', 'i:cd5678']);
    await vault.remember('south', 'pat-3', ['i:ef9012']);
    await vault.close();
    vault = await reopen();
    const asked = ['n:5550142', 'i:ab1234', 'i:cd5678', 'i:ef9012', 'i:nobody'];
    expect(await vault.ofOthers('north', 'pat-1', asked)).toBe(1);
    expect(await vault.ofOthers('north', 'pat-9', asked)).toBe(3);
    expect(await vault.ofOthers('south', 'pat-1', asked)).toBe(1);
  });

  test('keeps no value, and nothing of whom it was erased or nobody asked about for 90 days', async () => {
    await vault.issue({ ...scope, patient: 'pat-1' }, [name('Maria')]);
    await vault.remember('north', 'pat-1', ['i:marigold77']);
    await vault.remember('north', 'pat-2', ['i:bluebell88']);
    expect(bytes()).not.toMatch(/marigold|bluebell/);
    await vault.erase('north', 'pat-1');
    expect(await vault.ofOthers('north', 'pat-9', ['i:marigold77', 'i:bluebell88'])).toBe(1);
    now += 80 * dayMs;
    await vault.remember('north', 'pat-2', ['i:bluebell88']);
    now += 80 * dayMs;
    await vault.purge(now);
    expect(await vault.ofOthers('north', 'pat-9', ['i:bluebell88'])).toBe(1);
    now += 91 * dayMs;
    await vault.purge(now);
    expect(await vault.ofOthers('north', 'pat-9', ['i:bluebell88'])).toBe(0);
  });

  test('an index that fails is a refusal', async () => {
    await vault.close();
    await expect(vault.ofOthers('north', 'pat-1', ['i:x'])).rejects.toMatchObject({
      reason: 'vault_unavailable',
    });
    vault = await reopen();
  });
});

test('what many patients have tells of none, what a family shares not of its members', async () => {
  const others = (patient: string): Promise<number> => vault.ofOthers('north', patient, ['n:4155550142']);
  for (let at = 0; at < 20; at += 1) await vault.remember('north', `home-${at}`, ['n:4155550142']);
  expect([await others('home-3'), await others('pat-1')]).toEqual([0, 1]);
  await vault.remember('north', 'home-20', ['n:4155550142']);
  expect(await others('pat-1')).toBe(0);
});
