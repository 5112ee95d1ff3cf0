import type { Randomness } from '../vocabulary/time.ts';
import { derived, fields, open, seal, unwrapKey, type VaultKeys } from './envelope-encryption.ts';
import { patientKey, patientName } from './open-scope.ts';
import type { Enrolment, Subject } from './ports.ts';
import type { VaultRows } from './store.ts';

export interface DirectoryOptions {
  readonly rows: VaultRows;
  readonly keys: VaultKeys;
  readonly randomness: Pick<Randomness, 'bytes'>;
}

/** Under the directory's key and, for a patient, the patient's own: either one gone, nobody can tell any more. */
const subjectKey = (keys: VaultKeys, patient?: Uint8Array): Uint8Array =>
  derived(patient ?? keys.directory, keys.directory, 'whom a pseudonym stands for');

/** Key of the facts on the trail that tell what kind of data a patient has. */
const factsKeyOf = (patient: Uint8Array): Uint8Array => derived(patient, '', 'facts on the trail');

const bound = (tenant: string, pseudonym: string): Uint8Array => fields('subject', tenant, pseudonym);

/** Keeps whom the pseudonym stands for, where that is not known; answers the key of a patient's facts. */
export function enrol(options: DirectoryOptions, enrolment: Enrolment): Uint8Array | undefined {
  const { rows, keys, randomness } = options;
  const { kind, pseudonym, tenant, value } = enrolment;
  const name = kind === 'patient' ? patientName(keys, tenant, value) : undefined;
  const own = name === undefined ? undefined : patientKey(options, tenant, name);
  if (rows.subject(tenant, pseudonym) === undefined) {
    const sealed = seal(
      subjectKey(keys, own),
      randomness.bytes(12),
      JSON.stringify([kind, value]),
      bound(tenant, pseudonym),
    );
    rows.addSubject(tenant, { pseudonym, ...(name === undefined ? {} : { patient: name }), sealed });
  }
  return own === undefined ? undefined : factsKeyOf(own);
}

/** The key of the patient behind a pseudonym; undefined for a user, where nobody is known, and after an erasure. */
function keyBehind({ rows, keys }: DirectoryOptions, tenant: string, patient: string | undefined) {
  const wrapped = patient === undefined ? undefined : rows.patientKey(tenant, patient);
  return wrapped === undefined ? undefined : unwrapKey(keys.wrapping, wrapped);
}

/** Whom a pseudonym stands for; undefined where nobody is known by it, or the patient was erased. */
export function subjectOf(options: DirectoryOptions, tenant: string, pseudonym: string): Subject | undefined {
  const row = options.rows.subject(tenant, pseudonym);
  if (row === undefined) return undefined;
  const own = keyBehind(options, tenant, row.patient);
  if (row.patient !== undefined && own === undefined) return undefined;
  const value: unknown = JSON.parse(
    open(subjectKey(options.keys, own), row.sealed, bound(tenant, pseudonym)),
  );
  const [kind, name]: unknown[] = Array.isArray(value) ? value : [];
  if ((kind !== 'user' && kind !== 'patient') || typeof name !== 'string') throw new TypeError('row');
  return { kind, value: name };
}

/** The key of the facts of the patient behind a pseudonym; undefined after an erasure. */
export function factsKey(
  options: DirectoryOptions,
  tenant: string,
  pseudonym: string,
): Uint8Array | undefined {
  const own = keyBehind(options, tenant, options.rows.subject(tenant, pseudonym)?.patient);
  return own === undefined ? undefined : factsKeyOf(own);
}
