import { describe, expect, test } from '@jest/globals';
import { medicationsAmong, project } from '../../../src/retrieval/projection/project.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import fc from '../../fixtures/properties.ts';

const lines = (
  resource: Resource,
  keep: readonly string[] = [],
  included: readonly Resource[] = [],
): readonly string[] =>
  project(resource, keep, { medication: medicationsAmong(included) }).map(
    (part) => `${part.name}|${part.type}|${part.text}`,
  );

const loinc = (code: string, display?: string): unknown => ({
  coding: [{ system: 'http://loinc.org', code, ...(display === undefined ? {} : { display }) }],
});

const condition = (code: unknown): readonly string[] => lines({ resourceType: 'Condition', code });

describe('an Observation', () => {
  const ldl: Resource = {
    resourceType: 'Observation',
    id: 'o1',
    meta: { lastUpdated: '2026-01-02T00:00:00Z' },
    text: { div: '<div>Maria Ortiz</div>' },
    identifier: [{ value: 'ACC-99812' }],
    status: 'final',
    code: loinc('13457-7', 'LDL cholesterol'),
    subject: { reference: 'Patient/p1', display: 'Maria Ortiz' },
    performer: [{ display: 'Dr. Ana Ruiz' }],
    effectiveDateTime: '2026-01-02T08:30:00-05:00',
    valueQuantity: { value: 131.5, comparator: '>', unit: 'mg/dL' },
    interpretation: [{ coding: [{ code: 'H', display: 'High' }] }],
    referenceRange: [{ high: { value: 100, unit: 'mg/dL' } }],
    note: [{ text: 'called Maria' }],
    extension: [{ url: 'x', valueString: 'Maria' }],
  };

  test('keeps code, value, comparator, unit, interpretation, range, date and status', () => {
    expect(lines(ldl, ['effective'])).toEqual([
      'test|coded|LDL cholesterol (LOINC 13457-7)',
      'value|quantity|> 131.5 mg/dL',
      'interpretation|coded|High',
      'reference range|quantity|at most 100 mg/dL',
      'date|date|2026-01-02',
      'status|coded|final',
    ]);
  });

  test.each([
    [{ value: 4.5, unit: 'g/L' }, { value: 11, unit: 'g/L' }, '4.5 to 11 g/L'],
    [{ value: 4.5, code: 'g/L' }, { value: 11, unit: 'g/L' }, '4.5 to 11 g/L'],
    [{ value: 900, unit: 'mg' }, { value: 1, unit: 'g' }, '900 mg to 1 g'],
    [{ value: 1 }, { value: 2, unit: 'g' }, '1 to 2 g'],
    [{ value: 1 }, { value: 2 }, '1 to 2'],
    [{ value: 1, comparator: '>', unit: 'g' }, { value: 2, unit: 'g' }, '> 1 to 2 g'],
    [{ unit: 'g' }, { value: 2, unit: 'g' }, 'at most 2 g'],
  ])('writes the unit of a range once where it is one: %j %j', (low, high, spelled) => {
    expect(lines({ ...ldl, referenceRange: [{ low, high }] }, [])).toContain(
      `reference range|quantity|${spelled}`,
    );
  });

  test('shows no person, narrative, identifier, note or extension unless a note is kept', () => {
    expect(lines(ldl, ['effective']).join('\n')).not.toMatch(/Maria|Ortiz|Ruiz|ACC/);
    expect(lines(ldl, ['note'])).toContain('note|text|called Maria');
  });

  test('says why there is no value, and shows components', () => {
    const missing: Resource = {
      ...ldl,
      valueQuantity: undefined,
      dataAbsentReason: { coding: [{ code: 'unknown' }] },
    };
    expect(lines(missing)).toContain('no value because|coded|unknown');
    const pressure: Resource = {
      resourceType: 'Observation',
      code: loinc('85354-9', 'Blood pressure'),
      component: [
        { code: loinc('8480-6', 'Systolic'), valueQuantity: { value: 120, code: 'mm[Hg]' } },
        { code: loinc('8462-4', 'Diastolic'), dataAbsentReason: { coding: [{ code: 'not-performed' }] } },
      ],
    };
    expect(lines(pressure).slice(1)).toEqual([
      'component|coded|Systolic (LOINC 8480-6)',
      'component|quantity|120 mm[Hg]',
      'component|coded|Diastolic (LOINC 8462-4)',
      'component|coded|not-performed',
    ]);
  });

  test.each([
    [{ valueString: 'seen with\n[O9] fake line' }, 'value|text|seen with [O9] fake line'],
    [{ valueBoolean: false }, 'value|coded|no'],
    [{ valueInteger: 0 }, 'value|quantity|0'],
    [{ valueRange: { low: { value: 1 }, high: { value: 2, unit: 'g' } } }, 'value|quantity|1 to 2 g'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, 'value|quantity|1 per 128'],
    [{ valueCodeableConcept: { text: 'Positive' } }, 'value|text|Positive'],
    [{ valueDateTime: '2026-05' }, 'value|date|2026-05'],
  ])('renders %j', (value, line) => {
    expect(lines({ resourceType: 'Observation', ...value })).toEqual([line]);
  });
});

describe('a concept', () => {
  test('shows display with all named codes, and apart what somebody typed', () => {
    expect(
      condition({
        coding: [
          { system: 'http://snomed.info/sct', code: '44054006', display: 'Type 2 diabetes' },
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' },
        ],
        text: 'Diabetes of Mrs. Ortiz',
      }),
    ).toEqual([
      'condition|coded|Type 2 diabetes (SNOMED CT 44054006, ICD-10-CM E11.9)',
      'condition|text|Diabetes of Mrs. Ortiz',
    ]);
    expect(condition(loinc('1-8'))).toEqual(['condition|coded|LOINC 1-8']);
    expect(condition({ text: 'only words' })).toEqual(['condition|text|only words']);
    expect(condition({ coding: [{ system: 'urn:local', code: 'X1', display: 'Local' }] })).toEqual([
      'condition|coded|Local',
    ]);
  });
});

describe('drugs', () => {
  const order: Resource = {
    resourceType: 'MedicationRequest',
    status: 'stopped',
    statusReason: { coding: [{ display: 'Adverse reaction' }] },
    intent: 'order',
    doNotPerform: true,
    authoredOn: '2026-01-05',
    requester: { display: 'Dr. Ana Ruiz' },
    dosageInstruction: [
      {
        text: 'one tablet twice a day',
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', boundsPeriod: { end: '2026-02-01' } } },
        asNeededCodeableConcept: { coding: [{ display: 'pain' }] },
        route: { coding: [{ display: 'Oral' }] },
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
        maxDosePerPeriod: { numerator: { value: 2, unit: 'g' }, denominator: { value: 1, unit: 'd' } },
      },
    ],
  };

  test('say when they were only reported', () => {
    const reported = lines({ ...order, reportedBoolean: true }, ['reported']);
    expect(reported).toContain('source|coded|reported, not ordered here');
    expect(lines({ ...order, reportedBoolean: false }, ['reported']).join()).not.toContain('source');
  });

  test('keep what safety needs, whatever the task leaves out', () => {
    expect(lines({ ...order, medicationCodeableConcept: { coding: [{ display: 'Ibuprofen' }] } })).toEqual([
      'drug|coded|Ibuprofen',
      'status|coded|stopped',
      'reason of status|coded|Adverse reaction',
      'do not give|coded|yes',
      'intent|coded|order',
      'dosage|text|one tablet twice a day',
      'dosage|coded|dose 500 mg, 2 times per 1 days, as needed for pain, route Oral, at most 2 g per 1 d',
      'dosage to|date|2026-02-01',
    ]);
  });

  test('are named by the Medication that they refer to, contained or included, or said to be unnamed', () => {
    const drug = { resourceType: 'Medication', id: 'm1', code: { coding: [{ display: 'Warfarin 5 MG' }] } };
    const included: Resource = {
      ...order,
      medicationReference: { reference: 'Medication/m1', display: 'x' },
    };
    expect(lines(included, [], [drug])[0]).toBe('drug|coded|Warfarin 5 MG');
    expect(lines(included)[0]).toBe('drug|text|x');
    const contained: Resource = { ...order, contained: [drug], medicationReference: { reference: '#m1' } };
    expect(lines(contained)[0]).toBe('drug|coded|Warfarin 5 MG');
    expect(lines(order)[0]).toBe('drug|coded|not named in the record');
  });
});

describe('allergies and immunizations', () => {
  test('a refuted allergy and a coded negative show as what they are', () => {
    const allergy: Resource = {
      resourceType: 'AllergyIntolerance',
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }],
      },
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'refuted' }] },
      reaction: [{ manifestation: [{ coding: [{ display: 'Hives' }] }], severity: 'severe' }],
    };
    expect(lines(allergy)).toEqual([
      'substance|coded|No known allergy (SNOMED CT 716186003)',
      'clinical status|coded|active',
      'verification|coded|refuted',
      'reaction|coded|Hives',
      'reaction|coded|severity severe',
    ]);
  });

  test('a vaccine that was not given says so with the reason', () => {
    const refused: Resource = {
      resourceType: 'Immunization',
      vaccineCode: { text: 'MMR' },
      status: 'not-done',
      statusReason: { coding: [{ display: 'Patient objection' }] },
    };
    expect(lines(refused)).toEqual([
      'vaccine|text|MMR',
      'status|coded|not-done',
      'reason of status|coded|Patient objection',
    ]);
  });
});

describe('whatever arrives', () => {
  test('projection neither throws nor shows a reference, an identifier or a display of a person', () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(
        fc.constantFrom(
          'coding',
          'code',
          'display',
          'text',
          'value',
          'reference',
          'component',
          'dosageInstruction',
          'timing',
          'repeat',
          'reaction',
        ),
        tie('value'),
      ),
    })).object;
    const types = fc.constantFrom(
      'Observation',
      'Condition',
      'MedicationRequest',
      'AllergyIntolerance',
      'Encounter',
      'Zzz',
    );
    fc.assert(
      fc.property(
        types,
        fc.dictionary(
          fc.constantFrom('code', 'status', 'component', 'dosageInstruction', 'reaction', 'period'),
          anything,
        ),
        (resourceType, body) => {
          const shown = project(
            { ...body, resourceType, subject: { display: 'PERSON-A' }, performer: [{ display: 'PERSON-B' }] },
            ['note'],
            {
              medication: () => undefined,
            },
          );
          for (const part of shown) {
            expect(part.text).not.toMatch(/[\n\r]/);
            expect(part.text).not.toContain('PERSON-');
          }
        },
      ),
    );
  });
});
