import type { Reason } from '../errors/reasons.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { piecesOf } from '../release/pieces.ts';
import type { BesideAnswer } from './beside-answer.ts';
import type { EnvelopeConductor } from './conductor.ts';
import type { Delivery } from './delivery.ts';
import type { EarlyAnswer } from './early-answer.ts';
import type { Begun, Released } from './envelope.ts';
import { orAborted } from './or-aborted.ts';
import { restPipeline } from './pipeline.ts';
import type { Services } from './services.ts';
import type { Facts } from './stage.ts';
import type { StandingWatch } from './standing-watch.ts';

interface Parts {
  readonly envelope: Begun;
  readonly answer: EarlyAnswer;
  readonly conductor: EnvelopeConductor;
  readonly watch: StandingWatch;
  readonly services: Services;
  readonly beside: BesideAnswer;
  /** What an answer that has come to its end says of itself. */
  readonly phiOf: (released: Released) => Delivery['phi'];
  readonly end: (
    event: 'response.delivered' | 'response.aborted',
    reason?: Reason,
    facts?: Facts,
  ) => Promise<void>;
}

/**
 * The delivery of an answer that leaves while the model speaks. What is said of the whole (`phi`, `verdicts`, `finish`,
 * `usage`) is known once `text` has come to its end, and asking before is a fault.
 */
export class EarlyDelivery implements Delivery {
  readonly model: string;
  readonly signal: AbortSignal;
  readonly stopwatch: Delivery['stopwatch'];
  readonly text: AsyncIterable<string>;
  readonly #parts: Parts;
  #released: Released | undefined;
  #handed = '';
  #failed: Facts = {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.model = parts.envelope.modelId;
    this.signal = parts.envelope.signal;
    this.stopwatch = parts.envelope.stopwatch;
    // What may be a document is held to its end, and is none that leaves early.
    this.text = parts.beside.around(this.#pieces(), false);
  }

  get phi(): Delivery['phi'] {
    return this.#parts.phiOf(this.#whole());
  }

  get verdicts(): Delivery['verdicts'] {
    return this.#whole().verdicts;
  }

  get finish(): Delivery['finish'] {
    return this.#whole().finish;
  }

  get usage(): Delivery['usage'] {
    return this.#whole().usage;
  }

  async delivered(): Promise<void> {
    this.#parts.answer.stop();
    await this.#parts.end('response.delivered', undefined, this.#parts.beside.facts);
  }

  /** The trail learns what the caller was handed before. */
  async aborted(reason: Reason): Promise<void> {
    const { answer, beside, end, envelope, services } = this.#parts;
    answer.stop();
    services.metrics.refusal(reason);
    await end('response.aborted', reason, {
      ...this.#failed,
      ...beside.facts,
      answerHash: services.saltedHash(envelope, 'answer', this.#handed),
      bytes: Buffer.byteLength(this.#handed),
      stream: true,
    });
  }

  #whole(): Released {
    if (this.#released === undefined) throw new Refusal('unexpected');
    return this.#released;
  }

  /** Each piece waits for the question whether it may still leave, when that is being asked. */
  async *#leaving(text: string): AsyncGenerator<string> {
    const { envelope, watch } = this.#parts;
    for (const piece of piecesOf(text)) {
      await orAborted(watch.answered(), envelope.signal);
      this.#handed += piece;
      yield piece;
    }
  }

  async *#pieces(): AsyncGenerator<string> {
    const { answer, conductor, envelope } = this.#parts;
    try {
      yield* this.#leaving(envelope.beginning.text);
      for (;;) {
        const piece = await conductor.within(
          { name: 'ask', otherwise: 'answer_blocked' },
          answer.next(),
          envelope,
        );
        if (piece === undefined) break;
        yield* this.#leaving(piece);
      }
      const released = await restPipeline.walk({ ...envelope, heard: answer.heard }, conductor);
      // Were it another text than the one that began to leave, no more of it would.
      if (!released.released.text.startsWith(this.#handed)) throw new Refusal('answer_blocked');
      this.#released = released;
      yield* this.#leaving(released.released.text.slice(this.#handed.length));
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      this.#failed = { code: refusal.code, ...refusal.facts };
      throw refusal;
    } finally {
      answer.stop();
    }
  }
}
