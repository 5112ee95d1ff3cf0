import { createServer, type Server, type ServerResponse } from 'node:http';
import { isRecord } from '../../../../src/vocabulary/fhir.ts';

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

export interface HostileServer {
  readonly base: string;
  close(): Promise<void>;
}

const originOf = (server: Server): string => {
  const address = server.address();
  if (!isRecord(address)) throw new Error('the server has no port');
  return `http://127.0.0.1:${String(address['port'])}`;
};

/** A FHIR server that stands before an honest one and spoils what that says. */
export async function startHostile(honest: string, conduct: Conduct): Promise<HostileServer> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      const base = `${originOf(server)}/fhir`;
      const path = (request.url ?? '').replace(/^\/fhir\/?/, '');
      const nth = counts.get(path) ?? 0;
      counts.set(path, nth + 1);
      const method = request.method ?? '';
      const asked = { method, path, nth, base, form: new URLSearchParams(Buffer.concat(chunks).toString()) };
      const strikes = conduct.only === undefined ? path !== 'metadata' : path.startsWith(conduct.only);
      if (strikes && conduct.take?.(asked, response) === true) return;
      if (strikes) conduct.ask?.(asked);
      const answered = await fetch(`${honest}/${path}`, {
        method,
        headers: {
          authorization: request.headers.authorization ?? '',
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
    handle().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `${originOf(server)}/fhir`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
