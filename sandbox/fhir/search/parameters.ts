import { administrativeParameters } from './administrative-parameters.ts';
import { clinicalParameters } from './clinical-parameters.ts';
import { date, patient, reference, type SearchParameter, type Table, token, uri } from './parameter-kinds.ts';

/** On every type. */
const common: Table = {
  _id: token('id'),
  _lastUpdated: date('meta.lastUpdated'),
  _tag: token('meta.tag'),
  _security: token('meta.security'),
  _profile: uri('meta.profile'),
  identifier: token('identifier'),
};

/**
 * Search parameters by resource type, R4 (http://hl7.org/fhir/R4/searchparameter-registry.html), as element paths.
 * The CapabilityStatement, the matching, the includes and the patient index are all read from this one table.
 */
const byType: Readonly<Record<string, Table>> = { ...administrativeParameters, ...clinicalParameters };

const merged = new Map<string, Table>(
  Object.entries(byType).map(([type, table]) => [type, { ...common, ...table }]),
);
/** A type that only turns up in loaded data can still be found by the patient it names. */
const unlisted: Table = { ...common, patient: patient('patient', 'subject'), subject: reference('subject') };

export const listedTypes: readonly string[] = Object.keys(byType);
export const parametersOf = (type: string): Table => merged.get(type) ?? unlisted;
export const findParameter = (type: string, name: string): SearchParameter | undefined => {
  const table = parametersOf(type);
  return Object.hasOwn(table, name) ? table[name] : undefined;
};

/** Resources of these types belong to no patient: R4 CompartmentDefinition/patient does not list them. */
const shared = new Set(
  listedTypes.filter((type) => type !== 'Patient' && findParameter(type, 'patient') === undefined),
);
export const isShared = (type: string): boolean => shared.has(type);
