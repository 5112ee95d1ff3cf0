/**
 * A process to be killed: appends whole trails to the file named by its argument, several at once and for ever,
 * and writes `trail seq leaf` for each list only after the list was acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openTrail } from '../../../src/storage/sqlite/trail-writer.ts';
import { answeredTrail } from '../../unit/audit/sample-events.ts';

const freshId = (): string => {
  const hex = randomBytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const trail = await openTrail(process.argv[2] ?? '');

async function appendForEver(): Promise<never> {
  for (;;) {
    const id = freshId();
    for (const list of answeredTrail(id)) {
      const { last, leaf } = await trail.append(list);
      writeSync(1, `${id} ${last} ${leaf}\n`);
    }
  }
}
await Promise.all(Array.from({ length: 6 }, () => appendForEver()));
