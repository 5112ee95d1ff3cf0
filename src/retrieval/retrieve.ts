import { merged } from '../labels/labeller.ts';
import type { ContextItem, ItemPart, Label, Passage, RetrievedRecord } from '../vocabulary/context-item.ts';
import { nameOf, type Resource } from '../vocabulary/fhir.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';
import { collectIdentity } from './collect-identity.ts';
import { Drops } from './drops.ts';
import { at, textOf } from './elements.ts';
import { NoteReadings } from './note-readings.ts';
import { replacedBy, withoutSentences } from './notes.ts';
import { PlanRun } from './plan-run.ts';
import type { Capabilities, FhirReader } from './ports.ts';
import { project } from './projection/project.ts';
import { projections } from './projection/projections.ts';
import { rankPassages } from './rank-passages.ts';
import type { RetrieveOptions } from './retrieve-options.ts';
import type { Step } from './task.ts';
import { vitalTypes } from './vital.ts';
import { whatIsMissing } from './what-is-missing.ts';

/** Characters of ranked passages in one context: about 2,000 tokens. */
const rankedCharacters = 8_000;

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

/** Turns what a plan brought into items: no duplicates, no more than the caps, projected, with passages. */
class Retrieval {
  readonly #options: RetrieveOptions;
  readonly #capabilities: Capabilities;
  readonly #drops: Drops;
  readonly #plan: PlanRun;
  readonly #notices: Notice[] = [];
  readonly #taken = new Set<string>();
  readonly #notes: NoteReadings;
  readonly #texts = new Set<string>();
  readonly #chosen = new WeakMap<Resource, readonly Passage[]>();

  constructor(options: RetrieveOptions, capabilities: Capabilities) {
    this.#options = options;
    this.#capabilities = capabilities;
    this.#drops = new Drops(options.reader);
    this.#plan = new PlanRun(options, capabilities, this.#drops);
    this.#notes = new NoteReadings(options, (document) => this.#plan.labelsOf(document));
  }

  async run(): Promise<RetrievedRecord> {
    const { closedElsewhere = 0, privacyNotice, reader, task } = this.#options;
    await this.#plan.run();
    const { fetched, received, results, searches, bytes } = this.#plan;
    const items: ContextItem[] = [];
    const counters: Record<string, number> = {};
    for (const step of task.steps) items.push(...(await this.#itemsOf(step, counters, reader)));
    for (let n = 0; n < closedElsewhere; n += 1) this.#drops.count('withheld_consent');
    const ran = new Set([...results.values()].filter((one) => one.ran).map((one) => one.step.id));
    return {
      items,
      notices: [
        ...this.#plan.notices,
        ...this.#notices,
        ...whatIsMissing(task, this.#capabilities, ran, items),
        ...this.#drops.notices(privacyNotice, this.#saysVital()),
      ],
      fetched,
      dropped: this.#drops.counts,
      vitalWithheld: this.#vitalWithheld,
      identity: collectIdentity(received),
      searches,
      bytes,
    };
  }

  /** What is in a record system that is closed as a whole is not known: it may be vital. */
  get #vitalWithheld(): number {
    return this.#plan.vitalWithheld + (this.#readsVital ? (this.#options.closedElsewhere ?? 0) : 0);
  }

  get #readsVital(): boolean {
    return this.#options.task.dataTypes.some((type) => vitalTypes.has(type));
  }

  #saysVital(): boolean {
    const { safetyNotice } = this.#options;
    if (safetyNotice === 'constant') return this.#readsVital;
    return safetyNotice === 'specific' && this.#vitalWithheld > 0;
  }

  /** The rows of a step that may go on: not replaced, not yet there. */
  async #admit(step: Step): Promise<readonly Resource[]> {
    const kept = this.#plan.results.get(step.id)?.kept ?? [];
    const replaced = step.passages === true ? await this.#notes.replaced(kept) : replacedBy(kept);
    return kept.filter((one) => {
      const key = nameOf(one);
      const reason = replaced.has(one.id ?? '')
        ? 'superseded'
        : this.#taken.has(key)
          ? 'duplicate'
          : undefined;
      this.#taken.add(key);
      if (reason !== undefined) this.#drops.drop(one, reason, step);
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
      this.#drops.drop(resource, step.bind === undefined ? 'over_cap' : 'outside_plan', step);
    }
    if (cut)
      this.#notices.push(
        notice(step.soonestFirst === true ? 'cut_ahead' : 'cut_by_cap', { n: step.cap, what: step.what }),
      );
    return items;
  }

  /**
   * Documents with passages that fit the question, and those that cannot be read, which are said. The chosen passages
   * are remembered; what else the documents say is left out, and that is said.
   */
  async #fitting(step: Step, documents: readonly Resource[]): Promise<readonly Resource[]> {
    const readings = await Promise.all(documents.map((one) => this.#notes.read(one)));
    let spent = false;
    const chosen = rankPassages(
      this.#options.question,
      readings.map((reading) => (reading.state === 'shown' ? reading.passages : [])),
      {
        budget: rankedCharacters,
        documents: step.cap,
        admits: (passage, place) => {
          const document = documents[place];
          const admitted = document !== undefined && (this.#options.admits?.(document, passage) ?? true);
          spent ||= !admitted;
          return admitted;
        },
      },
    );
    if (spent) this.#notices.push(notice('passages_spent', { what: step.what }));
    let left = 0;
    const fitting = documents.filter((document, place) => {
      const reading = readings[place];
      const passages = chosen[place] ?? [];
      if (reading?.state !== 'shown') return true;
      left += reading.passages.length - passages.length;
      this.#chosen.set(document, passages);
      if (passages.length === 0) this.#drops.drop(document, 'over_cap', step);
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

  async #item(
    step: Step,
    resource: Resource,
    counters: Record<string, number>,
    reader: FhirReader,
  ): Promise<ContextItem | undefined> {
    const projection = projections[resource.resourceType];
    if (projection === undefined || resource.id === undefined) return undefined;
    const labels = this.#plan.labelsOf(resource);
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
          { medication: this.#plan.medication },
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
      this.#drops.count(reason);
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
      this.#drops.unread();
      return [];
    }
    for (const reason of reading.withheld) this.#drops.count(reason);
    if (reading.state === 'hidden') return undefined;
    if (this.#texts.has(reading.text)) {
      this.#drops.drop(document, 'duplicate');
      return undefined;
    }
    this.#texts.add(reading.text);
    if (reading.shortened) this.#drops.shortened();
    return this.#chosen.get(document) ?? reading.passages;
  }
}
