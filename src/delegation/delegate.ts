import { Refusal } from '../errors/refusal.ts';
import { isFhirId } from '../vocabulary/fhir.ts';
import { identifierOf } from '../vocabulary/patient-identifier.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { Clock, Randomness } from '../vocabulary/time.ts';
import { narrow } from './narrow.ts';
import type {
  AccessRequest,
  AssuranceDemand,
  Delegation,
  PatientSearch,
  Reduction,
  TaskAdmission,
  WorkLimits,
} from './ports.ts';

export interface DelegateDependencies {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly admits: TaskAdmission;
  /** What task and policy allow at most of what they read and how long it is kept. */
  readonly limits: (work: { readonly tenant: string; readonly task: string }) => WorkLimits;
  /** Holds the sign-in to what this work demands; throws Refusal('authentication_too_weak'). */
  readonly assured: AssuranceDemand;
  /** Seconds; never more than 300 whatever is configured. */
  readonly lifetimeSeconds: number;
}

/** The longest that any delegated token lives, in seconds. */
export const maxLifetimeSeconds = 300;

const listed = (list: readonly string[] | 'all', name: string): boolean =>
  list === 'all' || list.includes(name);

/** SMART launch context is an upper bound: another patient or encounter cannot be asked for, and its encounter holds. */
function withinLaunch(
  patient: string,
  encounter: string | undefined,
  user: VerifiedUser,
): string | undefined {
  const { launch = {} } = user;
  if (launch.patient !== undefined && launch.patient !== patient) throw new Refusal('launch_exceeded');
  if (launch.encounter !== undefined && encounter !== undefined && launch.encounter !== encounter)
    throw new Refusal('launch_exceeded');
  return launch.encounter ?? encounter;
}

/** `self` is the patient's own record, as the issuer's `fhirUser` names it; for anyone else it names nobody. */
function patientOf(access: AccessRequest, user: VerifiedUser): string {
  if (access.patient !== 'self') {
    if (!isFhirId(access.patient)) throw new Refusal('patient_unknown');
    return access.patient;
  }
  if (user.fhirUser?.type !== 'Patient') throw new Refusal('patient_unknown');
  return user.fhirUser.id;
}

interface Asked {
  readonly user: VerifiedUser;
  readonly workload: Workload;
  readonly access: AccessRequest;
}

/** Holds who asks, and for what work, to the rules that do not turn on the patient. Throws Refusal. */
function assertAdmitted({ access, user, workload }: Asked, dependencies: DelegateDependencies): void {
  if (workload.tenant !== user.tenant) throw new Refusal('workload_unknown');
  const { task, purpose, actions } = access;
  const objection = dependencies.admits({
    tenant: user.tenant,
    task,
    purpose,
    actions,
    roles: user.roles,
    workload,
  });
  if (objection !== undefined) throw new Refusal(objection);
  if (!listed(workload.tasks, task) || !listed(workload.purposes, purpose))
    throw new Refusal('workload_not_allowed');
  dependencies.assured(user, { task, purpose });
}

/**
 * The request with an id in the place of an identifier (`system|value`). Whoever may not ask for such work at all has
 * nobody searched for. Throws Refusal.
 */
export async function withPatientId(
  asked: Asked,
  dependencies: DelegateDependencies,
  search: PatientSearch,
): Promise<AccessRequest> {
  const identifier = identifierOf(asked.access.patient);
  if (identifier === undefined) return asked.access;
  assertAdmitted(asked, dependencies);
  return { ...asked.access, patient: await search(identifier) };
}

/**
 * Narrows a request to what is delegated: the user's own tenant, this workload, one patient, one task, one
 * purpose, for at most five minutes and no longer than the user's own token. Nothing is ever added to what was
 * asked. Whether this user may see this patient is decided later, by consent and policy. Throws Refusal.
 */
export function delegate(
  asked: Asked & {
    readonly txn: string;
    /** Workloads that acted before this one. */
    readonly actedBefore?: readonly string[];
  },
  dependencies: DelegateDependencies,
): Delegation {
  const { user, workload, access } = asked;
  assertAdmitted(asked, dependencies);
  const { task, purpose, actions } = access;
  const now = Math.floor(dependencies.clock.now() / 1000);
  const lifetime = Math.min(dependencies.lifetimeSeconds, maxLifetimeSeconds);
  const expiresAt = Math.min(now + lifetime, Math.floor(user.expiresAt));
  if (expiresAt <= now) throw new Refusal('token_expired');
  const patient = patientOf(access, user);
  const encounter = withinLaunch(patient, access.encounter, user);
  const narrowed = narrow(access, dependencies.limits({ tenant: user.tenant, task }));
  const reductions: readonly Reduction[] = [
    ...narrowed.reductions,
    ...(encounter === access.encounter ? [] : [{ member: 'encounter', reason: 'launch' } as const]),
    ...(expiresAt < now + lifetime ? [{ member: 'expires_in', reason: 'subject_token' } as const] : []),
  ];
  return {
    scope: {
      tenant: user.tenant,
      patient,
      task,
      purpose,
      actions,
      ...(encounter === undefined ? {} : { encounter }),
      ...(access.ticket === undefined ? {} : { ticket: access.ticket }),
      data: narrowed.data,
      retention: narrowed.retention,
      ...(narrowed.once ? { use: 'once' as const } : {}),
    },
    user,
    workload: workload.id,
    ...(asked.actedBefore === undefined || asked.actedBefore.length === 0
      ? {}
      : { actedBefore: asked.actedBefore }),
    txn: asked.txn,
    tokenId: dependencies.randomness.uuid(),
    expiresAt,
    ...(reductions.length === 0 ? {} : { reductions }),
  };
}
