import type { EventName, EventOutcome, TrailEvent } from '../../../src/audit/events.ts';
import type { Reason } from '../../../src/errors/reasons.ts';

export const trailId = (number: number): string =>
  `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export interface Told {
  readonly outcome?: EventOutcome;
  readonly reason?: Reason;
  readonly at?: number;
  readonly tenant?: string;
  readonly facts?: TrailEvent['facts'];
}

export const happened = (trail: string, event: EventName, told: Told = {}): TrailEvent => ({
  tenant: told.tenant ?? 'north',
  trail,
  event,
  outcome: told.outcome ?? 'success',
  ...(told.reason === undefined ? {} : { reason: told.reason }),
  at: told.at ?? 1_790_000_000_000,
  facts: told.facts ?? {},
});

/** The three barriers of an answered request and its end, as the pipeline writes them. */
export const answeredTrail = (trail: string): readonly (readonly TrailEvent[])[] => [
  [
    happened(trail, 'session.started', { facts: { roles: ['physician'], client: 'chart' } }),
    happened(trail, 'consent.verified', { facts: { effect: 'permit' } }),
    happened(trail, 'workload.authorized'),
    happened(trail, 'request.authorized', {
      facts: {
        effect: 'allow',
        sentence: 'Allowed: treatment by a member of the care team.',
        policies: ['care'],
      },
    }),
  ],
  [
    happened(trail, 'fhir.retrieved', {
      facts: { searches: 2, bytes: 4096, durationMs: 7.5 },
    }),
    happened(trail, 'record.masked', { facts: { tokens: { DATE: 3 } } }),
    happened(trail, 'context.released', { facts: { model: 'main', bytes: 900 } }),
  ],
  [
    happened(trail, 'response.generated', { facts: { model: 'main', finish: 'stop' } }),
    happened(trail, 'response.checked', { facts: { passed: ['identifiers', 'links'] } }),
    happened(trail, 'response.released', { facts: { citations: 2 } }),
  ],
  [happened(trail, 'response.delivered', { facts: { bytes: 300 } })],
];
