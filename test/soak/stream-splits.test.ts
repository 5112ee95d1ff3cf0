import { expect, it } from '@jest/globals';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { Refusal } from '../../src/errors/refusal.ts';
import { loadLabelTables } from '../../src/labels/load.ts';
import { readAnswer } from '../../src/model/answer-bytes.ts';
import { loadPacksInForce } from '../../src/packs.ts';
import { createReadings } from '../../src/reading/reading.ts';
import { type CheckedAnswer, checkElsewhere } from '../../src/release/check-answer.ts';
import { type ReleasedAnswer, reveal, revealBeginning } from '../../src/release/reveal.ts';
import { SettledAnswer } from '../../src/release/settled-answer.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import { seed } from './fuzz/frame.ts';
import {
  canary,
  context,
  identity,
  instructions,
  note,
  scriptedAnswer,
  values,
} from './streams/scripted-answers.ts';
import { arriving } from './streams/splits.ts';

const full = process.env['SOAK'] === 'full';
const answers = Number(process.env['SOAK_ANSWERS'] ?? (full ? 2000 : 30));
const splits = full ? 200 : 12;

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

const issued = [...values.keys()];
const calendar = { anchor: 20_000 - 412, birth: -3225 };
const options = { humanReads: true, allowedTypes: 'all', notices: [] } as const;
const shown = {
  issued,
  canary,
  calendar,
  instructions,
  items: [{ type: 'DocumentReference', parts: [{ name: 'text', text: context }], passages: [note] }],
  messages: [],
  citationKeys: ['O1'],
  verbatimWords: 12,
  verdicts: {},
  allowedHosts: [],
};
const of = { envelope: 1, record: 1, goesOn: false, identity } as const;
/** Kinds of information that consent withholds. */
type Kinds = readonly string[];

function outcomeOf(text: string, withheldKinds: Kinds) {
  const answer = { ...shown, withheldKinds, text };
  const { outcome } = readings.read({ ...of, kind: 'check', answer });
  if (outcome === undefined) throw new Error('nothing was checked');
  return outcome;
}

/** What the gateway does with an answer once all of it is there, and hands on. */
async function released(text: string, kinds: Kinds): Promise<Released> {
  const run = () => Promise.resolve(outcomeOf(text, kinds));
  const { answer, verdicts } = await checkElsewhere(run, { issuedTokens: new Set(issued), calendar });
  const said = verdicts.map(({ check, count, verdict }) => `${check} ${verdict} ${count}`);
  if (answer === undefined) return { verdicts: said, text: undefined };
  const delivered = revealed(answer);
  if (delivered === undefined) return { verdicts: [...said, 'reveal block'], text: undefined };
  let handed = '';
  for await (const piece of delivered.pieces()) handed += piece;
  expect(handed).toBe(delivered.text);
  return { verdicts: said, text: handed };
}

/** What of an answer may be sent when no more of it is there yet, and that before reveal; undefined where it blocks. */
function begun(
  text: string,
  withheldKinds: Kinds,
): { readonly sent: string; readonly settled: string } | undefined {
  const { settled } = readings.read({
    ...of,
    kind: 'settle',
    answer: { ...shown, withheldKinds, text },
  });
  if (settled === undefined) throw new Error('nothing was checked');
  const answer = SettledAnswer.of(settled, { issuedTokens: new Set(issued), calendar });
  if (answer === undefined) return undefined;
  try {
    return { sent: revealBeginning(answer, values, options), settled: answer.text.slice(0, answer.end) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** What may be sent of the beginnings of one answer; one that was seen is known. */
function beginnings(answer: string, kinds: Kinds): (length: number) => ReturnType<typeof begun> {
  const known = new Map<number, ReturnType<typeof begun>>();
  return (length) => {
    if (!known.has(length)) known.set(length, begun(answer.slice(0, length), kinds));
    return known.get(length);
  };
}

/** Whether the checks that block let a text pass by itself: what they see does not hang on consent. */
const passes = (() => {
  const known = new Map<string, boolean>();
  return (text: string): boolean => {
    const passed = known.get(text) ?? outcomeOf(text, []).text !== undefined;
    known.set(text, passed);
    return passed;
  };
})();

/** What was sent of an answer while it came, in these lengths, and what is wrong with that; nothing is. */
function streamed(
  answer: string,
  at: ReturnType<typeof beginnings>,
  lengths: readonly number[],
  whole: Released,
): { readonly sent: string; readonly faults: readonly object[] } {
  const clean = new Set<string>();
  const faults: object[] = [];
  let sent = '';
  for (const length of lengths) {
    const now = at(length);
    if (now === undefined) {
      if (whole.text !== undefined) faults.push({ answer, length, blocked: true });
      return { sent, faults };
    }
    // Nothing is taken back.
    if (now.sent.length >= sent.length) {
      if (!now.sent.startsWith(sent)) faults.push({ answer, length, sent, now: now.sent });
      sent = now.sent;
    }
    clean.add(now.settled);
  }
  // Of an answer that passes it is the beginning; of any answer it is clean by itself.
  if (whole.text !== undefined && !whole.text.startsWith(sent)) faults.push({ answer, sent, whole });
  if (whole.text === undefined)
    for (const settled of clean) if (!passes(settled)) faults.push({ answer, settled });
  return { sent, faults };
}

it(`${answers} scripted answers, each by ${splits} ways of cutting it: verdict and text of the whole answer`, async () => {
  const dice = diceOf(seed);
  const tally = { passed: 0, masked: 0, blocked: 0, splits: 0, sent: 0 };
  for (let run = 0; run < answers; run += 1) {
    const answer = scriptedAnswer(dice);
    const kinds = run % 2 === 0 ? [] : ['hiv', 'alcohol'];
    const whole = await released(answer, kinds);
    const at = beginnings(answer, kinds);
    if (whole.text === undefined) tally.blocked += 1;
    else if (whole.verdicts.some((said) => !said.includes(' pass '))) tally.masked += 1;
    else tally.passed += 1;
    for (let split = 0; split < splits; split += 1) {
      let heard = '';
      const lengths: number[] = [];
      // This gateway asks for one document; its client reads streams too.
      const stream = split % 2 === 0;
      for await (const delta of readAnswer(arriving(answer, stream, dice), { stream, limit: 1_000_000 }))
        if (delta.type === 'text') {
          heard += delta.text;
          lengths.push(heard.length);
        }
      tally.splits += 1;
      expect(heard).toBe(answer);
      const { faults, sent } = streamed(answer, at, lengths, whole);
      expect({ run, split, faults }).toEqual({ run, split, faults: [] });
      tally.sent += sent.length;
    }
  }
  const { blocked, masked, passed, sent } = tally;
  console.log(
    `scripted answers (seed ${seed}): ${passed} passed, ${masked} masked, ${blocked} blocked; ${tally.splits} streams, ${sent} characters sent before the end, each with verdict and text of the whole answer`,
  );
  // Of each kind there is enough to have shown something.
  for (const count of [passed, masked, blocked]) expect(count).toBeGreaterThan(answers / 20);
}, 10_000_000);
