import type { Dice } from '../../fixtures/honest-log.ts';
import type { FhirAnswer, Sent } from './hostile-proxy.ts';

const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

const withHeaders = (answer: FhirAnswer, more: Readonly<Record<string, string>>): FhirAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...more },
});

const head = (fields: readonly string[], body: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from(['HTTP/1.1 200 OK', 'content-type: application/fhir+json', ...fields, '', ''].join('\r\n')),
    Buffer.from(body),
  ]);

const flipped = (bytes: Buffer, dice: Dice): Buffer => {
  const copy = Buffer.from(bytes);
  for (let n = 1 + dice(8); n > 0 && copy.length > 0; n -= 1) copy[dice(copy.length)] = dice(256);
  return copy;
};

type Spoiling = (answer: FhirAnswer, dice: Dice) => Sent;

/** What a broken or hostile server does below JSON, by name. */
export const byteSpoilings: Readonly<Record<string, Spoiling>> = {
  'some bytes other': (answer, dice) => ({ ...answer, body: flipped(answer.body, dice) }),
  'cut JSON': (answer, dice) => ({ ...answer, body: answer.body.subarray(0, dice(answer.body.length + 1)) }),
  'two answers in one': (answer) => ({ ...answer, body: Buffer.concat([answer.body, answer.body]) }),
  'a byte order mark': (answer) => ({
    ...answer,
    body: Buffer.concat([Buffer.from('efbbbf', 'hex'), answer.body]),
  }),
  'UTF-16': (answer) => ({ ...answer, body: Buffer.from(answer.body.toString(), 'utf16le') }),
  'another status': (answer, dice) => ({ ...answer, status: 200 + dice(400) }),
  'another content type': (answer, dice) =>
    withHeaders(answer, {
      'content-type':
        pick(['text/html', 'application/xml', 'application/json;charset=utf-16', 'text/plain', 'x'], dice) ??
        '',
    }),
  'said to be compressed': (answer, dice) =>
    withHeaders(answer, {
      'content-encoding': pick(['gzip', 'br', 'deflate', 'identity, gzip', 'x'], dice) ?? '',
    }),
  'a cookie and a redirect': (answer) =>
    withHeaders(answer, { 'set-cookie': 'a=b', location: 'http://169.254.169.254/', refresh: '0; url=//x' }),
  'more length than bytes': ({ body }) => head([`content-length: ${body.length + 10}`], body),
  'less length than bytes': ({ body }) => head([`content-length: ${Math.max(0, body.length - 10)}`], body),
  'two lengths': ({ body }) => head([`content-length: ${body.length}`, 'content-length: 1'], body),
  'length and chunks': ({ body }) =>
    head([`content-length: ${body.length}`, 'transfer-encoding: chunked'], `${body.length.toString(16)}\r\n`),
  'broken chunks': ({ body }) =>
    head(['transfer-encoding: chunked'], `zz\r\n${body.toString()}\r\n0\r\n\r\n`),
  'chunks without an end': ({ body }) =>
    head(['transfer-encoding: chunked'], `${body.length.toString(16)}\r\n${body.toString()}\r\n`),
  'a header in a header': ({ body }) =>
    head([`x: a\rlocation: http://x`, `content-length: ${body.length}`], body),
  'a header too long': ({ body }) =>
    head([`x: ${'a'.repeat(40_000)}`, `content-length: ${body.length}`], body),
  'two answers on the wire': ({ body }) =>
    Buffer.concat([
      head([`content-length: ${body.length}`], body),
      head([`content-length: ${body.length}`], body),
    ]),
  'no HTTP': (_answer, dice) => Buffer.from(Array.from({ length: 1 + dice(400) }, () => dice(256))),
  'interim answers': ({ body }) =>
    Buffer.concat([
      Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'.repeat(20)),
      head([`content-length: ${body.length}`], body),
    ]),
  closed: () => undefined,
};
