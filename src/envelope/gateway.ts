import { setMaxListeners } from 'node:events';
import type { AsideEvent } from '../audit/event-table.ts';
import type { TrailEvent } from '../audit/events.ts';
import type { Reason } from '../errors/reasons.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { alterationLabels } from '../release/alteration-labels.ts';
import { contextLasts } from '../release/context-shelf.ts';
import type { PatientText } from '../vocabulary/patient-texts.ts';
import { askEarly, askWhole, embedTexts } from './asking.ts';
import { BesideAnswer, factsOf } from './beside-answer.ts';
import { BesideRefusal } from './beside-refusal.ts';
import { EnvelopeConductor } from './conductor.ts';
import type {
  ContextDelivery,
  DecisionDelivery,
  Delivery,
  EmbeddingDelivery,
  PhiAnswer,
} from './delivery.ts';
import { EarlyDelivery } from './early-delivery.ts';
import type { Cleared, ContextCleared, EmbeddingCleared, Opened, Redacted, Released } from './envelope.ts';
import { leavesEarly } from './leaves-early.ts';
import { Lifetime } from './lifetime.ts';
import { orAborted } from './or-aborted.ts';
import { OwedEndings } from './owed-endings.ts';
import {
  answerPipeline,
  askPipeline,
  beginningPipeline,
  contextPipeline,
  decisionPipeline,
  questionPipeline,
  textsPipeline,
  vectorsPipeline,
  wholePipeline,
} from './pipeline.ts';
import type { Services } from './services.ts';
import type { Facts } from './stage.ts';
import { StandingWatch } from './standing-watch.ts';
import { Strangers } from './strangers.ts';
import type { Way } from './way.ts';

/** What a caller shows of themselves, and how to read what they ask. */
export type Opening = Pick<Opened, 'credentials' | 'identified' | 'read'>;

/** An asker who was recognised, as the trail knows them. */
export interface Recognised {
  readonly tenant: string;
  readonly facts: Facts;
}

/**
 * Whether nothing may stand beside this answer: it is one JSON document, and one was asked for, by caller or task, of this gateway's model or
 * of the caller's own. A model that was asked for none does not take the texts for patients away by writing one.
 */
const isDocument = ({ ask, released, task }: Released): boolean =>
  released.document && (ask.document === true || ask.action === 'reveal' || task.output !== undefined);

/** What goes on working for an envelope until its last byte. */
interface Held {
  readonly conductor: EnvelopeConductor;
  readonly lifetime: Lifetime;
  readonly watch: StandingWatch;
}

/** The one way through the gateway, used by every face. */
export class Gateway {
  readonly services: Services;
  #stopping = false;
  readonly #stop = new AbortController();
  readonly #owed: OwedEndings;
  readonly #strangers: Strangers;

  constructor(services: Services) {
    this.services = services;
    this.#strangers = new Strangers(services.config.limits.perMinute.strangers);
    this.#owed = new OwedEndings(services.trail);
    // One listener an envelope under way.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Envelopes that are neither delivered nor closed. */
  get open(): number {
    return this.services.openEnvelopes.count;
  }

  newTrail(): string {
    return this.services.randomness.uuid();
  }

  /** Whether no new work is taken any more. */
  get draining(): boolean {
    return this.#stopping;
  }

  /** Takes no new envelopes from now on; those under way may finish. */
  drain(): void {
    this.#stopping = true;
  }

  /** Ends every envelope under way: their trails say `shutting_down`. */
  stop(): void {
    this.drain();
    this.#stop.abort(new Refusal('shutting_down'));
  }

  /**
   * Answers a question. `open` reads what the caller shows of themselves, and how to read what they ask, so that
   * refusals of both are on the trail like any other. `waiting` is called when nothing but the model is waited for.
   *
   * @throws Refusal, after it has been written to the trail or counted there
   */
  ask(trail: string, open: () => Opening, caller: AbortSignal, waiting?: () => void): Promise<Delivery> {
    return this.#through(questionPipeline, trail, open, caller, (cleared, held) => {
      waiting?.();
      return this.#answer(cleared, held);
    });
  }

  /** Checks and reveals the answer of a model that was called elsewhere; as `ask`. */
  check(trail: string, open: () => Opening, caller: AbortSignal): Promise<Delivery> {
    return this.#through(answerPipeline, trail, open, caller, (released, held) =>
      this.#deliver(released, held),
    );
  }

  /** Hands out the redacted context, and keeps what an answer to it is checked against; as `ask`. */
  context(trail: string, open: () => Opening, caller: AbortSignal): Promise<ContextDelivery> {
    return this.#through(contextPipeline, trail, open, caller, (cleared, held) =>
      this.#handOut(cleared, held),
    );
  }

  /** Decides as `ask` or `context` would, and does neither: no record is read, no model called; as `ask`. */
  decide(trail: string, open: () => Opening, caller: AbortSignal): Promise<DecisionDelivery> {
    return this.#through(decisionPipeline, trail, open, caller, ({ decision: { sentence } }, held) => {
      const end = this.#ending(held);
      return {
        sentence,
        trail,
        signal: held.lifetime.signal,
        delivered: () => end('decision.delivered'),
        aborted: (reason) => end('response.aborted', reason),
      };
    });
  }

  /** Has texts redacted and embedded; as `ask`. */
  embed(trail: string, open: () => Opening, caller: AbortSignal): Promise<EmbeddingDelivery> {
    return this.#through(textsPipeline, trail, open, caller, (cleared, held) => this.#embed(cleared, held));
  }

  async #through<Walked extends Opened, Handed>(
    way: Way<Opened, Walked>,
    trail: string,
    open: () => Opening,
    caller: AbortSignal,
    hand: (walked: Walked, held: Held) => Handed | Promise<Handed>,
  ): Promise<Handed> {
    const { clock, config } = this.services;
    const lifetime = new Lifetime(config.limits.requestTimeoutMs, [caller, this.#stop.signal]);
    const watch = new StandingWatch((refusal) => lifetime.abort(refusal));
    const conductor = this.#conductor(trail, '-', watch);
    const besideRefusal = new BesideRefusal();
    if (this.#stopping) throw await conductor.close(new Refusal('shutting_down'));
    if (this.services.reserve.spent()) throw await conductor.close(new Refusal('trail_unavailable'));
    this.services.openEnvelopes.enter();
    try {
      const opened: Opened = {
        trail,
        openedAt: clock.now(),
        tenantId: '-',
        ...open(),
        beforeSearch: (envelope) => conductor.beforeSearch(envelope),
        besideRefusal,
        stopwatch: conductor.stopwatch,
        standing: [],
        signal: lifetime.signal,
      };
      const walked = await way.walk(opened, conductor);
      return await hand(walked, { conductor, lifetime, watch });
    } catch (error) {
      const refusal = asRefusal(error);
      watch.end();
      lifetime.end(refusal);
      // Open until its end is on the disk: a gateway that stops waits for it.
      const texts = refusal.reason === 'caller_gone' ? [] : besideRefusal.texts;
      const told = await conductor.close(refusal, factsOf(texts.map(({ code }) => code)));
      this.services.openEnvelopes.leave();
      throw told.beside(texts);
    }
  }

  /**
   * Puts the refusal of a request that never became an envelope on the trail, as one of its asker where they were
   * recognised; answers what to tell the caller.
   */
  async refused(trail: string, refusal: Refusal, asker?: Recognised, facts: Facts = {}): Promise<Refusal> {
    return this.#conductor(trail, asker?.tenant).close(refusal, { ...asker?.facts, ...facts });
  }

  /**
   * Ends a span of time in which strangers were counted: one event on the trail for each tenant and reason.
   *
   * @throws Refusal `trail_unavailable`; they are then counted on
   */
  async sumUpStrangers(): Promise<void> {
    const counted = this.#strangers.take();
    if (counted.length === 0) return;
    const at = this.services.clock.now();
    const events = counted.map(({ count, reason, refusal, since, tenant }): TrailEvent => {
      const { code, entry } = refusal;
      return {
        tenant,
        trail: this.newTrail(),
        event: 'strangers.refused',
        outcome: entry.status >= 500 ? 'failed' : 'refused',
        reason,
        at,
        facts: { count, since, code, status: entry.status },
      };
    });
    try {
      await this.services.trail.append(events);
    } catch (error) {
      this.#strangers.putBack(counted);
      throw new Refusal('trail_unavailable', { cause: error });
    }
  }

  /**
   * Puts one event outside an envelope on the trail, durable when this resolves.
   *
   * @throws Refusal `trail_unavailable`
   */
  async record(trail: string, event: AsideEvent, tenant: string, facts: Facts): Promise<void> {
    await this.#conductor(trail, tenant).record(event, facts);
  }

  /** An envelope keeps the rules that it began with, whatever is turned meanwhile. */
  #conductor(trail: string, tenant?: string, watch?: StandingWatch): EnvelopeConductor {
    return new EnvelopeConductor({ ...this.services }, this.#owed, this.#strangers, trail, tenant, watch);
  }

  /** What ends an envelope that was handed over; the first call counts. */
  #ending({ conductor, lifetime, watch }: Held) {
    let ended = false;
    return async (
      event: Parameters<typeof conductor.end>[0],
      reason?: Reason,
      facts: Facts = {},
    ): Promise<void> => {
      if (ended) return;
      ended = true;
      watch.end();
      lifetime.end();
      try {
        await conductor.end(event, reason, facts);
      } finally {
        this.services.openEnvelopes.leave();
      }
    };
  }

  #phi(
    envelope: Redacted,
    citations: PhiAnswer['citations'],
    { conductor }: Held,
    patientTexts: readonly PatientText[] = [],
  ): PhiAnswer {
    const range = conductor.lastRange;
    const { decision, notices, trail } = envelope;
    return {
      trail,
      decision: { effect: decision.effect, sentence: decision.sentence },
      citations,
      incomplete: notices.map(({ code, text }) => ({ code, text })),
      ...(patientTexts.length === 0 ? {} : { patientTexts }),
      ...(range === undefined
        ? {}
        : { receipt: this.services.transparency.receipt({ trail, seq: range.last, leaf: range.leaf }) }),
    };
  }

  async #embed(cleared: EmbeddingCleared, held: Held): Promise<EmbeddingDelivery> {
    const embedded = await embedTexts(cleared, held.conductor, this.services);
    const released = await vectorsPipeline.walk(embedded, held.conductor);
    const end = this.#ending(held);
    return {
      model: released.modelId,
      embedding: released.embedded,
      phi: this.#phi(released, [], held),
      stopwatch: released.stopwatch,
      signal: held.lifetime.signal,
      delivered: () => end('response.delivered'),
      aborted: (reason) => end('response.aborted', reason),
    };
  }

  /** Calls the model. Where the answer may leave while it speaks, resolves with its first piece, else with all of it. */
  async #answer(cleared: Cleared, held: Held): Promise<Delivery> {
    const { conductor, watch } = held;
    const { services } = this;
    if (!leavesEarly(cleared)) {
      const answered = await askWhole(cleared, conductor, services);
      return this.#deliver(await wholePipeline.walk(answered, conductor), held);
    }
    const { answer, first, sent } = await askEarly(cleared, conductor, services);
    try {
      if (first === undefined) {
        const answered = await askPipeline.walk({ ...sent, heard: answer.heard }, conductor);
        return this.#deliver(await wholePipeline.walk(answered, conductor), held);
      }
      const envelope = await beginningPipeline.walk({ ...sent, beginning: answer.beginning }, conductor);
      const beside = BesideAnswer.of(sent);
      return new EarlyDelivery({
        envelope,
        answer,
        beside,
        conductor,
        watch,
        services,
        phiOf: (released) => this.#phi(released, released.citations, held, beside.all),
        end: this.#ending(held),
      });
    } catch (thrown) {
      answer.stop();
      throw thrown;
    }
  }

  #deliver(envelope: Released, held: Held): Delivery {
    const end = this.#ending(held);
    const beside = BesideAnswer.of(envelope);
    return {
      model: envelope.modelId,
      phi: this.#phi(envelope, envelope.citations, held, beside.all),
      text: beside.around(this.#pieces(envelope, held.watch), isDocument(envelope)),
      verdicts: envelope.verdicts,
      stopwatch: envelope.stopwatch,
      signal: held.lifetime.signal,
      finish: envelope.finish,
      usage: envelope.usage,
      delivered: () => end('response.delivered', undefined, beside.facts),
      // Of an answer that leaves whole nothing was handed over.
      aborted: (reason) => end('response.aborted', reason, envelope.ask.stream ? beside.facts : {}),
    };
  }

  #handOut(envelope: ContextCleared, held: Held): ContextDelivery {
    const { delegation, notices, redacted, tenantId, trail, userPseudonym, vaultScope, workload } = envelope;
    const end = this.#ending(held);
    const expires = this.services.clock.now() + contextLasts;
    this.services.contexts.put(trail, {
      owner: {
        tenant: tenantId,
        user: userPseudonym,
        workload: workload.id,
        assurance: vaultScope.assurance,
      },
      scope: delegation.scope,
      conversation: vaultScope.conversation,
      items: redacted.items,
      notices,
      expires,
    });
    // What stands below an answer comes with the answer.
    const { ahead } = BesideAnswer.of(envelope);
    const phi = this.#phi(envelope, [], held, ahead);
    return {
      // The name of its own trail: of use to nobody but who took it out.
      context: {
        id: trail,
        ...envelope.context,
        incomplete: phi.incomplete,
        security: alterationLabels(redacted, notices),
        expires,
      },
      phi,
      stopwatch: envelope.stopwatch,
      signal: held.lifetime.signal,
      delivered: () => end('context.delivered', undefined, factsOf(ahead.map(({ code }) => code))),
      aborted: (reason) => end('response.aborted', reason),
    };
  }

  async *#pieces(envelope: Released, watch: StandingWatch): AsyncGenerator<string> {
    for await (const piece of envelope.released.pieces()) {
      if (envelope.signal.aborted) throw asRefusal(envelope.signal.reason, 'caller_gone');
      await orAborted(watch.answered(), envelope.signal);
      yield piece;
    }
  }
}
