import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrailEvent } from '../../../src/audit/events.ts';
import type { AppendedRange, TrailWriter } from '../../../src/audit/ports.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/** Short, so that a caller who stalls meets it. */
const deadlineMs = 5000;

let sandbox: SandboxUnderTest;
let append: TrailWriter['append'];
const trails: string[] = [];
const gateway = () => sandbox.running.gateway.gateway;

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      limits: { ...config.limits, requestTimeoutMs: deadlineMs },
    }),
  });
  // The first request of a process is its slowest.
  await sandbox.ask();
  append = gateway().services.trail.append.bind(gateway().services.trail);
}, 60_000);
afterAll(() => sandbox.close());

type Disk = (events: readonly TrailEvent[]) => Promise<AppendedRange>;
/** The trail's disk as it behaves in one test; what it was asked to write is remembered. */
const disk = (behaviour: Disk): void => {
  gateway().services.trail.append = (events) => {
    trails.push(...events.map(({ trail }) => trail));
    return behaviour(events);
  };
};
beforeEach(() => {
  trails.length = 0;
  disk(append);
});
afterEach(() => disk(append));

const ends = new Set(['response.delivered', 'response.aborted', 'request.denied']);
const endsOf = async (trail: string): Promise<string[]> => {
  const { services } = gateway();
  const events = [
    ...(await services.trail.trail('sandbox', trail)),
    ...(await services.trail.trail('-', trail)),
  ];
  return events.filter(({ event }) => ends.has(event)).map(({ event }) => event);
};

async function settled(): Promise<void> {
  while (gateway().open > 0) await delay(10);
}

/** Starts a request by hand and answers how to end it and what came back so far. */
async function callByHand(body: string, length = Buffer.byteLength(body)) {
  const call = request(`${sandbox.ready.gateway}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': length,
      authorization: `Bearer ${await sandbox.token('clinician')}`,
    },
  });
  call.on('error', () => undefined);
  call.write(body);
  return call;
}

const question = (stream: boolean): string =>
  JSON.stringify({
    messages: [{ role: 'user', content: 'What is the latest LDL?' }],
    stream,
    phi: { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
  });

const unwritable: Disk = () => Promise.reject(new Error('no space'));
/** The disk took the events and nobody was told. */
const silent: Disk = async (events) => {
  await append(events);
  throw new Error('no answer in time');
};
const only =
  (event: string, behaviour: Disk): Disk =>
  (events) =>
    events.some((one) => one.event === event) ? behaviour(events) : append(events);

describe('every trail ends once', () => {
  it.each<[string, Disk]>([
    ['did not take', unwritable],
    ['took without saying so', silent],
  ])('although the disk %s the end of an answer', async (_name, behaviour) => {
    disk(only('response.delivered', behaviour));
    const reply = await sandbox.ask();
    expect(reply.status).toBe(200);
    await settled();
    disk(append);
    // The next request finds the disk well again.
    expect((await sandbox.ask()).status).toBe(200);
    await settled();
    await delay(100);
    expect(await endsOf(reply.trail)).toEqual(['response.delivered']);
    expect(gateway().open).toBe(0);
  });

  it.each(['session.started', 'request.authorized', 'context.released', 'response.released'])(
    'although the disk took neither %s nor the refusal',
    async (event) => {
      let broken = false;
      disk((events) => {
        broken ||= events.some((one) => one.event === event);
        return broken ? unwritable(events) : append(events);
      });
      const reply = await sandbox.ask();
      expect(reply).toMatchObject({ status: 503, body: { error: { code: 'trail_unavailable' } } });
      disk(append);
      await sandbox.ask();
      await settled();
      await delay(100);
      expect(await endsOf(reply.trail)).toHaveLength(1);
    },
  );

  it('at whatever moment the caller goes away', async () => {
    for (let ms = 0; ms < 120; ms += 8) {
      const call = await callByHand(question(ms % 16 === 0));
      call.end();
      await delay(ms);
      call.destroy();
      await settled();
    }
    await delay(100);
    expect(gateway().open).toBe(0);
    expect(new Set(trails).size).toBeGreaterThan(5);
    for (const trail of new Set(trails)) expect(await endsOf(trail)).toHaveLength(1);
  }, 30_000);
});

describe('no caller keeps an envelope open for longer than its deadline', () => {
  it('by sending a body that never ends', async () => {
    const call = await callByHand('{"messages"', 5000);
    const status = await new Promise((resolve) => {
      call.on('response', (response) => resolve(response.statusCode));
    });
    call.destroy();
    expect(status).toBe(504);
    expect(gateway().open).toBe(0);
  }, 15_000);

  it('by not reading the answer', async () => {
    await sandbox.script([{ chunks: ['One word and another. '.repeat(45_000)] }]);
    const call = await callByHand(question(true));
    call.on('response', (response) => response.pause());
    call.end();
    while (gateway().open === 0) await delay(10);
    // Were there no deadline, this would wait for ever: the caller never reads.
    await settled();
    expect(call.destroyed).toBe(false);
    call.destroy();
    const [trail = ''] = trails;
    expect(await endsOf(trail)).toEqual(['response.aborted']);
  }, 30_000);
});

it('leaves a log that verifies', () => {
  const report = verifyTrail(sandbox.ready.files.audit);
  expect(report).toMatchObject({ ok: true });
});
