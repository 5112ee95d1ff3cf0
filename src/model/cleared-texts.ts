import type { EgressInterlock } from '../interlock/interlock.ts';
import type { RedactedText } from '../redaction/redacted-text.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import { demandClear } from './cleared-request.ts';

/**
 * The final bytes for one embedding endpoint, seen by the interlock: model, texts, and how many numbers a vector has.
 * The model client takes nothing else for vectors.
 */
export class ClearedTexts {
  readonly endpoint: ModelEndpoint;
  /** How many texts there are, and how many numbers each vector is to have. */
  readonly asked: { readonly texts: number; readonly dimensions?: number };
  readonly #body: string;

  private constructor(endpoint: ModelEndpoint, asked: ClearedTexts['asked'], body: string) {
    this.endpoint = endpoint;
    this.asked = asked;
    this.#body = body;
  }

  /** @throws Refusal `egress_blocked` */
  static async release(
    texts: readonly RedactedText[],
    endpoint: ModelEndpoint,
    dimensions: number | undefined,
    interlock: EgressInterlock,
  ): Promise<ClearedTexts> {
    const length = dimensions === undefined ? {} : { dimensions };
    const input = texts.map((text) => text.toString());
    const body = JSON.stringify({ model: endpoint.model, input, encoding_format: 'float', ...length });
    await demandClear(body, interlock);
    return new ClearedTexts(endpoint, { texts: texts.length, ...length }, body);
  }

  /** UTF-8 body as it is sent. */
  get bytes(): Uint8Array {
    return Buffer.from(this.#body, 'utf8');
  }

  /** As of a cleared request. */
  get hashInput(): Uint8Array {
    return Buffer.from(`${this.endpoint.id}\n${this.#body}`, 'utf8');
  }
}
