import { describe, expect, test } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { decisionPoint } from '../../../src/policy/decide.ts';
import type { PolicyFacts, Verdict } from '../../../src/policy/decision.ts';
import { readPolicyFolder } from '../../../src/policy/load.ts';
import { unrelated } from '../../../src/policy/matrix.ts';
import { type CompiledPolicySet, compilePolicySet } from '../../../src/policy/policy-set.ts';
import { remembering } from '../../../src/policy/remembered.ts';
import fc from '../../fixtures/properties.ts';

const shipped = readPolicyFolder(findDataFolder('policies'));
const schema = (text: string) => ({ file: 'schema.cedarschema', text });
const small = schema(`namespace PhiGateway {
  entity User; entity Record;
  action "ask" appliesTo { principal: [User], resource: [Record], context: { authAge: Long, acr?: String } };
}`);
const setOf = (condition: string): CompiledPolicySet =>
  compilePolicySet(small, [
    { file: '0.cedar', text: `@id("one") @reason("one") permit (principal, action, resource) ${condition};` },
  ]);

/** Counts the questions that reach the engine. */
function counted(set: CompiledPolicySet, answer: Verdict = { effect: 'deny', policies: [] }) {
  let asked = 0;
  const ask = remembering(() => {
    asked += 1;
    return answer;
  }, set.policies.values());
  return { ask, count: () => asked };
}

describe('answers that are remembered', () => {
  test('a fact that no policy reads does not ask again', () => {
    const { ask, count } = counted(shipped);
    for (let age = 0; age < 5; age += 1) ask('ask', { ...unrelated, authAge: age });
    expect(count()).toBe(1);
    ask('context', unrelated);
    ask('ask', { ...unrelated, onCareTeam: true });
    expect(count()).toBe(3);
  });

  test.each([
    'when { context.authAge < 300 }',
    'unless { 300 < context.authAge }',
    'when { context has acr }',
    'when { {Var: 1, x: context.authAge}.x < 300 }',
    'when { {Var: context.authAge}.Var < 300 }',
  ])('a policy that reads the fact is asked: %s', (condition) => {
    const { ask, count } = counted(setOf(condition));
    for (let age = 0; age < 5; age += 1) ask('ask', { ...unrelated, authAge: age });
    expect(count()).toBe(5);
  });

  test.each([
    ['no number', { authAge: Number.NaN }],
    ['no whole number', { authAge: 1.5 }],
    ['a number beyond what can be counted', { authAge: 1e300 }],
    ['nothing', { authAge: undefined }],
    ['roles that are no words', { roles: [7] }],
  ])(
    '%s in a fact is asked of the engine, which refuses it, after the same facts were allowed',
    (_name, wrong) => {
      const { ask, count } = counted(shipped, { effect: 'allow', policies: ['one'] });
      const point = decisionPoint(shipped);
      const good = { ...unrelated, onCareTeam: true, roles: ['physician'] };
      const bad = Object.assign({}, good, wrong);
      for (const facts of [good, bad, bad]) ask('ask', facts);
      expect(count()).toBe(3);
      expect(point.decide('ask', good)).toMatchObject({ effect: 'allow' });
      expect(point.decide('ask', bad)).toMatchObject({ effect: 'deny', error: 'request' });
    },
  );

  test('a fact of another kind is another question, read or not', () => {
    const { ask, count } = counted(shipped);
    for (const authAge of [1, 2, '2', true, ['2']]) ask('ask', Object.assign({}, unrelated, { authAge }));
    expect(count()).toBe(4);
  });

  test('a decision is the one that the engine gives, and its facts are those of its own request', () => {
    const point = decisionPoint(shipped);
    const facts = { ...unrelated, onCareTeam: true, roles: ['physician'] };
    for (const authAge of [1, 2, 3]) {
      const decision = point.decide('ask', { ...facts, authAge });
      expect(decision).toMatchObject(point.verdict('ask', { ...facts, authAge }));
      expect(decision.facts.authAge).toBe(authAge);
    }
  });

  test('an engine that failed is asked again', () => {
    const { ask, count } = counted(shipped, { effect: 'deny', policies: [], error: 'evaluation' });
    ask('ask', unrelated);
    ask('ask', unrelated);
    expect(count()).toBe(2);
  });

  test('there is an end to what is kept, and the answers stay the same', () => {
    const { ask, count } = counted(setOf('when { context.authAge < 300 }'));
    for (let age = 0; age < 2001; age += 1) ask('ask', { ...unrelated, authAge: age });
    expect(count()).toBe(2001);
    ask('ask', { ...unrelated, authAge: 0 });
    expect(count()).toBe(2002);
  });

  test('the sentence of any facts is that of a set that was never asked before', () => {
    const used = decisionPoint(shipped);
    const booleans = Object.entries(unrelated).flatMap(([name, value]) =>
      typeof value === 'boolean' ? [name] : [],
    );
    const facts = fc.record({
      held: fc.subarray(booleans),
      role: fc.constantFrom('physician', 'nurse', 'pharmacist', 'patient', 'support', 'billing'),
      purpose: fc.constantFrom('TREAT', 'ETREAT', 'BTG', 'PATRQT', 'HOPERAT'),
      action: fc.constantFrom('ask', 'context', 'reveal', 'exchange'),
    });
    fc.assert(
      fc.property(facts, ({ action, held, purpose, role }) => {
        const asked: PolicyFacts = {
          ...unrelated,
          ...Object.fromEntries(booleans.map((name) => [name, held.includes(name)])),
          roles: [role],
          purpose,
        };
        const decision = used.decide(action, asked);
        expect(decision).toEqual(decisionPoint(shipped).decide(action, asked));
        const [, offered] = decision.sentence.split('It would be allowed if ');
        expect(decision.effect === 'deny' || offered === undefined).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

test('a schema whose actions are in groups is refused: a policy would speak of more than it names', () => {
  const grouped = schema(
    small.text.replace('action "ask" appliesTo', 'action "any"; action "ask" in ["any"] appliesTo'),
  );
  const text = '@id("one") @reason("one") permit (principal, action, resource);';
  expect(() => compilePolicySet(grouped, [{ file: '0.cedar', text }])).toThrow(
    'schema.cedarschema: action "ask" is in a group, which is not used here',
  );
});
