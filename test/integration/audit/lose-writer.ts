/**
 * Ends the writer thread under the trail's feet while appends wait for it, then appends again. Prints what came
 * of both as one line of JSON. A process of its own, because only the real `process` hears of new threads.
 */
import { openTrail } from '../../../src/storage/sqlite/trail-writer.ts';
import { happened, trailId } from '../../unit/audit/sample-events.ts';

let end: () => Promise<number> = () => Promise.resolve(0);
process.on('worker', (worker) => {
  end = () => worker.terminate();
});

const trail = await openTrail(process.argv[2] ?? '');
await trail.append([happened(trailId(1), 'session.started')]);
const ended = end();
const lost = await Promise.allSettled([
  trail.append([happened(trailId(2), 'session.started')]),
  trail.append([happened(trailId(3), 'session.started')]),
]);
await ended;
const again = await trail.append([happened(trailId(4), 'session.started')]);
const size = await trail.size();
await trail.close();
process.stdout.write(`${JSON.stringify({ lost: lost.map(({ status }) => status), again, size })}\n`);
