import { performance } from 'node:perf_hooks';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { AsideEvent } from '../audit/event-table.ts';
import type { EventName, EventOutcome, FactValue } from '../audit/events.ts';
import type { AppendedRange } from '../audit/ports.ts';
import { decisions } from '../audit/release-hash.ts';
import type { Reason } from '../errors/reasons.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { errorFields } from '../telemetry/log.ts';
import type { Authenticated, Opened } from './envelope.ts';
import { Notebook } from './notebook.ts';
import { orAborted } from './or-aborted.ts';
import type { OwedEndings } from './owed-endings.ts';
import type { Services } from './services.ts';
import type { StageRow } from './stage.ts';
import type { StandingWatch } from './standing-watch.ts';
import { stillStanding } from './still-standing.ts';
import { Stopwatch } from './stopwatch.ts';
import type { Strangers } from './strangers.ts';
import type { BarrierName, Conductor } from './way.ts';

/** Milliseconds with two decimals, by the monotonic clock: the wall clock may step. */
const elapsed = (began: number): number => Math.round((performance.now() - began) * 100) / 100;

/** Barriers long after consent and relations were read: they are asked again there. */
const late: ReadonlySet<BarrierName> = new Set(['before_other_model', 'before_first_byte', 'before_rest']);

const tracer = trace.getTracer('phi-gateway');

/** Walks one envelope: runs stages, times them, notes their events, waits at barriers, closes on failure. */
export class EnvelopeConductor implements Conductor {
  readonly #services: Services;
  readonly #notebook: Notebook;
  readonly #trail: string;
  readonly #owed: OwedEndings;
  readonly #strangers: Strangers;
  readonly #watch: StandingWatch | undefined;
  readonly stopwatch = new Stopwatch();
  #tenant: string;
  #authorized = false;
  #stage: string | undefined;
  #range: AppendedRange | undefined;
  #latest = 0;

  constructor(
    services: Services,
    owed: OwedEndings,
    strangers: Strangers,
    trail: string,
    tenant = '-',
    watch?: StandingWatch,
  ) {
    this.#services = services;
    this.#owed = owed;
    this.#strangers = strangers;
    this.#notebook = new Notebook(services.trail);
    this.#trail = trail;
    this.#tenant = tenant;
    this.#watch = watch;
  }

  /** Where the events flushed last stand in the log. */
  get lastRange(): AppendedRange | undefined {
    return this.#range;
  }

  async stage<From extends Opened, To extends Opened>(row: StageRow<From, To>, envelope: From): Promise<To> {
    const { metrics } = this.#services;
    const began = performance.now();
    this.#stage = row.name;
    const span = tracer.startSpan(`envelope ${row.name}`);
    try {
      if (row.takesTurn === true) await orAborted(this.#services.turn(envelope.openedAt), envelope.signal);
      const result = await orAborted(row.run(envelope, this.#services), envelope.signal);
      const next = result.envelope;
      this.#tenant = next.tenantId;
      this.#watch?.follow(next);
      for (const extra of result.before ?? []) this.#note(extra.event, extra.outcome, extra.facts);
      this.#note(row.event, result.outcome ?? 'success', { ...result.facts, durationMs: elapsed(began) });
      if (row.event === 'request.authorized') this.#authorized = true;
      metrics.stage({ stage: row.name, outcome: 'success' }, elapsed(began) / 1000);
      this.stopwatch.took(row.name, began);
      return next;
    } catch (error) {
      const refusal = asRefusal(error, row.otherwise);
      span.setStatus({ code: SpanStatusCode.ERROR, message: refusal.reason });
      metrics.stage({ stage: row.name, outcome: 'refused' }, elapsed(began) / 1000);
      throw refusal;
    } finally {
      span.end();
    }
  }

  /** Work of a stage whose event is noted by a later one; its failure is that of the stage. */
  async within<Done>(
    { name, otherwise }: Pick<StageRow<never, never>, 'name' | 'otherwise'>,
    work: Promise<Done>,
    { signal }: Opened,
  ): Promise<Done> {
    this.#stage = name;
    const began = performance.now();
    try {
      return await orAborted(work, signal);
    } catch (error) {
      throw asRefusal(error, otherwise);
    } finally {
      this.stopwatch.took(name, began);
    }
  }

  async barrier(name: BarrierName, envelope: Opened): Promise<void> {
    await orAborted(stillStanding(envelope, late.has(name) ? 'delivery' : 'barrier'), envelope.signal);
    const began = performance.now();
    await this.#flush();
    // A log that no witness has seen for too long may be rewritten unseen: nothing rests on it.
    if (!this.#services.transparency.witnessed()) throw new Refusal('trail_unavailable');
    // Nor on a store that was put back to an older state: what was revoked since would count again.
    this.#services.stores.demand();
    this.#services.metrics.barrier(name, elapsed(began) / 1000);
    // The caller may have gone, or the deadline passed, while the disk was busy.
    if (envelope.signal.aborted) throw asRefusal(envelope.signal.reason, 'caller_gone');
  }

  /** The barrier that a stage itself stands at, because only some requests come to it: a patient is searched for next. */
  async beforeSearch(envelope: Authenticated): Promise<void> {
    const { tenant, userPseudonym: user, workload } = envelope;
    this.#note('patient.searched', 'success', { user, workload: workload.id, server: tenant.config.fhir.id });
    await this.barrier('before_search', envelope);
  }

  /** Notes that an endpoint gave nothing, or is denied, and that the envelope goes on: it stands at asking again. */
  passOver(
    event: 'response.generated' | 'endpoint.denied',
    refusal: Refusal,
    facts: Readonly<Record<string, FactValue>>,
  ): void {
    this.#stage = 'ask';
    // One that is not asked did not fail, whatever the caller of that one alone would be told.
    const outcome = event === 'response.generated' && refusal.entry.status >= 500 ? 'failed' : 'refused';
    this.#note(event, outcome, { ...refusal.facts, ...facts }, refusal.reason);
  }

  /** Notes one event that stands for no stage, and waits until it is durable. */
  async record(event: AsideEvent, facts: Readonly<Record<string, FactValue>>): Promise<void> {
    this.#note(event, 'success', facts);
    await this.#flush();
  }

  /**
   * Ends the trail of an answer that was handed over, wholly or in part.
   *
   * @throws Refusal `trail_unavailable`; the ending is then written when the trail takes events again
   */
  async end(
    event: 'response.delivered' | 'context.delivered' | 'decision.delivered' | 'response.aborted',
    reason?: Reason,
    facts: Readonly<Record<string, FactValue>> = {},
  ): Promise<void> {
    this.#note(event, reason === undefined ? 'success' : 'failed', facts, reason);
    await this.#flushEnding();
  }

  /**
   * Ends the envelope on the trail and answers the refusal that the caller is to be told: the same one, or
   * `trail_unavailable` where not even the refusal could be written. One of a stranger may only be counted.
   */
  async close(refusal: Refusal, facts: Readonly<Record<string, FactValue>> = {}): Promise<Refusal> {
    const { clock, log, metrics, reserve } = this.#services;
    if (this.#tenant === '-') {
      const tenant = refusal.tenant ?? '-';
      if (!this.#strangers.standsAlone(tenant, refusal, clock.now(), !reserve.spent())) {
        metrics.refusal(refusal.reason);
        return refusal;
      }
      this.#tenant = tenant;
    }
    const event: EventName = this.#authorized ? 'response.aborted' : 'request.denied';
    const outcome: EventOutcome = refusal.entry.status >= 500 ? 'failed' : 'refused';
    this.#note(
      event,
      outcome,
      { ...this.#stageFacts(), ...facts, ...refusal.facts, code: refusal.code, status: refusal.entry.status },
      refusal.reason,
    );
    metrics.refusal(refusal.reason);
    log.write('stage.failed', {
      trail: this.#trail,
      tenant: this.#tenant,
      stage: this.#stage,
      ...errorFields(refusal),
    });
    try {
      await this.#flushEnding();
      return refusal;
    } catch (error) {
      return asRefusal(error, 'trail_unavailable');
    }
  }

  async #flush(): Promise<void> {
    const range = await this.#notebook.flush();
    if (range === undefined) return;
    this.#range = range;
    // Not waited for: this request owes nothing.
    void this.#owed.settle();
  }

  async #flushEnding(): Promise<void> {
    const ending = this.#notebook.last;
    try {
      await this.#flush();
    } catch (error) {
      if (ending !== undefined) this.#owed.owe(ending);
      throw error;
    }
  }

  #stageFacts(): Readonly<Record<string, FactValue>> {
    return this.#stage === undefined ? {} : { stage: this.#stage };
  }

  #note(
    event: EventName,
    outcome: EventOutcome,
    facts: Readonly<Record<string, FactValue>>,
    reason?: Reason,
  ): void {
    // On one trail time never runs back, even where the host's clock is set back: an honest trail must verify.
    this.#latest = Math.max(this.#latest, this.#services.clock.now());
    this.#notebook.note({
      tenant: this.#tenant,
      trail: this.#trail,
      event,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      at: this.#latest,
      facts: decisions.has(event) ? { ...facts, releaseHash: this.#services.release.releaseHash } : facts,
    });
  }
}
