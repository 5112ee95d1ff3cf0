import { describe, expect, test } from '@jest/globals';
import { askerView } from '../../../src/audit/asker-view.ts';
import { describeTrail } from '../../../src/audit/describe-trail.ts';
import type { StoredEvent, TrailEvent } from '../../../src/audit/events.ts';
import { answeredTrail, happened, trailId } from './sample-events.ts';

const trail = trailId(1);
const stored = (events: readonly TrailEvent[]): StoredEvent[] =>
  events.map((event, index) => ({ ...event, seq: 10 + index, leaf: 'ab' }));
const answered = answeredTrail(trail).flat();
const denied = (facts: TrailEvent['facts']): TrailEvent =>
  happened(trail, 'request.denied', { outcome: 'refused', reason: 'egress_blocked', facts });

const remarks = (facts: TrailEvent['facts']): readonly string[] | undefined =>
  describeTrail(stored([happened(trail, 'record.masked', { facts })])).events[0]?.remarks;

describe('description of a trail', () => {
  test('an answered trail: outcome, decision, and events with their counts', () => {
    const description = describeTrail(stored(answered));
    expect(description.outcome).toBe('delivered');
    expect(description.decision).toEqual({
      effect: 'allow',
      sentence: 'Allowed: treatment by a member of the care team.',
    });
    expect(description.events.map(({ seq }) => seq)).toEqual(answered.map((_, index) => 10 + index));
    const retrieved = {
      seq: 14,
      at: 1_790_000_000_000,
      event: 'fhir.retrieved',
      outcome: 'success',
      counts: { searches: 2, bytes: 4096 },
    };
    expect(description.events[4]).toEqual(retrieved);
    const opening = { salt: '00', facts: { fetched: { Observation: 4 } } };
    expect(describeTrail(stored(answered), new Map([[14, opening]])).events[4]).toEqual({
      ...retrieved,
      counts: { ...retrieved.counts, 'fetched.Observation': 4 },
      opening,
    });
    expect(description.events[2]).not.toHaveProperty('counts');
    expect(description.events.some((event) => 'pseudonyms' in event)).toBe(false);
  });

  test('a denial is the decision, in its own words or the public ones of its reason', () => {
    const own = describeTrail(stored([...answered.slice(0, 4), denied({ sentence: 'Denied: no consent.' })]));
    expect(own.decision).toEqual({ effect: 'deny', sentence: 'Denied: no consent.' });
    expect(own.outcome).toBe('denied');
    expect(own.events.at(-1)).toMatchObject({ outcome: 'refused', reason: 'egress_blocked' });
    const plain = describeTrail(stored([denied({})]));
    expect(plain.decision.sentence).toMatch(/^The request or the answer contained something/);
  });

  test('says in a sentence where texts look like instructions to the model, from a high score on', () => {
    expect(remarks({})).toBeUndefined();
    expect(remarks({ injection: { 'record.score': 59, 'record.texts': 2 } })).toBeUndefined();
    expect(remarks({ injection: { 'record.score': 60, 'record.texts': 2, 'question.score': 10 } })).toEqual([
      'Phrases that look like instructions to the model stood in 2 texts of the record.',
    ]);
    expect(remarks({ injection: { 'question.score': 100, 'question.texts': 1 } })).toEqual([
      'Phrases that look like instructions to the model stood in 1 text of the conversation.',
    ]);
    expect(remarks({ injectionFailed: true })).toEqual([
      'Whether instructions to the model stood in the texts could not be read; the request went on.',
    ]);
  });

  test('says in a sentence which endpoint gave nothing, was denied, and answered in its place', () => {
    const failed = { outcome: 'failed', reason: 'model_timeout' } as const;
    const silence = (how: string, model = 'a') =>
      happened(trail, 'response.generated', { ...failed, facts: { model, silence: how } });
    const events = stored([
      silence('silent'),
      silence('busy'),
      silence('resting'),
      happened(trail, 'endpoint.denied', {
        outcome: 'refused',
        reason: 'model_not_allowed',
        facts: { model: 'b', insteadOf: 'a' },
      }),
      happened(trail, 'response.generated', { facts: { model: 'c', insteadOf: 'a' } }),
      happened(trail, 'response.generated', { facts: { model: 'a' } }),
    ]);
    expect(describeTrail(events).events.map((event) => event.remarks)).toEqual([
      ['The model endpoint a was not reached, or gave no answer in time.'],
      ['The model endpoint a said that it cannot answer now.'],
      ['The model endpoint a was left alone, because it had given no answer many times.'],
      ['Policy does not let the request go to the model endpoint b: nothing was sent there.'],
      ['The model endpoint c answered in the place of a.'],
      undefined,
    ]);
    const own = describeTrail(askerView(events)).events;
    expect(own.map(({ event }) => event)).not.toContain('endpoint.denied');
    expect(JSON.stringify(own)).not.toContain('endpoint b');
    expect(own.some((event) => 'remarks' in event)).toBe(false);
  });

  test.each([
    [
      0,
      true,
      'By its contract the model a is to keep nothing of what it was sent, and to train no model on it.',
    ],
    [
      0,
      false,
      'By its contract the model a is to keep nothing of what it was sent, and models may be trained on it.',
    ],
    [
      1,
      true,
      'By its contract the model a is to keep what it was sent for a day at most, and to train no model on it.',
    ],
    [
      30,
      true,
      'By its contract the model a is to keep what it was sent for 30 days at most, and to train no model on it.',
    ],
    [
      -1,
      false,
      'Nothing is promised of the model a: what it was sent may be kept for any time, and models may be trained on it.',
    ],
  ])('says in a sentence what the model promised: %d days, no training %s', (days, noTraining, sentence) => {
    const facts = { model: 'a', modelRetentionDays: days, modelNoTraining: noTraining };
    const events = stored([happened(trail, 'context.released', { facts })]);
    expect(describeTrail(events).events[0]?.remarks).toEqual([sentence]);
    expect(describeTrail(askerView(events)).events[0]).not.toHaveProperty('remarks');
  });

  test('open, exchanged, broken off and empty trails', () => {
    expect(describeTrail(stored(answered.slice(0, 6))).outcome).toBe('open');
    expect(describeTrail(stored([happened(trail, 'token.delegated')])).outcome).toBe('delegated');
    expect(describeTrail(stored([happened(trail, 'trail.read')])).outcome).toBe('read');
    const begun = [happened(trail, 'session.started'), happened(trail, 'token.delegated')];
    expect(describeTrail(stored(begun)).outcome).toBe('open');
    const aborted = happened(trail, 'response.aborted', { outcome: 'failed', reason: 'crashed' });
    expect(describeTrail(stored([...answered.slice(0, 6), aborted]))).toMatchObject({
      outcome: 'aborted',
      decision: { effect: 'allow' },
    });
    expect(describeTrail([])).toMatchObject({ outcome: 'open', decision: { effect: 'deny' }, events: [] });
  });
});
