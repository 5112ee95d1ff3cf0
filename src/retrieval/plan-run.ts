import { Refusal } from '../errors/refusal.ts';
import type { Label } from '../vocabulary/context-item.ts';
import { nameOf, type Resource } from '../vocabulary/fhir.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';
import type { Drops } from './drops.ts';
import { at } from './elements.ts';
import { intervalOf } from './fhir-time.ts';
import { inOrder } from './in-order.ts';
import { newestFirst } from './newest.ts';
import { ago, type Bindings, fillAll } from './placeholders.ts';
import type { Capabilities, SearchResult } from './ports.ts';
import { medicationNamed, medicationsAmong } from './projection/project.ts';
import { foreignTo, hasUnknownModifier, isEnteredInError, recheck, type Verdict } from './recheck.ts';
import type { RetrieveOptions } from './retrieve-options.ts';
import { isLocalOnly, isShaping } from './search-parameters.ts';
import { rowsOf, type Step } from './task.ts';
import { isVital } from './vital.ts';

/** What one step brought after every check, newest first. */
export interface StepResult {
  readonly step: Step;
  readonly ran: boolean;
  readonly kept: readonly Resource[];
}

/** Medications read by their id at most where a server does not include them. */
const mostMedications = 100;

/**
 * The searches of one plan with every row checked again; what is a duplicate or over a cap is seen later. What
 * consent or policy withholds is taken out before anything is compared, counted or bound.
 */
export class PlanRun {
  readonly results = new Map<string, StepResult>();
  /** Every resource received, used or not. */
  readonly received: Resource[] = [];
  /** Resources received, by type. */
  readonly fetched: Record<string, number> = {};
  readonly notices: Notice[] = [];
  searches = 0;
  bytes = 0;
  readonly #options: RetrieveOptions;
  readonly #capabilities: Capabilities;
  readonly #drops: Drops;
  readonly #included = new Map<string, Resource>();
  readonly #withheld = new Set<string>();
  readonly #vital = new Set<string>();
  readonly #labels = new WeakMap<Resource, readonly Label[]>();
  #bindings: Bindings;

  constructor(options: RetrieveOptions, capabilities: Capabilities, drops: Drops) {
    this.#options = options;
    this.#capabilities = capabilities;
    this.#drops = drops;
    this.#bindings = {
      patient: options.patient,
      now: options.now,
      ...(options.encounter === undefined ? {} : { requested: options.encounter }),
    };
  }

  /** Steps that bind a placeholder in order, then all others in parallel, then those that wait for an empty answer. */
  async run(): Promise<void> {
    const { steps } = this.#options.task;
    for (const step of steps.filter((one) => one.bind !== undefined && this.#wanted(one))) {
      const result = await this.#runStep(step);
      this.#bind(step, result.kept[0]);
    }
    await Promise.all(
      steps
        .filter((one) => one.bind === undefined && one.whenEmpty === undefined)
        .map((step) => this.#runStep(step)),
    );
    for (const step of steps.filter((one) => one.whenEmpty !== undefined)) {
      const before = this.results.get(step.whenEmpty ?? '');
      if (before?.ran === true && before.kept.length === 0) await this.#runStep(step);
    }
  }

  /** The Medication that a resource names, where one was included for it. */
  readonly medication = (resource: Resource): Resource | undefined =>
    medicationsAmong([...this.#included.values()])(resource);

  /** Allergies and active drugs among what was withheld. */
  get vitalWithheld(): number {
    return this.#vital.size;
  }

  labelsOf(resource: Resource): readonly Label[] {
    const known = this.#labels.get(resource);
    if (known !== undefined) return known;
    const medication = this.medication(resource);
    const labels = this.#options.labeller.ofResource(resource, medication === undefined ? [] : [medication]);
    this.#labels.set(resource, labels);
    return labels;
  }

  /** A step for requests that name no visit is none of those that do. */
  #wanted(step: Step): boolean {
    return step.unlessBound === undefined || this.#bindings[step.unlessBound] === undefined;
  }

  async #runStep(step: Step): Promise<StepResult> {
    const { patient, encounter } = this.#options;
    const search = fillAll(step.search, this.#bindings);
    const local = fillAll(step.local ?? {}, this.#bindings);
    const possible = search !== undefined && local !== undefined && this.#capabilities.types.has(step.type);
    if (!possible) return this.#remember({ step, ran: false, kept: [] });
    const sent = this.#sendable(search, this.#capabilities.searchParams?.get(step.type));
    const found = await this.#search(step, sent, search);
    let faults = 0;
    const own = found.matches.filter((one) => {
      const verdict = foreignTo(one, { type: step.type, patient });
      if (verdict === undefined) return true;
      faults += 1;
      this.#drops.drop(one, verdict.reason, step, verdict.fault);
      return false;
    });
    this.#admitIncluded(step, own, found.included);
    await this.#readMedications(step, own);
    const kept = own.filter((one) => {
      if (this.#isWithheld(one, step)) return false;
      if (step.bind !== undefined && one.id === encounter && step.bind.placeholder === 'anchor') return false;
      const verdict =
        recheck(one, { type: step.type, patient, sent, all: { ...search, ...local } }) ??
        this.#ofMedication(one);
      if (verdict === undefined) return true;
      if (verdict.fault !== undefined) faults += 1;
      this.#drops.drop(one, verdict.reason, step, verdict.fault);
      return false;
    });
    // Rows that nobody asked for stand where others should be: what is missing then is not known.
    if (found.cut && (faults > 0 || !inOrder(found.matches, sent['_sort'])))
      throw this.#untrusted(found.matches[0]);
    return this.#remember({
      step,
      ran: true,
      kept: newestFirst(step, kept, (one) => this.#drops.drop(one, 'superseded', step)),
    });
  }

  async #search(
    step: Step,
    sent: Readonly<Record<string, string>>,
    planned: Readonly<Record<string, string>>,
  ): Promise<SearchResult> {
    const { reader, patient } = this.#options;
    const found = await reader.search(step.type, sent, {
      maxResources: rowsOf(step),
      planned: this.#sendable(planned, undefined),
      // Rows that this asker never hears of make no difference to how many others are read.
      counts: (row) =>
        foreignTo(row, { type: step.type, patient }) !== undefined ||
        this.#options.withheld(row, this.#options.labeller.ofResource(row)) === undefined,
    });
    this.searches += 1;
    this.bytes += found.bytes;
    if (found.cut) this.notices.push(notice('server_partial', { what: step.what }));
    for (const one of [...found.matches, ...found.included]) this.#receive(one);
    return found;
  }

  #receive(resource: Resource): void {
    this.fetched[resource.resourceType] = (this.fetched[resource.resourceType] ?? 0) + 1;
    this.received.push(resource);
  }

  #untrusted(row: Resource | undefined): Refusal {
    this.#options.reader.suspect?.('filter_ignored', 1, row);
    return new Refusal('fhir_untrusted');
  }

  #remember(result: StepResult): StepResult {
    this.results.set(result.step.id, result);
    return result;
  }

  /** Parameters that the server says it knows; without a list of its own it is sent them all. */
  #sendable(
    params: Readonly<Record<string, string>>,
    known: ReadonlySet<string> | undefined,
  ): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(params).filter(
        ([name]) => !isLocalOnly(name) && (isShaping(name) || known === undefined || known.has(name)),
      ),
    );
  }

  /** Withheld by consent or policy; counted once however many steps found it. */
  #isWithheld(resource: Resource, step: Step): boolean {
    const reason = this.#options.withheld(resource, this.labelsOf(resource));
    if (reason === undefined) return false;
    const key = nameOf(resource);
    if (!this.#withheld.has(key)) this.#drops.drop(resource, reason, step);
    this.#withheld.add(key);
    if (isVital(resource)) this.#vital.add(key);
    return true;
  }

  /** `own`: rows about this patient, kept or not; what only a row of somebody else names is foreign like it. */
  #admitIncluded(step: Step, own: readonly Resource[], included: readonly Resource[]): void {
    const named = new Set(own.map(medicationNamed));
    for (const one of included) {
      const reference = nameOf(one);
      if (step.include !== undefined && one.resourceType === 'Medication' && named.has(reference))
        this.#admitMedication(one);
      else this.#drops.drop(one, 'outside_plan', step, 'unplanned_include');
    }
  }

  /** One that was entered in error names no drug: the order then stays without a name. */
  #admitMedication(medication: Resource): void {
    if (isEnteredInError(medication)) this.#drops.drop(medication, 'entered_in_error');
    this.#included.set(
      `Medication/${medication.id ?? ''}`,
      isEnteredInError(medication) ? nameless(medication) : medication,
    );
  }

  /** What is not understood of a drug is not understood of its order. */
  #ofMedication(resource: Resource): Verdict | undefined {
    const medication = this.medication(resource);
    return medication !== undefined && hasUnknownModifier(medication)
      ? { reason: 'unknown_modifier' }
      : undefined;
  }

  /** Medications that own rows name and the server did not include, as servers without `_include` do. */
  async #readMedications(step: Step, own: readonly Resource[]): Promise<void> {
    if (step.include === undefined || !this.#capabilities.types.has('Medication')) return;
    const missing = [...new Set(own.map(medicationNamed))].filter(
      (reference) => reference?.startsWith('Medication/') === true && !this.#included.has(reference),
    );
    const read = missing
      .slice(0, mostMedications)
      .map((reference) => this.#readMedication(reference?.split('/')[1] ?? ''));
    for (const one of await Promise.all(read)) {
      if (one === undefined) continue;
      this.#receive(one);
      this.#admitMedication(one);
    }
  }

  /** Undefined too where the token of this reader may search only: the drug then stays without a name, as it came. */
  async #readMedication(id: string): Promise<Resource | undefined> {
    try {
      return await this.#options.reader.read('Medication', id);
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.reason === 'scope_exceeded') return undefined;
      throw thrown;
    }
  }

  #bind(step: Step, newest: Resource | undefined): void {
    if (step.bind === undefined) return;
    if (step.bind.placeholder === 'encounter') {
      if (newest?.id !== undefined) this.#bindings = { ...this.#bindings, encounter: newest.id };
      return;
    }
    const months = step.bind.lookBackMonths ?? 24;
    const floor = ago(this.#options.now, months, 'm');
    const start = intervalOf(at(newest, 'period', 'start'))?.start;
    if (start === undefined) this.notices.push(notice('no_earlier_visit'));
    if (start === undefined || start < floor)
      this.notices.push(notice('cut_by_lookback', { n: months, what: 'Changed' }));
    this.#bindings = { ...this.#bindings, anchor: new Date(Math.max(start ?? floor, floor)).toISOString() };
  }
}

/** Nothing but its type and id, so that nobody reads it again and nothing of it is shown. */
const nameless = ({ id, resourceType }: Resource): Resource => ({
  resourceType,
  ...(id === undefined ? {} : { id }),
});
