import type { FhirReader, SearchResult } from '../ports.ts';
import { type ServerNames, turned } from './server-names.ts';

/** What a search comes to that names nothing of a server. */
export const nothing: SearchResult = { matches: [], included: [], pages: 0, bytes: 0, cut: false };

/** A reader of another record system that speaks the names of here, in what it is asked and in what it answers. */
export const elsewhereReader = (inner: FhirReader, names: ServerNames): FhirReader =>
  Object.freeze({
    server: inner.server,
    async search(
      type: Parameters<FhirReader['search']>[0],
      params: Parameters<FhirReader['search']>[1],
      options: Parameters<FhirReader['search']>[2],
    ): Promise<SearchResult> {
      const sent = turned(type, params, (reference) => names.there(reference));
      if (sent === undefined) return nothing;
      const counts = options?.counts;
      const found = await inner.search(type, sent, {
        ...options,
        ...(counts === undefined ? {} : { counts: (row) => counts(names.renamed(row)) }),
      });
      return {
        ...found,
        matches: found.matches.map((row) => names.renamed(row)),
        included: found.included.map((row) => names.renamed(row)),
      };
    },
    async read(type: string, id: string) {
      const there = names.there(`${type}/${id}`)?.split('/')[1];
      const found = there === undefined ? undefined : await inner.read(type, there);
      return found === undefined ? undefined : names.renamed(found);
    },
    async binary(id: string) {
      const there = names.there(`Binary/${id}`)?.split('/')[1];
      const content = there === undefined ? undefined : await inner.binary(there);
      if (content?.securityContext === undefined) return content;
      return { ...content, securityContext: names.here(content.securityContext) };
    },
    capabilities: () => inner.capabilities(),
    suspect: (...told: Parameters<NonNullable<FhirReader['suspect']>>) => inner.suspect?.(...told),
  });
