import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventName, type TrailEvent } from '../../../src/audit/events.ts';
import { BesideRefusal } from '../../../src/envelope/beside-refusal.ts';
import { EnvelopeConductor } from '../../../src/envelope/conductor.ts';
import type { Opened } from '../../../src/envelope/envelope.ts';
import type { Gateway } from '../../../src/envelope/gateway.ts';
import { OwedEndings } from '../../../src/envelope/owed-endings.ts';
import type { StageRow } from '../../../src/envelope/stage.ts';
import { Stopwatch } from '../../../src/envelope/stopwatch.ts';
import { Strangers } from '../../../src/envelope/strangers.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const opened: Opened = {
  trail: '-',
  openedAt: 0,
  tenantId: 'north',
  credentials: { token: '' },
  read: () => Promise.resolve({ action: 'ask', messages: [], phi: undefined, stream: false }),
  beforeSearch: () => Promise.resolve(),
  besideRefusal: new BesideRefusal(),
  stopwatch: new Stopwatch(),
  standing: [],
  signal: new AbortController().signal,
};

const stages: readonly EventName[] = [
  'session.started',
  'consent.verified',
  'request.authorized',
  'fhir.retrieved',
  'record.masked',
  'context.released',
  'response.generated',
  'response.checked',
  'response.released',
];

const row = (event: EventName, run: StageRow<Opened, Opened>['run']): StageRow<Opened, Opened> => ({
  name: event,
  run,
  event,
  otherwise: 'unexpected',
});

/** Walks all stages; the one at `failing` does what `fail` does instead of its work. */
async function walk(failing: number, fail: () => Promise<never>): Promise<readonly TrailEvent[]> {
  const { gateway } = sandbox.running.gateway;
  const { services } = gateway;
  const trail = gateway.newTrail();
  const conductor = new EnvelopeConductor(
    services,
    new OwedEndings(services.trail),
    new Strangers(0),
    trail,
    'north',
  );
  try {
    for (const [place, event] of stages.entries())
      await conductor.stage(
        row(event, place === failing ? fail : (envelope) => Promise.resolve({ envelope, facts: {} })),
        opened,
      );
  } catch (error) {
    await conductor.close(error instanceof Refusal ? error : new Refusal('unexpected'));
  }
  return services.trail.trail('north', trail);
}

/** An event of a stage cannot be written without running one: this does not compile otherwise. */
const notByHand = (gateway: Gateway): readonly (() => Promise<void>)[] => [
  // @ts-expect-error a check that did not run
  () => gateway.record(opened.trail, 'response.checked', 'north', { passed: ['identifiers'] }),
  // @ts-expect-error a policy that was not asked
  () => gateway.record(opened.trail, 'request.authorized', 'north', {}),
  // @ts-expect-error an answer that was not released
  () => gateway.record(opened.trail, 'response.released', 'north', {}),
  // @ts-expect-error refusals that nobody counted
  () => gateway.record(opened.trail, 'strangers.refused', 'north', {}),
];

describe('what the trail says of stages', () => {
  test.each(stages.map((event, place) => [event, place] as const))(
    'when %s fails, neither it nor any later stage is recorded as passed',
    async (_, place) => {
      for (const fail of [
        () => Promise.reject(new Refusal('policy_denied')),
        () => Promise.reject(new TypeError('not a refusal')),
      ]) {
        const written = await walk(place, fail);
        const passed = written.filter(({ outcome }) => outcome === 'success').map(({ event }) => event);
        expect(passed).toEqual(stages.slice(0, place));
        expect(written.at(-1)).toMatchObject({
          event: place > stages.indexOf('request.authorized') ? 'response.aborted' : 'request.denied',
          facts: { stage: stages[place] },
        });
      }
    },
  );

  test('the release stands on every decision, whoever wrote it', async () => {
    const written = await walk(3, () => Promise.reject(new Refusal('fhir_unavailable')));
    const { releaseHash } = sandbox.running.gateway.gateway.services.release;
    const stamped = written.filter(({ facts }) => facts['releaseHash'] === releaseHash);
    expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true });
    expect(stamped.map(({ event }) => event)).toEqual(['consent.verified', 'request.authorized']);
  });

  test('no event of a stage can be written by hand: that does not compile', () => {
    expect(notByHand(sandbox.running.gateway.gateway)).toHaveLength(4);
  });
});
