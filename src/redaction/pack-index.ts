import { madeOnce } from '../vocabulary/made-once.ts';
import type { ColumnRule, Cue, CueRule, IndexedPack, Pack } from './pack.ts';
import { beginnings } from './pattern-places.ts';
import { indexSigns, indexStarts, readingOf } from './pattern-starts.ts';
import { WordKeys } from './word-keys.ts';

/** Bits for the first words of cues: few enough to stay near while a text is read. */
const cueBits = 15;

/** Makes of a pack what texts are read with, once for each: a thread that reads no text does without. */
export const indexedPack = madeOnce(index);

function index(pack: Pack): IndexedPack {
  const { patterns, cues, columns } = pack;
  const columnIndex = byLabel(columns);
  return {
    ...pack,
    atNumber: indexStarts(patterns.filter(({ at }) => at === 'number' || at === 'either')),
    atWord: indexStarts(patterns.filter(({ at }) => at === 'word' || at === 'either')),
    atSign: indexSigns(patterns),
    behindPerson: patterns.filter(({ at }) => at === 'person'),
    cueIndex: indexed(cues),
    cueKeys: new WordKeys(
      cues.flatMap(({ after }) => after.map(([first = '']) => first)),
      cueBits,
    ),
    columnIndex,
    columnKeys: new WordKeys(
      Array.from(columnIndex.keys(), (label) => label.split(' ', 1)[0] ?? ''),
      cueBits,
    ),
  };
}

/** Column rules by their labels, written apart and in one piece. */
function byLabel(columns: readonly ColumnRule[]): IndexedPack['columnIndex'] {
  const labelled = new Map<string, ColumnRule[]>();
  for (const rule of columns)
    for (const label of new Set(rule.columns.flatMap((one) => [one, one.replaceAll(' ', '')])))
      labelled.set(label, [...(labelled.get(label) ?? []), rule]);
  return labelled;
}

function indexed(cues: readonly CueRule[]): IndexedPack['cueIndex'] {
  const byWord = new Map<string, Cue[]>();
  for (const rule of cues) {
    const begins = beginnings(readingOf(rule));
    for (const words of rule.after) {
      const [first = ''] = words;
      byWord.set(first, [...(byWord.get(first) ?? []), { words, rule, begins }]);
    }
  }
  for (const [first, entries] of byWord) {
    byWord.set(
      first,
      entries.toSorted((a, b) => b.words.length - a.words.length),
    );
  }
  return byWord;
}
