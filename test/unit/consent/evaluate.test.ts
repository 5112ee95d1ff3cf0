import { describe, expect, test } from '@jest/globals';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { consent, deny, label, permit, purpose, request } from './builders.ts';
import { cases } from './cases.ts';

const phrase = (...consents: Parameters<typeof evaluateConsents>[0]) =>
  evaluateConsents(consents, request, { implicit: 'deny' }).phrase;
const residual = (root: ReturnType<typeof permit>) =>
  evaluateConsents([consent(root)], request, { implicit: 'deny' }).residual;

describe('consent decisions by name', () => {
  test('names are unique and there are enough of them', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(120);
  });

  test.each(cases)(
    '$name',
    ({ consents, request: changes, implicit = 'deny', kept = [], expect: expected }) => {
      const decision = evaluateConsents(consents, { ...request, ...changes }, { implicit, kept });
      expect(decision.effect === 'permit' ? 'permit' : decision.reason).toBe(expected);
      expect(decision.effect === 'permit').toBe(decision.reason === undefined);
      expect(decision.effect === 'deny' ? decision.residual : []).toEqual([]);
    },
  );
});

describe('breaking the glass where no consent speaks of it', () => {
  const emergency = { ...request, purpose: 'BTG' };
  const told = (implicit: 'permit' | 'deny', own: 'permit' | 'deny' | undefined, ...consents: Resource[]) =>
    evaluateConsents(consents, emergency, {
      implicit,
      ...(own === undefined ? {} : { emergency: own }),
    });

  test('is what the tenant says of it, whatever it says of other purposes', () => {
    expect(told('permit', undefined).effect).toBe('deny');
    expect(told('permit', 'deny').effect).toBe('deny');
    expect(told('deny', 'permit').effect).toBe('permit');
    const treat = { ...request, purpose: 'TREAT' };
    expect(evaluateConsents([], treat, { implicit: 'deny', emergency: 'permit' }).effect).toBe('deny');
  });

  test('a denial of it or of treatment wins, and what a consent leaves out stays left out', () => {
    expect(told('permit', 'permit', consent(deny())).reason).toBe('consent_denied');
    expect(told('permit', 'permit', consent(deny({ purpose: purpose('TREAT') }))).effect).toBe('deny');
    const some = told(
      'deny',
      'permit',
      consent(permit({ provision: [deny({ securityLabel: label('HIV') })] })),
    );
    expect(some).toMatchObject({
      effect: 'permit',
      residual: [{ type: 'forbid', securityLabels: label('HIV') }],
    });
    expect(told('permit', 'permit', consent({})).reason).toBe('consent_not_understood');
  });
});

describe('what a decision carries', () => {
  test('ids of the consents that speak, and a phrase without any value of theirs', () => {
    const consents = [
      consent(permit(), { id: 'z9' }),
      consent(permit({ purpose: purpose('HRESCH') }), { id: 'silent' }),
      consent(permit(), { id: 'a1' }),
    ];
    const decision = evaluateConsents(consents, request, { implicit: 'deny' });
    expect(decision.consents).toEqual(['a1', 'z9']);
    expect(decision.phrase).toBe('an active consent permits treatment');
  });

  test('phrases of denials', () => {
    expect(phrase()).toBe('no active consent permits treatment');
    expect(phrase(consent(deny()))).toBe('the consents on record do not permit treatment');
    expect(phrase(consent({}))).toBe('a consent on record could not be understood');
  });

  test('the residual of one consent with one nested level is flat, the last match winning', () => {
    expect(residual(permit())).toEqual([]);
    expect(residual(permit({ provision: [deny({ securityLabel: label('HIV') })] }))).toEqual([
      { type: 'forbid', securityLabels: [expect.objectContaining({ code: 'HIV' })] },
    ]);
    expect(
      residual(
        permit({
          securityLabel: label('N'),
          provision: [deny({ securityLabel: label('SUD') }), permit({ securityLabel: label('R') })],
        }),
      ),
    ).toEqual([
      { type: 'forbid' },
      { type: 'permit', securityLabels: [expect.objectContaining({ code: 'N' })] },
      { type: 'permit', securityLabels: [expect.objectContaining({ code: 'R' })] },
      { type: 'forbid', securityLabels: [expect.objectContaining({ code: 'SUD' })] },
    ]);
  });

  test('what takes too long to read is not understood, however far it got', () => {
    const many = Array.from({ length: 40 }, (_, index) => consent(permit(), { id: `c${index}` }));
    const read = (spent: () => boolean) =>
      evaluateConsents(many, request, { implicit: 'permit', spent }).reason ?? 'permit';
    let asked = 0;
    expect(
      read(() => {
        asked += 1;
        return false;
      }),
    ).toBe('permit');
    expect(asked).toBeGreaterThan(1);
    expect(read(() => true)).toBe('consent_not_understood');
    let left = 2;
    expect(
      read(() => {
        left -= 1;
        return left < 1;
      }),
    ).toBe('consent_not_understood');
  });

  test('never throws, whatever is handed in', () => {
    const strange: unknown[] = [null, 'Consent', [], 7, { resourceType: 'Consent', status: 'active' }];
    for (const one of strange) {
      const decide = () =>
        Reflect.apply(evaluateConsents, undefined, [[one], request, { implicit: 'permit' }]);
      expect(decide()).toMatchObject({ effect: 'deny', reason: 'consent_not_understood' });
    }
    expect(
      Reflect.apply(evaluateConsents, undefined, ['no list', request, { implicit: 'permit' }]),
    ).toMatchObject({
      reason: 'consent_not_understood',
    });
  });
});
