import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../src/vocabulary/person.ts';

export type AccountName =
  | 'clinician'
  | 'nurse'
  | 'pharmacist'
  | 'outsider'
  | 'patient'
  | 'caregiver'
  | 'support'
  | 'billing'
  | 'analyst'
  | 'compliance'
  | 'administrator'
  | 'approver';

/** `fhirUser` is relative to the FHIR base; absent where the person has no resource in the record system. */
interface AccountEntry {
  readonly role: Role;
  readonly fhirUser?: string;
  readonly says: string;
}

/** The people of the sandbox. `patient` and `caregiver` get their `fhirUser` from the sandbox's options. */
export const accountTable: Readonly<Record<AccountName, AccountEntry>> = {
  clinician: {
    role: 'physician',
    fhirUser: 'Practitioner/sandbox-clinician',
    says: 'physician on the care team',
  },
  nurse: { role: 'nurse', fhirUser: 'Practitioner/sandbox-nurse', says: 'nurse' },
  pharmacist: { role: 'pharmacist', fhirUser: 'Practitioner/sandbox-pharmacist', says: 'pharmacist' },
  outsider: {
    role: 'physician',
    fhirUser: 'Practitioner/sandbox-outsider',
    says: 'physician on no care team',
  },
  patient: { role: 'patient', says: 'a patient asking about the own record' },
  caregiver: { role: 'proxy', says: 'a family member who acts for a patient' },
  support: { role: 'support', says: 'support agent' },
  billing: { role: 'billing', says: 'billing validator' },
  analyst: { role: 'analyst', says: 'analyst of aggregates' },
  compliance: { role: 'compliance', says: 'compliance officer' },
  administrator: { role: 'administrator', says: 'administrator' },
  approver: { role: 'administrator', says: 'second approver' },
};

/** As given back to whoever started the sandbox: the password is new at each start. */
export interface SandboxUser {
  readonly username: AccountName;
  readonly password: string;
  readonly role: Role;
  /** Logical id of the patient that a `patient` account stands for. */
  readonly patient?: string;
}

export interface Accounts {
  readonly users: readonly SandboxUser[];
  isAccount(subject: string): subject is AccountName;
  /** Compares in constant time; an unknown name costs the same as a wrong password. */
  check(username: string, password: string): AccountName | undefined;
  /** Relative `fhirUser`, for example `Practitioner/sandbox-clinician`. */
  fhirUser(name: AccountName): string | undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * `fhirUsers` names or replaces the resource of an account, for example `{patient: 'Patient/p1'}`; as a function
 * it is asked at each token, so that patients may be loaded after the issuer has started.
 */
export function createAccounts(
  fhirUsers: Partial<Record<AccountName, string>> | (() => Partial<Record<AccountName, string>>) = {},
): Accounts {
  const isAccount = (name: string): name is AccountName => Object.hasOwn(accountTable, name);
  const names = Object.keys(accountTable).filter(isAccount);
  const passwords = new Map(names.map((name) => [name, randomBytes(12).toString('base64url')]));
  const nobody = digest(randomBytes(16).toString('hex'));
  const fhirUser = (name: AccountName): string | undefined => {
    const given = typeof fhirUsers === 'function' ? fhirUsers() : fhirUsers;
    return given[name] ?? accountTable[name].fhirUser;
  };
  return {
    isAccount,
    fhirUser,
    get users() {
      return names.map((username) => {
        const [type, id] = (fhirUser(username) ?? '').split('/');
        return {
          username,
          password: passwords.get(username) ?? '',
          role: accountTable[username].role,
          ...(type === 'Patient' && id !== undefined ? { patient: id } : {}),
        };
      });
    },
    check(username, password) {
      const known = isAccount(username) ? passwords.get(username) : undefined;
      const right = timingSafeEqual(known === undefined ? nobody : digest(known), digest(password));
      return right && isAccount(username) ? username : undefined;
    },
  };
}
