import { expect, test } from '@jest/globals';
import { evaluateConsents } from '../../../src/consent/evaluate.ts';
import { collectIdentity } from '../../../src/retrieval/collect-identity.ts';
import { projections } from '../../../src/retrieval/projection/projections.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

/** Names that every object answers to: a table must not take them for rows of its own. */
const words = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf'];

const resourceOf = (word: string): Resource => ({
  resourceType: 'Organization',
  id: `${word}-1234567`,
  ...Object.fromEntries([
    [word, { display: 'Ada Quill', reference: `${word}/12345678` }],
    [`value${word}`, 'x'],
  ]),
  extension: [{ url: word, valueString: '1961-04-09' }],
  code: { coding: [{ system: word, code: word, display: word }] },
  status: word,
  contact: [{ [word]: '1961-04-09', name: { family: 'Quill' } }],
  dosageInstruction: [{ timing: { repeat: { period: 1, periodUnit: word } } }],
  payor: [{ reference: `${word}/1` }],
});

test.each(words)('%s, wherever a server writes it, is a word like any other', (word) => {
  const resource = resourceOf(word);
  const kinds = collectIdentity([resource]);
  // What is found goes to another thread: it must be data.
  expect(structuredClone(kinds)).toEqual(kinds);
  expect(kinds.every(({ bearer, kind }) => typeof bearer === 'string' && typeof kind === 'string')).toBe(
    true,
  );
  for (const { elements } of Object.values(projections))
    for (const element of Object.values(elements)) {
      const fragments = element.read(resource, { medication: () => undefined });
      expect(structuredClone(fragments)).toEqual(fragments);
    }
  expect(projections[word]).toBeUndefined();
});

const good: Resource = {
  resourceType: 'Consent',
  id: 'c1',
  status: 'active',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/p1' },
  dateTime: '2026-01-01T00:00:00Z',
  policy: [{ uri: 'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal' }],
  provision: { type: 'permit' },
};
const request = {
  patient: 'p1',
  purpose: 'TREAT',
  roles: ['physician'],
  actors: ['Practitioner/7'],
  action: 'access',
  now: Date.parse('2026-06-15T00:00:00Z'),
} as const;

const decide = (consent: Resource) => evaluateConsents([consent], request, { implicit: 'deny' });

/** Decisions on consents that say a word where a code of a table stands. */
const decided = (word: string) => {
  const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: word }];
  return [
    { policy: [{ uri: word }] },
    { policy: [{ uri: word }], provision: undefined },
    { policy: undefined, policyRule: { coding } },
    { provision: { type: word } },
    { provision: { type: 'permit', purpose: coding } },
    { provision: { type: 'permit', actor: [{ role: { coding } }] } },
    { provision: { type: 'permit', securityLabel: coding } },
    { scope: { coding } },
  ].map((spoiled) => decide({ ...good, ...spoiled }));
};

test.each(words)('a consent that says %s where a code stands is decided as with any unknown word', (word) => {
  expect(decide(good).effect).toBe('permit');
  expect(decided(word)).toEqual(decided('unheard'));
  expect(decided(word).filter(({ effect }) => effect === 'deny').length).toBeGreaterThan(4);
});
