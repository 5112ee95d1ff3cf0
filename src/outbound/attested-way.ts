import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { TLSSocket } from 'node:tls';
import { type buildConnector, Client } from 'undici';

/** Of an answer with evidence: eight GPUs and their certificates are less than half of it. */
const mostBytes = 1_048_576;

/** Thrown into a request whose connection leads to a key that nothing was proven of. */
export class KeyNotProven extends Error {
  readonly code = 'ERR_KEY_NOT_PROVEN';

  constructor() {
    super('the key of the connection is not proven');
    this.name = 'KeyNotProven';
  }
}

/** Public key of the other side, SubjectPublicKeyInfo as DER; undefined where there is no TLS. */
function keyOf(socket: unknown): Buffer | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate?.publicKey.export({ type: 'spki', format: 'der' });
}

const hashOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex');

/** How one origin is asked for evidence. */
export interface AttestedOrigin {
  readonly origin: string;
  /** Where evidence is; the nonce is added as `nonce`. */
  readonly path: string;
  readonly timeoutMs: number;
}

/**
 * The way to an endpoint that must prove itself: TLS as elsewhere (names and authorities are checked by `connect`,
 * which takes up no earlier TLS session), and beyond that each connection leads to a key that was proven, or is closed
 * before anything is sent. A connection ends with the trust in its key, whatever is on it.
 */
export class AttestedWay {
  readonly #at: AttestedOrigin;
  readonly #inner: buildConnector.connector;
  /** Until when each key is trusted, on the clock of `performance`. */
  readonly #trusted = new Map<string, number>();
  readonly #sockets = new Map<TLSSocket, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(at: AttestedOrigin, inner: buildConnector.connector) {
    this.#at = at;
    this.#inner = inner;
  }

  /** For whatever is sent to the endpoint. */
  readonly connect: buildConnector.connector = (options, callback) =>
    this.#inner(options, (...result) => {
      const [fault, socket] = result;
      if (fault !== null) return callback(fault, null);
      const key = keyOf(socket);
      const hash = key === undefined ? undefined : hashOf(key);
      if (!(socket instanceof TLSSocket) || hash === undefined || !this.#stands(hash)) {
        socket.destroy();
        return callback(new KeyNotProven(), null);
      }
      this.#sockets.set(socket, hash);
      socket.once('close', () => this.#sockets.delete(socket));
      return callback(null, socket);
    });

  /** Connections to the owner of this key (SHA-256, hex) may stand for so many milliseconds from now. */
  trust(key: string, lastsMs: number): void {
    this.#trusted.set(key, performance.now() + lastsMs);
    this.#sweep();
  }

  /** No connection may stand any more: all are ended at once. */
  trustNone(): void {
    this.#trusted.clear();
    this.#sweep();
  }

  /** Asks for evidence over a connection of its own, which is closed afterwards. */
  async ask(nonce: string): Promise<{ readonly body: string; readonly key: Uint8Array }> {
    let key: Uint8Array | undefined;
    const connect: buildConnector.connector = (options, callback) =>
      this.#inner(options, (...result) => {
        const [fault, socket] = result;
        if (fault !== null) return callback(fault, null);
        key = keyOf(socket);
        return callback(null, socket);
      });
    const { origin, path, timeoutMs } = this.#at;
    const client = new Client(origin, { connect, pipelining: 1 });
    try {
      const response = await client.request({
        method: 'GET',
        path: `${path}?nonce=${nonce}`,
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = await boundedText(response.body);
      if (response.statusCode !== 200 || key === undefined) throw new KeyNotProven();
      return { body, key };
    } finally {
      await client.destroy();
    }
  }

  #stands(key: string): boolean {
    return (this.#trusted.get(key) ?? 0) > performance.now();
  }

  /** Connections whose key is trusted no more are closed, and it is looked again when the next trust ends. */
  #sweep(): void {
    clearTimeout(this.#timer);
    for (const key of this.#trusted.keys()) if (!this.#stands(key)) this.#trusted.delete(key);
    for (const [socket, key] of this.#sockets) if (!this.#stands(key)) socket.destroy(new KeyNotProven());
    if (this.#trusted.size === 0) return;
    const next = Math.min(...this.#trusted.values()) - performance.now();
    this.#timer = setTimeout(() => this.#sweep(), Math.max(1, Math.min(next, 2_147_483_647)));
    this.#timer.unref();
  }
}

async function boundedText(body: AsyncIterable<unknown>): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('the body is not bytes');
    length += piece.length;
    if (length > mostBytes) throw new RangeError('the evidence is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
