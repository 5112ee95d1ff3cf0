import { pathToFileURL } from 'node:url';
import { isRecord } from '../src/vocabulary/fhir.ts';
import { installedPeers } from './installed-peers.ts';

/** Another redactor, or the reason why it cannot be measured here. */
export type Peer =
  | { readonly name: string; readonly read: (text: string) => unknown }
  | { readonly name: string; readonly absent: string };

const isCallable = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function';

/** An object of an exported class, and its method. */
function methodOf(module: unknown, className: string, method: string): (text: string) => unknown {
  const found = isRecord(module) ? module[className] : undefined;
  if (!isCallable(found)) throw new TypeError(`exports no ${className}`);
  const made: unknown = Reflect.construct(found, []);
  const call: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, method) : undefined;
  if (!isCallable(call)) throw new TypeError(`${className} has no ${method}`);
  return (text) => call.call(made, text);
}

/** compromise as a redactor: its people, places and organisations. */
function compromiseReader(module: unknown): (text: string) => unknown {
  const nlp = isRecord(module) ? module['default'] : undefined;
  if (!isCallable(nlp)) throw new TypeError('exports no function');
  return (text) => {
    const document = nlp(text);
    const topics: unknown =
      typeof document === 'object' && document !== null ? Reflect.get(document, 'topics') : undefined;
    if (!isCallable(topics)) throw new TypeError('documents have no topics');
    const found = topics.call(document);
    const out: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'out') : undefined;
    return isCallable(out) ? out.call(found, 'array') : undefined;
  };
}

const peers: readonly (readonly [name: string, read: (module: unknown) => (text: string) => unknown])[] = [
  ['redact-pii', (module) => methodOf(module, 'SyncRedactor', 'redact')],
  ['@redactpii/node', (module) => methodOf(module, 'Redactor', 'redact')],
  ['compromise', compromiseReader],
];

/** Loads each redactor that bench/package.json names; what fails says why. */
export async function loadPeers(progress: (text: string) => void): Promise<readonly Peer[]> {
  const resolved = installedPeers(
    peers.map(([name]) => name),
    (text) => progress(`redaction: ${text}`),
  );
  return Promise.all(
    peers.map(async ([name, read]): Promise<Peer> => {
      const file = resolved.get(name);
      if (file === undefined) return { name, absent: 'not installed' };
      try {
        const module: unknown = await import(pathToFileURL(file).href);
        const reader = read(module);
        reader('Maria Ortiz called 919-555-0142.');
        return { name, read: reader };
      } catch (thrown) {
        return { name, absent: thrown instanceof Error ? thrown.message : 'cannot be loaded' };
      }
    }),
  );
}
