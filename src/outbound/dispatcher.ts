import { Agent, type buildConnector, type Dispatcher, Pool, setGlobalDispatcher } from 'undici';
import type { AttestedWay } from './attested-way.ts';
import { boundedAnswer } from './bounded-answer.ts';

/** Thrown into a request whose origin the configuration does not name. It carries no address: that may be foreign text. */
export class OutboundRefused extends Error {
  readonly code = 'ERR_OUTBOUND_REFUSED';

  constructor() {
    super('the address is not in the configuration');
    this.name = 'OutboundRefused';
  }
}

/** How an origin is reached where plain TLS to its name is not the way. */
export type Way =
  | { readonly connect: buildConnector.connector }
  | { readonly socketPath: string }
  | {
      readonly cert: string;
      readonly key: string;
      readonly ca: string;
    };
export type Ways = ReadonlyMap<string, Way>;

export interface Outbound {
  /** For everything in this process that speaks HTTP: explicitly, and as the process-wide default under `serve`. */
  readonly dispatcher: Dispatcher;
  /**
   * The runtime's fetch through the dispatcher, for what issuers and authorization servers answer: metadata, keys,
   * tokens, introspection. The body is there when it resolves; one of more than a megabyte is an error.
   */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Origins of model endpoints that must prove themselves; their connections are opened to proven keys only. */
  readonly attested: ReadonlyMap<string, AttestedWay>;
  /** Makes it the way out of everything else in this process. */
  makeDefault(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** Of metadata, keys, tokens and what is said about them. */
const maxAnswerBytes = 1_048_576;

/** Connections to one origin; more requests at once wait for one. A slow stream of a model keeps its own. */
const connectionsPerOrigin = 1024;

const originOf = (origin: string | URL | undefined): string | undefined => {
  const text = String(origin ?? '');
  return URL.canParse(text) ? new URL(text).origin : undefined;
};

/**
 * The one way out of the process: a pool of connections to `origins` and to nothing else; `ways` says how some of them
 * are reached. Any other origin ends in
 * OutboundRefused before a name is looked up or a byte leaves, and `onRefused` hears of it. Redirects are not
 * followed here; a client that follows one by itself comes back through here with the new origin.
 */
export function createOutbound(
  origins: ReadonlySet<string>,
  onRefused: () => void = () => undefined,
  ways: Ways = new Map(),
  attested: ReadonlyMap<string, AttestedWay> = new Map(),
): Outbound {
  const limits = { connections: connectionsPerOrigin, pipelining: 1 };
  const agent = new Agent({
    ...limits,
    factory: (origin, options) => {
      const way = ways.get(originOf(origin) ?? '');
      if (way === undefined) return new Pool(origin, options);
      const connect = 'connect' in way ? way.connect : { ...way, rejectUnauthorized: true };
      return new Pool(origin, { ...limits, connect });
    },
  });
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    // Most name it as it stands in the configuration; another way of writing it is read first.
    const named = options.origin;
    const origin = typeof named === 'string' && origins.has(named) ? named : originOf(named);
    if (origin === undefined || !origins.has(origin)) {
      onRefused();
      throw new OutboundRefused();
    }
    return dispatch(options, handler);
  });
  // The runtime's own types name the dispatcher of the undici inside it; the two are made to work together.
  const through: object = { dispatcher };
  return {
    dispatcher,
    fetch: async (url, init) => boundedAnswer(await fetch(url, { ...init, ...through }), maxAnswerBytes),
    attested,
    makeDefault: () => setGlobalDispatcher(dispatcher),
    close: async () => {
      for (const way of attested.values()) way.trustNone();
      await agent.destroy();
    },
  };
}
