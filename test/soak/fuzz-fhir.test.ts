import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { gatewayInstructions, shiftedDatesInstruction } from '../../src/model/instructions.ts';
import { createFhirReader } from '../../src/retrieval/fhir-reader.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { isRecord, isResource, type Resource } from '../../src/vocabulary/fhir.ts';
import { tokenTypes } from '../../src/vocabulary/token.ts';
import { type Dice, diceOf } from '../fixtures/honest-log.ts';
import { answers, completion } from '../integration/hardening/model-double.ts';
import { collectIdentifiers, fold, type Identifiers } from '../leak/matcher.ts';
import { Fuzz, firstRun, fuzzTimeout, runs, seed, sound } from './fuzz/frame.ts';
import {
  type Asked,
  type FhirAnswer,
  type HostileProxy,
  honest,
  startHostileProxy,
} from './fuzz/hostile-proxy.ts';
import { byteSpoilings } from './fuzz/spoil-bytes.ts';
import { type Json, type Seeds, spoil } from './fuzz/spoil-json.ts';

const wanted = runs(60);

let proxy: HostileProxy;
let fuzz: Fuzz;
beforeAll(async () => {
  fuzz = await Fuzz.start(
    {
      between: async (base) => {
        proxy = await startHostileProxy(base);
        return proxy.base;
      },
    },
    2500,
  );
  fuzz.double.play = answers(completion('The record holds what was asked for.'));
}, 60_000);
afterAll(async () => {
  proxy.tamper = honest;
  await fuzz.close();
  await proxy.close();
});

const loaded = loadTasks(findDataFolder('tasks')).list();
const tasks = loaded.map(({ name }) => name);
const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

const parsed = (bytes: Buffer): Json | undefined => {
  try {
    const value: Json = JSON.parse(bytes.toString());
    return value;
  } catch {
    return undefined;
  }
};

const resourcesIn = (body: unknown): readonly Resource[] => {
  const entries = isRecord(body) && Array.isArray(body['entry']) ? body['entry'] : [];
  const resources: unknown[] = entries.map((entry: unknown) => (isRecord(entry) ? entry['resource'] : entry));
  return [body, ...resources].filter(isResource);
};

/** Names, numbers, addresses and contacts of one patient and the relatives, as they are written. */
function ownTexts(patient: string): readonly string[] {
  const { store } = fuzz.sandbox.running;
  const own = [
    store.get('Patient', patient),
    ...store.all('RelatedPerson').filter((one) => JSON.stringify(one).includes(`Patient/${patient}"`)),
  ].filter((one) => one !== undefined);
  const { names, texts, digits } = collectIdentifiers(own);
  const listed = fuzz.sandbox.ready.patients.find(({ id }) => id === patient);
  return [...names, ...texts, ...digits, listed?.name ?? ''].filter((text) => text.length >= 3);
}

const seedsOf = new Map<string, Seeds>();
function seedsFor(patient: string): Seeds {
  const known = seedsOf.get(patient) ?? freshSeeds(patient);
  seedsOf.set(patient, known);
  return known;
}

function freshSeeds(patient: string): Seeds {
  const { store } = fuzz.sandbox.running;
  const other = fuzz.sandbox.ready.patients.find(({ id }) => id !== patient)?.id ?? '';
  const foreign = ['Patient', 'Observation', 'Condition', 'MedicationRequest', 'Consent'].flatMap((type) =>
    store.all(type).filter((one) => JSON.stringify(one).includes(other)),
  );
  return {
    own: ownTexts(patient),
    foreign: foreign.slice(0, 60).map((one): Json => JSON.parse(JSON.stringify(one))),
  };
}

/** What says who the patient is: where such an answer is spoiled, only what it still says is known to the gateway. */
const sheetTypes = new Set(['Patient', 'RelatedPerson']);

interface Round {
  readonly spoiled: number;
  readonly what: string;
  readonly faults: readonly unknown[];
}

/** One request during which the answers of one type are spoiled; how many were, in what way, and what is wrong. */
async function during(run: number): Promise<Round | undefined> {
  const dice = diceOf(seed * 100_000 + run);
  const patient = pick(fuzz.sandbox.ready.patients, dice)?.id ?? '';
  const task = pick(tasks, dice) ?? '';
  const seeds = seedsFor(patient);
  const type = pick(await typesOf(patient, task), dice);
  if (type === undefined) return undefined;
  const said: string[] = [];
  const told: Resource[] = [];
  let spoiled = 0;
  proxy.tamper = (answer, asked) => {
    if (asked.type !== type) return answer;
    spoiled += 1;
    const body = dice(4) === 0 ? undefined : parsed(answer.body);
    if (body === undefined) {
      const [name, change] = pick(Object.entries(byteSpoilings), dice) ?? ['', undefined];
      said.push(name);
      const sent = change?.(answer, dice);
      if (sheetTypes.has(type) && sent !== undefined && !Buffer.isBuffer(sent))
        told.push(...resourcesIn(parsed(sent.body)));
      return sent;
    }
    const { answer: bad, what } = spoil(body, dice, seeds);
    said.push(what);
    if (sheetTypes.has(type)) told.push(...resourcesIn(bad));
    return { ...answer, body: Buffer.from(JSON.stringify(bad)) };
  };
  const reply = await fuzz.sandbox.ask({ patient, task, body: { model: 'double' }, stream: dice(3) === 0 });
  proxy.tamper = honest;
  const hidden = sheetTypes.has(type) ? hiddenAfter(patient, told) : fuzz.identifiers;
  const faults = await fuzz.faultsOf(reply, patient, hidden);
  return { spoiled, what: `${type}: ${said.join('; ')} (${task}, ${patient})`, faults };
}

const union = (one: Identifiers, other: Identifiers): Identifiers => ({
  names: new Set([...one.names, ...other.names]),
  ordinary: new Map([...one.ordinary, ...other.ordinary]),
  texts: new Set([...one.texts, ...other.texts]),
  digits: new Set([...one.digits, ...other.digits]),
  days: new Set([...one.days, ...other.days]),
});

const wordsOf = (text: string): readonly string[] => fold(text).match(/\p{L}+/gu) ?? [];

/** Words that the gateway says to every model; a spoiled name may be one of them. */
const saidAnyway = new Set(
  [
    ...gatewayInstructions,
    shiftedDatesInstruction,
    ...loaded.map(({ instructions }) => instructions),
    ...tokenTypes,
  ].flatMap(wordsOf),
);

/** Those, and words of the hosts of e-mail addresses: one that was put into a name makes no names of `mail` or `org`. */
const noNames = (resources: readonly Resource[]): ReadonlySet<string> =>
  new Set([
    ...saidAnyway,
    ...[...JSON.stringify(resources).matchAll(/@([\w.-]+)/g)].flatMap(([, host = '']) => wordsOf(host)),
  ]);

/** A server that keeps a name to itself cannot be made to tell it; what it did tell of the patient must be hidden. */
function hiddenAfter(patient: string, all: readonly Resource[]): Identifiers {
  const about = all.filter(
    (one) =>
      (one.resourceType === 'Patient' && one.id === patient) ||
      (one.resourceType === 'RelatedPerson' &&
        JSON.stringify(one['patient'] ?? null).includes(`Patient/${patient}"`)),
  );
  const told = collectIdentifiers(about);
  const passed = noNames(about);
  const names = new Set([...told.names].filter((word) => !passed.has(word)));
  return union({ ...told, names }, fuzz.others(patient));
}

const known = new Map<string, readonly string[]>();
/** Types that this question makes the gateway ask for; none where it is not even answered by an honest server. */
async function typesOf(patient: string, task: string): Promise<readonly string[]> {
  const before = known.get(`${patient} ${task}`);
  if (before !== undefined) return before;
  const types = new Set<string>();
  proxy.tamper = (answer: FhirAnswer, asked: Asked) => {
    types.add(asked.type);
    return answer;
  };
  const { status } = await fuzz.sandbox.ask({ patient, task });
  proxy.tamper = honest;
  types.delete('metadata');
  const list = status === 200 ? [...types] : [];
  known.set(`${patient} ${task}`, list);
  return list;
}

describe('fuzzed FHIR answers', () => {
  it(
    `${wanted} over HTTP: an answer or a documented error, and no identifier at model or caller`,
    async () => {
      let spoiled = 0;
      let requests = 0;
      for (let run = firstRun; spoiled < wanted; run += 1) {
        const done = await during(run);
        if (done === undefined) continue;
        spoiled += done.spoiled;
        requests += 1;
        expect({ run, seed, ...done, spoiled: 0 }).toEqual({
          run,
          seed,
          what: done.what,
          spoiled: 0,
          faults: [],
        });
      }
      expect(await fuzz.conclude(`fuzzed FHIR answers: ${spoiled} in ${requests} requests`)).toEqual(sound);
      // A run in which the model was never heard has shown nothing.
      expect(fuzz.heard).toBeGreaterThan(requests / 20);
    },
    fuzzTimeout,
  );

  it(
    `${wanted} capability statements are read or refused`,
    async () => {
      const options = {
        server: 'x',
        base: proxy.base,
        token: 'none',
        timeoutMs: 400,
        maxResponseBytes: 3_000_000,
      };
      const seeds: Seeds = { own: ['Zzyzx Road'], foreign: [] };
      let read = 0;
      for (let run = firstRun; run < firstRun + wanted; run += 1) {
        const dice = diceOf(seed * 100_000 + run);
        proxy.tamper = (answer) => {
          const body = dice(3) === 0 ? undefined : parsed(answer.body);
          if (body === undefined) return pick(Object.values(byteSpoilings), dice)?.(answer, dice);
          return { ...answer, body: Buffer.from(JSON.stringify(spoil(body, dice, seeds).answer)) };
        };
        const outcome = await createFhirReader(options)
          .capabilities()
          .then(
            ({ fhirVersion }) => fhirVersion,
            (thrown: unknown) => (isRecord(thrown) ? thrown['reason'] : thrown),
          );
        expect(String(outcome)).toMatch(/^(4\.|fhir_(malformed|unavailable|untrusted|timeout|refused)$)/);
        if (String(outcome).startsWith('4.')) read += 1;
      }
      proxy.tamper = honest;
      console.log(`fuzzed capability statements (seed ${seed}): ${wanted}, of them ${read} read`);
      expect(read).toBeGreaterThan(0);
      expect(read).toBeLessThan(wanted);
    },
    fuzzTimeout,
  );
});
