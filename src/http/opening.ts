import type { IncomingMessage } from 'node:http';
import type { Ask } from '../envelope/envelope.ts';
import type { Opening } from '../envelope/gateway.ts';
import { checkFraming, readJson } from './body.ts';
import { credentialsOf } from './credentials.ts';
import type { Face } from './face.ts';

/**
 * What a request shows of its caller. Its body is read while the caller is verified, and looked at after that.
 *
 * @throws Refusal `malformed_request`, and those of `credentialsOf`
 */
export function opening(face: Face, request: IncomingMessage, parse: (body: unknown) => Ask): Opening {
  checkFraming(request);
  const credentials = credentialsOf(face, request);
  const reading = readJson(request, face.bodyBytes);
  // Told when it is asked for: a caller who is refused before is not told of it.
  reading.catch(() => undefined);
  return { credentials, read: async () => parse(await reading) };
}
