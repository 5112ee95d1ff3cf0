import { expect, it } from '@jest/globals';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { Refusal } from '../../src/errors/refusal.ts';
import { loadLabelTables } from '../../src/labels/load.ts';
import { readAnswer } from '../../src/model/answer-bytes.ts';
import { loadPacksInForce } from '../../src/packs.ts';
import { createReadings } from '../../src/reading/reading.ts';
import { type CheckedAnswer, checkElsewhere } from '../../src/release/check-answer.ts';
import { type ReleasedAnswer, reveal } from '../../src/release/reveal.ts';
import { verbatimWords } from '../../src/retrieval/task.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import { seed } from './fuzz/frame.ts';
import {
  canary,
  context,
  identity,
  instructions,
  scriptedAnswer,
  values,
} from './streams/scripted-answers.ts';
import { arriving } from './streams/splits.ts';

const full = process.env['SOAK'] === 'full';
const answers = full ? 2000 : 60;
const splits = full ? 200 : 12;
const checkedAgain = full ? 10 : 3;

const readings = createReadings(loadPacksInForce(), loadLabelTables(findDataFolder('labels')));

interface Released {
  readonly verdicts: readonly string[];
  /** Undefined where a check blocks. */
  readonly text: string | undefined;
}

/** Undefined where values make a link with what stands around them. */
function revealed(answer: CheckedAnswer): ReleasedAnswer | undefined {
  try {
    return reveal(answer, values, { humanReads: true, allowedTypes: 'all', notices: [] });
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

let envelope = 0;
/** What the gateway does with an answer once all of it is there, and hands on. */
async function released(text: string): Promise<Released> {
  const issued = [...values.keys()];
  const shown = { instructions, context, citationKeys: ['O1'], withheldKinds: [], notes: [], verbatimWords };
  envelope += 1;
  const run = async () => {
    const { outcome } = readings({
      kind: 'check',
      envelope,
      identity,
      answer: { text, issued, canary, ...shown },
    });
    if (outcome === undefined) throw new Error('nothing was checked');
    return outcome;
  };
  const { answer, verdicts } = await checkElsewhere(run, { issuedTokens: new Set(issued) });
  const said = verdicts.map(({ check, count, verdict }) => `${check} ${verdict} ${count}`);
  if (answer === undefined) return { verdicts: said, text: undefined };
  const delivered = revealed(answer);
  if (delivered === undefined) return { verdicts: [...said, 'reveal block'], text: undefined };
  let handed = '';
  for await (const piece of delivered.pieces()) handed += piece;
  expect(handed).toBe(delivered.text);
  return { verdicts: said, text: handed };
}

it(`${answers} scripted answers, each by ${splits} ways of cutting it: verdict and text of the whole answer`, async () => {
  const dice = diceOf(seed);
  const tally = { passed: 0, masked: 0, blocked: 0, splits: 0 };
  for (let run = 0; run < answers; run += 1) {
    const answer = scriptedAnswer(dice);
    const whole = await released(answer);
    if (whole.text === undefined) tally.blocked += 1;
    else if (whole.verdicts.some((said) => said.includes(' mask '))) tally.masked += 1;
    else tally.passed += 1;
    for (let split = 0; split < splits; split += 1) {
      let heard = '';
      // This gateway asks for one document; its client reads streams too.
      const stream = split % 2 === 0;
      for await (const delta of readAnswer(arriving(answer, stream, dice), { stream, limit: 1_000_000 }))
        if (delta.type === 'text') heard += delta.text;
      tally.splits += 1;
      // The checks are a function of the text: where it is the same, a few times show it as well as many.
      if (heard === answer && split >= checkedAgain) continue;
      const streamed = await released(heard);
      expect({ run, split, ...streamed }).toEqual({ run, split, ...whole });
    }
  }
  const { blocked, masked, passed } = tally;
  console.log(
    `scripted answers (seed ${seed}): ${passed} passed, ${masked} masked, ${blocked} blocked; ${tally.splits} streams, each with verdict and text of the whole answer`,
  );
  // Of each kind there is enough to have shown something.
  for (const count of [passed, masked, blocked]) expect(count).toBeGreaterThan(answers / 20);
}, 10_000_000);
