import { parentPort } from 'node:worker_threads';
import { WordKeys } from '../redaction/lexemes.ts';
import type { Pack } from '../redaction/pack.ts';
import { type FromThread, isToThread } from './messages.ts';
import { createReadings, type Reading, type ReadingResult } from './reading.ts';

const classOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
    ? error.name
    : 'unknown';

/** A message between threads carries data only: what has methods is made again from it. */
const withCueKeys = (pack: Pack): Pack => ({
  ...pack,
  cueKeys: new WordKeys(pack.cues.flatMap(({ after }) => after.map(([first = '']) => first))),
});

function listen(port: NonNullable<typeof parentPort>): void {
  const say = (message: FromThread): void => port.postMessage(message);
  let read: ((reading: Reading) => ReadingResult) | undefined;
  port.on('message', (message: unknown) => {
    if (!isToThread(message)) return;
    if (message.type === 'packs') {
      read = createReadings(message.packs.map((pack) => withCueKeys(pack)));
      return;
    }
    const { id } = message;
    try {
      if (read === undefined) throw new Error('no packs');
      say({ type: 'read', id, result: read(message.reading) });
    } catch (error) {
      say({ type: 'failed', id, fault: classOf(error) });
    }
  });
}

if (parentPort !== null) listen(parentPort);
