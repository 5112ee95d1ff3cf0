import { type Dispatcher, errors } from 'undici';
import { Refusal } from '../errors/refusal.ts';
import type { Span } from '../redaction/ports.ts';
import { readAnalyzerAnswer } from './analyzer-answer.ts';
import type { Recogniser } from './ports.ts';

export interface AnalyzerOptions {
  /** Base address; texts go to `/analyze` under it. */
  readonly address: string;
  /** As the analyzer names it, for example `en`. */
  readonly language: string;
  /** What is looked for, by the analyzer's names; everything that it knows where nothing is said. */
  readonly entities?: readonly string[];
  /** 0 to 1. */
  readonly leastScore: number;
  /** For all texts of one envelope together. */
  readonly timeoutMs: number;
}

/** Texts that one envelope has read at once. */
const atOnce = 8;
/** An answer holds some 200 bytes a span. */
const mostBytes = 16_777_216;

const timeouts = [errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError];

function refusalOf(thrown: unknown, deadline: AbortSignal, caller: AbortSignal): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (caller.aborted) return new Refusal('caller_gone');
  if (deadline.aborted || timeouts.some((type) => thrown instanceof type))
    return new Refusal('recogniser_timeout');
  // The cause stays behind: it may quote the text.
  return new Refusal('recogniser_unavailable');
}

async function textOf(body: AsyncIterable<unknown>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) throw new Refusal('recogniser_malformed');
    size += piece.byteLength;
    if (size > mostBytes) throw new Refusal('recogniser_malformed');
    pieces.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw new Refusal('recogniser_malformed');
  }
}

/**
 * A recogniser with the REST shape of Presidio's analyzer. `connections` is the one way out of the process and knows
 * how to reach the address: by mutual TLS or by a socket of this host. No redirects and no retries.
 */
export function createAnalyzerClient(options: AnalyzerOptions, connections: Dispatcher): Recogniser {
  const { address, entities, language, leastScore, timeoutMs } = options;
  const base = new URL(address);

  async function analyze(text: string, signal: AbortSignal): Promise<readonly Span[]> {
    const response = await connections.request({
      origin: base.origin,
      method: 'POST',
      path: `${base.pathname.replace(/\/$/, '')}/analyze`,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        text,
        language,
        score_threshold: leastScore,
        ...(entities === undefined ? {} : { entities }),
      }),
      signal,
    });
    // An aborted body may emit an error after nobody reads it any more.
    response.body.on('error', () => undefined);
    if (response.statusCode !== 200) throw new Refusal('recogniser_unavailable');
    return readAnalyzerAnswer(await textOf(response.body), text, leastScore);
  }

  return {
    async find(texts, caller) {
      const deadline = AbortSignal.timeout(timeoutMs);
      const leave = new AbortController();
      const signal = AbortSignal.any([deadline, caller, leave.signal]);
      const found = new Map<string, readonly Span[]>();
      // A text without a letter or digit says nothing; one that stands twice is read once.
      const waiting = [...new Set(texts)].filter((text) => /[\p{L}\p{N}]/u.test(text));
      const worker = async (): Promise<void> => {
        for (let text = waiting.pop(); text !== undefined; text = waiting.pop())
          found.set(text, await analyze(text, signal));
      };
      try {
        await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, worker));
      } catch (thrown) {
        throw refusalOf(thrown, deadline, caller);
      } finally {
        // One that failed ends the others.
        leave.abort();
      }
      return texts.map((text) => found.get(text) ?? []);
    },
  };
}
