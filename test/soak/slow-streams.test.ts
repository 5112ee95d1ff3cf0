import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Agent, fetch } from 'undici';
import { completion, type Play } from '../integration/hardening/model-double.ts';
import { growthOf } from './mixed-load/flatness.ts';
import { heading, lineOf, sample } from './mixed-load/samples.ts';
import { startWorld, type World } from './mixed-load/world.ts';

const full = process.env['SOAK'] === 'full';
/** SOAK_STREAMS: how many at once. */
const streams = Number(process.env['SOAK_STREAMS'] ?? (full ? 500 : 20));
/** Seconds for which all of them are open and drip. */
const seconds = full ? 45 : 6;
/** Milliseconds between two sentences of one answer. */
const pace = 1500;
/** Under a few streams the heap moves by what any request leaves behind for a while. */
const bound = full ? 0.05 : 0.25;
/** Requests that are begun at once: what is measured is many open ones, not a crowd at the door. */
const atOnce = 8;

const first = 'The LDL is 108 mg/dL.';
const [head = '', tail = ''] = JSON.stringify(completion(first)).split(first);

const spoken = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

/** A model that says one sentence after the other until it is told to end. */
class Dripping {
  open = 0;
  readonly #ending = new AbortController();

  readonly play: Play = (response, request) => {
    this.open += 1;
    const stream = request.includes('"stream":true');
    response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
    const say = (text: string): boolean => response.write(stream ? spoken({ content: text }) : text);
    say(stream ? first : `${head}${first}`);
    const timer = setInterval(() => say(' It has been stable.'), pace);
    response.once('close', () => {
      this.open -= 1;
      clearInterval(timer);
    });
    this.#ending.signal.addEventListener('abort', () => {
      clearInterval(timer);
      response.end(stream ? `${spoken({}, 'stop')}data: [DONE]\n\n` : tail);
    });
  };

  end(): void {
    this.#ending.abort();
  }
}

const connections = new Agent({ connections: streams, headersTimeout: 0, bodyTimeout: 0 });

/** What is wrong with one streamed answer, read to its end; undefined where nothing is. */
async function faultOf(world: World, patient: string, task: string): Promise<string | undefined> {
  const response = await fetch(`${world.url}/v1/chat/completions`, {
    method: 'POST',
    dispatcher: connections,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await world.token('clinician')}`,
    },
    body: JSON.stringify({
      model: 'double',
      stream: true,
      messages: [{ role: 'user', content: 'What is the latest LDL?' }],
      phi: { patient, task, purpose: 'TREAT' },
    }),
  });
  const text = await response.text();
  const whole = response.status === 200 && text.includes('108 mg/dL') && text.endsWith('data: [DONE]\n\n');
  return whole ? undefined : `${response.status} ${text.slice(0, 300)}`;
}

it(`${streams} slow streams at once hold no more after ${seconds} s than when they began, and all are answered`, async () => {
  const world = await startWorld(60_000, 280_000);
  try {
    const model = new Dripping();
    world.double.play = model.play;
    const [patient] = world.patients;
    const asked: Promise<string | undefined>[] = [];
    const early: (string | undefined)[] = [];
    const opened = async (most: number): Promise<void> => {
      while (asked.length - model.open > most && early.length === 0) await delay(20);
      // None may end before the model does.
      expect({ open: model.open, early }).toEqual({ open: model.open, early: [] });
    };
    for (let n = 0; n < streams; n += 1) {
      // One of two is answered whole, the other while the model speaks.
      const one = faultOf(world, patient?.id ?? '', n % 2 === 0 ? 'problem.list' : 'cholesterol.latest');
      one.then(
        (fault) => early.push(fault),
        (thrown: unknown) => early.push(String(thrown)),
      );
      asked.push(one);
      await opened(atOnce);
    }
    await opened(0);
    const lines = [heading];
    const points = [];
    const began = performance.now();
    for (let at = 0; at <= seconds; at += full ? 5 : 1) {
      const one = await sample(world, (performance.now() - began) / 60_000, streams);
      points.push({ at: one.at, value: one.heap + one.external });
      lines.push(lineOf(one));
      await delay(full ? 5000 : 1000);
    }
    expect(model.open).toBe(streams);
    const { median, share } = growthOf(points);
    model.end();
    const faults = (await Promise.all(asked)).filter((fault) => fault !== undefined);
    console.log(
      `${streams} slow streams: ${(median / 1_048_576).toFixed(1)} MiB, grown by ${(100 * share).toFixed(1)} % in ${seconds} s; ${streams - faults.length} answered whole\n${lines.join('\n')}`,
    );
    expect(faults).toEqual([]);
    expect(share).toBeLessThan(bound);
  } finally {
    await connections.destroy();
    await world.close();
    world.forget();
  }
}, 900_000);
