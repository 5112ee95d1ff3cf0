import { expect, test } from '@jest/globals';
import type { StepUpRule } from '../../../src/config/config.ts';
import { demandAssurance } from '../../../src/delegation/step-up.ts';
import { Refusal } from '../../../src/errors/refusal.ts';

const now = 1_800_000_000;
const work = { task: 'allergies', purpose: 'TREAT', dataTypes: ['AllergyIntolerance'] };
type Shown = Parameters<typeof demandAssurance>[2];

/** The challenge that a sign-in meets; `met` where it meets none. */
function outcome(rules: readonly StepUpRule[], shown: Shown, asked = work): unknown {
  try {
    demandAssurance(rules, asked, shown, now);
    return 'met';
  } catch (thrown) {
    return thrown instanceof Refusal && thrown.code === 'insufficient_user_authentication'
      ? thrown.challenge
      : thrown;
  }
}

test.each<[string, StepUpRule[], Shown, unknown]>([
  ['no rule', [], {}, 'met'],
  ['a class that is shown', [{ acr: ['mfa', 'fido'] }], { acr: 'fido' }, 'met'],
  ['one of several classes', [{ acr: ['c3'] }], { acr: 'c1', acrs: ['c1', 'c3'] }, 'met'],
  ['a low class', [{ acr: ['mfa', 'fido'] }], { acr: 'pwd' }, { acr_values: 'mfa fido' }],
  ['no class', [{ acr: ['mfa'] }], {}, { acr_values: 'mfa' }],
  ['a fresh sign-in', [{ maxAgeSeconds: 300 }], { authTime: now - 300 }, 'met'],
  ['a stale sign-in', [{ maxAgeSeconds: 300 }], { authTime: now - 306 }, { max_age: '300' }],
  ['a sign-in at the edge of the skew', [{ maxAgeSeconds: 300 }], { authTime: now - 305 }, 'met'],
  ['a sign-in of the future', [{ maxAgeSeconds: 300 }], { authTime: now + 60 }, { max_age: '300' }],
  ['no time of sign-in', [{ maxAgeSeconds: 300 }], { acr: 'mfa' }, { max_age: '300' }],
  [
    'what all rules together ask',
    [
      { acr: ['mfa', 'fido'], maxAgeSeconds: 600 },
      { acr: ['fido'], maxAgeSeconds: 60 },
    ],
    { acr: 'mfa', authTime: now },
    { acr_values: 'fido', max_age: '60' },
  ],
])('%s', (_name, rules, shown, expected) => {
  expect(outcome(rules, shown)).toEqual(expected);
});

test('a rule holds where everything fits that it names', () => {
  const acr = ['mfa'];
  expect(outcome([{ tasks: ['problem.list'], acr }], {})).toBe('met');
  expect(outcome([{ purposes: ['ETREAT'], acr }], {})).toBe('met');
  expect(outcome([{ dataTypes: ['Condition'], acr }], {})).toBe('met');
  expect(outcome([{ tasks: ['allergies'], purposes: ['ETREAT'], acr }], {})).toBe('met');
  expect(outcome([{ tasks: ['allergies'], acr }], {})).not.toBe('met');
  expect(outcome([{ purposes: ['TREAT'], acr }], {})).not.toBe('met');
  expect(outcome([{ dataTypes: ['Condition', 'AllergyIntolerance'], acr }], {})).not.toBe('met');
});
