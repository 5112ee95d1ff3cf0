import { describe, expect, test } from '@jest/globals';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import { withheldUnder } from '../../../src/consent/residual.ts';
import { denyKinds } from '../../../src/labels/denied-codes.ts';
import { withheldKinds } from '../../../src/labels/withheld-kinds.ts';
import { labelTables } from '../../fixtures/labels.ts';
import {
  concept,
  consent,
  deny,
  facts,
  label,
  now,
  permit,
  request,
  resourceTypes,
  snomed,
} from '../consent/builders.ts';

type Root = ReturnType<typeof permit>;
const decide = (root: Root, implicit: 'permit' | 'deny' = 'deny') => {
  const decision = evaluateConsents([consent(root)], request, { implicit });
  expect(decision.effect).toBe('permit');
  return { ...decision, residual: denyKinds(decision.residual, labelTables) };
};
const kinds = (root: Root, shown: Parameters<typeof withheldKinds>[2] = []) =>
  withheldKinds(decide(root), labelTables, shown, now);
const except = (elements: Record<string, unknown>) => permit({ provision: [deny(elements)] });

describe('kinds about which nothing may be said', () => {
  const cases: readonly [name: string, root: Root, kinds: readonly string[]][] = [
    ['a permit withholds only notes that need a consent of their own', permit(), ['psychotherapy']],
    [
      'a permit that names those notes withholds nothing for sure, but may in part',
      permit({ provision: [permit({ securityLabel: label('PSYTHPN') })] }),
      ['psychotherapy'],
    ],
    ['a denial of HIV', except({ securityLabel: label('HIV') }), ['hiv', 'psychotherapy']],
    [
      'a denial of HIV in one kind of resource only',
      except({ securityLabel: label('HIV'), class: [{ system: resourceTypes, code: 'Condition' }] }),
      ['hiv', 'psychotherapy'],
    ],
    [
      'a denial of HIV by its code',
      except({ code: [concept(snomed, '86406008')] }),
      ['hiv', 'psychotherapy'],
    ],
    ['a denial of an ordinary code', except({ code: [concept(snomed, '44054006')] }), ['psychotherapy']],
    ['a denial of a time', except({ dataPeriod: { end: '2020' } }), ['psychotherapy']],
    [
      'a denial of substance use takes alcohol and opioids along',
      except({ securityLabel: label('SUD') }),
      ['alcohol', 'opioid', 'psychotherapy', 'substance'],
    ],
    [
      'a permit of what is normal',
      permit({ securityLabel: label('N') }),
      labelTables.tables.map(({ name }) => name),
    ],
  ];
  test.each(cases)('%s', (_, root, expected) => {
    expect(kinds(root)).toEqual(expected);
  });

  test('what the model was shown of a kind, it may speak about', () => {
    const denied = except({ securityLabel: label('HIV'), dataPeriod: { end: '2020' } });
    expect(kinds(denied)).toContain('hiv');
    expect(kinds(denied, label('HIV'))).not.toContain('hiv');
  });
});

const withheldFrom = (root: Root, resource: Parameters<typeof facts>[0]) =>
  withheldUnder(decide(root), facts(resource));

describe('a denial by code', () => {
  const byCode = except({ code: [concept(snomed, '86406008')] });

  test('also covers what the tables know as the same kind', () => {
    expect(withheldFrom(byCode, { codes: [{ system: snomed, code: '86406008' }] })).toBe(true);
    expect(withheldFrom(byCode, { labels: label('HIV') })).toBe(true);
    expect(withheldFrom(byCode, { labels: label('SUD') })).toBe(false);
    expect(withheldFrom(byCode, {})).toBe(false);
  });

  test('wherever it stands, and a permit by code opens nothing more', () => {
    const nested = deny({
      provision: [permit({ provision: [deny({ code: [concept(snomed, '86406008')] })] })],
    });
    expect(withheldFrom(nested, { labels: label('HIV') })).toBe(true);
    expect(withheldFrom(nested, {})).toBe(false);
    const permitting = permit({ code: [concept(snomed, '86406008')] });
    expect(withheldFrom(permitting, { labels: label('HIV') })).toBe(true);
  });
});

const named = (elements: object) =>
  permit({ provision: [permit({ securityLabel: label('PSYTHPN'), ...elements })] });

describe('notes that need a consent of their own', () => {
  const psychotherapy = { labels: label('V', 'PSYTHPN', 'PSY', 'MH', 'BH') };
  const withheld = (root: Root, implicit: 'permit' | 'deny' = 'deny') =>
    withheldUnder(decide(root, implicit), facts(psychotherapy));

  test('are opened by naming them, with the conditions that the permit sets, and by nothing else', () => {
    expect(withheld(permit())).toBe(true);
    expect(withheld(permit({ securityLabel: label('V') }))).toBe(true);
    expect(withheld(permit({ securityLabel: label('PSY') }))).toBe(true);
    expect(withheld(permit({ securityLabel: label('PSYTHPN') }))).toBe(false);
    expect(withheld(named({}))).toBe(false);
    expect(withheld(named({ dataPeriod: { end: '2020' } }))).toBe(true);
  });

  test('the implicit policy does not open them, and the own record has them', () => {
    const silent = evaluateConsents([], request, { implicit: 'permit' });
    expect(withheldUnder(silent, facts(psychotherapy))).toBe(true);
    expect(withheldUnder(silent, facts({ labels: label('PSY') }))).toBe(false);
    const own = { ...request, purpose: 'PATRQT', roles: ['patient'], actors: ['Patient/p1'] };
    const decision = evaluateConsents([], own, { implicit: 'deny' });
    expect(withheldUnder(decision, facts(psychotherapy))).toBe(false);
  });
});

describe('what must not be missed in a treatment', () => {
  const gatewayLabels = label('R', 'OPIOIDUD');
  const withheld = (root: Root, stated?: ReturnType<typeof label>) =>
    withheldUnder(
      decide(root),
      facts({ labels: [...gatewayLabels, ...(stated ?? [])], ...(stated === undefined ? {} : { stated }) }),
    );

  test('is not left out for a label alone, only by a denial or a label of its source', () => {
    const normal = permit({ securityLabel: label('N') });
    expect(withheld(normal)).toBe(true);
    expect(withheld(normal, [])).toBe(false);
    expect(withheld(normal, label('R'))).toBe(true);
    expect(withheld(except({ securityLabel: label('OPIOIDUD') }), [])).toBe(true);
    expect(withheld(permit({ securityLabel: label('OPIOIDUD') }), [])).toBe(false);
  });
});
