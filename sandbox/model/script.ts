import { isRecord } from '../../src/vocabulary/fhir.ts';

/** One scripted reply of `POST /__script`, docs in contracts: used once, in order. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly delayMs: number;
  /** Sent as it is: a string unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** A string is one content delta, bytes go out raw; used for streams and whole answers alike. */
  readonly chunks?: readonly (string | Buffer)[];
  /** `tool_calls` of the answer. */
  readonly tools?: readonly unknown[];
  /** Extra field `evidence` of the answer, for attestation. */
  readonly evidence?: unknown;
}

const fields = new Set(['status', 'headers', 'delayMs', 'body', 'chunks', 'tools', 'evidence']);

function chunkOf(value: unknown): string | Buffer {
  if (typeof value === 'string') return value;
  const encoded = isRecord(value) ? value['base64'] : undefined;
  if (typeof encoded !== 'string') throw new TypeError('a chunk is a string or {"base64": …}');
  return Buffer.from(encoded, 'base64');
}

function headersOf(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new TypeError('headers is an object of strings');
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string') throw new TypeError('headers is an object of strings');
      return [name.toLowerCase(), text];
    }),
  );
}

const numberOf = (value: unknown, otherwise: number): number => {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new TypeError('status and delayMs are numbers');
  return value;
};

const listOf = (value: unknown, name: string): readonly unknown[] | undefined => {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new TypeError(`${name} is a list`);
  return value;
};

function replyOf(value: unknown): Reply {
  if (!isRecord(value)) throw new TypeError('a reply is an object');
  const unknownField = Object.keys(value).find((field) => !fields.has(field));
  if (unknownField !== undefined) throw new TypeError(`unknown field ${unknownField}`);
  const chunks = listOf(value['chunks'], 'chunks')?.map(chunkOf);
  const tools = listOf(value['tools'], 'tools');
  return {
    status: numberOf(value['status'], 200),
    headers: headersOf(value['headers']),
    delayMs: numberOf(value['delayMs'], 0),
    ...(value['body'] === undefined ? {} : { body: value['body'] }),
    ...(chunks === undefined ? {} : { chunks }),
    ...(tools === undefined ? {} : { tools }),
    ...(value['evidence'] === undefined ? {} : { evidence: value['evidence'] }),
  };
}

/** Replies of a script body; TypeError names what is wrong. */
export function readScript(text: string): Reply[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new TypeError('a script is a list of replies');
  return value.map(replyOf);
}
