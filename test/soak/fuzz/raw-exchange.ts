import { connect } from 'node:net';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { Dice } from '../../fixtures/honest-log.ts';
import type { Reply } from '../../fixtures/running-sandbox.ts';
import { type Given, wireSpoilings } from './spoil-wire.ts';

/** What was sent over one bare connection and what came back. */
export interface Exchange {
  readonly what: string;
  /** Requests that a reader of HTTP could find in it. */
  readonly requests: number;
  readonly replies: readonly Reply[];
  /** Bytes after the last whole reply. */
  readonly rest: string;
  /** False where the gateway neither answered nor closed in time. */
  readonly ended: boolean;
}

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
};

/** A chunked body (RFC 9112, section 7.1) and what follows it; undefined where it is not complete. */
function chunked(text: string): readonly [body: string, rest: string] | undefined {
  let body = '';
  for (let left = text; ; ) {
    const [line] = /^[0-9a-f]+\r\n/i.exec(left) ?? [];
    if (line === undefined) return undefined;
    const size = Number.parseInt(line, 16);
    if (left.length < line.length + size + 2) return undefined;
    body += left.slice(line.length, line.length + size);
    left = left.slice(line.length + size + 2);
    if (size === 0) return [body, left];
  }
}

/** The first reply in the text and what follows it. Latin-1 text: one letter a byte. */
function firstReply(text: string): readonly [reply: Reply, rest: string] | undefined {
  const end = text.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  if (end < 0 || Number.isNaN(status)) return undefined;
  const headers = new Headers();
  for (const line of text.slice(0, end).split('\r\n').slice(1)) {
    const [name = '', ...value] = line.split(':');
    headers.append(name, value.join(':').trim());
  }
  const after = text.slice(end + 4);
  // Without a length a body lasts until the connection ends (RFC 9112, section 6.3).
  const length = status < 200 ? 0 : Number(headers.get('content-length') ?? after.length);
  const [bytes, rest] = headers.has('transfer-encoding')
    ? (chunked(after) ?? [undefined, ''])
    : after.length < length
      ? [undefined, '']
      : [after.slice(0, length), after.slice(length)];
  if (bytes === undefined) return undefined;
  const body = Buffer.from(bytes, 'latin1').toString();
  return [{ status, body: parsed(body), text: body, trail: headers.get('phi-trail') ?? '', headers }, rest];
}

/** Whole replies in the order of the wire; interim ones (1xx) are none. */
function repliesIn(text: string): { readonly replies: readonly Reply[]; readonly rest: string } {
  const replies: Reply[] = [];
  let rest = text;
  for (let next = firstReply(rest); next !== undefined; next = firstReply(rest)) {
    if (next[0].status >= 200) replies.push(next[0]);
    rest = next[1];
  }
  return { replies, rest };
}

/** How long a connection is held, in milliseconds: shortly where the gateway may rightly wait for more. */
const patience = { answered: 15_000, waiting: 400 } as const;

/** One connection with one thing wrong on it, drawn by `dice`. */
export function exchangeOf(gateway: string, token: string, patient: string, dice: Dice): Promise<Exchange> {
  const { hostname, port, host } = new URL(gateway);
  const body = JSON.stringify({
    messages: [{ role: 'user', content: 'What is the latest LDL?' }],
    phi: { patient, task: 'cholesterol.latest', purpose: 'TREAT' },
  });
  const given: Given = { host, token, body, dice };
  const names = Object.keys(wireSpoilings);
  const what = names[dice(names.length)] ?? '';
  const { pieces, requests, waits } = wireSpoilings[what]?.(given) ?? {
    pieces: [],
    requests: 0,
    waits: true,
  };
  return new Promise((resolve) => {
    let text = '';
    let ended = false;
    const socket = connect(Number(port), hostname);
    const timer = setTimeout(() => socket.destroy(), waits ? patience.waiting : patience.answered);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (repliesIn(text).replies.length < requests) return;
      ended = true;
      socket.end();
    });
    socket.on('end', () => {
      ended = true;
    });
    socket.on('error', () => {
      ended = true;
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ what, requests, ...repliesIn(text), ended: ended || waits });
    });
    const send = (at: number): void => {
      const piece = pieces[at];
      if (piece === undefined || socket.destroyed) return;
      socket.write(piece, () => setImmediate(() => send(at + 1)));
    };
    send(0);
  });
}

/** A sandbox answers to its own name only, before anything else is looked at; that door has no trail. */
const misdirected = 421;

/** What is wrong with an exchange as a whole. */
export const wireFaults = ({ requests, replies, rest, ended }: Exchange): readonly string[] => [
  ...(replies.length > requests ? [`${replies.length} replies to ${requests} requests`] : []),
  ...(rest === '' ? [] : [`bytes that are no reply: ${rest.slice(0, 80)}`]),
  ...(ended ? [] : ['neither answered nor closed']),
  ...replies
    .filter(({ trail, status }) => trail === '' && status !== misdirected)
    .map(({ status }) => `${status} without a trail`),
];
