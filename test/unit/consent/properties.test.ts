import { describe, expect, test } from '@jest/globals';
import type { ConsentDecision } from '../../../src/consent/decision.ts';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import { type ResourceFacts, withheldBy } from '../../../src/consent/residual.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import fc from '../../fixtures/properties.ts';
import {
  actor,
  concept,
  consent,
  facts,
  label,
  purpose,
  request,
  resourceTypes,
  snomed,
} from './builders.ts';

/** Resources that stand for all that the generated consents can tell apart. */
const resources: readonly ResourceFacts[] = [
  [],
  ['R'],
  ['V'],
  ['HIV'],
  ['SUD'],
  ['HIV', 'SUD'],
  ['PSYTHPN'],
].flatMap((codes) =>
  ['Observation', 'Condition'].flatMap((klass) =>
    ['2024-05-01', '2026-06-01', undefined].map((date) =>
      facts({
        labels: label(...codes),
        class: klass,
        date,
        codes: klass === 'Condition' ? [{ system: snomed, code: '86406008' }] : [],
      }),
    ),
  ),
);

/** What gets through, by number of the resource. */
const open = (decision: ConsentDecision): ReadonlySet<number> =>
  new Set(
    resources.flatMap((resource, index) =>
      decision.effect === 'permit' && !withheldBy(decision.residual, resource) ? [index] : [],
    ),
  );
const within = (narrow: ReadonlySet<number>, wide: ReadonlySet<number>): boolean =>
  [...narrow].every((index) => wide.has(index));

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const conditions = {
  purpose: some(
    fc.subarray(['TREAT', 'HRESCH', 'BTG', 'ETREAT'], { minLength: 1 }).map((codes) => purpose(...codes)),
  ),
  actor: some(
    fc
      .subarray(['Practitioner/7', 'Practitioner/8', 'Organization/o'], { minLength: 1 })
      .map((references) => references.map((reference) => actor(reference))),
  ),
  securityLabel: some(
    fc.subarray(['N', 'R', 'HIV', 'SUD', 'BH'], { minLength: 1 }).map((codes) => label(...codes)),
  ),
  class: some(fc.constant([{ system: resourceTypes, code: 'Observation' }])),
  code: some(fc.constant([concept(snomed, '86406008')])),
  dataPeriod: some(fc.constantFrom({ start: '2026' }, { end: '2025' })),
  period: some(fc.constantFrom({ start: '2026' }, { end: '2025' })),
};
const type = fc.constantFrom('permit', 'deny');
const defined = (elements: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== undefined));

const { provision } = fc.letrec<{ provision: Record<string, unknown> }>((tie) => ({
  provision: fc
    .record({
      type,
      ...conditions,
      provision: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constant(undefined),
        fc.array(tie('provision'), { minLength: 1, maxLength: 3 }),
      ),
    })
    .map(defined),
}));
const pureDenial = fc.record(conditions).map((elements) => defined({ ...elements, type: 'deny' }));
const purePermit = fc.record(conditions).map((elements) => defined({ ...elements, type: 'permit' }));

const origin = fc.record({
  organization: some(fc.constantFrom('a', 'b').map((name) => [{ reference: `Organization/${name}` }])),
  dateTime: some(fc.constantFrom('2025-01-01', '2026-01-01', '2027-01-01')),
  status: fc.constantFrom('active', 'active', 'active', 'inactive'),
  verification: some(fc.constant([{ verified: true, verifiedWith: { reference: 'Patient/p1' } }])),
  policyRule: some(
    fc
      .constantFrom('OPTIN', 'OPTOUT')
      .map((code) => concept('http://terminology.hl7.org/CodeSystem/v3-ActCode', code)),
  ),
});
const consentOf = (root: fc.Arbitrary<Record<string, unknown>>) =>
  fc.tuple(root, origin).map(([rules, more]) => consent(rules, defined(more)));
const numbered = (consents: readonly Resource[]): Resource[] =>
  consents.map((one, index) => ({ ...one, id: `c${index}` }));
const consents = fc.array(consentOf(provision), { maxLength: 4 }).map(numbered);
const implicit = fc.constantFrom<'permit' | 'deny'>('permit', 'deny');
const asked = fc
  .record({
    purpose: fc.constantFrom('TREAT', 'ETREAT', 'BTG', 'HRESCH'),
    actors: fc.constantFrom(['Practitioner/7'], ['Practitioner/7', 'Organization/o'], []),
  })
  .map((changes) => ({ ...request, ...changes }));

describe('consent properties', () => {
  test('the generated consents reach every kind of decision', () => {
    const seen = new Map<string, number>();
    for (const [list, ask, fallback] of fc.sample(fc.tuple(consents, asked, implicit), {
      numRuns: 1_500,
      seed: 7,
    })) {
      const decision = evaluateConsents(list, ask, { implicit: fallback });
      const partly = decision.effect === 'permit' && open(decision).size < resources.length ? 'part' : '';
      const key = `${decision.reason ?? 'permit'}${partly}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    for (const key of [
      'permit',
      'permitpart',
      'consent_denied',
      'consent_absent',
      'consent_not_understood',
    ]) {
      expect(seen.get(key)).toBeGreaterThan(30);
    }
  });

  test('adding a denial never widens', () => {
    fc.assert(
      fc.property(consents, consentOf(pureDenial), asked, implicit, (list, denial, ask, fallback) => {
        const before = open(evaluateConsents(list, ask, { implicit: fallback }));
        const after = open(
          evaluateConsents([...list, { ...denial, id: 'added' }], ask, { implicit: fallback }),
        );
        expect(within(after, before)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('withdrawing a consent opens only what the implicit policy opens, or what that very consent denied', () => {
    const organization = [{ reference: 'Organization/a' }];
    const ending = { ...consent({ type: 'permit' }, { organization, dateTime: '2026-01-01' }), id: 'ending' };
    let gainedSomething = 0;
    fc.assert(
      fc.property(consents, fc.nat(3), asked, implicit, (list, which, ask, fallback) => {
        const gone = list[which % Math.max(1, list.length)];
        if (gone === undefined) return;
        const before = open(evaluateConsents(list, ask, { implicit: fallback }));
        if (evaluateConsents(list, ask, { implicit: fallback }).reason === 'consent_not_understood') return;
        const left = list.map((one) => (one === gone ? { ...one, status: 'inactive' } : one));
        const after = open(evaluateConsents(left, ask, { implicit: fallback }));
        const byDefault = open(evaluateConsents([], ask, { implicit: fallback }));
        // Its denials as they stand once what it permits has ended: the most that it may have denied.
        const ended = [{ ...gone, organization, dateTime: '2025-01-01' }, ending];
        const undenied = open(evaluateConsents(ended, ask, { implicit: 'permit' }));
        const gained = [...after].filter((index) => !before.has(index));
        gainedSomething += gained.length;
        expect(gained.filter((index) => !byDefault.has(index) && undenied.has(index))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(gainedSomething).toBeGreaterThan(0);
  });

  test('removing a consent that only permits opens only what the implicit policy opens', () => {
    fc.assert(
      fc.property(consents, consentOf(purePermit), asked, implicit, (list, permitting, ask, fallback) => {
        const undated = { ...permitting, id: 'gone', dateTime: undefined, policyRule: undefined };
        const before = open(evaluateConsents([...list, undated], ask, { implicit: fallback }));
        const after = open(evaluateConsents(list, ask, { implicit: fallback }));
        const byDefault = open(evaluateConsents([], ask, { implicit: fallback }));
        expect([...after].filter((index) => !before.has(index) && !byDefault.has(index))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test('adding a nested denial never widens', () => {
    fc.assert(
      fc.property(provision, pureDenial, asked, implicit, (root, denial, ask, fallback) => {
        const nested = Array.isArray(root['provision']) ? root['provision'] : [];
        const wider = { ...root, provision: [...nested, denial] };
        const before = open(evaluateConsents([consent(root)], ask, { implicit: fallback }));
        const after = open(evaluateConsents([consent(wider)], ask, { implicit: fallback }));
        expect(within(after, before)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('order never matters', () => {
    fc.assert(
      fc.property(
        consents.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        asked,
        implicit,
        ([list, shuffled], ask, fallback) => {
          const one = evaluateConsents(list, ask, { implicit: fallback });
          const other = evaluateConsents(shuffled, ask, { implicit: fallback });
          expect(other.effect).toBe(one.effect);
          expect(other.reason).toBe(one.reason);
          expect(other.consents).toEqual(one.consents);
          expect(open(other)).toEqual(open(one));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('unknown content never widens, wherever it stands', () => {
    const unknown: readonly [string, unknown][] = [
      ['modifierExtension', [{ url: 'urn:x' }]],
      ['exception', [{ type: 'permit' }]],
      ['_type', { extension: [] }],
      ['code', [{ text: 'something' }]],
      ['purpose', purpose('FUN')],
      ['type', 'allow'],
    ];
    fc.assert(
      fc.property(
        consents,
        asked,
        implicit,
        fc.constantFrom(...unknown),
        fc.nat(50),
        (list, ask, fallback, [key, value], where) => {
          const before = open(evaluateConsents(list, ask, { implicit: fallback }));
          const changed = structuredClone(list);
          const spots = changed.flatMap((one) => provisionsIn(one['provision']));
          const spot = spots[where % Math.max(1, spots.length)];
          if (spot !== undefined) Reflect.set(spot, key, value);
          expect(within(open(evaluateConsents(changed, ask, { implicit: fallback })), before)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('the default deny opens nothing that the default permit does not', () => {
    fc.assert(
      fc.property(consents, asked, (list, ask) => {
        const narrow = open(evaluateConsents(list, ask, { implicit: 'deny' }));
        const wide = open(evaluateConsents(list, ask, { implicit: 'permit' }));
        expect(within(narrow, wide)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const provisionsIn = (root: unknown): readonly object[] => {
  if (!isRecord(root)) return [];
  const nested = root['provision'];
  return [root, ...(Array.isArray(nested) ? nested.flatMap(provisionsIn) : [])];
};
