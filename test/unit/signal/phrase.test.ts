import { describe, expect, test } from '@jest/globals';
import { PhraseTable, phraseOf } from '../../../src/signal/phrase.ts';
import { phrases } from '../../../src/signal/phrases.ts';
import { wordLists } from '../../../src/signal/word-lists.ts';
import { wordsOf } from '../../../src/signal/words.ts';

const stands = (phrase: string, text: string): boolean => {
  const table = new PhraseTable([['it', phrase]]);
  return table.namesIn(wordsOf(text, table.vocabulary)).has('it');
};

describe('a phrase', () => {
  test.each([
    ['one two', 'one two', true],
    ['one two', 'one, two', true],
    ['one two', 'one x two', false],
    ['one ..2 two', 'one x y two', true],
    ['one ..2 two', 'one x y z two', false],
    ['one ~2 two', 'one the of two', true],
    ['one ~2 two', 'one discharge two', false],
    ['one ..2 two', 'one x. two', false],
    ['one ..2 two', 'one x.y two', true],
    ['one two', 'one\n\ntwo', false],
    ['one two', 'one\ntwo', true],
    ['one ~2 two', 'one. the. two', true],
    ['one|two three', 'two three', true],
    ['@drop it', 'forget it', true],
    ['x|@drop it', 'x it', true],
    ['^ one', 'then. one', true],
    ['^ one', 'x\none', true],
    ['^ one', 'please one', true],
    ['^ one', 'x one', false],
    ['^ one', 'x, one', false],
    ['! one', 'never one', false],
    ['! one', 'do not ever one', false],
    ['! one', 'I do not. one', true],
    ['! one', 'one', true],
    ['one -two|three', 'one x three', false],
    ['one -two|three', 'one x y three', true],
    ['one -two|three', 'one. two', true],
    ['one -two|three', 'one', true],
    ['one two', '0ne two', false],
    ['never two', 'n3v3r two', true],
    ['never two', 'n e v e r two', false],
    ['never two', 'n e v e r t w o', true],
    ['never again', 'neveragainneveragain', true],
  ] as const)('%j in %j: %s', (phrase, text, expected) => {
    expect(stands(phrase, text)).toBe(expected);
  });

  test.each([['@nothing here'], ['one ..3'], ['^']])('that cannot be read is refused: %j', (written) => {
    expect(() => phraseOf(written)).toThrow(/list of words|ends in a gap/);
  });
});

test('words of lists and phrases are written as texts are read: small letters without accents', () => {
  const { vocabulary } = new PhraseTable(
    phrases.flatMap(({ id, phrases: written = [] }) => written.map((phrase) => [id, phrase] as const)),
  );
  const all = [...vocabulary, ...Object.values(wordLists).flatMap((list) => [...list])];
  expect(all.filter((word) => !/^[a-z0-9]+$/.test(word))).toEqual([]);
});
