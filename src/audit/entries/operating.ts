import { any, bad, type Entries, good } from './entry.ts';
import { time } from './fact-groups.ts';

/** Events of sessions' ends and of the gateway itself. */
export const operating = {
  'session.ended': {
    meaning:
      'A sign-in session, or everything of a person or a device, ended before its tokens did: what it kept is gone.',
    facts: ['session', 'user', 'device', 'ended', 'by', 'route', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'strangers.refused': {
    meaning:
      'So many requests were refused for one reason before anybody was recognised, beside those that stand on the trail one by one.',
    facts: ['count', 'since', 'code', 'status'],
    outcomes: bad,
    requires: [],
    trail: 'aside',
  },
  'gateway.started': {
    meaning: 'The gateway started.',
    facts: [
      'version',
      'environment',
      'releaseHash',
      'dataHash',
      'configHash',
      'policyHash',
      'approvedBy',
      'recovered',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'gateway.stopped': {
    meaning: 'The gateway stopped in an orderly way.',
    facts: ['version', 'environment', 'uptimeMs', ...time],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'release.changed': {
    meaning: 'Changed policies or tasks came into force. Requests that had begun go on by the old ones.',
    facts: ['releaseHash', 'dataHash', 'configHash', 'policyHash', 'approvedBy', 'previous', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'release.refused': {
    meaning:
      'Changed policies or tasks could not be used, or too few have approved them. Those in force stay in force.',
    facts: ['dataHash', 'refusedAs', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'trail.purged': {
    meaning:
      'Payloads of whole trails that were older than their retention were replaced by their leaf hashes.',
    facts: ['purged', 'purgedTotal', 'boundary', 'before', 'retentionDays'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'store.noted': {
    meaning: 'A store beside the trail has come this far. An older copy of it is not accepted any more.',
    facts: ['store', 'heads'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'store.accepted': {
    meaning: 'An operator accepted a store as it is, although the trail stated another head of it.',
    facts: ['store', 'heads'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
} as const satisfies Entries;
