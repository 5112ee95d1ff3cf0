import type { ServerResponse } from 'node:http';
import { isRecord } from '../../../../src/vocabulary/fhir.ts';
import { type FhirDouble, type Seen, startDouble } from '../fhir-double.ts';

/** One request on its way to the honest server. */
export interface Asked {
  readonly method: string;
  /** Below the FHIR base: `Observation/_search`. */
  readonly path: string;
  /** Parameters of a search by POST; changes reach the honest server. */
  readonly form: URLSearchParams;
  /** How many requests came before, of this path. */
  readonly nth: number;
  /** FHIR base of the hostile server. */
  readonly base: string;
}

export type Json = Record<string, unknown>;

/** What a server does instead of, or with, the honest answer. Whatever is absent stays honest. */
export interface Conduct {
  /** Changes what is asked for before it is answered. */
  readonly ask?: (asked: Asked) => void;
  /** Changes the honest answer. */
  readonly answer?: (body: Json, asked: Asked) => unknown;
  /** Answers itself; false leaves the request to the others. */
  readonly take?: (asked: Asked, response: ServerResponse) => boolean;
  /** Headers of an answer that is otherwise honest. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** Only requests whose path begins so; all searches and reads but `metadata` by default. */
  readonly only?: string;
}

/** A FHIR server that stands before an honest one and spoils what that says. */
export function startHostile(honest: string, conduct: Conduct): Promise<FhirDouble> {
  const counts = new Map<string, number>();
  const handle = async (seen: Seen, response: ServerResponse, base: string): Promise<void> => {
    const { method } = seen;
    const path = seen.path.replace(/^\/fhir\/?/, '');
    const nth = counts.get(path) ?? 0;
    counts.set(path, nth + 1);
    const asked = { method, path, nth, base, form: new URLSearchParams(seen.body) };
    const strikes = conduct.only === undefined ? path !== 'metadata' : path.startsWith(conduct.only);
    if (strikes && conduct.take?.(asked, response) === true) return;
    if (strikes) conduct.ask?.(asked);
    const answered = await fetch(`${honest}/${path}`, {
      method,
      headers: {
        authorization: seen.authorization,
        accept: 'application/fhir+json',
        prefer: 'handling=strict',
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { body: asked.form.toString() } : {}),
    });
    const text = (await answered.text()).replaceAll(honest, base);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const spoiled = strikes && isRecord(body) ? (conduct.answer?.({ ...body }, asked) ?? body) : body;
    const headers = { 'content-type': 'application/fhir+json', ...(strikes ? conduct.headers : {}) };
    response.writeHead((strikes ? conduct.status : undefined) ?? answered.status, headers);
    response.end(typeof spoiled === 'string' ? spoiled : JSON.stringify(spoiled));
  };
  return startDouble((seen, response, base) => {
    handle(seen, response, base).catch(() => response.destroy());
  });
}
