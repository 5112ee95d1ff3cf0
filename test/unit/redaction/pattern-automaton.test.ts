import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { normalise } from '../../../src/redaction/normalise.ts';
import type { IndexedPack } from '../../../src/redaction/pack.ts';
import { indexedPack } from '../../../src/redaction/pack-index.ts';
import { Automaton } from '../../../src/redaction/pattern-automaton.ts';
import { beginnings } from '../../../src/redaction/pattern-places.ts';
import { parsePattern } from '../../../src/redaction/pattern-syntax.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { hostileTexts } from './hostile-texts.ts';
import { identifiedSentences } from './identified-sentences.ts';

const automatonOf = (source: string, cased = false): Automaton =>
  new Automaton([{ node: parsePattern(source), cased, starts: undefined }]);

const can = (source: string, text: string): boolean => automatonOf(source).possibleAt(text, 0).length > 0;

const marks = /\[\[[A-Z]:|\]\]/g;
const texts = [
  ...identifiedSentences.map((sentence) => sentence.replaceAll(marks, '')),
  ...Object.values(hostileTexts).map((unit) => unit.repeat(20).slice(0, 400)),
  'É. Müller, +49 30 1234567, 10115 Berlin — (919) 555‑0142; MRN-00412 <city>Ulm</city> 1.2.840.113619',
  '3/4/26 7:05 a.m. A1c 7.2 %, BP 120/80, 0.5 mg 2x, T12-L1, a@b.org, A-A-AA-aa= 4.1.3.5',
];

/** Rules of a pack that match somewhere in a text although their automaton says that they mayNot. */
function overlooked(pack: IndexedPack, source: string): string[] {
  const { text, lower } = normalise(source);
  const found: string[] = [];
  for (const { rules, automaton, run, sign } of [
    ...pack.atNumber,
    ...pack.atWord,
    ...pack.atSign.map((one) => ({ ...one, rules: [one.rule], run: 0, sign: undefined })),
  ])
    for (let at = 0; at < text.length; at += 1) {
      const possible = automaton.possibleAt(text, at);
      for (const [number, { id, pattern, cased, starts }] of rules.entries()) {
        pattern.lastIndex = at;
        const matches = pattern.test(cased ? text : lower);
        const begins = starts === undefined || starts.includes((cased ? text : lower).charAt(at));
        const all = (cased ? text : lower).slice(at, pattern.lastIndex);
        const asked =
          possible.includes(number) &&
          (/^[A-Za-z0-9]*/.exec(all)?.[0].length ?? 0) >= run &&
          (sign === undefined || all.includes(String.fromCharCode(sign)));
        if (matches && begins && !asked) found.push(`${id} at ${at} of ${text}`);
      }
    }
  return found;
}

/** Rules of a pack that are asked only where a long run or a rare sign is, by what they need. */
const apart = (pack: IndexedPack, needs: 'run' | 'sign'): string[] =>
  pack.atWord
    .filter((starts) => (needs === 'run' ? starts.run > 0 : starts.sign !== undefined))
    .flatMap(({ rules }) => rules.map(({ id }) => id));

const says = (set: Uint8Array | undefined, character: string): boolean =>
  set?.[character.charCodeAt(0)] === 1;

describe('the automaton of a pack', () => {
  test.each(['limited-data-set', 'hipaa-safe-harbor', 'gdpr', 'strict', 'es', 'de', 'fr'] as const)(
    '%s overlooks no match, wherever a text is read',
    (id) => {
      const pack = indexedPack(loadShippedPack(id));
      expect(texts.flatMap((text) => overlooked(pack, text))).toEqual([]);
    },
  );

  test('rules that need a long run or a rare sign stand apart', () => {
    const pack = indexedPack(loadShippedPack('hipaa-safe-harbor'));
    expect(apart(pack, 'run')).toEqual(expect.arrayContaining(['vin', 'secret.mixed']));
    expect(apart(pack, 'sign')).toEqual(expect.arrayContaining(['place.field', 'field.quasi']));
    const read = createRedactor({ identity: [], packs: [pack] });
    const found = (text: string): readonly string[] =>
      (read.spans([{ text, type: 'text' }])[0] ?? []).map(({ start, end }) => text.slice(start, end));
    expect(found('plate of 1HGBH41JXMN109186 seen')).toEqual(['1HGBH41JXMN109186']);
    expect(found('1HGBH41JXMN109186')).toEqual(['1HGBH41JXMN109186']);
    expect(found('religion=druid;')).toEqual(['druid']);
    expect(found("religion = 'druid'")).toEqual(['druid']);
    expect(found('religion druid;')).toEqual([]);
  });

  test.each([
    ['[a-z]{1,9}\\.(?:com|org)', '.', 'a', 'c', '.', ' '],
    ['[a-z]{1,9}(?:\\.[a-z]{2,9}){0,3}\\.org(?:/[^ ]{0,9})?', '.', 'n', 'x', '/', '1'],
    ['[a-z]{0,9}(?:mrn|ssn)-\\d{4}', '-', 'n', '4', 'm', '-'],
  ])('%s: beside the first %s', (source, sign, before, after, notBefore, notAfter) => {
    const beside = automatonOf(source).beside(sign.charCodeAt(0));
    expect([says(beside.before, before), says(beside.after, after)]).toEqual([true, true]);
    expect([says(beside.before, notBefore), says(beside.after, notAfter)]).toEqual([false, false]);
  });

  test('where a match can begin or end with the sign anything may stand beside it', () => {
    expect(automatonOf('-[a-z]?').beside(45)).toEqual({ before: undefined, after: undefined });
    expect(automatonOf('[a-z]{0,3}-?').beside(45).after).toBeUndefined();
  });

  test('what mayNot match is told', () => {
    expect(can('\\d{3}-\\d{4}', '555-0142')).toBe(true);
    expect(can('\\d{3}-\\d{4}', '555-014x')).toBe(false);
    expect(can('(?:[a-z]{2,9} ){0,3}street', 'elm park street')).toBe(true);
    expect(can('(?:[a-z]{2,9} ){0,3}street', 'elm park avenue')).toBe(false);
    expect(can('mrn', 'MRN')).toBe(true);
    expect(can('\\d{3}(?= fax(?!ed))', '555 fax')).toBe(true);
    expect(can('\\d{3}(?= fax(?!ed))', '555 mg')).toBe(false);
    // What must stand in the middle, or must not stand at the end, is left to the pattern.
    expect(can('\\d(?=\\d4)\\d{2}', '123')).toBe(true);
    expect(can('\\d{3}(?! mg)', '555 mg')).toBe(true);
    expect(automatonOf('MRN', true).possibleAt('mrn', 0)).toEqual([]);
  });

  test('several patterns are told apart, more than bits of a number', () => {
    const automaton = new Automaton(
      Array.from({ length: 50 }, (_, number) => ({
        node: parsePattern(`(?:a|b)${number}x`),
        cased: false,
        starts: undefined,
      })),
    );
    expect(automaton.possibleAt('b49x', 0)).toEqual([49]);
    expect(automaton.possibleAt('A7x', 0)).toEqual([7]);
    expect(automaton.possibleAt('a50x', 0)).toEqual([]);
  });

  test.each([
    ['(?:\\d|mrn)\\d', false, '7mM', 'rx '],
    ['(?=x)[a-c]{1,3}', true, 'abc', 'Ax'],
  ])('%s begins with a character of its own', (source, cased, may, mayNot) => {
    const begins = beginnings({ node: parsePattern(source), cased, starts: undefined });
    expect(Array.from(may, (character) => says(begins, character))).not.toContain(false);
    expect(Array.from(mayNot, (character) => says(begins, character))).not.toContain(true);
    expect(beginnings({ node: parsePattern(`(?:${source})?`), cased, starts: undefined })).toBeUndefined();
  });

  test('what is too long to be followed stays possible', () => {
    expect(can('a{200}b', 'a'.repeat(300))).toBe(true);
    expect(can('(?:(?:[a-z]{24}){24}){24}', '-')).toBe(true);
    expect(can('\\d?', 'x')).toBe(true);
  });

  test('with more states than are remembered everything that can still match stays possible', () => {
    // The place of each `a` among fourteen characters: 16,384 sets of places.
    const automaton = automatonOf('(?:[ab]{0,90})a[ab]{14}c');
    let seed = 1;
    for (let round = 0; round < 3_000; round += 1) {
      let text = '';
      for (let at = 0; at < 40; at += 1) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        text += seed & 65_536 ? 'a' : 'b';
      }
      expect(automaton.possibleAt(`${text}a${'b'.repeat(14)}c`, 0)).toEqual([0]);
    }
  });
});
