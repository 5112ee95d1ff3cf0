import { describe, expect, test } from '@jest/globals';
import { readAnalyzerAnswer } from '../../../src/recogniser/analyzer-answer.ts';

const row = (start: number, end: number, more: object = {}): object => ({
  entity_type: 'PERSON',
  start,
  end,
  score: 0.85,
  analysis_explanation: null,
  recognition_metadata: { recognizer_name: 'SpacyRecognizer' },
  ...more,
});
const read = (rows: unknown, text = 'Ask Zbigniew today.', leastScore = 0.4) =>
  readAnalyzerAnswer(typeof rows === 'string' ? rows : JSON.stringify(rows), text, leastScore);

describe('an answer of the analyzer', () => {
  test('becomes spans by type', () => {
    expect(read([row(4, 12), row(13, 18, { entity_type: 'SOMETHING_NEW' })])).toEqual([
      { start: 4, end: 12, type: 'PERSON', rule: 'recogniser', entity: 'recogniser:PERSON:zbigniew' },
      { start: 13, end: 18, type: 'ID', rule: 'recogniser', entity: 'recogniser:ID:today' },
    ]);
    expect(read([])).toEqual([]);
  });

  test('counts code points, and we count UTF-16 units', () => {
    const text = '😀 Ask 😀 Zbigniew';
    const [span] = read([row(8, 16)], text);
    expect(text.slice(span?.start, span?.end)).toBe('Zbigniew');
    expect(() => read([row(8, 17)], text)).toThrow(
      expect.objectContaining({ reason: 'recogniser_malformed' }),
    );
  });

  test('below the least score counts for nothing', () => {
    expect(read([row(4, 12, { score: 0.39 })])).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no JSON', 'no'],
    ['an object', {}],
    ['an error', { error: 'No text provided' }],
    ['null', null],
    ['rows that are none', ['PERSON']],
    ['null for a row', [null]],
    ['no end', [row(4, 12, { end: undefined })]],
    ['text for an offset', [row(4, 12, { start: '4' })]],
    ['half an offset', [row(4.5, 12)]],
    ['before the text', [row(-1, 12)]],
    ['beyond the text', [row(4, 20)]],
    ['backwards', [row(12, 4)]],
    ['nothing', [row(4, 4)]],
    ['no score', [row(4, 12, { score: null })]],
    ['a score above one', [row(4, 12, { score: 2 })]],
    ['no type', [row(4, 12, { entity_type: '' })]],
    ['a type that is text of the note', [row(4, 12, { entity_type: 'Ask Zbigniew today' })]],
    ['one good row and one bad', [row(4, 12), row(4, 99)]],
  ])('%s is malformed', (_, rows) => {
    expect(() => read(rows)).toThrow(expect.objectContaining({ reason: 'recogniser_malformed' }));
  });
});
