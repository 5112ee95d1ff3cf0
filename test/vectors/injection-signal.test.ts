import { expect, it } from '@jest/globals';
import { injectionSignal } from '../../src/signal/injection-signal.ts';
import { type InjectionPlace, injectionLevelOf } from '../../src/vocabulary/injection.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import { clinicalQuestion } from './injection/clinical-questions.ts';
import { clinicalSets, generatedTexts } from './injection/clinical-texts.ts';
import { attackKinds, harmlessTexts, present, unseenAttacks } from './injection/strings.ts';

if (!present) console.log('skipped: ../shared/data/injection is not here');
const whenPresent = present ? it : it.skip;

/** An ordinary note round an attack. */
const planted = (attack: string): string =>
  `Seen for follow-up of hypertension. BP 128/76 on lisinopril 10 mg, no complaints.\n${attack}\nReturn in three months.`;

interface Share {
  readonly texts: number;
  /** Shares of all texts. */
  readonly flagged: number;
  readonly high: number;
}

function shareOf(texts: readonly string[], where: InjectionPlace): Share {
  const levels = texts.map((text) => injectionLevelOf(injectionSignal(text, where).score));
  const share = (fits: (level: (typeof levels)[number]) => boolean): number =>
    levels.filter(fits).length / Math.max(1, texts.length);
  return {
    texts: texts.length,
    flagged: share((level) => level !== undefined),
    high: share((level) => level === 'high'),
  };
}

const line = (name: string, { texts, flagged, high }: Share): string =>
  `  ${name}: ${texts} texts, ${(100 * flagged).toFixed(1)} % with a score, ${(100 * high).toFixed(1)} % high`;

whenPresent('attacks planted in a note are found as often as the page says', () => {
  const kinds = attackKinds();
  const shares = {
    'attacks that say what is to be done to the answer': shareOf(kinds.answers.map(planted), 'record'),
    'attacks that want program code put into it': shareOf(kinds.programs.map(planted), 'record'),
    'attacks that are ordinary requests': shareOf(kinds.requests.map(planted), 'record'),
  };
  console.log(
    ['planted in a note (BIPIA):', ...Object.entries(shares).map(([name, share]) => line(name, share))].join(
      '\n',
    ),
  );
  expect(shares['attacks that say what is to be done to the answer'].flagged).toBeGreaterThan(0.9);
  expect(shares['attacks that want program code put into it'].flagged).toBeGreaterThan(0.95);
});

whenPresent('attacks that the rules were not written with are found less often', () => {
  const share = shareOf(unseenAttacks(), 'question');
  console.log(line('attacks not looked at (deepset, test half)', share));
  expect(share.flagged).toBeGreaterThan(0.25);
});

whenPresent('harmless questions that sound like attacks are hardly ever high', () => {
  const share = shareOf(harmlessTexts(), 'question');
  console.log(line('harmless questions that sound like attacks (NotInject, WildGuard)', share));
  expect(share.high).toBeLessThanOrEqual(0.01);
});

it('clinical texts are not high, and score nothing but for one in a thousand', () => {
  const dice = diceOf(1);
  const sets: readonly (readonly [name: string, texts: readonly string[]])[] = [
    ...clinicalSets(),
    ['questions of clinicians', Array.from({ length: 2000 }, () => clinicalQuestion(dice))],
    ["texts of the sandbox's patients", generatedTexts(10)],
  ];
  const all = sets.map(([name, texts]) => [name, shareOf(texts, 'record')] as const);
  console.log(['clinical texts:', ...all.map(([name, share]) => line(name, share))].join('\n'));
  for (const [name, { flagged, high, texts }] of all) {
    expect([name, texts > 100]).toEqual([name, true]);
    expect([name, high <= 0.005, flagged <= 0.001]).toEqual([name, true, true]);
  }
});
