import type { CueRule, Pack, PackRules } from './pack.ts';
import { indexSigns, indexStarts } from './pattern-starts.ts';
import { WordKeys } from './word-keys.ts';

/** Bits for the first words of cues: few enough to stay near while a text is read. */
const cueBits = 15;

/** Makes of a pack's rules what texts are read with. */
export function indexedPack(rules: PackRules): Pack {
  const { patterns, cues } = rules;
  return {
    ...rules,
    atNumber: indexStarts(patterns.filter(({ at }) => at === 'number' || at === 'either')),
    atWord: indexStarts(patterns.filter(({ at }) => at === 'word' || at === 'either')),
    atSign: indexSigns(patterns),
    cueIndex: indexed(cues),
    cueKeys: new WordKeys(
      cues.flatMap(({ after }) => after.map(([first = '']) => first)),
      cueBits,
    ),
  };
}

/** The rules alone: what has methods goes to no other thread. */
export const rulesOf = ({ id, covers, patterns, cues, dates, names, actions }: Pack): PackRules => ({
  id,
  covers,
  patterns,
  cues,
  dates,
  names,
  actions,
});

function indexed(cues: readonly CueRule[]): Pack['cueIndex'] {
  const index = new Map<string, { words: readonly string[]; rule: CueRule }[]>();
  for (const rule of cues) {
    for (const words of rule.after) {
      const [first = ''] = words;
      index.set(first, [...(index.get(first) ?? []), { words, rule }]);
    }
  }
  for (const [first, entries] of index) {
    index.set(
      first,
      entries.toSorted((a, b) => b.words.length - a.words.length),
    );
  }
  return index;
}
