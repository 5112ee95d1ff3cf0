import { encodeEvent } from '../../../src/audit/event-record.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { floorDays, floorMs, purgedLeaf } from '../../../src/audit/retention.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { dayMs } from '../../../src/vocabulary/time.ts';
import { happened, trailId } from '../../unit/audit/sample-events.ts';
import {
  eventsIn,
  keptAt,
  keysOnly,
  type Mutation,
  oneOf,
  type Round,
  readFiles,
  resigned,
  withEvents,
} from './exports.ts';
import { around } from './plain.ts';

const fieldOf = (line: string, name: string): unknown => {
  if (purgedLeaf(line) !== undefined) return undefined;
  const event: unknown = JSON.parse(line);
  return isRecord(event) ? event[name] : undefined;
};
const sameTrail = (a: string, b: string): boolean =>
  fieldOf(a, 'trail') === fieldOf(b, 'trail') && fieldOf(a, 'tenant') === fieldOf(b, 'tenant');

/** Spellings of the same event that are not the canonical one, and lines with something beside it. */
const spellings: readonly ((line: string) => string)[] = [
  (line) => line.replace('{', '{"at":1,'),
  (line) => line.replace(/\}$/, ',"version":1}'),
  (line) => line.replace('{', '{"__proto__":{},'),
  (line) => line.replace('"at"', String.raw`"\u0061t"`),
  (line) => `${line} `,
  (line) => `${line}\r`,
  (line) => `${line}{}`,
  (line) => `${line}\u0000`,
  (line) => `\uFEFF${line}`,
  (line) => `[${line}]`,
  (line) => line.replace(':', ': '),
  (line) => line.replace('"facts":{', String.raw`"facts":{"code":"\ud800",`),
  (line) => `\n${line}`,
  (line) => line.replace('"tenant":"', '"tenant":"\u0435'),
  (line) => JSON.stringify(line),
  (line) => leafHash(line).toString('hex').toUpperCase(),
];

const numbers: readonly string[] = [
  '1e21',
  '1.79e12',
  '9007199254740993',
  '8640000000000001',
  '-1',
  '-0',
  '0.5',
  '01790000000000',
  '1e400',
  '"1790000000000"',
  'null',
  '[1790000000000]',
];

/** Changes one event that is there, and lets operator and witness sign it all. */
function rewritten(round: Round, change: (line: string) => string) {
  const events = eventsIn(round.files);
  const at = keptAt(events, round.dice);
  return {
    files: resigned(round, events.with(at, change(events[at] ?? ''))),
    trust: keysOnly(round.trust),
    seq: at,
    reasons: ['not_canonical', 'not_in_schema'],
  };
}

/** Stages without which the one after them may not be a success. */
const stages = [
  'request.authorized',
  'fhir.retrieved',
  'record.masked',
  'context.released',
  'response.checked',
];

/** What is wrong with the events themselves, although operator and every witness signed it so. */
export const contentMutations: Readonly<Record<string, Mutation>> = {
  'event written otherwise': (round) => rewritten(round, oneOf(spellings, round.dice) ?? String),
  'number out of bounds': (round) =>
    rewritten(round, (line) => line.replace(/"at":\d+/, `"at":${oneOf(numbers, round.dice) ?? ''}`)),

  'time going back within a request'(round) {
    const events = eventsIn(round.files);
    const at = keptAt(events, round.dice);
    const line = events[at] ?? '';
    const before = events.slice(0, at).findLast((one) => sameTrail(one, line));
    if (before === undefined) return undefined;
    const back = Number(fieldOf(before, 'at')) - 600_001 - round.dice(10 ** 9);
    const files = resigned(round, events.with(at, line.replace(/"at":\d+/, `"at":${back}`)));
    return { files, trust: keysOnly(round.trust), seq: at, reasons: ['time_reversed'] };
  },

  'stage that did not run'(round) {
    const events = eventsIn(round.files);
    const at = keptAt(events, round.dice);
    if (!stages.includes(String(fieldOf(events[at] ?? '', 'event')))) return undefined;
    return {
      files: resigned(round, events.toSpliced(at, 1)),
      trust: keysOnly(round.trust),
      reasons: ['missing_predecessor', 'answered_without_authorization'],
    };
  },

  'event after the end'(round) {
    const events = eventsIn(round.files);
    const line = events[keptAt(events, round.dice)] ?? '';
    const ended = events.some(
      (one) => sameTrail(one, line) && fieldOf(one, 'event') === 'response.delivered',
    );
    if (!ended) return undefined;
    return {
      files: resigned(round, [...events, line]),
      trust: keysOnly(round.trust),
      seq: events.length,
      reasons: ['event_after_end'],
    };
  },

  'decision of an unknown release'(round) {
    const events = eventsIn(round.files);
    const at = keptAt(events, round.dice);
    const line = events[at] ?? '';
    if (!line.includes('"releaseHash"')) return undefined;
    const files = resigned(round, events.with(at, line.replace(/("releaseHash":")[0-9a-f]{4}/, '$1beef')));
    return { files, trust: keysOnly(round.trust), seq: at, reasons: ['release_unknown'] };
  },

  'commitment exchanged'(round) {
    const events = eventsIn(round.files);
    const sealed = events.flatMap((line, at) => (line.includes('"commitment"') ? [at] : []));
    const [one, two] = [oneOf(sealed, round.dice), oneOf(sealed, round.dice)];
    if (one === undefined || two === undefined || one === two) return undefined;
    const commitment = /"commitment":"[0-9a-f]+"/;
    const [a = '', b = ''] = [events[one], events[two]];
    const exchanged = events
      .with(one, a.replace(commitment, commitment.exec(b)?.[0] ?? ''))
      .with(two, b.replace(commitment, commitment.exec(a)?.[0] ?? ''));
    return around(round, exchanged, Math.min(one, two));
  },

  'purge by a false clock'(round) {
    if (round.log.purged > 0) return undefined;
    const events = eventsIn(round.files);
    // The start of the gateway stays: it states the release of what is left.
    const boundary = 2 + round.dice(events.length - 2);
    const at = 1_800_000_000_000 + floorMs + round.dice(1000) * dayMs;
    // Whole trails, as an honest purge takes them.
    const young = new Set(events.slice(boundary).map((line) => fieldOf(line, 'trail')));
    const gone = (line: string, seq: number): boolean =>
      seq > 0 && seq < boundary && !young.has(fieldOf(line, 'trail'));
    const left = events.map((line, seq) => (gone(line, seq) ? leafHash(line).toString('hex') : line));
    const count = events.filter((line, seq) => gone(line, seq)).length;
    if (count === 0) return undefined;
    const facts = {
      purged: { north: count },
      purgedTotal: count,
      boundary,
      before: at - floorMs,
      retentionDays: floorDays,
    };
    const claim = encodeEvent(happened(trailId(2), 'trail.purged', { tenant: '-', at, facts }));
    return {
      // Older cosignatures, which would date what is gone, are left out.
      files: resigned(round, [...left, claim], [events.length + 1]),
      trust: keysOnly(round.trust),
      seq: events.length,
      reasons: ['purge_unfounded'],
    };
  },

  'purged payload put back'(round) {
    const events = eventsIn(round.files);
    const whole = eventsIn(readFiles(round.log.earlier));
    const purged = events.flatMap((line, at) =>
      purgedLeaf(line) !== undefined && whole[at] !== undefined ? [at] : [],
    );
    const at = oneOf(purged, round.dice);
    if (at === undefined) return undefined;
    const wrong = round.dice(2) === 0;
    const payload = wrong ? whole.find((_, place) => place !== at) : whole[at];
    const files = withEvents(round.files, events.with(at, payload ?? ''));
    // Alone it may also stand where what it needs before it is gone.
    const reasons = ['purge_miscounted', 'missing_predecessor', 'answered_without_authorization'];
    return wrong ? { files } : { files, reasons };
  },
};
