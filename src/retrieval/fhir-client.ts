import { Client } from 'fhir-kit-client';
import { Refusal } from '../errors/refusal.ts';
import { isResource } from '../vocabulary/fhir.ts';
import type { GuardedRequests } from './response-guard.ts';

const text = new TextDecoder();

/** The JSON of a body; Refusal('fhir_malformed') where it is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(text.decode(body));
  } catch {
    throw new Refusal('fhir_malformed');
  }
}

/** Headers of every request; without a token none is sent. */
export const plainHeaders = (token: string): Readonly<Record<string, string>> => ({
  accept: 'application/fhir+json',
  'accept-encoding': 'identity',
  ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
});

const methods: Readonly<Record<string, 'GET' | 'POST'>> = { GET: 'GET', POST: 'POST' };

/**
 * fhir-kit-client for one call: paths, search forms and batches are the library's, what goes over the wire is not. Its own
 * transport builds an agent, a `Request` and web streams for each call, which costs four times the CPU of the
 * call itself, follows redirects, has no limit of size and puts URLs and bodies into errors.
 */
export function fhirClient(
  { base, token }: { readonly base: string; readonly token: string },
  requests: GuardedRequests,
): Client {
  const client = new Client({ baseUrl: base });
  const { httpClient } = client;
  const always = { ...plainHeaders(token), prefer: 'handling=strict' };
  httpClient.request = async (asked, url, options, body) => {
    const method = methods[asked];
    if (method === undefined) throw new Refusal('unexpected');
    const given = Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const answer: unknown = parseJson(
      await requests.send({
        method,
        url: httpClient.expandUrl(url),
        headers: { ...Object.fromEntries(given), ...always },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    if (!isResource(answer)) throw new Refusal('fhir_malformed');
    return answer;
  };
  return client;
}
