import { describe, expect, test } from '@jest/globals';
import type { EventName, TrailEvent } from '../../../src/audit/events.ts';
import { leavesOpen, type OrderFault, TrailOrder } from '../../../src/audit/trail-order.ts';
import { answeredTrail, happened, type Told, trailId } from './sample-events.ts';

const trail = trailId(1);
const answered = answeredTrail(trail).flat();

/** Faults of a trail, by the event that broke the rule. */
function faults(events: readonly TrailEvent[]): [string, OrderFault][] {
  const order = new TrailOrder();
  return events.flatMap((event) => {
    const fault = order.accept(event);
    return fault === undefined ? [] : [[event.event, fault] satisfies [string, OrderFault]];
  });
}
/** An event that names a model endpoint. */
const naming = (event: EventName, model: string, told: Told = {}) =>
  happened(trail, event, { ...told, facts: { model } });
const without = (...names: string[]): TrailEvent[] => answered.filter(({ event }) => !names.includes(event));

describe('order of a trail', () => {
  test('an answered, a denied, an exchanged and a gateway trail are in order', () => {
    expect(faults(answered)).toEqual([]);
    const denied = happened(trail, 'request.denied', { outcome: 'refused', reason: 'consent_denied' });
    expect(faults([happened(trail, 'session.started'), denied])).toEqual([]);
    expect(faults([happened(trail, 'session.started'), happened(trail, 'token.delegated')])).toEqual([]);
    expect(faults([happened(trail, 'gateway.started'), happened(trail, 'gateway.stopped')])).toEqual([]);
  });

  test('nothing is released to the model without authorization', () => {
    expect(faults(without('request.authorized'))).toEqual([
      ['fhir.retrieved', 'missing_predecessor'],
      ['record.masked', 'missing_predecessor'],
      ['context.released', 'missing_predecessor'],
      ['response.checked', 'missing_predecessor'],
      ['response.released', 'answered_without_authorization'],
    ]);
  });

  test('no answer leaves unchecked, or checked and refused', () => {
    expect(faults(without('response.checked'))).toEqual([['response.released', 'missing_predecessor']]);
    const refused = answered.map(
      (event): TrailEvent =>
        event.event === 'response.checked'
          ? { ...event, outcome: 'refused', reason: 'answer_blocked' }
          : event,
    );
    expect(faults(refused)).toEqual([['response.released', 'missing_predecessor']]);
    expect(faults(without('response.released'))).toEqual([['response.delivered', 'missing_predecessor']]);
  });

  test('a stage that failed needs no predecessor, a stage that came too early is named', () => {
    const failed = happened(trail, 'fhir.retrieved', { outcome: 'failed', reason: 'fhir_timeout' });
    expect(faults([failed])).toEqual([]);
    const [first, ...rest] = answered.filter(({ event }) => event.endsWith('.released')).concat(answered);
    expect(first?.event).toBe('context.released');
    expect(faults([...(first === undefined ? [] : [first]), ...rest])[0]).toEqual([
      'context.released',
      'missing_predecessor',
    ]);
  });

  test('what is sent is sent to the endpoint that was allowed, and answered by the one that it was sent to', () => {
    const silent = { outcome: 'failed', reason: 'model_timeout' } as const;
    const refused = { outcome: 'refused', reason: 'model_not_allowed' } as const;
    const before = answered.filter(({ event }) => ['fhir.retrieved', 'record.masked'].includes(event));
    const first = [naming('request.authorized', 'a'), ...before, naming('context.released', 'a')];
    const passedOver = [
      ...first,
      naming('response.generated', 'a', silent),
      naming('endpoint.denied', 'b', refused),
    ];
    const allowed = [...passedOver, naming('request.authorized', 'c')];
    const sent = [...allowed, naming('context.released', 'c')];
    expect(faults([...sent, naming('response.generated', 'c')])).toEqual([]);
    for (const model of ['b', 'c'])
      expect(faults([...passedOver, naming('context.released', model)])).toEqual([
        ['context.released', 'model_differs'],
      ]);
    for (const model of ['a', 'b']) {
      expect(faults([...allowed, naming('context.released', model)])).toEqual([
        ['context.released', 'model_differs'],
      ]);
      expect(faults([...sent, naming('response.generated', model)])).toEqual([
        ['response.generated', 'model_differs'],
      ]);
    }
  });

  test('nothing follows an end', () => {
    const late = happened(trail, 'response.aborted', { outcome: 'failed', reason: 'caller_gone' });
    expect(faults([...answered, late])).toEqual([['response.aborted', 'event_after_end']]);
  });

  test('time may be corrected a little, not turned back, except by the closing after a crash', () => {
    const at = 1_790_000_000_000;
    const start = happened(trail, 'session.started', { at });
    expect(faults([start, happened(trail, 'token.delegated', { at: at - 600_000 })])).toEqual([]);
    expect(faults([start, happened(trail, 'token.delegated', { at: at - 600_001 })])).toEqual([
      ['token.delegated', 'time_reversed'],
    ]);
    const closing = happened(trail, 'response.aborted', { at: 0, outcome: 'failed', reason: 'crashed' });
    expect(faults([start, closing])).toEqual([]);
  });

  test('which events leave a trail open', () => {
    expect(leavesOpen('session.started')).toBe(true);
    expect(leavesOpen('response.released')).toBe(true);
    for (const event of ['response.delivered', 'request.denied', 'response.aborted'] as const) {
      expect(leavesOpen(event)).toBe(false);
    }
    for (const event of ['token.delegated', 'trail.read', 'gateway.started'] as const) {
      expect(leavesOpen(event)).toBeUndefined();
    }
  });
});
