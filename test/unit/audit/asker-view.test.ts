import { describe, expect, test } from '@jest/globals';
import { askerView } from '../../../src/audit/asker-view.ts';
import { describeTrail } from '../../../src/audit/describe-trail.ts';
import type { StoredEvent, TrailEvent } from '../../../src/audit/events.ts';
import type { Reason } from '../../../src/errors/reasons.ts';
import { answeredTrail, happened, trailId } from './sample-events.ts';

const trail = trailId(1);
const stored = (events: readonly TrailEvent[]): StoredEvent[] =>
  events.map((event, index) => ({ ...event, seq: 10 + index, leaf: 'ab' }));

const sealedEvents = stored(
  answeredTrail(trail)
    .flat()
    .map((event) => ({ ...event, facts: { ...event.facts, sealed: 'ab', commitment: 'cd' } })),
);

const denied = (reason: Reason) =>
  stored([happened(trail, 'request.denied', { outcome: 'refused', reason, facts: { status: 403 } })]);

describe('a trail as its asker reads it', () => {
  test('keeps outcome and decision, and counts nothing that the answer kept to itself', () => {
    const events = stored(answeredTrail(trail).flat());
    const own = describeTrail(askerView(events));
    const whole = describeTrail(events);
    expect({ outcome: own.outcome, decision: own.decision }).toEqual({
      outcome: whole.outcome,
      decision: whole.decision,
    });
    expect(own.events.map(({ event }) => event)).not.toContain('consent.verified');
    const counted = new Set(own.events.flatMap(({ counts }) => Object.keys(counts ?? {})));
    for (const name of ['searches', 'scanned']) expect(counted).not.toContain(name);
    expect(JSON.stringify(whole)).toContain('searches');
    for (const { facts } of askerView(sealedEvents)) {
      expect(facts).not.toHaveProperty('sealed');
      expect(facts).not.toHaveProperty('commitment');
    }
  });

  test.each<Reason>(['consent_denied', 'consent_absent', 'consent_not_understood', 'patient_unknown'])(
    '%s reads like any other denial',
    (reason) => {
      expect(askerView(denied(reason))).toEqual(askerView(denied('policy_denied')));
      expect(describeTrail(askerView(denied(reason)))).toEqual(
        describeTrail(askerView(denied('policy_denied'))),
      );
    },
  );

  test('a reason that concerns the asker alone is said', () => {
    expect(askerView(denied('scope_exceeded'))[0]?.reason).toBe('scope_exceeded');
  });
});
