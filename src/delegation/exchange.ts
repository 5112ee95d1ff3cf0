import { Refusal } from '../errors/refusal.ts';
import { checkOrigin } from '../identity/browser-origin.ts';
import type { ShownProof } from '../identity/dpop.ts';
import { findActors } from '../identity/find-workload.ts';
import type { Peer } from '../identity/peer.ts';
import type { UserVerifier } from '../identity/ports.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import { parseAccessDetails } from './access-details.ts';
import { type ActorDependencies, proveActor } from './actor.ts';
import { type DelegateDependencies, delegate, withPatientId } from './delegate.ts';
import { tokenExchange, tokenTypes } from './grant-types.ts';
import type {
  Delegation,
  ExchangeDecision,
  ExchangePolicy,
  GrantedDetails,
  PatientSearch,
  Reduction,
  TokenIssuer,
} from './ports.ts';

export interface ExchangeDependencies extends DelegateDependencies, ActorDependencies {
  readonly users: UserVerifier;
  readonly tokens: TokenIssuer;
  readonly workloads: readonly Workload[];
  /** What policy says of handing out the token; throws Refusal('policy_denied' | 'policy_error'). */
  readonly permits: ExchangePolicy;
  /** Finds the patient whom the user named by an identifier. */
  readonly search: (user: VerifiedUser, workload: Workload) => PatientSearch;
  /** The gateway's audience: the only `resource` or `audience` that may be asked for. */
  readonly audience: string;
}

/** RFC 8693, section 2.2.1. */
export interface ExchangeAnswer {
  readonly access_token: string;
  readonly issued_token_type: typeof tokenTypes.access;
  readonly token_type: 'Bearer' | 'DPoP';
  readonly expires_in: number;
  readonly authorization_details: readonly [GrantedDetails];
  /** Where less was granted than was asked, and why. */
  readonly reductions?: readonly Reduction[];
}

/** Form parameters that may be sent; others are ignored as RFC 6749 3.2 says, less those refused below. */
const parameters = [
  'grant_type',
  'subject_token',
  'subject_token_type',
  'authorization_details',
  'resource',
  'audience',
  'requested_token_type',
  'client_id',
  'client_assertion',
  'client_assertion_type',
  'actor_token',
  'actor_token_type',
] as const;
type Parameter = (typeof parameters)[number];
/**
 * Parameters that would promise what is not done: there are no client secrets, and what is granted is said by
 * `authorization_details` alone, not by scopes.
 */
const refused: readonly string[] = ['client_secret', 'scope'];
const isParameter = (name: string): name is Parameter => parameters.some((known) => known === name);

const malformed = (name: string): Refusal => new Refusal('malformed_request', { fault: `/${name}` });

/** A parsed form; a parameter sent twice is an array there and refused (RFC 6749, section 3.2). */
function formOf(form: Readonly<Record<string, unknown>>): Partial<Record<Parameter, string>> {
  const read: Partial<Record<Parameter, string>> = {};
  for (const [name, value] of Object.entries(form)) {
    // Empty counts as omitted (RFC 6749, section 3.2).
    if (value === '') continue;
    if (refused.includes(name)) throw malformed(name);
    if (!isParameter(name)) continue;
    if (typeof value !== 'string') throw malformed(name);
    read[name] = value;
  }
  return read;
}

/** Parameters with one permitted value. */
function checkConstants(form: Partial<Record<Parameter, string>>, audience: string): void {
  const constants: readonly (readonly [Parameter, string, 'required' | 'optional'])[] = [
    ['grant_type', tokenExchange, 'required'],
    ['requested_token_type', tokenTypes.access, 'optional'],
    ['resource', audience, 'optional'],
    ['audience', audience, 'optional'],
  ];
  const subject = form.subject_token_type;
  if (subject !== tokenTypes.access && subject !== tokenTypes.id) throw malformed('subject_token_type');
  for (const [name, value, need] of constants) {
    const sent = form[name];
    if (sent === undefined ? need === 'required' : sent !== value) throw malformed(name);
  }
}

/**
 * OAuth 2.0 Token Exchange (RFC 8693) of a user's access token, or ID token where its issuer's are
 * accepted, plus `authorization_details` (RFC 9396) for a
 * delegated token. `txn` is the trail id of this request. The gateway's own tokens are no subject tokens: their
 * issuer is not among the users' issuers. Throws Refusal; oauthError() turns it into the answer of RFC 6749 5.2.
 */
export async function exchange(
  request: {
    readonly form: Readonly<Record<string, unknown>>;
    readonly txn: string;
    readonly peer?: Peer | undefined;
    readonly proof?: ShownProof | undefined;
    readonly origin?: string | undefined;
  },
  dependencies: ExchangeDependencies,
): Promise<{
  readonly answer: ExchangeAnswer;
  readonly delegation: Delegation;
  readonly decision: ExchangeDecision;
}> {
  const form = formOf(request.form);
  checkConstants(form, dependencies.audience);
  if (form.subject_token === undefined) throw malformed('subject_token');
  if (form.authorization_details === undefined) throw malformed('authorization_details');
  if (dependencies.tokens.isOwn(form.subject_token)) throw new Refusal('token_type');
  const user = await (form.subject_token_type === tokenTypes.id
    ? dependencies.users.verifyIdToken(form.subject_token)
    : dependencies.users.verify(form.subject_token));
  const { actor: workload, before } = findActors(dependencies.workloads, user, request.peer);
  checkOrigin(
    request.origin,
    workload,
    dependencies.workloads.filter(({ tenant }) => tenant === user.tenant),
  );
  // The client may be another one of the same workload: its back end, say, for the token of its web page.
  if (form.client_id !== undefined && !workload.clientIds.includes(form.client_id))
    throw new Refusal('workload_unknown');
  const confirmation = await proveActor(
    {
      peer: request.peer,
      proof: request.proof,
      clientAssertion: form.client_assertion,
      clientAssertionType: form.client_assertion_type,
      actorToken: form.actor_token,
      actorTokenType: form.actor_token_type,
    },
    user,
    workload,
    dependencies,
  );
  const access = await withPatientId(
    { user, workload, access: parseAccessDetails(form.authorization_details) },
    dependencies,
    dependencies.search(user, workload),
  );
  const delegation = {
    ...delegate({ user, workload, access, txn: request.txn, actedBefore: before }, dependencies),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
  const decision = dependencies.permits({ user, workload, scope: delegation.scope });
  const minted = await dependencies.tokens.mintDelegated(delegation);
  return {
    delegation,
    decision,
    answer: {
      access_token: minted.accessToken,
      issued_token_type: tokenTypes.access,
      token_type: confirmation?.jkt === undefined ? 'Bearer' : 'DPoP',
      expires_in: minted.expiresIn,
      authorization_details: minted.authorizationDetails,
      ...(delegation.reductions === undefined ? {} : { reductions: delegation.reductions }),
    },
  };
}
