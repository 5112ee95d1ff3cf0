import { Refusal } from '../errors/refusal.ts';
import { Listening } from '../model/listening.ts';
import { citationsOf } from '../release/citations.ts';
import { heldFrom } from '../release/held-back.ts';
import { revealBeginning } from '../release/reveal.ts';
import { SettledAnswer } from '../release/settled-answer.ts';
import type { Beginning, Cleared, Heard } from './envelope.ts';
import type { Services } from './services.ts';
import { answerScope, KnownTokens } from './stages/answer-scope.ts';
import { callModel } from './stages/ask-model.ts';
import { refuseOthers } from './stages/other-patients.ts';
import { readByHuman } from './stages/release-response.ts';

/**
 * The part by which an answer has to grow before it is looked at again: each look reads all of it, so that a long one
 * waits for more.
 */
const stepOf = (length: number): number => (length > 16_384 ? 1 / 8 : 1 / 64);

/**
 * An answer that leaves while the model speaks: what can no longer become part of a finding is checked, revealed and
 * handed out. What was handed out is never taken back; the whole answer goes through the checks once more at its end.
 */
export class EarlyAnswer {
  readonly #envelope: Cleared;
  readonly #services: Services;
  readonly #left = new AbortController();
  readonly #listening: Listening;
  readonly #scope: ReturnType<typeof answerScope>;
  readonly #tokens: KnownTokens;
  readonly #values = new Map<string, string>();
  readonly #resolved = new Set<string>();
  readonly #told = new Set<string>();
  #seen = 0;
  #held = 0;
  #sent = '';
  #masked: readonly string[] = [];
  #citations = 0;

  /** @throws Refusal `model_not_allowed` */
  constructor(envelope: Cleared, services: Services) {
    this.#envelope = envelope;
    this.#services = services;
    this.#scope = answerScope(envelope, services);
    this.#tokens = new KnownTokens(envelope, services);
    this.#listening = new Listening(
      callModel(envelope, AbortSignal.any([envelope.signal, this.#left.signal])),
    );
  }

  /** All that was handed out so far. */
  get sent(): string {
    return this.#sent;
  }

  /** What is to be said of the first piece. */
  get beginning(): Beginning {
    return { text: this.#sent, masked: this.#masked, citations: this.#citations };
  }

  /** The whole answer; once `next` has said that there is no more. */
  get heard(): Heard {
    const { finish, text } = this.#listening;
    if (finish === undefined) throw new Refusal('model_malformed');
    return { answer: text, finish: finish.reason, usage: finish.usage };
  }

  /**
   * The next piece as soon as one may leave; undefined when the model has ended, and what is left goes with the whole.
   *
   * @throws Refusal of the model's client; `answer_blocked` where a check blocks, whatever is still to come
   */
  async next(): Promise<string | undefined> {
    while (await this.#more()) {
      const { text } = this.#listening;
      this.#seen = text.length;
      // A cheap look first: without a new word nothing new is settled.
      const held = heldFrom(text);
      if (held <= this.#held) continue;
      this.#held = held;
      const piece = await this.#settled(text);
      if (piece !== '') return piece;
    }
    return undefined;
  }

  /** Whether so much more was said that it is worth a look. */
  #more(): Promise<boolean> {
    const step = Math.floor(this.#seen * stepOf(this.#seen));
    return this.#envelope.stopwatch.outside(this.#listening.beyond(this.#seen + step));
  }

  /** Ends the exchange with the model, wherever it is. */
  stop(): void {
    this.#listening.stop();
    this.#left.abort();
  }

  async #settled(text: string): Promise<string> {
    const { allowedHosts, calendar } = this.#scope;
    const issued = await this.#tokens.in(text);
    const outcome = await this.#envelope.readings.settle({ ...this.#scope, text, issued: [...issued] });
    const answer = SettledAnswer.of(outcome, {
      issuedTokens: issued,
      allowedHosts: new Set(allowedHosts),
      ...(calendar === undefined ? {} : { calendar }),
    });
    await this.#refuseOthers(outcome.told, outcome.blocked);
    if (answer === undefined) throw new Refusal('answer_blocked', { facts: { failed: outcome.blocked } });
    const humanReads = readByHuman(this.#envelope);
    const readable = revealBeginning(answer, humanReads ? await this.#valuesOf(answer) : new Map(), {
      humanReads,
      allowedTypes: 'all',
    });
    // Nothing is taken back. Were there a reason to, the check of the whole answer will refuse the rest.
    if (!readable.startsWith(this.#sent)) return '';
    const piece = readable.slice(this.#sent.length);
    this.#sent = readable;
    this.#masked = outcome.masked;
    this.#citations = citationsOf(answer.text.slice(0, answer.end), this.#envelope.redacted.items).length;
    return piece;
  }

  /** The index is asked once for each value. */
  async #refuseOthers(told: readonly string[], blocked: readonly string[]): Promise<void> {
    const fresh = told.filter((value) => !this.#told.has(value));
    for (const value of fresh) this.#told.add(value);
    await refuseOthers(this.#envelope, fresh, this.#services, blocked);
  }

  async #valuesOf({ tokens }: SettledAnswer): Promise<ReadonlyMap<string, string>> {
    const fresh = tokens.filter((token) => !this.#resolved.has(token));
    if (fresh.length > 0) {
      for (const token of fresh) this.#resolved.add(token);
      const found = await this.#services.vault.resolve(this.#envelope.vaultScope, fresh);
      for (const [token, value] of found) this.#values.set(token, value);
    }
    return this.#values;
  }
}
