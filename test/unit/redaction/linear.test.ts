import { describe, expect, test } from '@jest/globals';
import { createScanner } from '../../../src/redaction/scan.ts';
import { hostileTexts } from './hostile-texts.ts';
import { safeHarbor } from './identity.ts';

const scan = createScanner([safeHarbor]);

/** Least CPU time of some readings, in milliseconds: what else the host does only adds. */
function least(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < 2; pass += 1) {
    const start = process.cpuUsage();
    scan(text);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe('time is linear in the length of the text', () => {
  test.each(Object.entries(hostileTexts))('%s', (_, unit) => {
    const [short, long] = [unit.repeat(20_000 / unit.length), unit.repeat(160_000 / unit.length)];
    scan(short);
    // Eight times the text: linear takes eight times as long, quadratic 64 times.
    const took = least(long);
    expect(took).toBeLessThan(Math.max(least(short), 2) * 28);
    // 20 us a character, many times what any of these takes.
    expect(took).toBeLessThan(3_200);
  });

  test('a line of words with hyphens that ends like base64 is read at once', () => {
    const from = performance.now();
    scan(`x ${Array.from({ length: 60 }, () => 'aa').join('-')}==`);
    expect(performance.now() - from).toBeLessThan(1000);
  });

  test('a blob that is too long to be decoded hides unread', () => {
    const blob = Buffer.from('Patient: Ottoline Quayle. '.repeat(4_000)).toString('base64');
    expect(scan(`note ${blob} end`)).toEqual([
      { start: 5, end: 5 + blob.length, type: 'ID', rule: 'encoded' },
    ]);
  });
});
