import type { Dice } from '../../fixtures/honest-log.ts';

export interface Given {
  readonly host: string;
  readonly token: string;
  /** A good body. */
  readonly body: string;
  readonly dice: Dice;
}

interface Wire {
  readonly pieces: readonly Buffer[];
  /** At most so many answers may come. */
  readonly requests: number;
  /** Whether a gateway may wait for more than was sent. */
  readonly waits: boolean;
}

interface Head {
  readonly line?: string;
  /** Instead of the good framing `content-length`. */
  readonly framing?: readonly string[];
  readonly more?: readonly string[];
  readonly host?: readonly string[];
}

const headOf = (given: Given, { line, framing, more = [], host }: Head = {}): string =>
  [
    line ?? 'POST /v1/chat/completions HTTP/1.1',
    ...(host ?? [`Host: ${given.host}`]),
    `Authorization: Bearer ${given.token}`,
    'Content-Type: application/json',
    ...(framing ?? [`Content-Length: ${Buffer.byteLength(given.body)}`]),
    ...more,
    '',
    '',
  ].join('\r\n');

const closing = ['Connection: close'];
const wire = (text: string | Buffer, requests = 1, waits = false): Wire => ({
  pieces: [Buffer.from(text)],
  requests,
  waits,
});
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const inChunks = (given: Given, text: string): string =>
  `${headOf(given, { framing: ['Transfer-Encoding: chunked'], more: closing })}${text}`;
const withHead = (given: Given, head: Head, requests = 1, waits = false): Wire =>
  wire(`${headOf(given, { more: closing, ...head })}${given.body}`, requests, waits);

/** Cut into pieces of any size: boundaries must mean nothing. */
const inPieces = (text: string, dice: Dice): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + dice(200);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};

const get = (given: Given, more: readonly string[] = []): string =>
  [
    `GET /v1/tasks HTTP/1.1`,
    `Host: ${given.host}`,
    `Authorization: Bearer ${given.token}`,
    ...more,
    '',
    '',
  ].join('\r\n');

const flipped = (text: string, dice: Dice): Buffer => {
  const bytes = Buffer.from(text);
  for (let n = 1 + dice(6); n > 0; n -= 1) bytes[dice(bytes.length)] = dice(256);
  return bytes;
};

/** One connection each, by name: framing, heads, targets and order, as no client with manners would send them. */
export const wireSpoilings: Readonly<Record<string, (given: Given) => Wire>> = {
  'good, in pieces of any size': (given) => ({
    pieces: inPieces(`${headOf(given, { more: closing })}${given.body}`, given.dice),
    requests: 1,
    waits: false,
  }),
  'good, in chunks': (given) => wire(inChunks(given, `${chunk(given.body)}0\r\n\r\n`)),
  'chunks of any size': (given) => {
    let text = '';
    for (let at = 0; at < given.body.length; ) {
      const size = 1 + given.dice(30);
      text += chunk(given.body.slice(at, at + size));
      at += size;
    }
    return wire(inChunks(given, `${text}0\r\n\r\n`));
  },
  'a chunk size that is no number': (given) => wire(inChunks(given, `zz\r\n${given.body}\r\n0\r\n\r\n`)),
  'a chunk size beyond all numbers': (given) => wire(inChunks(given, `${'f'.repeat(17)}\r\n${given.body}`)),
  'a negative chunk size': (given) => wire(inChunks(given, `-1\r\n${given.body}\r\n0\r\n\r\n`)),
  'a chunk longer than it says': (given) => wire(inChunks(given, `5\r\n${given.body}\r\n0\r\n\r\n`)),
  'a chunk without its end of line': (given) =>
    wire(inChunks(given, `${given.body.length.toString(16)}\r\n${given.body}0\r\n\r\n`)),
  'chunks without the last': (given) => wire(inChunks(given, chunk(given.body)), 1, true),
  'a chunk extension without end': (given) => wire(inChunks(given, `5;${'x'.repeat(40_000)}`)),
  'trailers that would be headers': (given) =>
    wire(inChunks(given, `${chunk(given.body)}0\r\nAuthorization: Bearer x\r\nContent-Length: 3\r\n\r\n`)),
  'a shorter length': (given) =>
    wire(
      `${headOf(given, { framing: [`Content-Length: ${given.dice(Buffer.byteLength(given.body))}`] })}${given.body}`,
      2,
      true,
    ),
  'a longer length': (given) =>
    wire(
      `${headOf(given, { framing: [`Content-Length: ${Buffer.byteLength(given.body) + 1 + given.dice(99)}`] })}${given.body}`,
      1,
      true,
    ),
  'a length that is no number': (given) => withHead(given, { framing: ['Content-Length: 0x10'] }),
  'a negative length': (given) => withHead(given, { framing: ['Content-Length: -1'] }),
  'a signed length': (given) =>
    withHead(given, { framing: [`Content-Length: +${Buffer.byteLength(given.body)}`] }),
  'two lengths': (given) => withHead(given, { framing: ['Content-Length: 1', 'Content-Length: 2'] }),
  'a list of lengths': (given) => withHead(given, { framing: ['Content-Length: 1, 2'] }),
  'length and chunks': (given) =>
    withHead(given, { framing: ['Content-Length: 4', 'Transfer-Encoding: chunked'] }),
  'chunks and another coding': (given) =>
    withHead(given, { framing: ['Transfer-Encoding: chunked, identity'] }),
  'chunks twice': (given) =>
    withHead(given, { framing: ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'] }),
  'chunks with a space before the colon': (given) =>
    withHead(given, { framing: ['Transfer-Encoding : chunked'] }),
  'chunks in another case, with a tab': (given) =>
    wire(
      `${headOf(given, { framing: ['Transfer-Encoding:\tCHUNKED'], more: closing })}${chunk(given.body)}0\r\n\r\n`,
    ),
  'no length at all': (given) => withHead(given, { framing: [] }, 2, true),
  'a header over two lines': (given) => withHead(given, { more: ['X-A: a', ' b', ...closing] }),
  'a header split by a bare line feed': (given) =>
    withHead(given, { more: ['X-A: a\nAuthorization: Bearer x', ...closing] }),
  'a header split by a bare return': (given) =>
    withHead(given, { more: ['X-A: a\rAuthorization: Bearer x', ...closing] }),
  'a header with a zero byte': (given) => withHead(given, { more: ['X-A: a\u0000b', ...closing] }),
  'a header without a colon': (given) => withHead(given, { more: ['nonsense', ...closing] }),
  'a header with a space in its name': (given) => withHead(given, { more: ['X A: a', ...closing] }),
  'a header without a name': (given) => withHead(given, { more: [': a', ...closing] }),
  'a header too long': (given) => withHead(given, { more: [`X-A: ${'a'.repeat(20_000)}`, ...closing] }),
  'a thousand headers': (given) =>
    withHead(given, { more: [...Array.from({ length: 1500 }, (_, n) => `X-${n}: a`), ...closing] }),
  'bytes above ASCII in a header': (given) => withHead(given, { more: ['X-A: \u00e9\u4e2d', ...closing] }),
  'no Host': (given) => withHead(given, { host: [] }),
  'two Hosts': (given) => withHead(given, { host: [`Host: ${given.host}`, 'Host: elsewhere.invalid'] }),
  'another Host': (given) => withHead(given, { host: ['Host: elsewhere.invalid'] }),
  'an absolute target': (given) =>
    withHead(given, { line: `POST http://elsewhere.invalid/v1/chat/completions HTTP/1.1` }),
  'a target with a fragment': (given) => withHead(given, { line: 'POST /v1/chat/completions#x HTTP/1.1' }),
  'a target with dots': (given) => withHead(given, { line: 'POST /v1/../v1/chat/completions HTTP/1.1' }),
  'a target with a space': (given) => withHead(given, { line: 'POST /v1/chat completions HTTP/1.1' }),
  'no target': (given) => withHead(given, { line: 'POST HTTP/1.1' }),
  'a target without end': (given) => withHead(given, { line: `POST /${'a'.repeat(30_000)} HTTP/1.1` }),
  'an unknown method': (given) => withHead(given, { line: 'PROPFIND /v1/chat/completions HTTP/1.1' }),
  'a method that is none': (given) => withHead(given, { line: 'post /v1/chat/completions HTTP/1.1' }),
  CONNECT: (given) => withHead(given, { line: `CONNECT ${given.host} HTTP/1.1` }),
  TRACE: (given) => withHead(given, { line: 'TRACE / HTTP/1.1' }),
  'OPTIONS *': (given) => withHead(given, { line: 'OPTIONS * HTTP/1.1' }),
  'HTTP/1.0': (given) => withHead(given, { line: 'POST /v1/chat/completions HTTP/1.0' }),
  'HTTP/9.9': (given) => withHead(given, { line: 'POST /v1/chat/completions HTTP/9.9' }),
  'the preface of HTTP/2': () => wire('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  'a TLS greeting': () => wire(Buffer.from('160301020001000', 'hex')),
  'an upgrade to another protocol': (given) =>
    withHead(given, { more: ['Connection: Upgrade', 'Upgrade: h2c', 'HTTP2-Settings: AA'] }),
  'an expectation': (given) => withHead(given, { more: ['Expect: 100-continue', ...closing] }),
  'an expectation that nobody knows': (given) => withHead(given, { more: ['Expect: wonders', ...closing] }),
  'three requests in a row': (given) =>
    wire(`${headOf(given)}${given.body}${get(given)}${headOf(given, { more: closing })}${given.body}`, 3),
  'two requests with lines between': (given) =>
    wire(`${headOf(given)}${given.body}\r\n\r\n${get(given, closing)}`, 2),
  'a request and bytes after it': (given) =>
    wire(`${headOf(given)}${given.body}\u0000\u0001 nonsense\r\n\r\n`, 2),
  'a request within a body': (given) => {
    const body = given.body.replace('latest', `latest\\r\\n${JSON.stringify(get(given)).slice(1, -1)}`);
    return wire(
      `${headOf(given, { framing: [`Content-Length: ${Buffer.byteLength(body)}`], more: closing })}${body}`,
    );
  },
  'a request after one that says it is the last': (given) =>
    wire(`${headOf(given, { more: closing })}${given.body}${get(given)}`, 1),
  'other bytes anywhere': (given) =>
    wire(flipped(`${headOf(given, { more: closing })}${given.body}`, given.dice), 2, true),
  'cut anywhere': (given) => {
    const whole = `${headOf(given)}${given.body}`;
    return wire(whole.slice(0, given.dice(whole.length)), 1, true);
  },
  'no HTTP': ({ dice }) => wire(Buffer.from(Array.from({ length: 1 + dice(600) }, () => dice(256))), 2, true),
};
