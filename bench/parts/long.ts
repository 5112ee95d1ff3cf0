import { isRecord } from '../../src/vocabulary/fhir.ts';
import type { Part } from '../part.ts';
import { Rounds, roundsWithin } from '../row.ts';
import { chatOf, post, startWorld, usageOf } from '../world.ts';

const passage =
  'Seen in clinic on 3 March 2024 for follow-up; LDL 130 mg/dL, HDL 45 mg/dL, no chest pain. Asked to call 555-010-1234 if symptoms return. Agreed to go on with atorvastatin 20 mg daily.\n';
const size = 200_000;
const long = passage.repeat(Math.ceil(size / passage.length)).slice(0, size);
const parts = Array.from({ length: 40 }, (_, at) => long.slice(at * 5000, (at + 1) * 5000));

const last = { role: 'user', content: 'Please summarise what the record says for this task.' };
/** Messages of about 200 KB, and what the model is to answer where its own answer is not the point. */
const shapes = [
  { variant: 'question of 200 KB', messages: [{ role: 'user', content: long }] },
  {
    variant: 'history of 40 messages, 200 KB',
    messages: [...parts.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })), last],
  },
  { variant: 'answer of 200 KB', messages: [last], answer: long },
];

/** How long one request of 200 KB takes, and how long it keeps the event loop from everybody else. */
export const long200: Part = async (options) => {
  const rounds = new Rounds('long');
  const world = await startWorld(options);
  const [question] = world.questions;
  if (question === undefined) throw new Error('no question');
  const asked: unknown = JSON.parse(question.body);
  const phi = isRecord(asked) ? asked['phi'] : undefined;
  try {
    for (const round of roundsWithin(options.quick ? 1 : 5, 40)) {
      options.progress(`long: round ${round + 1}`);
      for (const gateway of world.gateways) {
        const name = world.gateways.length === 1 ? '' : ` (${gateway.name})`;
        for (const { variant, messages, answer } of shapes) {
          if (answer !== undefined) await world.script([{ chunks: [answer] }]);
          await gateway.process.ask('reset');
          const from = performance.now();
          const body = JSON.stringify({ messages, phi });
          const status = await post(chatOf(gateway), world.token, body);
          if (status !== 200) throw new Error(`${variant}: status ${status}`);
          const took = performance.now() - from;
          const used = await usageOf(gateway);
          rounds.add(`${variant}${name}`, 'latency', 'ms', took);
          rounds.add(`${variant}${name}`, 'event loop delay max', 'ms', used.loopMax);
          rounds.add(`${variant}${name}`, 'event loop busy', 'ms', used.utilization * took);
          await world.received();
        }
      }
    }
    if (world.gateways.length > 1)
      for (const { variant } of shapes)
        for (const metric of ['latency', 'event loop delay max', 'event loop busy'])
          rounds.ratio(`${variant} (this)`, `${variant} (against)`, metric);
    return rounds.rows();
  } finally {
    await world.close();
  }
};
