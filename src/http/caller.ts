import type { IncomingMessage } from 'node:http';
import { type Caller, identify } from '../envelope/stages/authenticate.ts';
import { credentialsOf } from './credentials.ts';
import type { Face } from './face.ts';

export {
  askerFacts,
  type Caller,
  counted,
  subjectOf,
  userPseudonym,
} from '../envelope/stages/authenticate.ts';

/** Who calls a route beside the envelope: recognised by the same rules as in it. */
export const callerOf = (face: Face, request: IncomingMessage): Promise<Caller> =>
  identify(face.gateway.services, credentialsOf(face, request));
