import type { Delegation } from '../../delegation/ports.ts';
import type { Opening } from '../../policy/opening.ts';
import type { VerifiedUser } from '../../vocabulary/person.ts';
import { turnOf, type VaultScope } from '../../vocabulary/scope.ts';
import type { Ask } from '../envelope.ts';
import type { Services } from '../services.ts';

interface Turn {
  readonly user: VerifiedUser;
  readonly userPseudonym: string;
  readonly patientPseudonym: string;
  readonly delegation: Delegation;
  readonly action: Ask['action'];
  readonly conversation: string;
}

/** How somebody signed in, as the issuer says it: all classes, in whatever order it named them; one may hold any sign. */
export function assuranceOf({ acr, acrs }: Pick<VerifiedUser, 'acr' | 'acrs'>): string {
  const classes = new Set([...(acr === undefined ? [] : [acr]), ...(acrs ?? [])]);
  return classes.size === 0 ? '' : JSON.stringify([...classes].toSorted());
}

/** The emergency access or grant that is in force for this very request, the one that began first. */
export async function openingOf(
  {
    delegation,
    patientPseudonym,
    userPseudonym,
  }: Pick<Turn, 'delegation' | 'patientPseudonym' | 'userPseudonym'>,
  { emergencies, grants }: Pick<Services, 'emergencies' | 'grants'>,
): Promise<(Opening & { readonly kind: 'emergency' | 'grant' }) | undefined> {
  const { purpose, task, tenant, ticket } = delegation.scope;
  const user = userPseudonym;
  const emergency = purpose === 'BTG' ? await emergencies.inForce(tenant, patientPseudonym, user) : undefined;
  if (emergency !== undefined) return { kind: 'emergency', ...emergency };
  if (ticket === undefined) return undefined;
  const grant = await grants.inForce(tenant, patientPseudonym, { user, task, purpose, ticket });
  return grant && { kind: 'grant', ...grant };
}

/**
 * The scope of a turn's tokens. A conversation that goes on under another task, ticket, grant or sign-in is another one:
 * nothing is refused, and what the earlier turns hid is not known. What is hidden under a grant or an emergency access
 * is kept no longer than that lasts.
 *
 * @throws Refusal where it cannot be told what opens the record
 */
export async function conversationScope(turn: Turn, services: Services): Promise<VaultScope> {
  const { action, conversation, delegation, user, userPseudonym } = turn;
  const { patient, purpose, retention, task, tenant, ticket } = delegation.scope;
  const opening = await openingOf(turn, services);
  const retentionSeconds = Math.min(retention ?? Infinity, opening?.secondsLeft ?? Infinity);
  return {
    tenant,
    patient,
    purpose,
    user: userPseudonym,
    conversation,
    task,
    turn: turnOf(action),
    ticket: ticket ?? '',
    opening: opening?.id ?? '',
    assurance: assuranceOf(user),
    ...(retentionSeconds === Infinity ? {} : { retentionSeconds }),
  };
}
