import { isRecord } from '../../../../src/vocabulary/fhir.ts';
import type { Asked, Json } from './proxy.ts';

/** Entries of a searchset. */
export const entriesOf = (body: Json): readonly Json[] =>
  Array.isArray(body['entry']) ? body['entry'].filter(isRecord) : [];

const isSearchset = (body: Json): boolean => body['resourceType'] === 'Bundle';

const resourceIn = (entry: Json | undefined): Json => {
  const resource = entry?.['resource'];
  return isRecord(resource) ? resource : {};
};

/** Adds entries that are made from the first one, where there is one. */
export const adding =
  (make: (first: Json, asked: Asked) => readonly Json[]) =>
  (body: Json, asked: Asked): Json => {
    const [first] = entriesOf(body);
    if (!isSearchset(body) || first === undefined) return body;
    return { ...body, entry: [...entriesOf(body), ...make(resourceIn(first), asked)] };
  };

export const match = (resource: Json): Json => ({ resource, search: { mode: 'match' } });
export const include = (resource: Json): Json => ({ resource, search: { mode: 'include' } });

/** Changes every row. */
export const eachRow =
  (change: (entry: Json, place: number) => Json) =>
  (body: Json): Json =>
    isSearchset(body) ? { ...body, entry: entriesOf(body).map(change) } : body;

/** Replaces the links of a searchset. */
export const linking =
  (link: (asked: Asked) => readonly Json[]) =>
  (body: Json, asked: Asked): Json =>
    isSearchset(body) ? { ...body, link: link(asked) } : body;

export const next = (url: string): Json => ({ relation: 'next', url });
