import type { IncomingMessage } from 'node:http';
import type { Credentials } from '../identity/credentials.ts';
import { bearerToken } from './body.ts';
import type { Face } from './face.ts';

/**
 * What a request shows of who sends it.
 *
 * @throws Refusal `token_missing`, `token_malformed`, `workload_certificate`
 */
export function credentialsOf(face: Face, request: IncomingMessage): Credentials {
  const peer = face.peers.of(request);
  return { token: bearerToken(request), ...(peer === undefined ? {} : { peer }) };
}
