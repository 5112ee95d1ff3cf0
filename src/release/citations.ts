import type { RedactedItem } from '../redaction/ports.ts';

export interface Citation {
  readonly key: string;
  /** Relative reference, `Observation/123`. */
  readonly resource: string;
  /** Id of the FHIR server in the configuration, where it is not the tenant's own one. */
  readonly server?: string;
}

const lists = /\[([A-Z]\d{1,4}(?:\s?[,;]\s?[A-Z]\d{1,4}){0,19})\]/g;

/** `[O1]`, `[O1, M2]`: places where an answer cites. */
export const citationLists = (text: string): { start: number; end: number; list: string }[] =>
  [...text.matchAll(lists)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    list: match[1] ?? '',
  }));

export const keysOf = (list: string): string[] => list.split(/\s?[,;]\s?/);

/** What an answer cites of the context, in the order of first mention. Unknown keys are left out. */
export function citationsOf(
  text: string,
  items: readonly Pick<RedactedItem, 'key' | 'resource'>[],
): Citation[] {
  const byKey = new Map(items.map(({ key, resource }) => [key, resource]));
  const keys = new Set(citationLists(text).flatMap(({ list }) => keysOf(list)));
  return [...keys].flatMap((key) => {
    const resource = byKey.get(key);
    if (resource === undefined) return [];
    const { elsewhere, id, type } = resource;
    return [
      {
        key,
        resource: `${type}/${id}`,
        ...(elsewhere === undefined ? {} : { server: elsewhere.server }),
      },
    ];
  });
}
