/** The words in which the parameter tables are written: kinds of parameters as element paths, and common groups. */
export type ParameterKind = 'token' | 'reference' | 'date' | 'string' | 'uri';

export interface SearchParameter {
  readonly kind: ParameterKind;
  readonly paths: readonly (readonly string[])[];
  /** The one type that a reference parameter means, where the specification narrows it. */
  readonly target?: string;
}

const of =
  (kind: ParameterKind) =>
  (...paths: string[]): SearchParameter => ({ kind, paths: paths.map((path) => path.split('.')) });
export const token = of('token');
export const reference = of('reference');
export const date = of('date');
export const string = of('string');
export const uri = of('uri');
export const patient = (...paths: string[]): SearchParameter => ({
  ...reference(...paths),
  target: 'Patient',
});

export type Table = Readonly<Record<string, SearchParameter>>;

export const aboutPatient: Table = { patient: patient('patient') };
export const aboutSubject: Table = { patient: patient('subject'), subject: reference('subject') };
export const status: Table = { status: token('status') };
export const code: Table = { code: token('code') };
export const category: Table = { category: token('category') };
export const encounter: Table = { encounter: reference('encounter') };
export const person: Table = {
  name: string('name'),
  family: string('name.family'),
  given: string('name.given'),
  gender: token('gender'),
  active: token('active'),
  telecom: token('telecom'),
  phone: token('telecom'),
  email: token('telecom'),
  address: string('address'),
  'address-city': string('address.city'),
  'address-postalcode': string('address.postalCode'),
  'address-state': string('address.state'),
};
export const medication: Table = {
  code: token('medicationCodeableConcept'),
  medication: reference('medicationReference'),
};
