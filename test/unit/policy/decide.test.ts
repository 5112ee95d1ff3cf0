import { describe, expect, test } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { decisionPoint } from '../../../src/policy/decide.ts';
import type { PolicyFacts } from '../../../src/policy/decision.ts';
import { loadPolicySet, readPolicyFolder } from '../../../src/policy/load.ts';
import { unrelated } from '../../../src/policy/matrix.ts';
import { compilePolicySet, PolicySetFault } from '../../../src/policy/policy-set.ts';
import { strangerSentence } from '../../../src/policy/wording.ts';

const policies = loadPolicySet(findDataFolder('policies'));
const stranger: PolicyFacts = { ...unrelated, roles: ['physician'] };
const related: PolicyFacts = { ...stranger, onCareTeam: true };
const sentence = (changes: Partial<PolicyFacts>, action = 'ask') =>
  policies.decide(action, { ...related, ...changes }).sentence;

const schema = {
  file: 'schema.cedarschema',
  text: `namespace PhiGateway {
    entity User; entity Record;
    action "ask" appliesTo { principal: [User], resource: [Record], context: {
      roles: Set<String>, purpose: String, task: String, taskPermitsRole: Bool, workloadPermitsTask: Bool,
      workloadPermitsPurpose: Bool, workloadPermitsModel: Bool, tenantMatches: Bool, ownRecord: Bool,
      onCareTeam: Bool, encounterOpen: Bool, appointmentSoon: Bool, generalPractitioner: Bool,
      relationSettled: Bool, relationSource: String, relationAge: Long,
      coverByRoster: Bool, roster: String, rosterAge: Long,
      consentPermits: Bool, grantInForce: Bool, breakGlassOpen: Bool, chosenProxy: Bool,
      parentOfMinor: Bool, executor: Bool, patientDeceased: Bool, modelTrusted: Bool, modelAttested: Bool, modelResidency: String, modelKeepsNothing: Bool, modelRetentionDays: Long, modelNoTraining: Bool, underUsLaw: Bool, underEuLaw: Bool, lawfulBasis: String, patientBound: Bool, acr: String, authAge: Long } };
  }`,
};
const open = '@id("open") @reason("open") permit (principal, action, resource);';
const compiled = (...texts: string[]) =>
  decisionPoint(
    compilePolicySet(
      schema,
      texts.map((text, index) => ({ file: `${index}.cedar`, text })),
    ),
  );
const faultOf = (...texts: string[]): string => {
  try {
    compiled(...texts);
  } catch (thrown) {
    return thrown instanceof PolicySetFault ? thrown.message : 'another error';
  }
  return 'no fault';
};

const hash = (...files: [string, string][]) =>
  compilePolicySet(
    schema,
    files.map(([file, text]) => ({ file, text })),
  ).hash;

describe('errors are denials', () => {
  test('a forbid that errs is skipped by the engine and must not open anything', () => {
    const trap =
      '@id("trap") @reason("trap") forbid (principal, action, resource) when { context.authAge * 9223372036854775807 > 0 };';
    const point = compiled(open, trap);
    expect(point.decide('ask', { ...stranger, authAge: 0 }).effect).toBe('allow');
    const denied = point.decide('ask', { ...stranger, authAge: 60 });
    expect(denied).toMatchObject({ effect: 'deny', error: 'evaluation', policies: [] });
    expect(denied.sentence).toContain('could not be evaluated');
  });

  const strange: readonly [name: string, facts: unknown][] = [
    ['a fact is missing', { ...stranger, consentPermits: undefined }],
    ['a fact is of another type', { ...stranger, consentPermits: 'yes' }],
    ['a fact is no whole number', { ...stranger, authAge: 1.5 }],
    ['a fact is not a number', { ...stranger, authAge: Number.NaN }],
    ['a fact too many', { ...stranger, blanket: true }],
    ['roles are no list', { ...stranger, roles: 7 }],
    ['no facts at all', {}],
  ];
  test.each(strange)('%s', (_name, facts) => {
    const point = compiled(open);
    const decide = () => Reflect.apply(Reflect.get(point, 'decide'), point, ['ask', facts]);
    expect(decide()).toMatchObject({ effect: 'deny', error: expect.any(String) });
  });

  test.each(['', 'unveil', 'read_trail', 'Ask', '__proto__'])('unknown action "%s"', (action) => {
    expect(policies.decide(action, related)).toMatchObject({ effect: 'deny', error: 'request' });
  });
});

describe('loading', () => {
  test.each(
    [
      ['0.cedar: ', 'permit ('],
      ['0.cedar: a policy has no @id', 'permit (principal, action, resource);'],
      ['0.cedar: policy "a" has no @reason', '@id("a") permit (principal, action, resource);'],
      [
        '0.cedar: policy "a" has no @reason',
        '@id("a") @reason("{patient}") permit (principal, action, resource);',
      ],
      [
        '0.cedar: policy "a": ',
        '@id("a") @reason("a") permit (principal, action, resource) when { context.fantasy };',
      ],
      [
        '0.cedar: policy "a": ',
        '@id("a") @reason("a") permit (principal, action, resource) when { context.acr };',
      ],
      [
        '0.cedar: policy templates',
        '@id("a") @reason("a") permit (principal == ?principal, action, resource);',
      ],
    ].slice(1),
  )('%s', (fault, text) => {
    expect(faultOf(text)).toContain(fault);
  });
  test('no policy, one id twice, a broken schema, no folder', () => {
    expect(faultOf()).toContain('there is no policy');
    expect(faultOf(open, open)).toBe('1.cedar: policy "open" also stands in 0.cedar');
    expect(() => compilePolicySet({ file: 's', text: 'entity' }, [{ file: 'a', text: open }])).toThrow(
      /^s: /,
    );
    expect(() => loadPolicySet('/nowhere')).toThrow('the policy folder cannot be read');
  });
  test('the hash covers names and texts, and not the order of reading', () => {
    const other = open.replaceAll('open', 'other');
    expect(hash(['a', open], ['b', other])).toBe(hash(['b', other], ['a', open]));
    expect(hash(['a', open])).not.toBe(hash(['b', open]));
    expect(hash(['a', open])).not.toBe(hash(['a', `${open} `]));
    expect(policies.policyHash).toBe(readPolicyFolder(findDataFolder('policies')).hash);
    expect(policies.policyHash).toMatch(/^[0-9a-f]{64}$/);
  });
  test('two sets stand beside each other', () => {
    const first = compiled(open);
    const second = compiled('@id("shut") @reason("shut") forbid (principal, action, resource);');
    expect(first.decide('ask', stranger).effect).toBe('allow');
    expect(second.decide('ask', stranger).effect).toBe('deny');
  });
});

describe('sentences', () => {
  test('an allow says who, relation, purpose and consent', () => {
    expect(sentence({})).toBe(
      "A physician on the patient's care team may ask for treatment: the task permits the role and consent permits treatment.",
    );
  });
  test('a denial of somebody related says what was missing and what would change it', () => {
    expect(sentence({ consentPermits: false })).toBe(
      'Not allowed: no consent on record permits treatment. It would be allowed if the patient gave a consent that permits treatment.',
    );
    expect(sentence({ modelTrusted: false, workloadPermitsTask: false })).toBe(
      'Not allowed: this application may not use the task, and the model endpoint is not trusted with patient context. ' +
        'It would be allowed if the application were allowed to use the task and a model endpoint were chosen that is trusted with patient context for this purpose.',
    );
  });
  test('what no flip of facts allows is said without a hint', () => {
    expect(sentence({ purpose: 'HRESCH' })).toBe(
      'Not allowed: no policy lets a physician ask for healthcare research on these facts.',
    );
  });
  test('a change that is offered does change the decision', () => {
    expect(sentence({ taskPermitsRole: false })).toContain(
      'It would be allowed if a task were used that is meant',
    );
    expect(policies.decide('ask', { ...related, taskPermitsRole: true }).effect).toBe('allow');
  });

  const patientFacts = [
    ['no relation', {}],
    ['no relation and no consent', { consentPermits: false }],
  ] as const;
  test.each(patientFacts)('a stranger hears the same: %s', (_name, changes) => {
    for (const action of ['ask', 'context', 'reveal']) {
      for (const roles of [['physician'], ['nurse'], ['pharmacist']]) {
        expect(policies.decide(action, { ...stranger, ...changes, roles }).sentence).toBe(strangerSentence);
      }
    }
    const patient = { ...stranger, ...changes, roles: ['patient'], purpose: 'PATRQT' };
    expect(policies.decide('ask', patient).sentence).toBe(strangerSentence);
  });
  test('what a stranger hears of other faults never depends on the patient', () => {
    const flags = [
      'taskPermitsRole',
      'workloadPermitsTask',
      'workloadPermitsModel',
      'modelTrusted',
      'tenantMatches',
    ];
    for (const roles of [['physician'], ['analyst'], ['patient'], []]) {
      for (const flag of flags) {
        const facts = { ...stranger, roles, [flag]: false };
        const heard = policies.decide('ask', facts).sentence;
        expect(policies.decide('ask', { ...facts, consentPermits: false }).sentence).toBe(heard);
        expect(heard).not.toMatch(/consent|care team|encounter|appointment|practitioner/);
      }
    }
  });
  test('a sentence never repeats a free text of the facts', () => {
    const facts = { ...related, roles: ['Zx7'], purpose: 'Zx7', task: 'Zx7', acr: 'Zx7' };
    for (const action of ['ask', 'context', 'reveal', 'exchange', 'Zx7']) {
      expect(policies.decide(action, facts).sentence).not.toContain('Zx7');
    }
  });
  test('the same facts replay to the same decision', () => {
    const first = policies.decide('ask', related);
    expect(policies.decide('ask', structuredClone(first.facts))).toEqual(first);
  });
});
