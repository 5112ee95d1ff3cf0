import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPacksInForce } from '../../src/packs.ts';
import type { FindSpans, Redactor } from '../../src/redaction/ports.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { openVault } from '../../src/storage/sqlite/vault-open.ts';
import type { TokenRequest, TokenVault } from '../../src/vault/ports.ts';
import { type Dice, diceOf } from '../fixtures/honest-log.ts';
import { noRoundTrips, tripConversation } from '../fixtures/round-trip.ts';
import { vaultScope } from '../fixtures/vault-scope.ts';
import { writtenForms } from '../fixtures/written-values.ts';
import { disguises } from '../unit/redaction/disguises.ts';
import { type GeneratedRecord, generatedRecords } from '../unit/redaction/generated-records.ts';
import { identifierSets, isPresent, textsOf } from '../vectors/identifier-sets.ts';

const full = process.env['SOAK'] === 'full';
const seed = Number(process.env['SEED'] ?? 9_001);
const generated = full ? 100_000 : 1_000;
const realShaped = full ? 5_000 : 250;
const tokensAcross = full ? 1_000_000 : 5_000;
const inConversation = 25;
const patienceMs = full ? 7_200_000 : 120_000;

let directory = '';
let vault: TokenVault;
let now = Date.UTC(2026, 10, 20);
const retentionSeconds = 30 * 86_400;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'round-trip-'));
  vault = await openVault({
    path: join(directory, 'vault.db'),
    masterKey: randomBytes(32).toString('base64'),
    directoryKey: new Uint8Array(32),
    clock: { now: () => now },
    retentionSeconds,
    // A loaded host is no fault here.
    timeoutMs: patienceMs,
  });
});
afterAll(async () => {
  await vault.close();
  rmSync(directory, { recursive: true });
});

const scopeOf = (conversation: string, patient = 'p') => vaultScope({ patient, conversation });

const finder =
  (redactor: Redactor): FindSpans =>
  async (texts) =>
    redactor.spans(texts);

const pick = <Value>(dice: Dice, from: readonly Value[]): Value | undefined => from[dice(from.length)];
const between = [
  ', ',
  '. ',
  ' and ',
  '\n',
  ' (',
  ') ',
  ': ',
  '; metformin 500 mg, ',
  ' = ',
  ' <b> ',
  ' [1] ',
];

/** Two to six values of a record in any written form, disguised or not, with signs of markup between them. */
function writtenText(dice: Dice, { identity }: GeneratedRecord): string {
  let text = '';
  for (let left = 2 + dice(5); left > 0; left -= 1) {
    const value = pick(dice, identity);
    const form = value === undefined ? undefined : pick(dice, writtenForms(value));
    const disguise = disguises[pick(dice, Object.keys(disguises)) ?? ''];
    if (form === undefined || disguise === undefined) continue;
    text += (dice(3) === 0 ? disguise(form.text) : form.text) + (pick(dice, between) ?? '');
  }
  return text;
}

/** Ways in which the same note reaches a gateway. */
const arrivals: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.toUpperCase(),
  (text) => text.slice(text.length / 3),
  (text) => JSON.stringify(text),
];

const groups = <Value>(values: readonly Value[]): Value[][] =>
  Array.from({ length: Math.ceil(values.length / inConversation) }, (_, at) =>
    values.slice(at * inConversation, (at + 1) * inConversation),
  );

describe('a text that was hidden comes back as it was', () => {
  const records = generatedRecords(seed);

  test(
    'generated texts, with the record',
    async () => {
      const dice = diceOf(seed);
      const trips = noRoundTrips();
      for (let group = 0; group < generated / inConversation; group += 1) {
        const record = records[group % records.length];
        if (record === undefined) continue;
        const texts = Array.from({ length: inConversation }, () => writtenText(dice, record));
        await tripConversation(
          trips,
          vault,
          scopeOf(`g${group}`, record.patient),
          finder(record.redactor),
          texts,
        );
      }
      console.log(`${trips.texts} generated texts, ${trips.tokens} tokens: ${trips.faults.length} faults`);
      expect(trips.texts).toBeGreaterThanOrEqual(generated);
      expect(trips.tokens).toBeGreaterThan(generated);
      expect(trips.faults.slice(0, 5)).toEqual([]);
    },
    patienceMs,
  );

  test(
    'notes, without a record',
    async () => {
      const packs = loadPacksInForce();
      const sets = identifierSets.filter(({ set }) => isPresent(set)).flatMap(({ set }) => textsOf(set));
      const notes = [...sets, ...records.flatMap(({ texts }) => texts.map(({ text }) => text))];
      const texts = arrivals.flatMap((arrive) => notes.map(arrive));
      const dice = diceOf(seed);
      const trips = noRoundTrips();
      const chosen = Array.from({ length: realShaped }, () => pick(dice, texts) ?? '');
      for (const [at, group] of groups(chosen).entries()) {
        const redactor = createRedactor({ identity: [], packs });
        await tripConversation(trips, vault, scopeOf(`n${at}`), finder(redactor), group);
      }
      console.log(
        `${trips.texts} notes (${sets.length} of data sets), ${trips.tokens} tokens: ${trips.faults.length} faults`,
      );
      expect(trips.texts).toBe(realShaped);
      expect(trips.faults.slice(0, 5)).toEqual([]);
    },
    patienceMs,
  );
});

describe('tokens across conversations', () => {
  const perCall = 1_000;
  const requests = Array.from(
    { length: perCall },
    (_, at): TokenRequest => ({ type: 'PATIENT', entity: `name:${at}`, form: `Ottoline Quayle ${at}` }),
  );

  test(
    'none is equal to one of another conversation, and none resolves there',
    async () => {
      const seen = new Set<string>();
      let resolved = 0;
      let tried = 0;
      let before: string[] = [];
      for (let call = 0; call < tokensAcross / perCall; call += 1) {
        const scope = scopeOf(`a${call}`);
        const issued = await vault.issue(scope, requests);
        const tokens = issued.map(({ token }) => token);
        for (const token of tokens) seen.add(token);
        const foreign = [...before, ...tokens.slice(0, 200).flatMap(forged)].filter(
          (token) => !tokens.includes(token),
        );
        tried += foreign.length;
        resolved += (await vault.resolve(scope, foreign)).size;
        before = tokens.slice(0, 200);
      }
      console.log(
        `${tokensAcross} tokens of the same values, ${tokensAcross - seen.size} equal; ${tried} foreign and forged, ${resolved} resolved`,
      );
      expect(seen.size).toBe(tokensAcross);
      expect(tried).toBeGreaterThan(perCall);
      expect(resolved).toBe(0);
    },
    patienceMs,
  );

  test(
    'none resolves when its conversation has expired',
    async () => {
      const scope = scopeOf('expires');
      const tokens = (await vault.issue(scope, requests)).map(({ token }) => token);
      expect((await vault.resolve(scope, tokens)).size).toBe(perCall);
      now += retentionSeconds * 1000;
      expect((await vault.resolve(scope, tokens)).size).toBe(0);
      const again = (await vault.issue(scope, requests)).map(({ token }) => token);
      expect((await vault.resolve(scope, tokens)).size).toBe(0);
      expect(again.filter((token) => tokens.includes(token))).toEqual([]);
    },
    patienceMs,
  );
});

/** A token as somebody might change it. */
const forged = (token: string): string[] => [
  token.replace('PATIENT', 'CLINICIAN'),
  token.replace(']]', '.2]]'),
  token.replace(']]', ' day 65030]]'),
  token.toLowerCase(),
  token.slice(2, -2),
  token.replace(/-(.)(.)/, '-$2$1'),
];
