import { performance } from 'node:perf_hooks';
import type { ConsentRequest } from '../../src/consent/decision.ts';
import { evaluateConsents } from '../../src/consent/evaluate.ts';
import type { Resource } from '../../src/vocabulary/fhir.ts';
import type { Part } from '../part.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const request: ConsentRequest = {
  patient: 'p1',
  purpose: 'TREAT',
  roles: ['physician'],
  actors: ['Practitioner/7'],
  action: 'access',
  entails: ['use', 'disclose'],
  now,
};

const terminology = 'http://terminology.hl7.org/CodeSystem';
const concept = (system: string, code: string) => ({
  coding: [{ system: `${terminology}/${system}`, code }],
});

/** An active consent with two nested provisions, each from another organization: none supersedes another. */
const consentOf = (n: number): Resource => ({
  resourceType: 'Consent',
  id: `c${n}`,
  status: 'active',
  scope: concept('consentscope', 'patient-privacy'),
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/p1' },
  dateTime: '2026-01-10',
  organization: [{ reference: `Organization/${n}` }],
  policyRule: concept('v3-ActCode', 'OPTIN'),
  provision: {
    type: 'permit',
    period: { start: '2026-01-01', end: '2030-01-01' },
    purpose: [{ system: `${terminology}/v3-ActReason`, code: 'TREAT' }],
    provision: [
      { type: 'deny', securityLabel: [{ system: `${terminology}/v3-ActCode`, code: 'PSY' }] },
      {
        type: 'deny',
        actor: [
          {
            role: concept('v3-ParticipationType', 'IRCP'),
            reference: { reference: `Practitioner/${1000 + n}` },
          },
        ],
        class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'DocumentReference' }],
      },
    ],
  },
});

const sizes = [1, 10, 50];

/** Evaluations of all consents of a patient, one after the other; nothing is fetched. */
export const consent: Part = async (options) => {
  const rounds = new Rounds('consent');
  for (const round of roundsWithin(options.quick ? 1 : 5, 10)) {
    options.progress(`consent: round ${round + 1}`);
    for (const size of sizes) {
      const consents = Array.from({ length: size }, (_, n) => consentOf(n));
      const times: number[] = [];
      const before = process.cpuUsage();
      for (let n = 0; n < (options.quick ? 20 : 400); n += 1) {
        const start = performance.now();
        const { effect } = evaluateConsents(consents, { ...request, now: now + n }, { implicit: 'deny' });
        times.push(performance.now() - start);
        if (effect !== 'permit') throw new Error('the consents of the bench no longer permit');
      }
      const { system, user } = process.cpuUsage(before);
      const total = times.reduce((sum, time) => sum + time, 0);
      const variant = `${size} consents`;
      rounds.add(variant, 'rate', '1/s', (times.length / total) * 1000);
      rounds.add(variant, 'CPU', 'us', (user + system) / times.length);
      rounds.add(variant, 'p50', 'ms', percentile(times, 0.5));
      rounds.add(variant, 'p99', 'ms', percentile(times, 0.99));
    }
  }
  return rounds.rows();
};
