import { setMaxListeners } from 'node:events';
import type { RecordServer } from '../../src/envelope/services.ts';
import type { FhirReader } from '../../src/retrieval/ports.ts';

type Call = (reader: FhirReader) => Promise<unknown>;

/** Calls to one record system by their token, as one request made them. */
export type NotedCalls = ReadonlyMap<string, readonly Call[]>;

/** Notes the calls to a record system until it is told to stop; nothing of them is changed. */
export function notingCalls(server: RecordServer): { readonly noted: NotedCalls; stop(): void } {
  const noted = new Map<string, Call[]>();
  const own = Object.getOwnPropertyDescriptor(server, 'reader');
  const open = server.reader.bind(server);
  const noting: RecordServer['reader'] = (token, signal, onFault) => {
    const reader = open(token, signal, onFault);
    const calls = noted.get(token) ?? [];
    noted.set(token, calls);
    return {
      ...reader,
      search(type, params, options) {
        calls.push((again) => again.search(type, params, options));
        return reader.search(type, params, options);
      },
      read(type, id) {
        calls.push((again) => again.read(type, id));
        return reader.read(type, id);
      },
    };
  };
  Object.defineProperty(server, 'reader', { configurable: true, enumerable: true, value: noting });
  return {
    noted,
    stop() {
      if (own === undefined) Reflect.deleteProperty(server, 'reader');
      else Object.defineProperty(server, 'reader', own);
    },
  };
}

/**
 * Makes the calls of one request again, `requests` times, `at` of them at once, and nothing else: answers microseconds of
 * CPU of this process for the calls of one request. All calls of a request go at once, which costs less than in a request.
 */
export async function callsAlone(
  server: RecordServer,
  noted: NotedCalls,
  { requests, at }: { readonly requests: number; readonly at: number },
): Promise<number> {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  let left = requests;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await Promise.all(
        [...noted].flatMap(([token, calls]) => {
          const reader = server.reader(token, signal, () => undefined);
          return calls.map((call) => call(reader));
        }),
      );
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: at }, one));
  const { system, user } = process.cpuUsage(before);
  return (system + user) / requests;
}
