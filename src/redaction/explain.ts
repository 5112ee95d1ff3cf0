import type { Pack, PatternRule } from './pack.ts';

/** Why a rule hides: its Safe Harbor letter and one sentence. */
export interface Explanation {
  readonly class: string;
  readonly reason: string;
}

/** Rules of the code by their id or its beginning. */
const ownRules: readonly (readonly [start: string, explanation: Explanation])[] = [
  ['date', { class: 'C', reason: 'a date more exact than its year' }],
  ['facility', { class: 'B', reason: 'a word that names a kind of facility with one that tells which' }],
  ['place.', { class: 'B', reason: 'a place by the word list, or by what stands before it' }],
  ['name.', { class: 'A', reason: 'a name by its title, label, relation, form or word list' }],
  ['record.', { class: 'A', reason: 'found by another rule in this text, and hidden wherever it stands' }],
  ['encoded', { class: 'R', reason: 'encoded text that says an identifier' }],
];

type Explained = Pick<PatternRule, 'id' | 'class' | 'check'>;

/** What explains the spans of these packs, by rule id. */
export function explainer(packs: readonly Pack[]): (rule: string) => Explanation {
  const known = new Map<string, Explanation>();
  const explain = (rules: readonly Explained[], reason: string): void => {
    for (const { id, class: letter, check } of rules)
      known.set(id, {
        class: letter,
        reason: `${reason}${check === undefined ? '' : `, with the check ${check}`}`,
      });
  };
  for (const { patterns, cues, columns } of packs) {
    explain(patterns, 'its form');
    explain(cues, 'it follows a word that announces it');
    explain(columns, 'the heading of its column says so');
  }
  return (rule) =>
    known.get(rule) ??
    ownRules.find(([start]) => rule.startsWith(start))?.[1] ?? { class: 'R', reason: 'a rule of its own' };
}
