import { isRecord } from '../../vocabulary/fhir.ts';

/** What the protocol's library says in errors repeats what a caller wrote; ours says the same by its code. */
const words: Readonly<Record<string, string>> = {
  '-32700': 'The message is not valid JSON.',
  '-32600': 'The message is not a valid request.',
  '-32601': 'There is no such method.',
  '-32602': 'The parameters do not fit the method, or there is no such tool.',
  '-32020': 'Headers and body do not say the same.',
  '-32022': 'This protocol version is not spoken here.',
};
const version = /^\d{4}-\d{2}-\d{2}$/;

/** Versions of the protocol that are spoken here; what was asked for is the caller's word and left out. */
function dataOf(data: unknown): object {
  const { supported } = isRecord(data) ? data : {};
  if (!Array.isArray(supported)) return {};
  const known = supported.filter((one) => typeof one === 'string' && version.test(one));
  return { supported: known, requested: 'unknown' };
}

function plainMessage(message: unknown, status: number, trail: string): unknown {
  if (!isRecord(message) || !isRecord(message['error'])) return message;
  const { error, id } = message;
  const code = typeof error['code'] === 'number' ? error['code'] : -32_000;
  return {
    jsonrpc: '2.0',
    // With a status of HTTP nobody needs it to tell answers apart; numbers are no text of anybody.
    id: status < 400 || typeof id === 'number' ? (id ?? null) : null,
    error: {
      code,
      message: words[String(code)] ?? 'The request was refused.',
      data: { code: status >= 500 ? 'internal_error' : 'invalid_request', trail, ...dataOf(error['data']) },
    },
  };
}

/**
 * The answer of the protocol's library with every error in words of ours: one JSON document, or the events of a
 * stream. Throws SyntaxError for what is neither.
 */
export function plainAnswer(
  { status, text, type }: { readonly status: number; readonly text: string; readonly type: string | null },
  trail: string,
): string {
  if (text === '') return text;
  const plain = (json: string): string => JSON.stringify(plainMessage(JSON.parse(json), status, trail));
  if (type?.startsWith('text/event-stream') !== true) return plain(text);
  return text.replace(/^data: (.+)$/gm, (_line, json: string) => `data: ${plain(json)}`);
}
