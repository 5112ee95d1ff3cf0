import { describe, expect, test } from '@jest/globals';
import type { ResidualRule } from '../../../src/consent/decision.ts';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import { type ResourceFacts, withheldBy } from '../../../src/consent/residual.ts';
import {
  actCode,
  concept,
  confidentiality,
  consent,
  data,
  deny,
  facts,
  label,
  permit,
  request,
  resourceTypes,
  snomed,
} from './builders.ts';

type Provision = ReturnType<typeof permit>;

/** Whether a resource is withheld under one consent, tenant default deny. */
const withheld = (root: Provision, more: Partial<ResourceFacts> = {}): boolean => {
  const decision = evaluateConsents([consent(root)], request, { implicit: 'deny' });
  expect(decision.effect).toBe('permit');
  return withheldBy(decision.residual, facts(more));
};
const labels = (...codes: string[]) => ({ labels: label(...codes) });

const only = (elements: Record<string, unknown>) => permit(elements);
const except = (elements: Record<string, unknown>) => permit({ provision: [deny(elements)] });
const klass = (code: string) => [{ system: resourceTypes, code }];
const instance = (reference: string) => [{ meaning: 'instance', reference: { reference } }];
const both = (first: Provision, second: Provision, implicit: 'permit' | 'deny' = 'deny') =>
  evaluateConsents([consent(first), consent(second, { id: 'c2' })], request, { implicit }).residual;

describe('security labels', () => {
  const cases: readonly [
    name: string,
    root: Provision,
    resource: Partial<ResourceFacts>,
    withheld: boolean,
  ][] = [
    ['permit N: unlabelled counts as N', permit({ securityLabel: label('N') }), {}, false],
    ['permit N: L lies below the mark', permit({ securityLabel: label('N') }), labels('L'), false],
    ['permit N: R lies above it', permit({ securityLabel: label('N') }), labels('R'), true],
    ['permit R: R', permit({ securityLabel: label('R') }), labels('R'), false],
    ['permit R: V', permit({ securityLabel: label('R') }), labels('V'), true],
    [
      'permit N: a sensitive resource without mark counts as R',
      permit({ securityLabel: label('N') }),
      labels('HIV'),
      true,
    ],
    [
      'permit N: a sensitive resource marked N still counts as R',
      permit({ securityLabel: label('N') }),
      labels('N', 'HIV'),
      true,
    ],
    ['deny R: R', permit({ provision: [deny({ securityLabel: label('R') })] }), labels('R'), true],
    [
      'deny R: V is above it',
      permit({ provision: [deny({ securityLabel: label('R') })] }),
      labels('V'),
      true,
    ],
    [
      'deny R: N is below it',
      permit({ provision: [deny({ securityLabel: label('R') })] }),
      labels('N'),
      false,
    ],
    ['deny R: unlabelled', permit({ provision: [deny({ securityLabel: label('R') })] }), {}, false],
    ['deny HIV: HIV', permit({ provision: [deny({ securityLabel: label('HIV') })] }), labels('HIV'), true],
    [
      'deny HIV: HIV by its former code system',
      permit({ provision: [deny({ securityLabel: label('HIV') })] }),
      { labels: [{ system: confidentiality, code: 'HIV' }] },
      true,
    ],
    [
      'deny HIV by its former code system: HIV',
      permit({ provision: [deny({ securityLabel: [{ system: confidentiality, code: 'HIV' }] })] }),
      labels('HIV'),
      true,
    ],
    ['deny HIV: unlabelled', permit({ provision: [deny({ securityLabel: label('HIV') })] }), {}, false],
    [
      'deny HIV: other sensitivity',
      permit({ provision: [deny({ securityLabel: label('HIV') })] }),
      labels('SUD'),
      false,
    ],
    [
      'deny HIV: one of two',
      permit({ provision: [deny({ securityLabel: label('HIV') })] }),
      labels('SUD', 'HIV'),
      true,
    ],
    [
      'deny BH covers what is below',
      permit({ provision: [deny({ securityLabel: label('BH') })] }),
      labels('PSYTHPN'),
      true,
    ],
    [
      'deny PSYTHPN leaves PSY',
      permit({ provision: [deny({ securityLabel: label('PSYTHPN') })] }),
      labels('PSY'),
      false,
    ],
    [
      'deny SUD takes 42 CFR Part 2 with it',
      permit({ provision: [deny({ securityLabel: label('SUD') })] }),
      labels('42CFRPart2'),
      true,
    ],
    [
      'permit N, then permit HIV',
      permit({ securityLabel: label('N'), provision: [permit({ securityLabel: label('HIV') })] }),
      labels('HIV'),
      false,
    ],
    [
      'permit N, then permit HIV: not what is SUD besides',
      permit({ securityLabel: label('N'), provision: [permit({ securityLabel: label('HIV') })] }),
      labels('HIV', 'SUD'),
      true,
    ],
    ['permit of a sensitivity opens nothing unlabelled', permit({ securityLabel: label('HIV') }), {}, true],
    [
      'a label of an unknown system is not a mark',
      permit({ securityLabel: label('N') }),
      { labels: [{ system: 'urn:x', code: 'V' }] },
      false,
    ],
  ];
  test.each(cases)('%s', (_name, root, resource, expected) => {
    expect(withheld(root, resource)).toBe(expected);
  });
});

describe('class, code, dates and instances', () => {
  const note = [{ system: 'http://loinc.org', code: '11488-4' }];
  const cases: readonly [
    name: string,
    root: Provision,
    resource: Partial<ResourceFacts>,
    withheld: boolean,
  ][] = [
    ['only a class: inside', only({ class: klass('Observation') }), {}, false],
    ['only a class: outside', only({ class: klass('Observation') }), { class: 'Condition' }, true],
    ['except a class: inside', except({ class: klass('Observation') }), {}, true],
    ['except a type of document', except({ class: note }), { class: 'DocumentReference', codes: note }, true],
    ['except a type of document: another', except({ class: note }), { class: 'DocumentReference' }, false],
    [
      'except a code: it',
      except({ code: [concept(snomed, '86406008')] }),
      { codes: [{ system: snomed, code: '86406008' }] },
      true,
    ],
    [
      'except a code: another',
      except({ code: [concept(snomed, '86406008')] }),
      { codes: [{ system: snomed, code: '1' }] },
      false,
    ],
    [
      'except a code: same code, other system',
      except({ code: [concept(snomed, '86406008')] }),
      { codes: [{ system: 'urn:x', code: '86406008' }] },
      false,
    ],
    [
      'except a code: resource without any code',
      except({ code: [concept(snomed, '86406008')] }),
      { codes: [] },
      true,
    ],
    [
      'except a code: resource with half a coding',
      except({ code: [concept(snomed, '86406008')] }),
      { codes: [{ code: '86406008' }] },
      true,
    ],
    ['only a code: resource without any code', only({ code: [concept(snomed, '1')] }), { codes: [] }, true],
    ['only dates: inside', only({ dataPeriod: { start: '2026' } }), {}, false],
    ['only dates: before', only({ dataPeriod: { start: '2026-07' } }), {}, true],
    ['only dates: across the edge', only({ dataPeriod: { start: '2026-07' } }), { date: '2026' }, true],
    ['only dates: no date', only({ dataPeriod: { start: '2026' } }), { date: undefined }, true],
    ['except dates: inside', except({ dataPeriod: { end: '2026-06-30' } }), {}, true],
    ['except dates: after', except({ dataPeriod: { end: '2026-05' } }), {}, false],
    ['except dates: across the edge', except({ dataPeriod: { end: '2026-05' } }), { date: '2026' }, true],
    ['except dates: no date', except({ dataPeriod: { end: '2026-05' } }), { date: undefined }, true],
    ['except dates: unreadable date', except({ dataPeriod: { end: '2026-05' } }), { date: 'May' }, true],
    ['except an instance: it', except({ data: instance('Observation/o1') }), {}, true],
    ['except an instance: another', except({ data: instance('Observation/o2') }), {}, false],
    [
      'kinds AND: both fit',
      except({ class: klass('Observation'), securityLabel: label('HIV') }),
      labels('HIV'),
      true,
    ],
    [
      'kinds AND: one fits',
      except({ class: klass('Condition'), securityLabel: label('HIV') }),
      labels('HIV'),
      false,
    ],
    ['values OR', except({ class: [...klass('Condition'), ...klass('Observation')] }), {}, true],
  ];
  test.each(cases)('%s', (_name, root, resource, expected) => {
    expect(withheld(root, resource)).toBe(expected);
  });
});

describe('several consents', () => {
  test('what either denies is withheld', () => {
    const residual = both(
      permit({ provision: [deny({ securityLabel: label('HIV') })] }),
      permit({ provision: [deny({ securityLabel: label('SUD') })] }),
    );
    expect(withheldBy(residual, facts(labels('HIV')))).toBe(true);
    expect(withheldBy(residual, facts(labels('SUD')))).toBe(true);
    expect(withheldBy(residual, facts())).toBe(false);
    expect(residual).toHaveLength(2);
  });

  test('a nested permit of one never undoes the denial of another', () => {
    const residual = both(
      permit({ provision: [deny({ securityLabel: label('HIV') })] }),
      deny({ securityLabel: label('BH'), provision: [permit({ securityLabel: label('HIV') })] }),
      'permit',
    );
    expect(withheldBy(residual, facts(labels('HIV')))).toBe(true);
    expect(withheldBy(residual, facts(labels('MH')))).toBe(true);
    expect(withheldBy(residual, facts())).toBe(false);
  });

  test('cousins: a denial stands beside an exception of its sibling', () => {
    const hiv = { securityLabel: label('HIV') };
    const residual = evaluateConsents(
      [consent(permit({ provision: [deny(hiv), deny({ ...hiv, provision: [permit(hiv)] })] }))],
      request,
      { implicit: 'deny' },
    ).residual;
    expect(withheldBy(residual, facts(labels('HIV')))).toBe(true);
    expect(withheldBy(residual, facts())).toBe(false);
  });
});

describe('withheldBy on its own', () => {
  const hiv = [{ system: actCode, code: 'HIV' }];
  test('no rule withholds nothing, the last match wins', () => {
    const rules: readonly ResidualRule[] = [{ type: 'forbid' }, { type: 'permit', securityLabels: hiv }];
    expect(withheldBy([], facts())).toBe(false);
    expect(withheldBy(rules, facts())).toBe(true);
    expect(withheldBy(rules, facts(labels('HIV')))).toBe(false);
    expect(withheldBy(rules.toReversed(), facts(labels('HIV')))).toBe(true);
  });
});

const by = (...authors: string[]) => ({ authors, mentions: authors });

describe('data by their relation to an instance', () => {
  const refersTo = new Map([
    ['Encounter/7', ['Patient/p1', 'Condition/2', 'https://ehr.example/Procedure/4']],
  ]);
  const apply = (root: Provision, more: Partial<ResourceFacts>): boolean => {
    const decision = evaluateConsents([consent(root)], { ...request, refersTo }, { implicit: 'deny' });
    expect(decision.effect).toBe('permit');
    return withheldBy(decision.residual, facts(more));
  };
  const inVisit = { mentions: ['Patient/p1', 'Encounter/7'] };
  const inVisitElsewhere = { mentions: ['https://ehr.example/fhir/Encounter/7/_history/2'] };
  const named = { reference: 'Condition/2', mentions: ['Patient/p1'] };
  const cases: readonly [
    name: string,
    root: Provision,
    resource: Partial<ResourceFacts>,
    withheld: boolean,
  ][] = [
    [
      'deny related: the instance itself',
      except({ data: data('related', 'Encounter/7') }),
      { reference: 'Encounter/7' },
      true,
    ],
    ['deny related: what the instance names', except({ data: data('related', 'Encounter/7') }), named, true],
    [
      'deny related: by an absolute address too',
      except({ data: data('related', 'Encounter/7') }),
      { reference: 'Procedure/4' },
      true,
    ],
    [
      'deny related: what names the instance',
      except({ data: data('related', 'Encounter/7') }),
      inVisit,
      true,
    ],
    [
      'deny related: what names it by an absolute address',
      except({ data: data('related', 'Encounter/7') }),
      inVisitElsewhere,
      true,
    ],
    [
      'deny related: anything else',
      except({ data: data('related', 'Encounter/7') }),
      { mentions: ['Encounter/77', 'Patient/p1'] },
      false,
    ],
    ['permit related: what the instance names', only({ data: data('related', 'Encounter/7') }), named, false],
    [
      'permit related: what only names the instance',
      only({ data: data('related', 'Encounter/7') }),
      inVisit,
      true,
    ],
    [
      'deny dependents: what names the instance',
      except({ data: data('dependents', 'Encounter/7') }),
      inVisit,
      true,
    ],
    ['deny dependents: anything else', except({ data: data('dependents', 'Encounter/7') }), named, false],
    [
      'permit dependents: what names the instance',
      only({ data: data('dependents', 'Encounter/7') }),
      inVisit,
      false,
    ],
    [
      'permit dependents: not by the address of another server',
      only({ data: data('dependents', 'Encounter/7') }),
      inVisitElsewhere,
      true,
    ],
    [
      'deny authored by: the author',
      except({ data: data('authoredby', 'Practitioner/8') }),
      by('Practitioner/8'),
      true,
    ],
    [
      'deny authored by: one of two authors',
      except({ data: data('authoredby', 'Practitioner/8') }),
      by('Practitioner/9', 'Practitioner/8'),
      true,
    ],
    [
      'deny authored by: another author',
      except({ data: data('authoredby', 'Practitioner/8') }),
      by('Practitioner/9'),
      false,
    ],
    [
      'deny authored by: an author by role may be the same',
      except({ data: data('authoredby', 'Practitioner/8') }),
      by('PractitionerRole/9'),
      true,
    ],
    ['deny authored by: no author known', except({ data: data('authoredby', 'Practitioner/8') }), by(), true],
    ['permit authored by: no author known', only({ data: data('authoredby', 'Practitioner/8') }), by(), true],
    [
      'permit authored by: the author',
      only({ data: data('authoredby', 'Practitioner/8') }),
      by('Practitioner/8'),
      false,
    ],
    [
      'deny one of two instances',
      except({ data: [...data('instance', 'Observation/o2'), ...data('dependents', 'Encounter/7')] }),
      inVisit,
      true,
    ],
  ];
  test.each(cases)('%s', (_, root, resource, expected) => {
    expect(apply(root, resource)).toBe(expected);
  });
});

describe('a permit by sensitivity', () => {
  const cases: readonly [named: string, carried: readonly string[], withheld: boolean][] = [
    ['OPIOIDUD', ['R', 'OPIOIDUD', 'SUD', 'ETH', 'BH'], false],
    ['OPIOIDUD', ['R', 'SUD', 'ETH', 'BH'], true],
    ['OPIOIDUD', ['R', 'OPIOIDUD', 'SUD', 'ETH', 'BH', 'HIV'], true],
    ['OPIOIDUD', ['R', 'OPIOIDUD', 'SUD', '42CFRPart2'], true],
    ['PSY', ['R', 'PSY', 'MH', 'BH'], false],
    ['PSY', ['R', 'BH'], true],
    ['SDV', ['R', 'SDV', 'VIO'], false],
    ['STD', ['R', 'STD', 'SEX'], false],
    ['STD', ['R', 'STD', 'SEX', 'SEXUAL'], true],
    ['SEX', ['R', 'SEX', 'SEXUAL', 'ADOL'], true],
    ['HIV', ['R'], true],
  ];
  test.each(cases)('%s and a resource labelled %j', (named, carried, expected) => {
    expect(withheld(only({ securityLabel: label(named) }), labels(...carried))).toBe(expected);
  });
});
