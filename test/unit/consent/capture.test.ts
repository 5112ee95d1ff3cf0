import { describe, expect, it, test } from '@jest/globals';
import {
  captureCaps,
  consentOfForm,
  patientOf,
  readKept,
  takeConsent,
} from '../../../src/consent/capture.ts';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import { denies, keepsFrom, opensTo, type PossibleAsker } from '../../../src/consent/reach.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import {
  actor,
  concept,
  consent,
  deny,
  label,
  now,
  permit,
  policyRule,
  purpose,
  request,
} from './builders.ts';

const id = '019a0000-0000-7000-8000-000000000001';
const taking = { id, patient: 'p1', at: now - 1000, byPatient: true };
const take = (resource: Resource, changes: Partial<typeof taking> = {}) =>
  takeConsent(resource, { ...taking, ...changes });
const taken = (form: Parameters<typeof consentOfForm>[0]) => take(consentOfForm(form, 'p1')).resource;
const decide = (kept: readonly Resource[], changes: Partial<typeof request> = {}) =>
  evaluateConsents([], { ...request, ...changes }, { implicit: 'deny', kept });

/** A permit of everything, as the patient would write it. */
const said = (changes: Readonly<Record<string, unknown>> = {}): Resource => consent(permit(), changes);

describe('a form becomes a Consent that says the same', () => {
  it('permits everybody everything, but what needs its own name', () => {
    const kept = [taken({ decision: 'permit' })];
    expect(decide(kept)).toMatchObject({ effect: 'permit', residual: [], consents: [id] });
    expect(decide(kept, { purpose: 'HPAYMT', roles: ['billing'] }).effect).toBe('permit');
    expect(decide(kept, { purpose: 'BTG' }).effect).toBe('deny');
  });

  it('permits only whom, what for and when it says', () => {
    const kept = [
      taken({
        decision: 'permit',
        purposes: ['TREAT'],
        roles: ['physician'],
        from: '2026-11-01',
        until: '2026-11-20',
      }),
    ];
    expect(decide(kept).effect).toBe('permit');
    expect(decide(kept, { roles: ['nurse'] }).effect).toBe('deny');
    expect(decide(kept, { purpose: 'HPAYMT' }).effect).toBe('deny');
    expect(decide(kept, { now: now + 86_400_000 }).effect).toBe('deny');
    expect(decide(kept, { now: Date.parse('2026-10-31T23:00:00Z') }).effect).toBe('deny');
    const named = [taken({ decision: 'permit', actors: ['Practitioner/7'] })];
    expect(decide(named).effect).toBe('permit');
    expect(decide(named, { actors: ['Practitioner/8'] }).effect).toBe('deny');
  });

  it('a permit leaves out what it withholds, a denial is about that alone', () => {
    const forbidsHiv = { type: 'forbid', securityLabels: label('HIV') };
    expect(decide([taken({ decision: 'permit', withhold: ['HIV'] })]).residual).toEqual([forbidsHiv]);
    const both = [
      taken({ decision: 'permit' }),
      { ...taken({ decision: 'deny', withhold: ['HIV'] }), id: 'k2' },
    ];
    expect(decide(both)).toMatchObject({ effect: 'permit', residual: [forbidsHiv] });
  });

  it('what a permit to one person withholds is withheld from that person only', () => {
    const kept = [
      { ...taken({ decision: 'permit', actors: ['Practitioner/8'], withhold: ['HIV'] }), id: 'k2' },
      taken({ decision: 'permit', actors: ['Practitioner/7'] }),
    ];
    expect(decide(kept).residual).not.toContainEqual(
      expect.objectContaining({ securityLabels: label('HIV') }),
    );
    expect(JSON.stringify(decide(kept, { actors: ['Practitioner/8'] }).residual)).toContain('HIV');
  });

  it('a denial denies, and nothing besides what it is about', () => {
    expect(decide([taken({ decision: 'deny' })]).reason).toBe('consent_denied');
    const research = [
      taken({ decision: 'permit' }),
      { ...taken({ decision: 'deny', purposes: ['HRESCH'] }), id: 'k2' },
    ];
    expect(decide(research).effect).toBe('permit');
    expect(decide(research, { purpose: 'HRESCH' }).effect).toBe('deny');
  });
});

describe('a Consent that is captured', () => {
  it('has the id, the time and the word of the gateway, not of the body', () => {
    const { resource } = take(
      said({
        id: 'mine',
        dateTime: '2999-01-01',
        meta: { versionId: '9' },
        performer: [{ reference: 'Patient/p1' }],
      }),
    );
    expect(resource).toMatchObject({
      id,
      dateTime: new Date(taking.at).toISOString(),
      performer: [{ reference: 'Patient/p1' }],
      verification: [{ verified: true, verifiedWith: { reference: 'Patient/p1' } }],
    });
    expect(resource).not.toHaveProperty('meta');
  });

  it('a date in the future supersedes nothing: the denial stands before that time and after', () => {
    const denial = take(consent(deny()), { byPatient: false, at: now - 5000 }).resource;
    const staff = take(
      said({
        dateTime: '2999-01-01',
        verification: [{ verified: true, verifiedWith: { reference: 'Patient/p1' } }],
      }),
      { byPatient: false, id: `${id.slice(0, -1)}2` },
    );
    expect(staff.resource).not.toHaveProperty('verification');
    expect(decide([denial, staff.resource]).effect).toBe('deny');
    expect(decide([denial, staff.resource], { now: Date.parse('2999-06-01') }).effect).toBe('deny');
  });

  it("takes the place of what was said before only in the patient's own mouth, and only in this store", () => {
    const denial = take(consent(deny()), { byPatient: false, at: now - 5000 }).resource;
    const own = take(said(), { id: `${id.slice(0, -1)}2` }).resource;
    const staff = take(said(), { byPatient: false, id: `${id.slice(0, -1)}3` }).resource;
    expect(decide([denial, own]).effect).toBe('permit');
    expect(decide([denial, staff]).effect).toBe('deny');
    expect(evaluateConsents([denial], request, { implicit: 'deny', kept: [own] }).effect).toBe('deny');
    expect(decide([{ ...denial, dateTime: own['dateTime'] }, own]).effect).toBe('deny');
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['is a draft', { status: 'draft' }],
    ['is withdrawn already', { status: 'inactive' }],
    [
      'is about treatment, not privacy',
      { scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'treatment') },
    ],
    ['has no scope', { scope: undefined }],
    ['has no category', { category: [] }],
    ['is about somebody else', { patient: { reference: 'Patient/p2' } }],
    ['names a purpose that nobody knows', { provision: permit({ purpose: purpose('FUN') }) }],
    ['holds a modifier extension', { modifierExtension: [{ url: 'urn:x' }] }],
    [
      'holds one deep inside',
      { provision: permit({ provision: [deny({ modifierExtension: [{ url: 'urn:x' }] })] }) },
    ],
    ['holds an unknown element', { except: 'x' }],
    ['holds __proto__', JSON.parse('{"__proto__":{"status":"active"}}')],
    ['names a patient by an absolute address', { patient: { reference: 'https://example.org/Patient/p1' } }],
    ['has a date that does not exist', { provision: permit({ period: { start: '2026-02-30' } }) }],
    ['says that it was not verified', { verification: [{ verified: false }] }],
    ['has neither policy nor policyRule', { policy: undefined }],
    [
      'denies a device, of which nobody can tell who it is',
      { provision: deny({ actor: [actor('Device/1')] }) },
    ],
    ['permits a device alone, which never asks', { provision: permit({ actor: [actor('Device/1')] }) }],
    [
      'is about what is related to a result, which nobody reads',
      {
        provision: deny({ data: [{ meaning: 'related', reference: { reference: 'Observation/7' } }] }),
      },
    ],
    [
      'is nested 13 levels',
      {
        provision: Array.from({ length: 13 }).reduce<object>((inner) => deny({ provision: [inner] }), deny()),
      },
    ],
    [
      'names 100 actors',
      { provision: permit({ actor: Array.from({ length: 100 }, (_, n) => actor(`Practitioner/${n}`)) }) },
    ],
  ])('%s: refused whole', (_name, changes) => {
    expect(() => take({ ...said(), ...changes })).toThrow(/not active/);
  });

  it('is about research, or about what is related to an instance: taken', () => {
    const research = concept('http://terminology.hl7.org/CodeSystem/consentscope', 'research');
    expect(take(said({ scope: research })).read.scope).toBe('research');
    const related = deny({ data: [{ meaning: 'related', reference: { reference: 'Encounter/7' } }] });
    expect(denies(take(consent(related)).read)).toBe(true);
  });

  it('tells whom it is about, or nothing', () => {
    expect(patientOf(said())).toBe('p1');
    for (const patient of [
      undefined,
      'Patient/p1',
      { reference: 'Group/p1' },
      { reference: 'Patient/..' },
      { reference: '#p1' },
    ])
      expect(patientOf({ ...said(), patient })).toBeUndefined();
    expect(patientOf({ resourceType: 'Patient' })).toBeUndefined();
    expect(patientOf(null)).toBeUndefined();
    expect(captureCaps.elements).toBeLessThan(20_000);
  });
});

const of = (provision: Readonly<Record<string, unknown>>, more = {}) => {
  const read = readKept(consent(provision, more), 'p1');
  if (read === undefined) throw new Error('the consent is not understood');
  return read;
};

describe('who could profit from a consent', () => {
  const physician: PossibleAsker = { actors: ['Practitioner/7'], roles: ['physician'], purposes: ['TREAT'] };
  const officer: PossibleAsker = { actors: ['Practitioner/9'], roles: ['compliance'], purposes: [] };
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['a permit of everything', permit(), true],
    ['a permit to them', permit({ actor: [actor('Practitioner/7')] }), true],
    ['a permit to a colleague', permit({ actor: [actor('Practitioner/8')] }), false],
    ['a permit to a group of which nobody knows', permit({ actor: [actor('CareTeam/1')] }), true],
    ['a permit for payment', permit({ purpose: purpose('HPAYMT') }), false],
    ['a permit to break the glass', permit({ purpose: purpose('BTG') }), true],
    ['a permit that has not begun', permit({ period: { start: '2030' } }), true],
    ['a denial', deny(), false],
    [
      'a denial of everybody but them',
      deny({ provision: [permit({ actor: [actor('Practitioner/7')] })] }),
      true,
    ],
    [
      'a denial of everybody but a colleague',
      deny({ provision: [permit({ actor: [actor('Practitioner/8')] })] }),
      false,
    ],
    [
      'a permit that is deep inside',
      deny({ provision: [deny({ provision: [permit({ actor: [actor('Practitioner/7')] })] })] }),
      true,
    ],
  ])('%s', (_name, provision, opens) => {
    expect(opensTo(of(provision), physician)).toBe(opens);
    expect(opensTo(of(provision), officer)).toBe(false);
  });

  it('somebody of whom no reference is known may be anybody', () => {
    expect(opensTo(of(permit({ actor: [actor('Practitioner/8')] })), { ...physician, actors: [] })).toBe(
      true,
    );
  });

  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, boolean]>([
    ['a permit', permit(), {}, false],
    ['a denial', deny(), {}, true],
    ['a denial of a colleague', deny({ actor: [actor('Practitioner/8')] }), {}, false],
    ['a denial of research', deny({ purpose: purpose('HRESCH') }), {}, false],
    ['a permit with an exception', permit({ provision: [deny({ securityLabel: label('HIV') })] }), {}, true],
    ['a permit under a base rule that denies', permit(), { policyRule: policyRule('OPTOUT') }, true],
  ])('kept from them by %s', (_name, provision, more, keeps) => {
    expect(keepsFrom(of(provision, more), physician)).toBe(keeps);
    expect(keepsFrom(of(provision, more), officer)).toBe(false);
  });
});
