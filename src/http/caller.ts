import type { IncomingMessage } from 'node:http';
import type { Recognised } from '../envelope/gateway.ts';
import type { Services } from '../envelope/services.ts';
import type { Facts } from '../envelope/stage.ts';
import { askerFacts, type Identified, identify } from '../envelope/stages/authenticate.ts';
import type { Credentials } from '../identity/credentials.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import { credentialsOf } from './credentials.ts';
import type { Face } from './face.ts';

export {
  askerFacts,
  type Caller,
  counted,
  subjectOf,
  userPseudonym,
} from '../envelope/stages/authenticate.ts';

const recognised = new WeakMap<IncomingMessage, Recognised>();

/** Keeps who was recognised on a request: what is refused to them after that is on the trail as theirs. */
export function recognise(
  request: IncomingMessage,
  services: Services,
  user: VerifiedUser,
  facts: Facts = {},
): void {
  recognised.set(request, { tenant: user.tenant, facts: { ...askerFacts(services, user), ...facts } });
}

export const recognisedOn = (request: IncomingMessage): Recognised | undefined => recognised.get(request);

/**
 * Who calls a route before or beside an envelope: recognised by the same rules as in it.
 *
 * @throws Refusal, those of `credentialsOf` and `identify`
 */
export async function callerOf(
  face: Face,
  request: IncomingMessage,
  credentials: Credentials = credentialsOf(face, request),
): Promise<Identified> {
  const { services } = face.gateway;
  const caller = await identify(services, credentials);
  const { presented, user, workload } = caller;
  recognise(request, services, user, {
    workload: workload.id,
    ...(presented === undefined ? {} : { exchange: presented.txn }),
  });
  return caller;
}
