import { type Labeller, merged } from '../labels/labeller.ts';
import type {
  ContextItem,
  DropReason,
  ItemPart,
  Label,
  Passage,
  RetrievedRecord,
} from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';
import { collectIdentity } from './collect-identity.ts';
import { dropped } from './drop-notices.ts';
import { at, textOf } from './elements.ts';
import { intervalOf } from './fhir-time.ts';
import { newestFirst } from './newest.ts';
import { NoteReadings } from './note-readings.ts';
import { replacedBy, withoutSentences } from './notes.ts';
import { ago, type Bindings, fillAll } from './placeholders.ts';
import type { Capabilities, FhirReader } from './ports.ts';
import { medicationsAmong, project } from './projection/project.ts';
import { projections } from './projection/projections.ts';
import { rankPassages } from './rank-passages.ts';
import { foreignTo, recheck } from './recheck.ts';
import { isLocalOnly, isShaping } from './search-parameters.ts';
import type { Step, Task } from './task.ts';
import { isVital, vitalTypes } from './vital.ts';
import { whatIsMissing } from './what-is-missing.ts';

export interface RetrieveOptions {
  readonly task: Task;
  /** FHIR logical id. */
  readonly patient: string;
  readonly reader: FhirReader;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The visit that the request names: what `{requested}` stands for, and never the one that changes are counted from. */
  readonly encounter?: string;
  /** What is asked, in the asker's words: chooses among permitted passages where a step ranks them, and nothing else. */
  readonly question: string;
  /** Confidentiality and sensitivity of resources and texts. */
  readonly labeller: Labeller;
  /** Consent residual and policy, asked for every resource and for every passage and text of it. */
  readonly withheld: (resource: Resource, labels: readonly Label[]) => DropReason | undefined;
  /** `constant`: the privacy notice always stands; `specific`: only where something was withheld. */
  readonly privacyNotice: 'constant' | 'specific';
  /** For those who treat: whether it is said that allergies or active drugs may be missing; never by default. */
  readonly safetyNotice?: 'constant' | 'specific';
}

/** Characters of ranked passages in one context: about 2,000 tokens. */
const rankedCharacters = 8_000;

/** What one step brought after every check. */
interface StepResult {
  readonly step: Step;
  readonly ran: boolean;
  readonly kept: readonly Resource[];
}

/**
 * Fetches what a task needs and nothing else: runs its plan, checks every resource again, projects what is kept.
 * What consent withholds is taken out before anything is compared, counted or capped: the rest, its order, its keys
 * and its notices are then the same as if it were not in the record.
 * Steps that bind a placeholder run first and in order, then all others in parallel, then those that wait for an
 * empty answer. An error of any step is a Refusal of the whole: nothing partial is handed on.
 */
export async function retrieve(options: RetrieveOptions): Promise<RetrievedRecord> {
  return new Retrieval(options, await options.reader.capabilities()).run();
}

class Retrieval {
  readonly #options: RetrieveOptions;
  readonly #capabilities: Capabilities;
  readonly #notices: Notice[] = [];
  readonly #fetched: Record<string, number> = {};
  readonly #dropped: Partial<Record<DropReason, number>> = {};
  readonly #foreign = { count: 0 };
  readonly #unknown: Record<string, number> = {};
  readonly #results = new Map<string, StepResult>();
  readonly #received: Resource[] = [];
  readonly #included = new Map<string, Resource>();
  readonly #taken = new Set<string>();
  readonly #withheld = new Set<string>();
  readonly #vitalWithheld = new Set<string>();
  readonly #labels = new WeakMap<Resource, readonly Label[]>();
  readonly #notes: NoteReadings;
  readonly #texts = new Set<string>();
  readonly #chosen = new WeakMap<Resource, readonly Passage[]>();
  #bindings: Bindings;
  #searches = 0;
  #bytes = 0;
  #unread = 0;
  #shortened = 0;

  constructor(options: RetrieveOptions, capabilities: Capabilities) {
    this.#options = options;
    this.#capabilities = capabilities;
    this.#bindings = {
      patient: options.patient,
      now: options.now,
      ...(options.encounter === undefined ? {} : { requested: options.encounter }),
    };
    this.#notes = new NoteReadings(options, (document) => this.#labelsOf(document));
  }

  async run(): Promise<RetrievedRecord> {
    const { task, reader } = this.#options;
    for (const step of task.steps.filter((one) => one.bind !== undefined && this.#wanted(one))) {
      const result = await this.#runStep(step);
      this.#bind(step, result.kept[0]);
    }
    await Promise.all(
      task.steps
        .filter((one) => one.bind === undefined && one.whenEmpty === undefined)
        .map((step) => this.#runStep(step)),
    );
    for (const step of task.steps.filter((one) => one.whenEmpty !== undefined)) {
      const before = this.#results.get(step.whenEmpty ?? '');
      if (before?.ran === true && before.kept.length === 0) await this.#runStep(step);
    }
    const items: ContextItem[] = [];
    const counters: Record<string, number> = {};
    for (const step of task.steps) items.push(...(await this.#itemsOf(step, counters, reader)));
    const ran = new Set([...this.#results.values()].filter((one) => one.ran).map((one) => one.step.id));
    return {
      items,
      notices: [
        ...this.#notices,
        ...whatIsMissing(task, this.#capabilities.types, ran, items),
        ...dropped({
          counts: this.#dropped,
          foreign: this.#foreign.count,
          unknown: this.#unknown,
          unread: this.#unread,
          shortened: this.#shortened,
          privacyNotice: this.#options.privacyNotice,
          vital: this.#saysVital(),
        }),
      ],
      fetched: this.#fetched,
      dropped: this.#dropped,
      vitalWithheld: this.#vitalWithheld.size,
      identity: collectIdentity(this.#received),
      searches: this.#searches,
      bytes: this.#bytes,
    };
  }

  /** A step for requests that name no visit is none of those that do. */
  #wanted(step: Step): boolean {
    return step.unlessBound === undefined || this.#bindings[step.unlessBound] === undefined;
  }

  /** One search, every row checked, newest first; nothing is removed yet as duplicate or over a cap. */
  async #runStep(step: Step): Promise<StepResult> {
    const { reader, patient, encounter } = this.#options;
    const search = fillAll(step.search, this.#bindings);
    const local = fillAll(step.local ?? {}, this.#bindings);
    const possible = search !== undefined && local !== undefined && this.#capabilities.types.has(step.type);
    if (!possible) return this.#remember({ step, ran: false, kept: [] });
    const sent = this.#sendable(step.type, search);
    const found = await reader.search(step.type, sent, {
      maxResources: step.rows ?? 200,
      // Rows that this asker never hears of make no difference to how many others are read.
      counts: (row) =>
        foreignTo(row, { type: step.type, patient }) !== undefined ||
        this.#options.withheld(row, this.#options.labeller.ofResource(row)) === undefined,
    });
    this.#searches += 1;
    this.#bytes += found.bytes;
    if (found.cut) this.#notices.push(notice('server_partial', { what: step.what }));
    for (const one of [...found.matches, ...found.included]) {
      this.#fetched[one.resourceType] = (this.#fetched[one.resourceType] ?? 0) + 1;
      this.#received.push(one);
    }
    const own = found.matches.filter((one) => {
      const verdict = foreignTo(one, { type: step.type, patient });
      if (verdict === undefined) return true;
      this.#foreign.count += 1;
      this.#drop(one, verdict.reason, step);
      return false;
    });
    this.#admitIncluded(step, own, found.included);
    const kept = own.filter((one) => {
      if (this.#isWithheld(one, step)) return false;
      if (step.bind !== undefined && one.id === encounter && step.bind.placeholder === 'anchor') return false;
      const verdict = recheck(one, { type: step.type, patient, sent, all: { ...search, ...local } });
      if (verdict === undefined) return true;
      if (verdict.foreign) this.#foreign.count += 1;
      this.#drop(one, verdict.reason, step);
      return false;
    });
    return this.#remember({
      step,
      ran: true,
      kept: newestFirst(step, kept, (one) => this.#drop(one, 'superseded', step)),
    });
  }

  #remember(result: StepResult): StepResult {
    this.#results.set(result.step.id, result);
    return result;
  }

  /** Parameters that the server says it knows; without a list of its own it is sent them all. */
  #sendable(type: string, params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const known = this.#capabilities.searchParams?.get(type);
    return Object.fromEntries(
      Object.entries(params).filter(
        ([name]) => !isLocalOnly(name) && (isShaping(name) || known === undefined || known.has(name)),
      ),
    );
  }

  /** Withheld by consent or policy; counted once however many steps found it. */
  #isWithheld(resource: Resource, step: Step): boolean {
    const reason = this.#options.withheld(resource, this.#labelsOf(resource));
    if (reason === undefined) return false;
    const key = `${resource.resourceType}/${resource.id ?? ''}`;
    if (!this.#withheld.has(key)) this.#drop(resource, reason, step);
    this.#withheld.add(key);
    if (isVital(resource)) this.#vitalWithheld.add(key);
    return true;
  }

  #saysVital(): boolean {
    const { safetyNotice, task } = this.#options;
    if (safetyNotice === 'constant') return task.dataTypes.some((type) => vitalTypes.has(type));
    return safetyNotice === 'specific' && this.#vitalWithheld.size > 0;
  }

  #labelsOf(resource: Resource): readonly Label[] {
    const labels =
      this.#labels.get(resource) ?? this.#options.labeller.ofResource(resource, this.#named(resource));
    this.#labels.set(resource, labels);
    return labels;
  }

  /** `own`: rows about this patient, kept or not; what only a row of somebody else names is foreign like it. */
  #admitIncluded(step: Step, own: readonly Resource[], included: readonly Resource[]): void {
    const named = new Set(own.map((one) => textOf(at(one, 'medicationReference', 'reference'))));
    for (const one of included) {
      const reference = `${one.resourceType}/${one.id ?? ''}`;
      if (step.include !== undefined && one.resourceType === 'Medication' && named.has(reference))
        this.#included.set(reference, one);
      else {
        this.#drop(one, 'outside_plan', step);
        this.#foreign.count += 1;
      }
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
    if (start === undefined) this.#notices.push(notice('no_earlier_visit'));
    if (start === undefined || start < floor)
      this.#notices.push(notice('cut_by_lookback', { n: months, what: 'Changed' }));
    this.#bindings = { ...this.#bindings, anchor: new Date(Math.max(start ?? floor, floor)).toISOString() };
  }

  /** The rows of a step that may go on: not replaced, not yet there. */
  async #admit(step: Step): Promise<readonly Resource[]> {
    const kept = this.#results.get(step.id)?.kept ?? [];
    const replaced = step.passages === true ? await this.#notes.replaced(kept) : replacedBy(kept);
    return kept.filter((one) => {
      const key = `${one.resourceType}/${one.id ?? ''}`;
      const reason = replaced.has(one.id ?? '')
        ? 'superseded'
        : this.#taken.has(key)
          ? 'duplicate'
          : undefined;
      this.#taken.add(key);
      if (reason !== undefined) this.#drop(one, reason, step);
      return reason === undefined;
    });
  }

  /** The items of a step up to its cap. That something was cut is said only where it would have been shown. */
  async #itemsOf(
    step: Step,
    counters: Record<string, number>,
    reader: FhirReader,
  ): Promise<readonly ContextItem[]> {
    const items: ContextItem[] = [];
    let cut = false;
    const admitted = await this.#admit(step);
    for (const resource of step.rank === true ? await this.#fitting(step, admitted) : admitted) {
      if (items.length < step.cap) {
        const item = await this.#item(step, resource, counters, reader);
        if (item !== undefined) items.push(item);
        continue;
      }
      if (step.bind === undefined && !cut) cut = await this.#wouldShow(step, resource);
      this.#drop(resource, step.bind === undefined ? 'over_cap' : 'outside_plan', step);
    }
    if (cut) this.#notices.push(notice('cut_by_cap', { n: step.cap, what: step.what }));
    return items;
  }

  /**
   * Documents with passages that fit the question, and those that cannot be read, which are said. The chosen passages
   * are remembered; what else the documents say is left out, and that is said.
   */
  async #fitting(step: Step, documents: readonly Resource[]): Promise<readonly Resource[]> {
    const readings = await Promise.all(documents.map((one) => this.#notes.read(one)));
    const chosen = rankPassages(
      this.#options.question,
      readings.map((reading) => (reading.state === 'shown' ? reading.passages : [])),
      { budget: rankedCharacters, documents: step.cap },
    );
    let left = 0;
    const fitting = documents.filter((document, place) => {
      const reading = readings[place];
      const passages = chosen[place] ?? [];
      if (reading?.state !== 'shown') return true;
      left += reading.passages.length - passages.length;
      this.#chosen.set(document, passages);
      if (passages.length === 0) this.#drop(document, 'over_cap', step);
      return passages.length > 0;
    });
    if (left > 0) this.#notices.push(notice('passages_ranked', { what: step.what }));
    return fitting;
  }

  async #wouldShow(step: Step, resource: Resource): Promise<boolean> {
    if (step.passages !== true) return true;
    const reading = await this.#notes.read(resource);
    return reading.state === 'unread' || (reading.state === 'shown' && !this.#texts.has(reading.text));
  }

  #named(resource: Resource): readonly Resource[] {
    const medication = medicationsAmong([...this.#included.values()])(resource);
    return medication === undefined ? [] : [medication];
  }

  async #item(
    step: Step,
    resource: Resource,
    counters: Record<string, number>,
    reader: FhirReader,
  ): Promise<ContextItem | undefined> {
    const projection = projections[resource.resourceType];
    if (projection === undefined || resource.id === undefined) return undefined;
    const labels = this.#labelsOf(resource);
    const passages = step.passages === true ? await this.#passages(resource) : [];
    if (passages === undefined) return undefined;
    const number = (counters[projection.letter] ?? 0) + 1;
    counters[projection.letter] = number;
    const lastUpdated = textOf(at(resource, 'meta', 'lastUpdated'));
    const key = `${projection.letter}${number}`;
    if (step.bind?.placeholder === 'anchor') this.#notices.push(notice('since_visit', { what: key }));
    return {
      key,
      resource: {
        type: resource.resourceType,
        id: resource.id,
        ...(lastUpdated === undefined ? {} : { lastUpdated }),
      },
      kind: projection.kind(resource),
      parts: this.#permittedParts(
        resource,
        labels,
        project(
          resource,
          this.#options.task.keep[resource.resourceType] ?? [],
          { medication: medicationsAmong([...this.#included.values()]) },
          step.remarks,
        ),
      ),
      passages,
      labels,
      provenance: { server: reader.server, step: step.id },
    };
  }

  /** What a resource is called may be harmless where a reason, a remark or a dosage in it is not. */
  #permittedParts(
    resource: Resource,
    labels: readonly Label[],
    parts: readonly ItemPart[],
  ): readonly ItemPart[] {
    const { labeller, withheld } = this.#options;
    const labelsOfText = (text: string): readonly Label[] => labeller.ofText(text, resource);
    return parts.flatMap((part) => {
      const reason = withheld(resource, merged(labels, labelsOfText(part.text)));
      if (reason === undefined) return [part];
      this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
      if (part.type !== 'text') return [];
      const whole = { text: part.text, start: 0, end: part.text.length, labels };
      const isWithheld = (carried: readonly Label[]): boolean => withheld(resource, carried) !== undefined;
      const left = withoutSentences(whole, isWithheld, labelsOfText, labels);
      return left.length === 0 ? [] : [{ ...part, text: left.map(({ text }) => text).join(' ') }];
    });
  }

  /** Passages that may be shown; undefined where the same was there before or nothing of it may be shown. */
  async #passages(document: Resource): Promise<ContextItem['passages'] | undefined> {
    const reading = await this.#notes.read(document);
    if (reading.state === 'unread') {
      this.#unread += 1;
      return [];
    }
    for (const reason of reading.withheld) this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
    if (reading.state === 'hidden') return undefined;
    if (this.#texts.has(reading.text)) {
      this.#drop(document, 'duplicate');
      return undefined;
    }
    this.#texts.add(reading.text);
    if (reading.shortened) this.#shortened += 1;
    return this.#chosen.get(document) ?? reading.passages;
  }

  #drop(resource: Resource, reason: DropReason, step?: Step): void {
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
    if (reason === 'unknown_modifier') {
      const what = step?.what ?? resource.resourceType;
      this.#unknown[what] = (this.#unknown[what] ?? 0) + 1;
    }
  }
}
