import { describe, expect, test } from '@jest/globals';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
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
