import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';

/**
 * Reads a request body up to `limit` bytes and checks its media type first. The connection of a body that is too
 * large is not read to its end: the caller closes it after answering.
 *
 * @throws Refusal `unsupported_media_type`, `request_too_large`, `malformed_request`, `caller_gone`
 */
export async function readBody(request: IncomingMessage, mediaType: string, limit: number): Promise<string> {
  const sent = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (sent !== mediaType) throw new Refusal('unsupported_media_type');
  if (request.headers['content-encoding'] !== undefined) throw new Refusal('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal('request_too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > limit) throw new Refusal('request_too_large');
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('caller_gone', { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new Refusal('malformed_request', { cause: error });
  }
}

/** A JSON body, of a media type of its own where one is named; what it holds is still to be validated. */
export async function readJson(
  request: IncomingMessage,
  limit: number,
  mediaType = 'application/json',
): Promise<unknown> {
  const text = await readBody(request, mediaType, limit);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('malformed_request', { sentence: 'The body is not valid JSON.', cause: error });
  }
}

/** A form body (RFC 6749, appendix B); a parameter sent twice is refused (RFC 6749, section 3.2). */
export async function readForm(
  request: IncomingMessage,
  limit: number,
): Promise<Readonly<Record<string, string>>> {
  const text = await readBody(request, 'application/x-www-form-urlencoded', limit);
  const form: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in form) throw new Refusal('malformed_request', { sentence: 'A parameter was sent twice.' });
    form[name] = value;
  }
  return form;
}

/**
 * The token of the Authorization header and its scheme (RFC 6750, section 2.1; RFC 9449, section 7.1); tokens in queries
 * or bodies do not count. A second header is refused: whoever stands before this gateway may have read the other one.
 */
export function presentedToken(request: IncomingMessage): {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
} {
  if ((request.headersDistinct['authorization']?.length ?? 0) > 1) throw new Refusal('token_malformed');
  const match = /^(Bearer|DPoP) ([A-Za-z0-9\-._~+/]+=*)$/i.exec(request.headers.authorization ?? '');
  if (match?.[2] === undefined) throw new Refusal('token_missing');
  return { scheme: match[1]?.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token: match[2] };
}

/** The authority of a target in absolute form (RFC 9112, section 3.2.2); undefined in any other form. */
const authorityOf = (target: string): string | undefined => /^https?:\/\/([^/?#]*)/i.exec(target)?.[1];

/**
 * What a proxy in front may have read in another way is refused before anything else: a transfer coding other than
 * `chunked` (RFC 9112, section 6.1), no Host or two of them (section 3.2), a target that names another host.
 *
 * @throws Refusal `malformed_request`
 */
export function checkFraming(request: IncomingMessage): void {
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') throw new Refusal('malformed_request');
  const hosts = request.headersDistinct['host'] ?? [];
  // Only HTTP/1.0 knows requests without one.
  const needed = request.httpVersion === '1.0' ? 0 : 1;
  if (hosts.length < needed || hosts.length > 1) throw new Refusal('malformed_request');
  const authority = authorityOf(request.url ?? '');
  if (authority !== undefined && authority.toLowerCase() !== hosts[0]?.toLowerCase())
    throw new Refusal('malformed_request');
}
