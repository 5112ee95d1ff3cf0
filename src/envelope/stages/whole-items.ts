import { linesOf } from '../../model/prompt.ts';
import type { RedactedItem } from '../../redaction/ports.ts';
import { RedactedText } from '../../redaction/redacted-text.ts';
import type { WholeItem } from '../../release/left-out.ts';
import { namingPart } from '../../retrieval/projection/projections.ts';
import type { ContextItem } from '../../vocabulary/context-item.ts';
import type { Comparing } from './answer-scope.ts';

/** Characters of one part that a line added below an answer may hold; no item is left off for that. */
const mostCharacters = 400;

const placeOf = ({ id, type, elsewhere }: ContextItem['resource']): string =>
  JSON.stringify([elsewhere?.server, type, id]);

/** The beginning of a text, no token cut in two. */
function shortened(text: RedactedText): RedactedText {
  const all = text.toString();
  if (all.length <= mostCharacters) return text;
  const open = all.lastIndexOf('[[', mostCharacters);
  const cut = open > all.lastIndexOf(']]', mostCharacters) ? open : mostCharacters;
  return RedactedText.assemble(all, [{ start: cut, end: all.length, by: ' …' }]);
}

/** Words with which a name that was typed begins; what follows is how it is taken. */
const typedWords = 4;
const beginningOf = (typed: string): string => typed.split(/\s+/, typedWords).join(' ');

/** What was typed names an item only where no code does. */
function nameOf({ parts, resource }: RedactedItem, recorded: ContextItem): string {
  const naming = namingPart(resource.type);
  const named = parts.flatMap((part, at) =>
    part.name === naming ? [{ text: part.text.toString(), type: recorded.parts[at]?.type }] : [],
  );
  const coded = named.filter(({ type }) => type !== 'text').map(({ text }) => text);
  return (coded.length > 0 ? coded : named.map(({ text }) => beginningOf(text))).join(' ');
}

/**
 * The items of which this answer may leave out none: of the steps that the task names, what the model was shown and what
 * the record holds still. They are written as the model read them, but for dates, which are tokens.
 */
export function wholeItems({ canary, record, redacted, task }: Comparing): readonly WholeItem[] {
  const steps = task.complete ?? [];
  const standing = new Map(
    record.items
      .filter(({ provenance }) => steps.includes(provenance.step))
      .map((item) => [placeOf(item.resource), item] as const),
  );
  return redacted.items.flatMap((item): WholeItem[] => {
    const recorded = standing.get(placeOf(item.resource));
    if (recorded === undefined) return [];
    const parts = item.parts.map(({ name, text }) => ({ name, text: shortened(text) }));
    const doses = item.parts.filter(({ name }) => name.startsWith('dosage'));
    return [
      {
        key: item.key,
        kind: item.kind,
        name: nameOf(item, recorded),
        doses: doses.map(({ text }) => text.toString()).join('\n'),
        // A backtick could open code, in which nothing is revealed.
        line: linesOf({ ...item, parts, passages: [] }, canary, false).replaceAll('`', "'"),
      },
    ];
  });
}
