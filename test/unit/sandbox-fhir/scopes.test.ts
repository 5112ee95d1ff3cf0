import { describe, expect, it } from '@jest/globals';
import { grantsFor, parseScope, satisfies } from '../../../sandbox/fhir/scopes.ts';
import fc from '../../fixtures/properties.ts';

const base = 'http://127.0.0.1:1/fhir';
const category = 'http://terminology.hl7.org/CodeSystem/observation-category';

describe('SMART v2 scopes', () => {
  it.each([
    ['patient/Observation.rs', 'patient', 'Observation', 'rs'],
    ['system/*.cruds', 'system', '*', 'cruds'],
    ['user/Patient.r', 'user', 'Patient', 'r'],
    ['patient/Condition.read', 'patient', 'Condition', 'rs'],
    ['patient/Condition.write', 'patient', 'Condition', 'cud'],
    ['patient/Condition.*', 'patient', 'Condition', 'cruds'],
  ])('%s', (text, context, type, letters) => {
    expect(parseScope(text)).toEqual({ context, type, letters: new Set(letters), constraints: [] });
  });

  it.each([
    'patient/Observation.sr',
    'patient/Observation.',
    'patient/Observation',
    'patient/observation.rs',
    'practitioner/Observation.rs',
    'openid',
    'launch/patient',
    'patient/Observation.rs?',
    ' patient/Observation.rs',
  ])('%j grants nothing', (text) => expect(parseScope(text)).toBeUndefined());

  it('never throws, and grants only letters of the grammar', () => {
    const piece = fc.constantFrom(
      'patient/',
      'system/',
      'Observation',
      '*',
      '.',
      'r',
      's',
      'cruds',
      '?',
      'a=b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const scope = parseScope(pieces.join(''));
        expect([...(scope?.letters ?? [])].join('')).toMatch(/^c?r?u?d?s?$/);
      }),
    );
  });

  it('narrows a grant to its filter', () => {
    const [grant, ...more] = grantsFor(
      [
        `patient/Observation.rs?category=${category}|laboratory`,
        'patient/Condition.s',
        'system/Observation.c',
      ],
      'Observation',
      's',
      base,
    );
    expect(more).toEqual([]);
    expect(grant?.bound).toBe(true);
    const observation = (code: string) => ({
      resourceType: 'Observation',
      category: [{ coding: [{ system: category, code }] }],
    });
    expect(grant && satisfies(grant, observation('laboratory'))).toBe(true);
    expect(grant && satisfies(grant, observation('vital-signs'))).toBe(false);
  });

  it.each(['colour=red', 'date=soon', 'code:below=x', 'category=a&colour=red'])(
    'gives nothing for a filter that is not understood: %s',
    (filter) => {
      expect(grantsFor([`system/Observation.rs?${filter}`], 'Observation', 'r', base)).toEqual([]);
    },
  );
});
