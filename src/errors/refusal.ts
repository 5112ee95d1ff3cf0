import type { PatientText } from '../vocabulary/patient-texts.ts';
import { type CatalogueEntry, catalogue, type ErrorCode } from './catalogue.ts';
import { type Reason, reasons } from './reasons.ts';

interface RefusalOptions {
  sentence?: string;
  fault?: string;
  challenge?: Record<string, string>;
  retryAfterSeconds?: number;
  facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  texts?: readonly PatientText[];
  tenant?: string;
  cause?: unknown;
}

/**
 * The one error that ends an envelope. `reason` goes to the trail, `code` to the caller. `message` is the public
 * detail: it never holds a value of a record, a token or an upstream's words. `sentence` replaces the detail
 * where a decision explains itself; `fault` names the position in the caller's own request (JSON pointer).
 */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly code: ErrorCode;
  readonly sentence: string | undefined;
  readonly fault: string | undefined;
  /** Extra parameters of the WWW-Authenticate challenge (RFC 9470). */
  readonly challenge: Readonly<Record<string, string>> | undefined;
  /** Seconds after which a caller may try again. */
  readonly retryAfterSeconds: number | undefined;
  /** Whose trail it belongs on, where something verified has told before anybody was recognised. */
  readonly tenant: string | undefined;
  /** What the trail learns beside the reason: codes and counts, never a value. */
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Fixed texts of the tenant that come before it. */
  readonly texts: readonly PatientText[];

  constructor(reason: Reason, options: RefusalOptions = {}) {
    const code: ErrorCode = reasons[reason];
    super(
      options.sentence ?? catalogue[code].detail,
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.name = 'Refusal';
    this.reason = reason;
    this.code = code;
    this.sentence = options.sentence;
    this.fault = options.fault;
    this.challenge = options.challenge;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.tenant = options.tenant;
    this.facts = options.facts ?? {};
    this.texts = options.texts ?? [];
  }

  /** What the asker is told, with what comes first. */
  get publicDetail(): string {
    const detail = this.sentence ?? this.entry.detail;
    return [...this.texts.map(({ text }) => text), detail].join('\n\n');
  }

  /** The same refusal on the trail of `tenant`, where none is known yet. */
  within(tenant: string): Refusal {
    return this.tenant === undefined ? this.#with({ tenant }) : this;
  }

  /** The same refusal with texts that are said beside it. */
  beside(texts: readonly PatientText[]): Refusal {
    return texts.length === 0 ? this : this.#with({ texts });
  }

  #with(more: Pick<RefusalOptions, 'tenant' | 'texts'>): Refusal {
    const { cause, challenge, facts, fault, retryAfterSeconds, sentence, tenant, texts } = this;
    return new Refusal(this.reason, {
      facts,
      texts,
      ...(tenant === undefined ? {} : { tenant }),
      ...(cause === undefined ? {} : { cause }),
      ...(challenge === undefined ? {} : { challenge: { ...challenge } }),
      ...(fault === undefined ? {} : { fault }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(sentence === undefined ? {} : { sentence }),
      ...more,
    });
  }

  get entry(): CatalogueEntry {
    return catalogue[this.code];
  }
}

/** Anything that was thrown, as a refusal: what is not one already closes the envelope as `otherwise`. */
export const asRefusal = (thrown: unknown, otherwise: Reason = 'unexpected'): Refusal =>
  thrown instanceof Refusal ? thrown : new Refusal(otherwise, { cause: thrown });
