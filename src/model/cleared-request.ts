import { Refusal } from '../errors/refusal.ts';
import type { EgressInterlock } from '../interlock/interlock.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { Prompt } from './prompt.ts';

export interface RequestOptions {
  readonly stream: boolean;
  /** 0 to 2. */
  readonly temperature?: number;
  /** 1 and up; sent as `max_tokens`. */
  readonly maxTokens?: number;
}

/** Every string of the parsed body, keys included, joined per message so that nothing hides between fields. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)]);
}

/** Only these fields exist upstream: no user, metadata, trail id, stored state or tools. */
function bodyOf(prompt: Prompt, endpoint: ModelEndpoint, options: RequestOptions): string {
  const { stream, temperature, maxTokens } = options;
  return JSON.stringify({
    model: endpoint.model,
    messages: prompt.messages.map(({ role, content }) => ({ role, content })),
    stream,
    ...(endpoint.noStore === true ? { store: false } : {}),
    ...(stream ? { stream_options: { include_usage: true } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  });
}

/** Whether the interlock finds nothing in bytes that are to leave, nor in the strings that they decode to. */
async function clear(body: string, interlock: EgressInterlock): Promise<boolean> {
  const parsed: unknown = JSON.parse(body);
  const texts = [body, stringsOf(parsed).join('\n')];
  // Read together, so that the record's values are built into an interlock once.
  const found = await interlock.scanAll(texts);
  return found.length === texts.length && found.every(({ length }) => length === 0);
}

/**
 * Holds JSON that is to leave to the interlock.
 *
 * @throws Refusal `egress_blocked` for a finding, and for a scan that failed
 */
export async function demandClear(body: string, interlock: EgressInterlock): Promise<void> {
  let isClear = false;
  try {
    isClear = await clear(body, interlock);
  } catch {
    // A scan that did not run is not a scan that found nothing.
  }
  if (!isClear) throw new Refusal('egress_blocked');
}

/**
 * The final bytes for one endpoint, seen by the interlock. The model client takes nothing else, so nothing can
 * be sent that was not scanned as it is sent.
 */
export class ClearedRequest {
  readonly endpoint: ModelEndpoint;
  readonly stream: boolean;
  readonly #body: string;

  private constructor(endpoint: ModelEndpoint, stream: boolean, body: string) {
    this.endpoint = endpoint;
    this.stream = stream;
    this.#body = body;
  }

  static async release(
    prompt: Prompt,
    endpoint: ModelEndpoint,
    options: RequestOptions,
    interlock: EgressInterlock,
  ): Promise<ClearedRequest> {
    const body = bodyOf(prompt, endpoint, options);
    await demandClear(body, interlock);
    return new ClearedRequest(endpoint, options.stream, body);
  }

  /** UTF-8 body as it is sent. */
  get bytes(): Uint8Array {
    return Buffer.from(this.#body, 'utf8');
  }

  /** What the trail's salted hash of the request is taken over: endpoint id, newline, body. */
  get hashInput(): Uint8Array {
    return Buffer.from(`${this.endpoint.id}\n${this.#body}`, 'utf8');
  }
}

/**
 * Serialises the request for `endpoint` and scans the final bytes and their decoded strings with the interlock of
 * the record. Any finding, or a scan that fails, rejects with Refusal('egress_blocked').
 */
export const clearForRelease = (
  prompt: Prompt,
  endpoint: ModelEndpoint,
  options: RequestOptions,
  interlock: EgressInterlock,
): Promise<ClearedRequest> => ClearedRequest.release(prompt, endpoint, options, interlock);
