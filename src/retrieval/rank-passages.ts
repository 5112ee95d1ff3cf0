import MiniSearch from 'minisearch';
import { stemmer } from 'stemmer';
import type { Passage } from '../vocabulary/context-item.ts';
import { otherWords } from './clinical-words.ts';

export interface RankOptions {
  /** Characters of passages chosen at most, about four to a token. */
  readonly budget: number;
  /** Documents that passages may come from at most. */
  readonly documents: number;
  /** Asked of each passage that would be shown, the best first; one that is not admitted makes room for the next. */
  readonly admits?: (passage: Passage, document: number) => boolean;
}

/** Words that carry no question. */
const stopWords = new Set(
  (
    'a about after all am an and any are as at be been before but by can could did do does for from had has have he her ' +
    'his how i if in into is it its last many me most much my no not of on or our she should so than that the their them then ' +
    'there these they this to was we were what when where which who why will with would you your patient please tell ' +
    'say says said show give'
  ).split(' '),
);

/** What another way of writing counts beside the word that was asked. */
const otherWeight = 0.4;

/** Characters of a question that are looked at: work grows with its words times those of the notes. */
const maxQuestion = 4_000;

/** Both ends of a long message: what is asked stands before or after what was pasted. */
const asked = (question: string): string =>
  question.length <= maxQuestion
    ? question
    : `${question.slice(0, maxQuestion / 2)} ${question.slice(-maxQuestion / 2)}`;

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const term = (word: string): string | null => (stopWords.has(word) ? null : stemmer(word));

/**
 * The passages that fit a question best, by document and in the order of their text: BM25+ (minisearch) of stemmed words over the
 * passages handed in and no others, so what may not be shown can influence nothing. A question none of whose words
 * stands in any passage takes the first passages of the newest documents. Documents come newest first. Abbreviations
 * count less than the question's own words.
 */
export function rankPassages(
  question: string,
  documents: readonly (readonly Passage[])[],
  { budget, documents: most, admits = () => true }: RankOptions,
): readonly (readonly Passage[])[] {
  const all = documents.flatMap((passages, document) =>
    passages.map((passage, place) => ({ document, place, passage })),
  );
  const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: words,
    processTerm: term,
    searchOptions: { combineWith: 'OR', prefix: (one) => one.length >= 5 },
  });
  index.addAll(all.map(({ passage }, id) => ({ id, text: passage.text })));
  const looked = asked(question);
  const others = otherWords(looked);
  const hits = index.search({
    combineWith: 'OR',
    queries: [looked, ...others.map((phrase) => ({ queries: [phrase], boost: { text: otherWeight } }))],
  });
  const found = hits.map((hit) => Number(hit.id));
  const ranked = found.length > 0 ? found : all.map((_, id) => id);

  const chosen = new Set<number>();
  const sources = new Set<number>();
  let room = budget;
  for (const id of ranked) {
    const one = all[id];
    if (one === undefined || one.passage.text.length > room) continue;
    if (!sources.has(one.document) && sources.size >= most) continue;
    if (!admits(one.passage, one.document)) continue;
    sources.add(one.document);
    chosen.add(id);
    room -= one.passage.text.length;
  }
  return documents.map((_, document) =>
    all.flatMap((one, id) => (one.document === document && chosen.has(id) ? [one.passage] : [])),
  );
}
