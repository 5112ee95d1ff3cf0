import type { DropReason } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { Notice } from '../vocabulary/notices.ts';
import type { ServerFault } from '../vocabulary/server-fault.ts';
import { dropped } from './drop-notices.ts';
import type { FhirReader } from './ports.ts';
import type { Step } from './task.ts';

/** What one retrieval leaves out, counted by its reason. */
export class Drops {
  readonly counts: Partial<Record<DropReason, number>> = {};
  readonly #reader: FhirReader;
  readonly #unknown: Record<string, number> = {};
  /** Of the counts those that the server is not to blame for. */
  readonly #own: Partial<Record<DropReason, number>> = {};
  #foreign = 0;
  #unread = 0;
  #shortened = 0;

  constructor(reader: FhirReader) {
    this.#reader = reader;
  }

  /** `fault`: the server is to blame, and whoever watches it is told. */
  drop(resource: Resource, reason: DropReason, step?: Step, fault?: ServerFault): void {
    if (fault === undefined) this.count(reason);
    else {
      this.counts[reason] = (this.counts[reason] ?? 0) + 1;
      this.#foreign += 1;
      this.#reader.suspect?.(fault, 1, resource);
    }
    if (reason === 'unknown_modifier') {
      const what = step?.what ?? resource.resourceType;
      this.#unknown[what] = (this.#unknown[what] ?? 0) + 1;
    }
  }

  /** A part of a resource, such as a passage. */
  count(reason: DropReason): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
    this.#own[reason] = (this.#own[reason] ?? 0) + 1;
  }

  /** A document that cannot be read. */
  unread(): void {
    this.#unread += 1;
  }

  /** A document of which only the beginning is shown. */
  shortened(): void {
    this.#shortened += 1;
  }

  /** What is said about all this; `constant`: the privacy notice always stands; `vital`: allergies or active drugs may be missing. */
  notices(privacyNotice: 'constant' | 'specific', vital: boolean): readonly Notice[] {
    return dropped({
      counts: this.#own,
      foreign: this.#foreign,
      unknown: this.#unknown,
      unread: this.#unread,
      shortened: this.#shortened,
      privacyNotice,
      vital,
    });
  }
}
