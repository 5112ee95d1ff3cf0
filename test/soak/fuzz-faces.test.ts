import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import { type Dice, diceOf } from '../fixtures/honest-log.ts';
import { mcpRequest } from '../fixtures/mcp-message.ts';
import type { Reply } from '../fixtures/running-sandbox.ts';
import { positions, send } from '../integration/faces/positions.ts';
import { answers, completion } from '../integration/hardening/model-double.ts';
import { collectIdentifiers, findLeaks, type Identifiers } from '../leak/matcher.ts';
import { Fuzz, firstRun, fuzzTimeout, runs, seed, sound } from './fuzz/frame.ts';
import { type Json, type Seeds, spoil, spoilings } from './fuzz/spoil-json.ts';

const [asked, answered] = [runs(60), runs(40)];

let fuzz: Fuzz;
let seeds: Seeds;
/** Of the patient who is asked about, as the record has them. */
let own: Identifiers;
beforeAll(async () => {
  fuzz = await Fuzz.start();
  const { ready, running } = fuzz.sandbox;
  const patient = running.store.get('Patient', ready.patients[0]?.id ?? '');
  own = collectIdentifiers(patient === undefined ? [] : [patient]);
  const whole = [ready.patients[0]?.name ?? '', ready.patients[0]?.birthDate ?? ''];
  seeds = { own: [...whole, ...own.names, ...own.texts, ...own.digits], foreign: [] };
}, 60_000);
afterAll(() => fuzz.close());

const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];
const asJson = (value: unknown): Json => {
  const copy: Json = JSON.parse(JSON.stringify(value) ?? 'null');
  return copy;
};

/** What an answer says beside the names of the resources that it cites. */
const saidIn = ({ text }: Reply): string => text.replaceAll(/"resource":"[^"]*"/g, '');

interface Spoiled {
  readonly spoiled: Json;
  readonly what: string;
}

const spoiledWhole = (body: object, dice: Dice): Spoiled => {
  const { answer, what } = spoil(asJson(body), dice, seeds);
  return { spoiled: answer, what };
};

/** Members that say who asks what about whom. */
const settings = new Set(['context', 'id', 'jsonrpc', 'method', 'model', 'phi', 'stream']);

/** Identifiers in texts, and the settings left as they were: such a request goes further. */
function spoiledTexts(body: object, dice: Dice): Spoiled {
  const members: [string, unknown][] = Object.entries(body);
  const texts = asJson(Object.fromEntries(members.filter(([name]) => !settings.has(name))));
  const what = pick(['an identifier in a text', 'an identifier within a text'], dice) ?? '';
  spoilings[what]?.(texts, dice, seeds);
  const kept = members.filter(([name]) => settings.has(name));
  const said: [string, unknown][] = Object.entries(texts ?? {});
  return { spoiled: asJson(Object.fromEntries([...kept, ...said])), what };
}

/** One request with one to three things wrong, on any of the routes that take a caller's text. */
async function spoiledRequest(dice: Dice): Promise<{ readonly what: string; readonly reply: Reply }> {
  const phi = { patient: fuzz.sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' };
  const position = pick(positions, dice);
  const text = pick(['Hello.', 'Is this right?', pick(seeds.own, dice) ?? ''], dice) ?? '';
  const made: Readonly<
    Record<string, () => Promise<{ route: string; body: object; headers?: Readonly<Record<string, string>> }>>
  > = {
    position: async () => ({
      route: position?.route ?? '',
      body: { model: 'double', stream: dice(2) === 0, phi, ...position?.body(text) },
    }),
    context: async () => ({ route: '/v1/context', body: { phi, query: `What of the LDL? ${text}` } }),
    embeddings: async () => ({
      route: '/v1/embeddings',
      body: { phi, model: 'sandbox-hash', input: ['What of the LDL?', `And of the diet? ${text}`] },
    }),
    mcp: async () => {
      const { body: message, headers: given } = mcpRequest('tools/call', {
        name: 'ask',
        arguments: { ...phi, question: `What of the LDL? ${text}` },
      });
      return { route: '/mcp', body: JSON.parse(message), headers: given };
    },
    check: async () => {
      const taken = await send(fuzz.sandbox, '/v1/context', {});
      const context: unknown = isRecord(taken.body['context']) ? taken.body['context']['id'] : '';
      return { route: '/v1/answers/check', body: { context, answer: `The LDL is 108 mg/dL [O1]. ${text}` } };
    },
  };
  const kinds = ['position', 'position', 'position', 'position', 'context', 'check', 'embeddings', 'mcp'];
  const kind = pick(kinds, dice) ?? '';
  const { body, headers, route } = (await made[kind]?.()) ?? { route: '', body: {} };
  const { spoiled, what } = dice(4) === 0 ? spoiledWhole(body, dice) : spoiledTexts(body, dice);
  const reply = await fuzz.sandbox.call(route, await fuzz.token(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(spoiled),
  });
  return { what: `${route} ${position?.name ?? ''}: ${what}`, reply };
}

it(
  `${asked} spoiled requests on every route that takes text: an answer or a documented error, no clear byte`,
  async () => {
    const patient = fuzz.sandbox.ready.patients[0]?.id ?? '';
    fuzz.double.play = answers(completion('The LDL is 108 mg/dL [O1].'));
    for (let run = firstRun; run < firstRun + asked; run += 1) {
      const { reply, what } = await spoiledRequest(diceOf(seed * 100_000 + run));
      // Put into the middle of a word, an identifier leaves two pieces of it, which may be names of somebody else.
      const faults = [...(await fuzz.faultsOf(reply, patient, own)), ...findLeaks(saidIn(reply), own)];
      expect({ run, what, faults }).toEqual({ run, what, faults: [] });
    }
    expect(await fuzz.conclude(`spoiled requests: ${asked}`)).toEqual(sound);
    expect(fuzz.heard).toBeGreaterThan(0);
  },
  fuzzTimeout,
);

it(
  `${answered} spoiled answers of a model on both OpenAI routes: an answer or a documented error, no clear byte`,
  async () => {
    const patient = fuzz.sandbox.ready.patients[0]?.id ?? '';
    const whole = completion(
      'The LDL is 108 mg/dL [O1], and it was stable.',
      {},
      { annotations: [], tool_calls: [] },
    );
    for (let run = firstRun; run < firstRun + answered; run += 1) {
      const dice = diceOf(seed * 200_000 + run);
      const { answer: spoiled, what } = spoil(asJson(whole), dice, seeds);
      fuzz.double.play = answers(spoiled);
      const route = pick(['/v1/chat/completions', '/v1/responses'], dice) ?? '';
      const question = { role: 'user', content: 'What is the latest LDL?' };
      const stream = dice(2) === 0;
      const reply = await send(fuzz.sandbox, route, {
        model: 'double',
        stream,
        ...(route === '/v1/responses' ? { input: [question] } : { messages: [question] }),
      });
      const faults = [...(await fuzz.faultsOf(reply, patient)), ...findLeaks(saidIn(reply), own)];
      expect({ run, route, stream, what, faults }).toEqual({ run, route, stream, what, faults: [] });
    }
    expect(await fuzz.conclude(`spoiled answers: ${answered}`)).toEqual(sound);
  },
  fuzzTimeout,
);
