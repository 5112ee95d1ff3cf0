import type { IncomingMessage } from 'node:http';
import type { Ask } from '../envelope/envelope.ts';
import type { Opening } from '../envelope/gateway.ts';
import type { Credentials } from '../identity/credentials.ts';
import { checkFraming, readJson } from './body.ts';
import { callerOf } from './caller.ts';
import { credentialsOf } from './credentials.ts';
import type { Face } from './face.ts';

/** What a request shows of its caller, and its body, which is read meanwhile. */
function shown(face: Face, request: IncomingMessage, more: Pick<Credentials, 'resource'> = {}) {
  checkFraming(request);
  const credentials: Credentials = { ...credentialsOf(face, request), ...more };
  const body = readJson(request, face.bodyBytes);
  // Told when it is asked for: a caller who is refused before is not told of it.
  body.catch(() => undefined);
  return { credentials, body };
}

/**
 * What a request shows of its caller. Its body is read while the caller is verified, and looked at after that.
 *
 * @throws Refusal `malformed_request`, and those of `credentialsOf`
 */
export function opening(face: Face, request: IncomingMessage, parse: (body: unknown) => Ask): Opening {
  const { body, credentials } = shown(face, request);
  return { credentials, read: async () => parse(await body) };
}

/**
 * The same where the face has to know who calls before it knows what is asked. `body` rejects with what is wrong with
 * it, and may be left alone.
 *
 * @throws Refusal `malformed_request`, and those of `callerOf`
 */
export async function identifiedOpening(
  face: Face,
  request: IncomingMessage,
  more: Pick<Credentials, 'resource'> = {},
) {
  const { body, credentials } = shown(face, request, more);
  const identified = await callerOf(face, request, credentials);
  return { opening: { credentials, identified }, body };
}
