import { describe, expect, it } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import { quotableOf } from '../../../src/release/checks/verbatim.ts';

const words = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `w${from + n}`);
const note = `${words(0, 30).join(' ')}.\n${words(30, 60).join(', ')}`;

const check = (text: string, limit = 10, notes: readonly string[] = [note]) => {
  const { answer, verdicts } = checkAnswer({
    text,
    interlock: buildInterlock([]),
    issuedTokens: new Set(),
    canary: 'q7wkz0m4v1xj9t2c',
    citationKeys: new Set(['N1']),
    quotable: quotableOf(notes, limit),
  });
  return { text: answer?.text, verdict: verdicts.find((one) => one.check === 'verbatim') };
};
const kept = (text: string | undefined): number => (text ?? '').match(/\bw\d+/g)?.length ?? 0;

describe('words in a row of a note', () => {
  it('as many as the task says may stand, one more is cut', () => {
    const ten = `It says: ${words(5, 15).join(' ')} [N1].`;
    expect(check(ten)).toEqual({ text: ten, verdict: { check: 'verbatim', verdict: 'pass', count: 0 } });
    const eleven = check(`It says: ${words(5, 16).join(' ')} [N1].`);
    expect(eleven.text).toBe(`It says: ${words(5, 15).join(' ')} (quotation cut) [N1].`);
    expect(eleven.verdict).toMatchObject({ verdict: 'mask' });
  });

  it.each([
    ['the whole note', note],
    ['in capitals', note.toUpperCase().replaceAll('W', 'w')],
    ['with other punctuation and lines', note.replaceAll(/[ ,.]+/g, ' -\n')],
    [
      'in a list',
      words(0, 60)
        .map((word) => `- ${word}`)
        .join('\n'),
    ],
    ['within other words', `Here it comes ${note} and that was all`],
  ])('%s: only the first ten are left', (_name, text) => {
    expect(kept(check(text).text)).toBe(10);
  });

  it('two runs are cut each, and what lies between stays', () => {
    const { text } = check(`${words(0, 20).join(' ')} whereas later ${words(40, 55).join(' ')} end`);
    expect(text).toBe(
      `${words(0, 10).join(' ')} (quotation cut) whereas later ${words(40, 50).join(' ')} (quotation cut) end`,
    );
  });

  it('words of the note in another order, and of other texts, stay', () => {
    const turned = words(0, 60).toReversed().join(' ');
    expect(check(turned).text).toBe(turned);
    expect(check(note, 10, []).text).toBe(note);
    expect(check(note, 10, [words(0, 10).join(' ')]).text).toBe(note);
  });

  it('takes time in proportion to the text, whatever the limit', () => {
    const long = Array.from({ length: 40_000 }, (_, n) => `x${n}`).join(' ');
    const { text } = check(long, 400, [long]);
    expect((text ?? '').split(' ').length).toBe(402);
  });
});
