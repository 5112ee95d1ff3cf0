import { describe, expect, test } from '@jest/globals';
import { type FactName, facts } from '../../../src/audit/event-facts.ts';
import { decodeEvent, encodeEvent } from '../../../src/audit/event-record.ts';
import { schemaFault } from '../../../src/audit/event-schema.ts';
import { type EventFacts, eventEntry } from '../../../src/audit/event-table.ts';
import { eventNames, type FactValue, type TrailEvent } from '../../../src/audit/events.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import type { PolicyFacts } from '../../../src/policy/decision.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { answeredTrail, happened, trailId } from './sample-events.ts';

const trail = trailId(1);
const fault = (event: unknown): string | undefined =>
  schemaFault(isRecord(event) ? { ...event, version: 1 } : event);

const example = (name: FactName): FactValue => facts[name].kind.example;
const fullEvent = (event: (typeof eventNames)[number]): TrailEvent => {
  const entry = eventEntry(event);
  const outcome = entry.outcomes.at(0) ?? 'success';
  return happened(trail, event, {
    outcome,
    ...(outcome === 'success' ? {} : { reason: 'unexpected' as const }),
    facts: Object.fromEntries(entry.facts.map((name) => [name, example(name)])),
  });
};

describe('event schema', () => {
  test.each(eventNames)('%s takes all of its facts and needs none of them', (event) => {
    expect(fault(fullEvent(event))).toBeUndefined();
    expect(fault({ ...fullEvent(event), facts: {} })).toBeUndefined();
  });

  test.each(eventNames)('%s takes no fact of another event', (event) => {
    const own: ReadonlySet<string> = new Set(eventEntry(event).facts);
    for (const name of Object.keys(facts).filter((fact) => !own.has(fact))) {
      expect(fault({ ...fullEvent(event), facts: { [name]: 1 } })).toContain('/facts');
    }
  });

  test('the types of the facts are those of the schema', () => {
    const typed: EventFacts<'fhir.retrieved'> = {
      searches: 2,
      absentTypes: ['Media'],
    };
    expect(fault(happened(trail, 'fhir.retrieved', { facts: { ...typed } }))).toBeUndefined();
  });

  test('a fact that bears a data class stands nowhere in clear, and what is sealed has its commitment', () => {
    for (const event of eventNames)
      for (const name of eventEntry(event).classified ?? [])
        expect(fault({ ...fullEvent(event), facts: { [name]: example(name) } })).toBe(
          `/facts: additionalProperties (${name})`,
        );
    const { sealed, commitment } = { sealed: example('sealed'), commitment: example('commitment') };
    expect(fault(happened(trail, 'fhir.retrieved', { facts: { sealed, commitment } }))).toBeUndefined();
    for (const alone of [{ sealed }, { commitment }])
      expect(fault(happened(trail, 'fhir.retrieved', { facts: alone }))).toBe('/facts: dependentRequired');
  });

  test('every fact is used by some event', () => {
    const used = new Set<string>(
      eventNames.flatMap((event) => [...eventEntry(event).facts, ...(eventEntry(event).classified ?? [])]),
    );
    expect(Object.keys(facts).filter((name) => !used.has(name))).toEqual([]);
  });

  test('the facts of a policy decision fit as they are', () => {
    const policyFacts: PolicyFacts = {
      roles: ['physician'],
      purpose: 'TREAT',
      task: 'problem.list',
      taskPermitsRole: true,
      workloadPermitsTask: true,
      workloadPermitsPurpose: true,
      workloadPermitsModel: true,
      tenantMatches: true,
      ownRecord: false,
      onCareTeam: true,
      encounterOpen: false,
      appointmentSoon: false,
      generalPractitioner: false,
      relationSettled: true,
      relationSource: 'none',
      relationAge: -1,
      coverByRoster: false,
      roster: 'none',
      rosterAge: -1,
      consentPermits: true,
      grantInForce: false,
      breakGlassOpen: false,
      chosenProxy: false,
      parentOfMinor: false,
      executor: false,
      patientDeceased: false,
      modelTrusted: true,
      modelAttested: false,
      modelResidency: 'US',
      modelKeepsNothing: false,
      modelRetentionDays: -1,
      modelNoTraining: false,
      underUsLaw: true,
      underEuLaw: false,
      lawfulBasis: '',
      patientBound: true,
      acr: '',
      authAge: -1,
    };
    for (const event of ['workload.authorized', 'request.authorized'] as const) {
      expect(fault(happened(trail, event, { facts: { ...policyFacts } }))).toBeUndefined();
    }
    const denied = happened(trail, 'request.denied', {
      outcome: 'refused',
      reason: 'policy_denied',
      facts: { ...policyFacts },
    });
    expect(fault(denied)).toBeUndefined();
  });

  test('a success has no reason, a failure and an end have one', () => {
    expect(fault(happened(trail, 'fhir.retrieved', { outcome: 'failed' }))).toBeDefined();
    expect(
      fault(happened(trail, 'fhir.retrieved', { outcome: 'failed', reason: 'fhir_timeout' })),
    ).toBeUndefined();
    expect(fault(happened(trail, 'fhir.retrieved', { reason: 'fhir_timeout' }))).toBeDefined();
    expect(fault(happened(trail, 'consent.verified', { outcome: 'refused' }))).toBeUndefined();
    for (const event of ['request.denied', 'response.aborted'] as const) {
      expect(fault(happened(trail, event, { outcome: 'refused' }))).toBeDefined();
      expect(fault(happened(trail, event, { outcome: 'refused', reason: 'revoked' }))).toBeUndefined();
    }
  });

  test('a request that was refused before any tenant was known fits', () => {
    const known = { stage: 'authenticate', code: 'invalid_token', status: 401 };
    const early = { tenant: '-', outcome: 'refused', reason: 'token_missing', facts: known } as const;
    expect(fault(happened(trail, 'request.denied', early))).toBeUndefined();
    expect(fault({ ...happened(trail, 'request.denied', early), tenant: '' })).toBeDefined();
  });

  test('a denial is never a success, an authorization and a release are nothing else', () => {
    expect(fault(happened(trail, 'request.denied'))).toBeDefined();
    for (const event of ['request.authorized', 'response.released', 'response.delivered'] as const) {
      expect(fault(happened(trail, event, { outcome: 'refused', reason: 'policy_denied' }))).toBeDefined();
    }
  });

  test.each([
    ['a name as a user', { user: 'Maria Ortiz' }],
    ['a plain id as a patient', { patient: 'p1' }],
    ['a sentence as a task', { task: 'what is her cholesterol' }],
    ['words in counts', { passed: ['Maria Ortiz'] }],
    ['a fraction as a count', { status: 1.5 }],
    ['a negative count', { status: -1 }],
    ['a hash in clear', { consents: ['consent-1'] }],
    ['a URL with a query as a route', { route: 'GET /v1/trails?patient=p1' }],
    ['an endless sentence', { sentence: 'x'.repeat(2_501) }],
  ])('%s is refused, and the fault repeats no value', (_name, wrong) => {
    const message = fault(
      happened(trail, 'request.denied', { outcome: 'refused', reason: 'unexpected', facts: wrong }),
    );
    expect(message).toMatch(/^\/facts\/\w+: \w+$/);
    expect(message).not.toMatch(/Maria|p1|cholesterol|consent-1/);
  });

  test('foreign keys are refused without being repeated', () => {
    const message = fault({ ...happened(trail, 'trail.read'), 'Maria Ortiz': 1 });
    expect(message).toBe('/: additionalProperties');
    expect(fault({ ...happened(trail, 'trail.read'), trail: 'Maria' })).toBe('/trail: pattern');
    expect(fault({ ...happened(trail, 'trail.read'), at: 1.5 })).toBe('/at: type');
    expect(schemaFault({ ...happened(trail, 'trail.read'), version: 2 })).toBe('/version: const');
  });
});

describe('event record', () => {
  test('encoding is canonical and decodes to the same event', () => {
    for (const event of answeredTrail(trail).flat()) {
      const payload = encodeEvent(event);
      expect(decodeEvent(payload)).toEqual({ ok: true, event: { ...event, version: 1 } });
      expect(payload).toMatch(/^\{"at":1790000000000,"event":/);
    }
  });

  test('an event that does not fit is refused as an unavailable trail', () => {
    const wrong = happened(trail, 'fhir.retrieved', { facts: { name: 'Maria' } });
    let refusal: unknown;
    try {
      encodeEvent(wrong);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      reason: 'trail_unavailable',
      cause: { message: 'event does not fit the schema at /facts: additionalProperties' },
    });
  });

  test('bytes that are not canonical, or no event, are told apart', () => {
    const payload = encodeEvent(happened(trail, 'trail.read'));
    expect(decodeEvent(` ${payload}`)).toEqual({ ok: false, reason: 'not_canonical' });
    expect(decodeEvent(payload.slice(1))).toEqual({ ok: false, reason: 'not_canonical' });
    expect(decodeEvent(payload.replace('"version":1', '"version":2'))).toEqual({
      ok: false,
      reason: 'not_in_schema',
    });
    expect(decodeEvent('null')).toEqual({ ok: false, reason: 'not_in_schema' });
  });
});
