import type { Dice } from '../../fixtures/honest-log.ts';
import { completion } from '../../integration/hardening/model-double.ts';

/** Places to cut, sorted: few, many, or every one of them. */
function cutsOf(length: number, dice: Dice): readonly number[] {
  const how = dice(8);
  if (how === 0) return Array.from({ length }, (_, at) => at);
  const count = how < 4 ? 1 + dice(3) : dice(length + 1);
  return Array.from({ length: count }, () => dice(length + 1)).toSorted((a, b) => a - b);
}

/** The pieces between the cuts, none of them empty. */
function* between(length: number, cuts: readonly number[]): Generator<readonly [number, number]> {
  let from = 0;
  for (const to of [...cuts, length]) {
    if (to > from) yield [from, to];
    from = Math.max(from, to);
  }
}

/** A text cut into deltas anywhere, in the middle of a token or of a surrogate pair too. */
const deltas = (text: string, dice: Dice): readonly string[] =>
  [...between(text.length, cutsOf(text.length, dice))].map(([from, to]) => text.slice(from, to));

const frame = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

/** The server-sent events of an answer, its text cut into deltas. */
const eventsOf = (text: string, dice: Dice): string =>
  [
    frame({ role: 'assistant', content: '' }),
    ...deltas(text, dice).map((content) => (dice(9) === 0 ? ': alive\n\n' : '') + frame({ content })),
    frame({}, 'stop'),
    'data: [DONE]\n\n',
  ].join('');

/**
 * The bytes of an answer as they might arrive from a model, cut anywhere: one JSON document, or the server-sent events
 * of a stream whose text is cut into deltas first.
 */
export async function* arriving(text: string, stream: boolean, dice: Dice): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(stream ? eventsOf(text, dice) : JSON.stringify(completion(text)));
  for (const [from, to] of between(bytes.length, cutsOf(Math.min(bytes.length, 400), dice))) {
    await Promise.resolve();
    yield bytes.subarray(from, to);
  }
}
