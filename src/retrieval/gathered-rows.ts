import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../errors/refusal.ts';
import { nameOf, type Resource } from '../vocabulary/fhir.ts';
import type { Page } from './bundle.ts';
import { at, textOf } from './elements.ts';
import type { SearchOptions, SearchResult } from './ports.ts';

/** Every row counts. */
const all = (): boolean => true;

const updated = (resource: Resource): number => Date.parse(textOf(at(resource, 'meta', 'lastUpdated')) ?? '');

/** The rows of one search as its pages come in, up to what is wanted of them. */
export class GatheredRows {
  readonly #matches: Resource[] = [];
  readonly #included: Resource[] = [];
  readonly #most: number;
  readonly #counts: (row: Resource) => boolean;
  readonly #onConflict: () => void;
  readonly #known = new Map<string, Resource>();
  #counted = 0;
  #distinct = 0;
  #total = 0;
  #failed = false;

  /** `onConflict` is told before a search whose rows contradict each other is refused. */
  constructor(limits: SearchOptions | undefined, onConflict: () => void) {
    this.#most = limits?.maxResources ?? 1000;
    this.#counts = limits?.counts ?? all;
    this.#onConflict = onConflict;
  }

  /** @throws Refusal `fhir_malformed` where two rows of one id differ and nothing tells which is newer */
  add(page: Page): void {
    this.#total = Math.max(this.#total, page.total);
    this.#failed ||= page.failed;
    for (const row of page.matches) {
      if (this.#isAgain(row, this.#matches)) continue;
      this.#distinct += 1;
      if (this.#counted <= this.#most && this.#counts(row)) this.#counted += 1;
      if (this.#counted <= this.#most) this.#matches.push(row);
    }
    for (const row of page.included) if (!this.#isAgain(row, this.#included)) this.#included.push(row);
  }

  /** One row more than is wanted was seen. */
  get #full(): boolean {
    return this.#counted > this.#most || (this.#counts === all && this.#included.length > this.#most);
  }

  /** No further page is needed. Where rows may not count, the limit is passed only by the next one that does. */
  get enough(): boolean {
    return this.#full || (this.#counts === all && this.#counted === this.#most);
  }

  /** `more`: there is a further page that was not asked for. */
  result(end: { readonly pages: number; readonly bytes: number; readonly more: boolean }): SearchResult {
    return {
      matches: this.#matches,
      included: this.#counts === all ? this.#included.slice(0, this.#most) : this.#included,
      pages: end.pages,
      bytes: end.bytes,
      cut: this.#full || end.more || this.#failed || this.#total > this.#distinct,
    };
  }

  /** A row that was there before, from a page that moved meanwhile; where it changed, the newer one counts. */
  #isAgain(row: Resource, list: Resource[]): boolean {
    const key = nameOf(row);
    const before = this.#known.get(key);
    this.#known.set(key, row);
    if (before === undefined || row.id === undefined) return false;
    if (isDeepStrictEqual(before, row)) return true;
    // NaN where either does not say.
    const later = updated(row) - updated(before);
    if (Number.isNaN(later) || later === 0) {
      this.#onConflict();
      throw new Refusal('fhir_malformed');
    }
    const newer = later > 0 ? row : before;
    this.#known.set(key, newer);
    const place = list.indexOf(before);
    if (place !== -1) list[place] = newer;
    return true;
  }
}
