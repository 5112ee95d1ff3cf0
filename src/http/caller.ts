import type { IncomingMessage } from 'node:http';
import type { Recognised } from '../envelope/gateway.ts';
import type { Services } from '../envelope/services.ts';
import type { Facts } from '../envelope/stage.ts';
import { askerFacts, type Caller, identify } from '../envelope/stages/authenticate.ts';
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

/** Who calls a route beside the envelope: recognised by the same rules as in it. */
export async function callerOf(face: Face, request: IncomingMessage): Promise<Caller> {
  const { services } = face.gateway;
  const caller = await identify(services, credentialsOf(face, request));
  const { presented, user, workload } = caller;
  recognise(request, services, user, {
    workload: workload.id,
    ...(presented === undefined ? {} : { exchange: presented.txn }),
  });
  return caller;
}
