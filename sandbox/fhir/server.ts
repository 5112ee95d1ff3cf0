import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { keptAliveMs } from '../../src/http/listeners.ts';
import type { Clock } from '../../src/vocabulary/time.ts';
import { Access, type Authorize } from './access.ts';
import { control } from './controls.ts';
import { FaultSwitches, type Strike } from './faults.ts';
import {
  type Answer,
  batch,
  type Interaction,
  metadata,
  type Preferences,
  read,
  route,
  type Surroundings,
  search,
} from './interactions.ts';
import { FhirFailure } from './outcome.ts';
import { RequestLog } from './request-log.ts';
import type { Pair } from './search/query.ts';
import { Cursors } from './searchset.ts';
import type { FhirStore } from './store.ts';
import { deliver, failureAnswer, parseJson, readBody, send } from './transport.ts';

/** One finished request, without ids or parameters. */
interface FhirServerLogLine {
  readonly method: string;
  readonly interaction: string;
  readonly type: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface FhirServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly store: FhirStore;
  readonly authorize: Authorize;
  readonly clock: Clock;
  /** How long a connection at rest is kept, in milliseconds. */
  readonly keepAliveMs?: number;
  readonly log?: (line: FhirServerLogLine) => void;
}

export interface FhirServer {
  /** FHIR base URL, `http://127.0.0.1:PORT/fhir`. */
  readonly base: string;
  /** Where the controls live, `http://127.0.0.1:PORT`; they answer below the base as well. */
  readonly control: string;
  readonly store: FhirStore;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const limits = { form: 64 * 1024, batch: 1024 * 1024, control: 64 * 1024 * 1024 } as const;

/** Starts the sandbox's FHIR R4 server on loopback. Rejects when the port is taken. */
export async function startFhirServer(options: FhirServerOptions): Promise<FhirServer> {
  const server = createServer({ keepAliveTimeout: options.keepAliveMs ?? keptAliveMs });
  await listen(server, options.port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const authority = `${host}:${address.port}`;
  const handler = new Handler(options, authority);
  server.on('request', (request, response) => void handler.handle(request, response));
  return {
    base: handler.base,
    control: `http://${authority}`,
    store: options.store,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

interface Asked {
  readonly interaction: Interaction;
  readonly query: readonly Pair[];
  readonly body: Buffer;
  readonly form: readonly Pair[] | undefined;
}

class Handler {
  readonly base: string;
  readonly #authority: string;
  readonly #options: FhirServerOptions;
  readonly #around: Surroundings;
  readonly #faults = new FaultSwitches();
  readonly #requests = new RequestLog();

  constructor(options: FhirServerOptions, authority: string) {
    this.#options = options;
    this.#authority = authority;
    this.base = `http://${authority}/fhir`;
    this.#around = {
      store: options.store,
      base: this.base,
      cursors: new Cursors(),
      now: () => options.clock.now(),
    };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    let logged = { interaction: 'none', type: '' };
    try {
      this.#guard(request);
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      const [root, ...below] = path.replace(/^\//, '').split('/');
      const name = root === 'fhir' && below.length === 1 ? below[0] : below.length === 0 ? root : undefined;
      if (name?.startsWith('__') === true) {
        logged = { interaction: 'control', type: name };
        return await this.#control(request, response, name);
      }
      if (root !== 'fhir') throw new FhirFailure(404, 'not-found', 'the FHIR base is /fhir');
      const asked = await this.#read(request, path, below, query);
      logged = { interaction: asked.interaction.kind, type: asked.interaction.type ?? '' };
      await this.#answer(request, response, asked);
    } catch (thrown) {
      const failure =
        thrown instanceof FhirFailure ? thrown : new FhirFailure(500, 'exception', 'the server failed');
      if (response.headersSent) response.destroy();
      else send(response, failureAnswer(failure));
    } finally {
      this.#options.log?.({
        method: request.method ?? '',
        ...logged,
        status: response.statusCode,
        milliseconds: performance.now() - started,
      });
    }
  }

  /** Only local programs that mean this listener: no page in a browser, no other name that resolves here. */
  #guard(request: IncomingMessage): void {
    if (request.headers.host !== this.#authority) {
      throw new FhirFailure(403, 'forbidden', 'the Host header is not that of this listener');
    }
    if (request.headers.origin !== undefined) {
      throw new FhirFailure(403, 'forbidden', 'requests from web pages are refused');
    }
  }

  async #control(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const { store } = this.#options;
    const controlled = { store, faults: this.#faults, requests: this.#requests, now: this.#around.now };
    const body = async () => parseJson(await readBody(request, limits.control));
    send(response, await control(request.method ?? '', name, controlled, body), 'application/json');
  }

  /** Reads path, parameters and body, and notes the request before anything is decided about it. */
  async #read(
    request: IncomingMessage,
    path: string,
    below: readonly string[],
    queryText: string,
  ): Promise<Asked> {
    const method = request.method ?? '';
    const query = [...new URLSearchParams(queryText)];
    const media = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const body = await readBody(request, below.length === 0 ? limits.batch : limits.form);
    const isForm = media === 'application/x-www-form-urlencoded';
    const form = isForm ? [...new URLSearchParams(body.toString('utf8'))] : undefined;
    this.#requests.add({ at: this.#around.now(), method, path, query, form, headers: request.headers });
    const segments = below.length === 1 && below[0] === '' ? [] : below;
    const interaction = route(method, segments, this.#options.store);
    if (interaction.kind === 'search' && method === 'POST' && !isForm && body.length > 0) {
      throw new FhirFailure(415, 'not-supported', 'send application/x-www-form-urlencoded');
    }
    if (interaction.kind === 'batch' && media !== 'application/fhir+json' && media !== 'application/json') {
      throw new FhirFailure(415, 'not-supported', 'send application/fhir+json');
    }
    return { interaction, query, body, form };
  }

  async #answer(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
    const { interaction } = asked;
    const preferences = preferencesOf(request, asked.query);
    if (interaction.kind === 'metadata') {
      await deliver(response, metadata(this.#around), this.#faults.strike('metadata', 'GET'));
      return;
    }
    const access = await this.#access(request);
    const strike = this.#faults.strike(interaction.type, request.method ?? '');
    let answer: Answer;
    try {
      answer = this.#perform(interaction, access, strike, asked, preferences);
    } catch (thrown) {
      if (!(thrown instanceof FhirFailure)) throw thrown;
      answer = failureAnswer(thrown);
    }
    await deliver(response, answer, strike);
  }

  #perform(
    interaction: Exclude<Interaction, { kind: 'metadata' }>,
    access: Access,
    strike: Strike,
    asked: Asked,
    preferences: Preferences,
  ): Answer {
    const { query, form, body } = asked;
    if (interaction.kind === 'search') {
      const pairs = [...query, ...(form ?? [])];
      return search(this.#around, access, strike, interaction.type, pairs, preferences.strict);
    }
    if (interaction.kind === 'read') {
      return read(this.#around, access, strike, interaction, query, preferences.accept);
    }
    return batch(this.#around, access, strike, parseJson(body), preferences);
  }

  /** Throws 401 with a challenge (RFC 6750 section 3) unless the port knows the token. */
  async #access(request: IncomingMessage): Promise<Access> {
    const [, token] = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    const authorization = token === undefined ? undefined : await this.#options.authorize(token);
    if (authorization === undefined) {
      const error = token === undefined ? '' : ', error="invalid_token"';
      throw new FhirFailure(401, 'login', 'a valid bearer token is needed', {
        'www-authenticate': `Bearer realm="fhir"${error}`,
      });
    }
    return new Access(authorization, this.#options.store, this.base);
  }
}

/** Strictness and media type. Throws 406 when only what this server does not speak is accepted. */
function preferencesOf(request: IncomingMessage, query: readonly Pair[]): Preferences {
  const format = query.find(([name]) => name === '_format')?.[1];
  const accept = (format ?? request.headers.accept ?? '').toLowerCase();
  if (accept.includes('xml') && !/json|\*\/\*/.test(accept)) {
    throw new FhirFailure(406, 'not-supported', 'answers are application/fhir+json only');
  }
  const prefer = request.headers['prefer'];
  const handling = (Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')).toLowerCase();
  return { strict: /\bhandling=strict\b/.test(handling), accept };
}
