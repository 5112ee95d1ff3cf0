import { catalogue } from '../errors/catalogue.ts';
import { type Reason, reasons } from '../errors/reasons.ts';
import { highScore, injectionPlaces } from '../vocabulary/injection.ts';
import type { EventName, EventOutcome, FactValue, StoredEvent } from './events.ts';
import type { Opening } from './sealed-facts.ts';

/** How a trail stands: `open` while no event ended it. */
type TrailOutcome = 'delivered' | 'decided' | 'aborted' | 'denied' | 'delegated' | 'read' | 'open';

export interface TrailDescription {
  readonly outcome: TrailOutcome;
  readonly decision: { readonly effect: 'allow' | 'deny'; readonly sentence: string };
  readonly events: readonly {
    readonly seq: number;
    /** Milliseconds since the epoch. */
    readonly at: number;
    readonly event: EventName;
    readonly outcome: EventOutcome;
    readonly reason?: Reason;
    readonly counts?: Readonly<Record<string, number>>;
    /** What somebody should look at, in plain words. */
    readonly remarks?: readonly string[];
    /** Who asked and about whom, by fact, as pseudonyms; the view of an asker has none. */
    readonly pseudonyms?: Readonly<Record<string, string>>;
    /** What is sealed on the event, for those who may open it. */
    readonly opening?: Opening;
  }[];
}

/** By the last event, else by the first: an exchange and a reading are trails of one event. */
const endings: Readonly<Partial<Record<EventName, TrailOutcome>>> = {
  'response.delivered': 'delivered',
  'context.delivered': 'delivered',
  'decision.delivered': 'decided',
  'response.aborted': 'aborted',
  'request.denied': 'denied',
};
const alone: Readonly<Partial<Record<EventName, TrailOutcome>>> = {
  'token.delegated': 'delegated',
  'trail.read': 'read',
};

function outcomeOf(events: readonly StoredEvent[]): TrailOutcome {
  const first = events.at(0);
  const last = events.at(-1);
  if (first === undefined || last === undefined) return 'open';
  return endings[last.event] ?? alone[first.event] ?? 'open';
}

const isCounts = (value: FactValue): value is Readonly<Record<string, number>> =>
  typeof value === 'object' && !Array.isArray(value);

/** Whole numbers of an event, flat: `searches: 3`, `fetched.Observation: 4`. Times are not counts. */
function countsOf(facts: StoredEvent['facts']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number' && !name.endsWith('Ms')) counts[name] = value;
    else if (isCounts(value))
      for (const [code, number] of Object.entries(value)) counts[`${name}.${code}`] = number;
  }
  return counts;
}

/** Facts that an officer may have resolved. */
const resolvable = ['user', 'patient'] as const;

function pseudonymsOf(facts: StoredEvent['facts']): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of resolvable) {
    const value = facts[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

const ofPlace = { question: 'the conversation', record: 'the record' } as const;

const text = (value: FactValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const silences: Readonly<Record<string, string>> = {
  silent: 'was not reached, or gave no answer in time',
  busy: 'said that it cannot answer now',
  resting: 'was left alone, because it had given no answer many times',
};

/** That a model endpoint proved its machine, or what was wrong with its evidence. */
function attestationRemarks({ event, facts }: StoredEvent): string[] {
  const model = text(facts['model']);
  const { attestation, attestationFaults } = facts;
  if (model === undefined || !Array.isArray(attestation)) return [];
  if (event === 'model.attested')
    return [
      `The model endpoint ${model} proved on which machine and program it runs (${attestation.join(', ')}).`,
    ];
  return Array.isArray(attestationFaults)
    ? [
        `The model endpoint ${model} did not prove on which machine and program it runs (${attestationFaults.join(', ')}): nothing was sent there.`,
      ]
    : [];
}

/** Which model endpoint was asked in the place of another, and why. */
function fallbackRemarks({ event, facts, outcome }: StoredEvent): string[] {
  const model = text(facts['model']);
  const insteadOf = text(facts['insteadOf']);
  if (model === undefined) return [];
  if (event === 'endpoint.denied' && facts['attestationFaults'] === undefined)
    return [`Policy does not let the request go to the model endpoint ${model}: nothing was sent there.`];
  if (event !== 'response.generated') return [];
  if (outcome !== 'success')
    return [`The model endpoint ${model} ${silences[text(facts['silence']) ?? ''] ?? 'gave no answer'}.`];
  return insteadOf === undefined
    ? []
    : [`The model endpoint ${model} answered in the place of ${insteadOf}.`];
}

/** What whoever runs the model promised about what it was sent, as the configuration of that moment has it. */
function retentionRemarks({ event, facts, outcome }: StoredEvent): string[] {
  const model = text(facts['model']);
  const { modelNoTraining, modelRetentionDays: days } = facts;
  if (
    event !== 'context.released' ||
    outcome !== 'success' ||
    model === undefined ||
    typeof days !== 'number'
  )
    return [];
  if (days < 0)
    return [
      `Nothing is promised of the model ${model}: what it was sent may be kept for any time, and models may be trained on it.`,
    ];
  const kept =
    days === 0
      ? 'nothing of what it was sent'
      : `what it was sent for ${days === 1 ? 'a day' : `${days} days`} at most`;
  const trained = modelNoTraining === true ? 'to train no model on it' : 'models may be trained on it';
  return [`By its contract the model ${model} is to keep ${kept}, and ${trained}.`];
}

/** Of a score below that nothing is said: ordinary texts have one too. */
function injectionRemarks({ injection = {}, injectionFailed }: StoredEvent['facts']): string[] {
  const counted = isCounts(injection) ? injection : {};
  const remarks = injectionPlaces.flatMap((place) => {
    const texts = counted[`${place}.texts`] ?? 0;
    if ((counted[`${place}.score`] ?? 0) < highScore) return [];
    const where = `${texts} ${texts === 1 ? 'text' : 'texts'} of ${ofPlace[place]}`;
    return [`Phrases that look like instructions to the model stood in ${where}.`];
  });
  if (injectionFailed !== true) return remarks;
  return [
    ...remarks,
    'Whether instructions to the model stood in the texts could not be read; the request went on.',
  ];
}

function decisionOf(events: readonly StoredEvent[]): TrailDescription['decision'] {
  const last = events.findLast(
    ({ event, facts }) =>
      event === 'request.authorized' ||
      event === 'request.denied' ||
      (event === 'token.delegated' && facts['effect'] !== undefined),
  );
  if (last === undefined) return { effect: 'deny', sentence: 'No decision is on this trail.' };
  const sentence = text(last.facts['sentence']);
  if (last.event !== 'request.denied') return { effect: 'allow', sentence: sentence ?? 'Allowed by policy.' };
  return { effect: 'deny', sentence: sentence ?? catalogue[reasons[last.reason ?? 'unexpected']].detail };
}

/**
 * What `GET /v1/trails/{id}` says of a trail, from its events by sequence. A denial is the decision of a trail
 * even where policy had allowed it before; its sentence is its own or the public detail of its reason. `openings`:
 * what is sealed on events, by sequence.
 */
export function describeTrail(
  events: readonly StoredEvent[],
  openings: ReadonlyMap<number, Opening> = new Map(),
): TrailDescription {
  return {
    outcome: outcomeOf(events),
    decision: decisionOf(events),
    events: events.map((stored) => {
      const { seq, at, event, outcome, reason, facts } = stored;
      const opening = openings.get(seq);
      const counts = countsOf({ ...facts, ...opening?.facts });
      const remarks = [
        ...attestationRemarks(stored),
        ...fallbackRemarks(stored),
        ...retentionRemarks(stored),
        ...injectionRemarks(facts),
      ];
      const pseudonyms = pseudonymsOf(facts);
      return {
        seq,
        at,
        event,
        outcome,
        ...(reason === undefined ? {} : { reason }),
        ...(Object.keys(counts).length === 0 ? {} : { counts }),
        ...(remarks.length === 0 ? {} : { remarks }),
        ...(Object.keys(pseudonyms).length === 0 ? {} : { pseudonyms }),
        ...(opening === undefined ? {} : { opening }),
      };
    }),
  };
}
