import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { textOf } from './elements.ts';
import { Busy, refusalOfStatus } from './exchange.ts';
import type { SearchOptions, SearchResult } from './ports.ts';

/** One search as it is sent, alone or as an entry of a batch. */
export interface BatchedSearch {
  readonly type: string;
  readonly params: Readonly<Record<string, string | string[]>>;
  readonly limits: SearchOptions | undefined;
}

/** What became of one search of a batch: one that is refused takes no other with it. */
export type BatchAnswer = SearchResult | Refusal;

/** Searches of one batch at most; more go as further batches. */
const mostSearches = 16;

/** A Bundle of type `batch` (`https://hl7.org/fhir/R4/http.html#transaction`): URLs with ids stand in its body only. */
export const batchOf = (
  searches: readonly BatchedSearch[],
): { resourceType: 'Bundle'; type: string; entry: readonly object[] } => ({
  resourceType: 'Bundle',
  type: 'batch',
  entry: searches.map(({ type, params }) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(params))
      for (const one of [value].flat()) query.append(name, one);
    return { request: { method: 'GET', url: `${type}?${query.toString()}` } };
  }),
});

/** The searchset of one entry, or why there is none. */
export type BatchReply = { readonly bundle: unknown } | Refusal;

/**
 * The entries of a batch-response in the order of the searches.
 *
 * @throws Refusal `fhir_malformed` where it is none, or has more or fewer entries: which answers what is then unknown
 */
export function batchReplies(body: unknown, searches: number): readonly BatchReply[] {
  const entries: unknown = isRecord(body) ? body['entry'] : undefined;
  const isReply = isRecord(body) && body['resourceType'] === 'Bundle' && body['type'] === 'batch-response';
  if (!isReply || !Array.isArray(entries) || entries.length !== searches) throw new Refusal('fhir_malformed');
  return entries.map((entry: unknown): BatchReply => {
    const response = isRecord(entry) ? entry['response'] : undefined;
    const status = Number(/^\d{3}/.exec(textOf(isRecord(response) ? response['status'] : '') ?? '')?.[0]);
    if (!isRecord(entry) || Number.isNaN(status)) return new Refusal('fhir_malformed');
    if (status !== 200) return refusalOfStatus(status);
    return { bundle: entry['resource'] };
  });
}

interface Waiting {
  readonly search: BatchedSearch;
  readonly resolve: (result: SearchResult) => void;
  readonly reject: (thrown: unknown) => void;
}

/** Searches that are asked for in the same turn go together; a single one goes alone. */
export function gathering(
  together: (searches: readonly BatchedSearch[]) => Promise<readonly BatchAnswer[]>,
  alone: (search: BatchedSearch) => Promise<SearchResult>,
): (search: BatchedSearch) => Promise<SearchResult> {
  let waiting: Waiting[] = [];

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    const [first] = batch;
    try {
      if (first !== undefined && batch.length === 1) return first.resolve(await alone(first.search));
      const answers = await together(batch.map(({ search }) => search));
      for (const [place, { search, resolve, reject }] of batch.entries()) {
        const answer = answers[place] ?? new Refusal('fhir_malformed');
        // As a search that is busy is asked again, so is one of a batch.
        if (answer instanceof Busy) alone(search).then(resolve, reject);
        else if (answer instanceof Refusal) reject(answer);
        else resolve(answer);
      }
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  };

  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += mostSearches)
      void send(all.slice(from, from + mostSearches));
  };

  return (search) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push({ search, resolve, reject });
    });
}
