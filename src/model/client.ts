import { type Dispatcher, errors, Pool } from 'undici';
import { Refusal } from '../errors/refusal.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import { readAnswer, textPieces } from './answer-bytes.ts';
import { malformed } from './answer-shape.ts';
import type { ClearedRequest } from './cleared-request.ts';
import type { ClearedTexts } from './cleared-texts.ts';
import { createModelCircuit, NoModelAnswer } from './model-circuit.ts';
import type { ModelDelta } from './ports.ts';
import { type Embedding, readVectors } from './vectors.ts';

export interface ModelClient {
  /**
   * Sends a cleared request and yields the answer; the last delta is always `finish`. Throws Refusal
   * `model_unavailable` (unreachable, status other than 200, broken connection, an upstream error object),
   * `model_malformed` (content type, shape, size, ended too early), `model_timeout`, or `caller_gone` when `signal`
   * fires. Leaving the iteration closes the connection.
   */
  ask(request: ClearedRequest, options?: { readonly signal?: AbortSignal }): AsyncIterable<ModelDelta>;
  /** Sends cleared texts and answers their vectors. Throws as `ask` does. */
  embed(texts: ClearedTexts, options?: { readonly signal?: AbortSignal }): Promise<Embedding>;
  close(): Promise<void>;
}

const mediaTypes = { stream: 'text/event-stream', whole: 'application/json' } as const;

/** Content type, authorization and accept are all that the upstream learns beside the body. */
function headersFor(endpoint: ModelEndpoint, stream: boolean): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: stream ? mediaTypes.stream : mediaTypes.whole,
    ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
  };
}

const timeouts = [errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError];

/** Code of an error of a connection whose key was not proven (src/outbound/attested-way.ts). */
const notProven = 'ERR_KEY_NOT_PROVEN';

/** What a failed exchange means. The cause stays behind: it may quote the upstream. */
function refusalOf(thrown: unknown, deadline: AbortSignal, caller: AbortSignal | undefined): Refusal {
  // Somebody who goes between two attempts is gone, whatever came of the first.
  const answered = thrown instanceof Refusal && !(thrown instanceof NoModelAnswer);
  if (answered) return thrown;
  if (caller?.aborted === true) return new Refusal('caller_gone');
  if (thrown instanceof Error && 'code' in thrown && thrown.code === notProven)
    return new Refusal('model_not_attested');
  if (thrown instanceof NoModelAnswer) return thrown;
  if (deadline.aborted || timeouts.some((type) => thrown instanceof type))
    return new Refusal('model_timeout');
  return new Refusal('model_unavailable');
}

/** The same before any answer: whoever was not heard at all may be asked again, and is left alone after a while. */
function silenceOf(thrown: unknown, deadline: AbortSignal, caller: AbortSignal | undefined): Refusal {
  const refusal = refusalOf(thrown, deadline, caller);
  if (
    thrown instanceof Refusal ||
    refusal.reason === 'caller_gone' ||
    refusal.reason === 'model_not_attested'
  )
    return refusal;
  return new NoModelAnswer(
    refusal.reason === 'model_timeout' ? 'model_timeout' : 'model_unavailable',
    'silent',
  );
}

/** The endpoint says that it cannot now, not that it will not. */
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const headerOf = (response: Dispatcher.ResponseData, name: string): string => {
  const value = response.headers[name];
  return typeof value === 'string' ? value.toLowerCase() : '';
};

function checkHead(response: Dispatcher.ResponseData, stream: boolean): void {
  const { statusCode } = response;
  if (busy.has(statusCode)) throw new NoModelAnswer('model_unavailable', 'busy');
  if (statusCode >= 400) throw new Refusal('model_unavailable');
  if (statusCode !== 200) throw malformed();
  const type = headerOf(response, 'content-type').split(';', 1)[0]?.trim();
  if (type !== (stream ? mediaTypes.stream : mediaTypes.whole)) throw malformed();
  const encoding = headerOf(response, 'content-encoding');
  if (encoding !== '' && encoding !== 'identity') throw malformed();
}

/**
 * A client for one endpoint of the configuration: no redirects, no other host, and what `createModelCircuit` says of
 * retries. It uses `connections`, which stay open when it closes, or a pool of its own. `timeoutMs` of the endpoint
 * bounds the whole exchange, retries included.
 */
export function createModelClient(endpoint: ModelEndpoint, connections?: Dispatcher): ModelClient {
  const base = new URL(endpoint.baseUrl);
  const path = (name: string): string => `${base.pathname.replace(/\/$/, '')}/${name}`;
  const circuit = createModelCircuit({ retries: endpoint.retries ?? 0 });
  const pool = connections ?? new Pool(base.origin, { connections: 64, pipelining: 1 });

  /** One exchange: what was cleared for this endpoint goes out, what `read` makes of the body is yielded. */
  async function* exchange<T>(
    name: string,
    sent: { readonly endpoint: ModelEndpoint; readonly bytes: Uint8Array; readonly stream: boolean },
    caller: AbortSignal | undefined,
    read: (body: AsyncIterable<unknown>) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    if (sent.endpoint.id !== endpoint.id || sent.endpoint.baseUrl !== endpoint.baseUrl) {
      throw new Refusal('model_not_allowed');
    }
    const deadline = AbortSignal.timeout(endpoint.timeoutMs);
    const leave = new AbortController();
    const signal = AbortSignal.any([deadline, leave.signal, ...(caller === undefined ? [] : [caller])]);
    const head = async (): Promise<Dispatcher.ResponseData> => {
      try {
        const response = await pool.request({
          origin: base.origin,
          method: 'POST',
          path: path(name),
          headersTimeout: endpoint.timeoutMs,
          bodyTimeout: endpoint.timeoutMs,
          headers: headersFor(endpoint, sent.stream),
          body: sent.bytes,
          signal,
        });
        // An aborted body may emit an error after nobody reads it any more.
        response.body.on('error', () => undefined);
        try {
          checkHead(response, sent.stream);
        } catch (refused) {
          response.body.destroy();
          throw refused;
        }
        return response;
      } catch (thrown) {
        throw silenceOf(thrown, deadline, caller);
      }
    };
    try {
      const response = await circuit(head, signal);
      yield* read(response.body);
    } catch (thrown) {
      throw refusalOf(thrown, deadline, caller);
    } finally {
      leave.abort();
    }
  }

  const limit = endpoint.maxAnswerBytes;
  async function embed(texts: ClearedTexts, caller: AbortSignal | undefined): Promise<Embedding> {
    let whole = '';
    const { bytes, endpoint: to } = texts;
    const sent = { endpoint: to, bytes, stream: false };
    for await (const piece of exchange('embeddings', sent, caller, (body) => textPieces(body, limit)))
      whole += piece;
    return readVectors(whole, texts.asked);
  }

  return {
    ask: (request, options) =>
      exchange('chat/completions', request, options?.signal, (body) =>
        readAnswer(body, { stream: request.stream, limit }),
      ),
    embed: (texts, options) => embed(texts, options?.signal),
    close: async () => {
      if (connections === undefined) await pool.destroy();
    },
  };
}
