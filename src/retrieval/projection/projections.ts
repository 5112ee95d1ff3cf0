import type { Resource } from '../../vocabulary/fhir.ts';
import { table } from '../../vocabulary/table.ts';
import { at, type Element, elementsOf, textOf, tokensOf } from '../elements.ts';
import { dosages } from './dosage.ts';
import {
  choice,
  coded,
  concept,
  date,
  type Fragment,
  free,
  numberText,
  period,
  quantityText,
  referenceRange,
  spellQuantity,
  timeOfDay,
} from './fragments.ts';

/** What a projection may look up: a Medication that the resource names, contained or included. */
export interface ProjectionContext {
  readonly medication: (resource: Resource) => Resource | undefined;
}

/** One element of a type: where `always` is set, no task can leave it out (clinical safety). */
export interface ElementProjection {
  readonly name: string;
  readonly always?: true;
  readonly read: (resource: Resource, context: ProjectionContext) => readonly Fragment[];
}

export interface TypeProjection {
  /** First letter of citation keys. */
  readonly letter: string;
  readonly kind: (resource: Resource) => string;
  readonly elements: Readonly<Record<string, ElementProjection>>;
}

const simple = (element: string, name: string): ElementProjection => ({
  name,
  read: (resource) => concept(resource[element]),
});
const always = (element: string, name: string): ElementProjection => ({
  ...simple(element, name),
  always: true,
});
const dateOf = (element: string, name: string): ElementProjection => ({
  name,
  read: (resource) => date(resource[element]),
});
const choiceOf = (element: string, name: string): ElementProjection => ({
  name,
  read: (resource) => choice(resource, element),
});
const flag = (element: string, name: string): ElementProjection => ({
  name,
  always: true,
  read: (resource) => (resource[element] === true ? coded('yes') : []),
});
const notes: ElementProjection = {
  name: 'note',
  read: (resource) => elementsOf(resource['note']).flatMap((note) => free(textOf(note['text']))),
};

/** The drug's name: coded in the resource itself, or in the Medication that it names. */
const medication: ElementProjection = {
  name: 'drug',
  always: true,
  read: (resource, context) => {
    const own = concept(resource['medicationCodeableConcept']);
    if (own.length > 0) return own;
    const named = context.medication(resource);
    if (named !== undefined) {
      const strength = elementsOf(named['ingredient']).flatMap((one) => concept(one['itemCodeableConcept']));
      const code = concept(named['code']);
      const drug = [...(code.length > 0 ? code : strength), ...concept(named['form'])];
      return drug.length > 0 ? drug : coded('not named in the record');
    }
    const display = textOf(at(resource, 'medicationReference', 'display'));
    return display === undefined ? coded('not named in the record') : free(display);
  },
};

const hasCode = (resource: Resource, element: string, code: string): boolean =>
  tokensOf(resource[element]).some((token) => token.code === code);

const reaction: ElementProjection = {
  name: 'reaction',
  always: true,
  read: (resource) =>
    elementsOf(resource['reaction']).flatMap((one) => [
      ...concept(one['substance']),
      ...concept(one['manifestation']),
      ...coded(textOf(one['severity']) === undefined ? undefined : `severity ${textOf(one['severity'])}`),
      ...free(textOf(one['description'])),
      ...concept(one['exposureRoute']),
    ]),
};

const component: ElementProjection = {
  name: 'component',
  always: true,
  read: (resource) =>
    elementsOf(resource['component']).flatMap((one: Element) => [
      ...concept(one['code']),
      ...choice(one, 'value'),
      ...concept(one['interpretation']),
      ...concept(one['dataAbsentReason']),
      ...referenceRange(one['referenceRange']),
    ]),
};

/** What a reference points at: its type as written, or the first part of a relative reference. */
const referencedType = (reference: Element): string | undefined =>
  textOf(reference['type']) ?? /^([A-Z][A-Za-z]+)\//.exec(textOf(reference['reference']) ?? '')?.[1];

const payers: Readonly<Record<string, string>> = table({
  Organization: 'an organisation',
  Patient: 'the patient',
  RelatedPerson: 'a related person',
});

/**
 * One participant: the role, and the name as the record displays it, which the redactor replaces. The patient is not
 * listed among those who care for the patient.
 */
const member = (participant: Element, element: string, role: string): readonly Fragment[] => {
  const [named] = elementsOf(participant[element]);
  if (named === undefined || referencedType(named) === 'Patient') return [];
  const roles = concept(participant[role]).flatMap(({ type, text }) => (type === 'coded' ? [text] : []));
  const words = [roles.join(', '), textOf(named['display']) ?? ''].filter((one) => one !== '');
  return free(textOf(words.join(': ')));
};

const doses = (element: string): ElementProjection => ({
  name: 'dosage',
  always: true,
  read: (resource) => dosages(resource[element]),
});

/** The part that names a resource of a type: its code, or its drug. */
export const namingPart = (type: string): string | undefined =>
  Object.values(projections[type]?.elements ?? {})[0]?.name;

/**
 * How resources become lines, by type. Elements that name people or places (subject, performer, author, requester,
 * recorder, location …), identifiers, narrative, extensions and meta are not in this table and so never pass.
 */
export const projections: Readonly<Record<string, TypeProjection>> = table({
  AllergyIntolerance: {
    letter: 'A',
    kind: () => 'allergy or intolerance',
    elements: {
      code: always('code', 'substance'),
      clinicalStatus: always('clinicalStatus', 'clinical status'),
      verificationStatus: always('verificationStatus', 'verification'),
      type: simple('type', 'type'),
      category: simple('category', 'category'),
      criticality: always('criticality', 'criticality'),
      reaction,
      onset: choiceOf('onset', 'onset'),
      recordedDate: dateOf('recordedDate', 'recorded'),
      lastOccurrence: dateOf('lastOccurrence', 'last occurrence'),
      note: notes,
    },
  },
  Appointment: {
    letter: 'B',
    kind: () => 'appointment',
    elements: {
      serviceType: simple('serviceType', 'service'),
      specialty: simple('specialty', 'specialty'),
      appointmentType: simple('appointmentType', 'kind'),
      status: always('status', 'status'),
      cancelationReason: always('cancelationReason', 'reason of status'),
      start: {
        name: 'date',
        read: (resource) => [...date(resource['start']), ...timeOfDay(resource['start'])],
      },
      minutesDuration: {
        name: 'minutes',
        read: (resource) => quantityText(numberText(resource['minutesDuration'])),
      },
      reasonCode: simple('reasonCode', 'reason'),
      participant: {
        name: 'with',
        read: (resource) =>
          elementsOf(resource['participant']).flatMap((one) => member(one, 'actor', 'type')),
      },
    },
  },
  CareTeam: {
    letter: 'T',
    kind: () => 'care team',
    elements: {
      category: simple('category', 'category'),
      status: always('status', 'status'),
      participant: {
        name: 'member',
        read: (resource) =>
          elementsOf(resource['participant']).flatMap((one) => member(one, 'member', 'role')),
      },
      managingOrganization: {
        name: 'organisation',
        read: (resource) =>
          elementsOf(resource['managingOrganization']).flatMap((one) => free(textOf(one['display']))),
      },
    },
  },
  Condition: {
    letter: 'C',
    kind: (resource) => (hasCode(resource, 'category', 'problem-list-item') ? 'problem' : 'diagnosis'),
    elements: {
      code: always('code', 'condition'),
      clinicalStatus: always('clinicalStatus', 'clinical status'),
      verificationStatus: always('verificationStatus', 'verification'),
      category: simple('category', 'category'),
      severity: simple('severity', 'severity'),
      onset: choiceOf('onset', 'onset'),
      abatement: { ...choiceOf('abatement', 'abated'), always: true },
      recordedDate: dateOf('recordedDate', 'recorded'),
      note: notes,
    },
  },
  Coverage: {
    letter: 'K',
    kind: () => 'coverage',
    elements: {
      type: simple('type', 'kind'),
      status: always('status', 'status'),
      period: { name: 'in force', read: (resource) => period(resource['period']) },
      relationship: simple('relationship', 'relationship to the subscriber'),
      payor: {
        name: 'payer',
        read: (resource) =>
          elementsOf(resource['payor']).flatMap((one) => coded(payers[referencedType(one) ?? ''])),
      },
    },
  },
  DiagnosticReport: {
    letter: 'R',
    kind: () => 'report',
    elements: {
      code: always('code', 'report'),
      status: always('status', 'status'),
      effective: choiceOf('effective', 'date'),
      conclusion: { name: 'conclusion', read: (resource) => free(textOf(resource['conclusion'])) },
      conclusionCode: simple('conclusionCode', 'conclusion'),
    },
  },
  DocumentReference: {
    letter: 'D',
    kind: () => 'document',
    elements: {
      type: simple('type', 'document'),
      status: always('status', 'status'),
      docStatus: always('docStatus', 'document status'),
      date: dateOf('date', 'date'),
    },
  },
  Encounter: {
    letter: 'E',
    kind: () => 'visit',
    elements: {
      class: simple('class', 'class'),
      type: simple('type', 'type'),
      status: always('status', 'status'),
      period: { name: 'date', read: (resource) => period(resource['period']) },
      reasonCode: simple('reasonCode', 'reason'),
      hospitalization: {
        name: 'discharge to',
        read: (resource) => concept(at(resource, 'hospitalization', 'dischargeDisposition')),
      },
    },
  },
  Flag: {
    letter: 'F',
    kind: () => 'flag',
    elements: {
      code: always('code', 'flag'),
      status: always('status', 'status'),
      category: simple('category', 'category'),
      period: { name: 'date', read: (resource) => period(resource['period']) },
    },
  },
  Immunization: {
    letter: 'I',
    kind: () => 'immunization',
    elements: {
      vaccineCode: always('vaccineCode', 'vaccine'),
      status: always('status', 'status'),
      statusReason: always('statusReason', 'reason of status'),
      occurrence: choiceOf('occurrence', 'date'),
      primarySource: {
        name: 'source',
        read: (resource) => (resource['primarySource'] === false ? coded('reported, not given here') : []),
      },
      isSubpotent: flag('isSubpotent', 'subpotent'),
      protocolApplied: {
        name: 'dose number',
        read: (resource) =>
          elementsOf(resource['protocolApplied']).flatMap((one) => [
            ...choice(one, 'doseNumber'),
            ...concept(one['targetDisease']),
          ]),
      },
      reaction: {
        name: 'reaction date',
        read: (resource) => elementsOf(resource['reaction']).flatMap((one) => date(one['date'])),
      },
    },
  },
  MedicationDispense: {
    letter: 'M',
    kind: () => 'dispensed drug',
    elements: {
      medication,
      status: always('status', 'status'),
      statusReason: { ...choiceOf('statusReason', 'reason of status'), always: true },
      whenHandedOver: dateOf('whenHandedOver', 'handed over'),
      quantity: { name: 'quantity', read: (resource) => quantityText(spellQuantity(resource['quantity'])) },
      daysSupply: {
        name: 'days of supply',
        read: (resource) => quantityText(spellQuantity(resource['daysSupply'])),
      },
      dosageInstruction: doses('dosageInstruction'),
    },
  },
  MedicationRequest: {
    letter: 'M',
    kind: () => 'ordered drug',
    elements: {
      medication,
      status: always('status', 'status'),
      statusReason: always('statusReason', 'reason of status'),
      doNotPerform: flag('doNotPerform', 'do not give'),
      intent: always('intent', 'intent'),
      category: simple('category', 'category'),
      reported: {
        name: 'source',
        read: (resource) =>
          resource['reportedBoolean'] === true || resource['reportedReference'] !== undefined
            ? coded('reported, not ordered here')
            : [],
      },
      authoredOn: dateOf('authoredOn', 'ordered'),
      dosageInstruction: doses('dosageInstruction'),
      dispenseRequest: {
        name: 'valid',
        read: (resource) => period(at(resource, 'dispenseRequest', 'validityPeriod')),
      },
      reasonCode: simple('reasonCode', 'reason'),
      note: notes,
    },
  },
  MedicationStatement: {
    letter: 'M',
    kind: () => 'reported drug',
    elements: {
      medication,
      status: always('status', 'status'),
      statusReason: always('statusReason', 'reason of status'),
      effective: choiceOf('effective', 'taken'),
      dosage: doses('dosage'),
      reasonCode: simple('reasonCode', 'reason'),
      note: notes,
    },
  },
  Observation: {
    letter: 'O',
    kind: (resource) => {
      if (hasCode(resource, 'category', 'laboratory')) return 'lab result';
      return hasCode(resource, 'category', 'vital-signs') ? 'vital sign' : 'observation';
    },
    elements: {
      code: always('code', 'test'),
      value: { ...choiceOf('value', 'value'), always: true },
      dataAbsentReason: always('dataAbsentReason', 'no value because'),
      component,
      interpretation: always('interpretation', 'interpretation'),
      referenceRange: {
        name: 'reference range',
        always: true,
        read: (resource) => referenceRange(resource['referenceRange']),
      },
      effective: choiceOf('effective', 'date'),
      status: always('status', 'status'),
      bodySite: simple('bodySite', 'body site'),
      method: simple('method', 'method'),
      note: notes,
    },
  },
  Procedure: {
    letter: 'P',
    kind: () => 'procedure',
    elements: {
      code: always('code', 'procedure'),
      status: always('status', 'status'),
      statusReason: always('statusReason', 'reason of status'),
      performed: choiceOf('performed', 'date'),
      bodySite: simple('bodySite', 'body site'),
      outcome: simple('outcome', 'outcome'),
      reasonCode: simple('reasonCode', 'reason'),
    },
  },
});
