import { describe, expect, test } from '@jest/globals';
import { createScanner } from '../../../src/redaction/scan.ts';
import { hostileTexts } from './hostile-texts.ts';
import { safeHarbor } from './identity.ts';

const scan = createScanner([safeHarbor]);

/** CPU time of one reading, in milliseconds. */
function timeOf(text: string): number {
  const start = process.cpuUsage();
  scan(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** `SOAK=full`: twice the length. */
const length = process.env['SOAK'] === 'full' ? 20_000 : 10_000;

describe('time is linear in the length of the text', () => {
  test.each(Object.entries(hostileTexts))('%s', (_, unit) => {
    const [short, long] = [unit.repeat(length / unit.length), unit.repeat((8 * length) / unit.length)];
    scan(short);
    // Eight times the text: linear takes eight times as long, quadratic 64 times.
    const most = Math.min(
      Math.max(Math.min(timeOf(short), timeOf(short)), length / 10_000) * 28,
      // 20 us a character, many times what any of these takes.
      0.02 * long.length,
    );
    const took = timeOf(long);
    // What else the host does only adds: too long is what takes too long three times more.
    const again = took < most ? [took] : [timeOf(long), timeOf(long), timeOf(long)];
    expect(Math.min(...again)).toBeLessThan(most);
  });

  test('a text of very many blanks before signs is read', () => {
    expect(scan('no , '.repeat(150_000))).toEqual([]);
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
