import type { Part } from '../part.ts';
import { numberIn } from '../processes/child.ts';
import { Rounds, roundsWithin } from '../row.ts';
import { chatOf, startWorld, usageOf } from '../world.ts';

const mega = 1024 * 1024;

/** Memory after a warm-up and after each further batch, garbage collected first: what keeps growing is kept. */
export const memory: Part = async (options) => {
  const rounds = new Rounds('memory');
  const batch = options.quick ? 20 : 200;
  const world = await startWorld(options);
  const bodies = world.questions.map(({ body }) => body);
  try {
    for (const gateway of world.gateways) {
      const run = async (most: number): Promise<void> => {
        const told = await world.load.ask('run', {
          url: chatOf(gateway),
          token: world.token,
          bodies,
          connections: 16,
          seconds: 120,
          most,
        });
        if (numberIn(told, 'failed') > 0) throw new Error(`${numberIn(told, 'failed')} requests failed`);
        await world.received();
        await gateway.process.ask('collect');
      };
      const variant = (text: string): string =>
        world.gateways.length === 1 ? text : `${text} (${gateway.name})`;
      await run(options.quick ? 10 : 100);
      let before = await usageOf(gateway);
      rounds.add(variant('after warm-up'), 'rss', 'MB', before.rss / mega);
      rounds.add(variant('after warm-up'), 'heap after gc', 'MB', before.heapUsed / mega);
      for (const round of roundsWithin(options.quick ? 1 : 3, 30)) {
        options.progress(`memory: batch ${round + 1}`);
        await run(batch);
        const after = await usageOf(gateway);
        rounds.add(variant(`after ${batch} more`), 'rss', 'MB', after.rss / mega);
        rounds.add(variant(`after ${batch} more`), 'heap after gc', 'MB', after.heapUsed / mega);
        rounds.add(
          variant('growth'),
          'heap per request',
          'KB',
          (after.heapUsed - before.heapUsed) / 1024 / batch,
        );
        before = after;
      }
    }
    return rounds.rows();
  } finally {
    await world.close();
  }
};
