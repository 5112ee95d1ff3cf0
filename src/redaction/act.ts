import { table } from '../vocabulary/table.ts';
import type { TokenType } from '../vocabulary/token.ts';
import type { Acting } from './acting.ts';
import type { Action } from './actions.ts';
import { coarseForm } from './coarse-forms.ts';
import type { FindSpans, Span } from './ports.ts';
import type { Replacement } from './redacted-text.ts';

/** Stands where something was removed; says its kind and nothing else. */
export const removedMarks: Readonly<Record<TokenType, string>> = table({
  PATIENT: '(patient removed)',
  RELATIVE: '(relative removed)',
  CLINICIAN: '(clinician removed)',
  PERSON: '(person removed)',
  ORG: '(organization removed)',
  PLACE: '(place removed)',
  PHONE: '(phone number removed)',
  EMAIL: '(e-mail removed)',
  ID: '(number removed)',
  DATE: '(date removed)',
  URL: '(link removed)',
  AGE: '(age removed)',
});

export type TypeCounts = Readonly<Partial<Record<TokenType, number>>>;

/** One text after what gets no token was dealt with. */
export interface Acted {
  /** What is to become tokens. */
  readonly spans: readonly Span[];
  /** What takes the place of the others. */
  readonly replacements: readonly Replacement[];
}

export interface ActedTexts {
  readonly texts: readonly Acted[];
  /** Different values by type. */
  readonly generalised: TypeCounts;
  readonly removed: TypeCounts;
}

const tokenActions: ReadonlySet<Action> = new Set(['keep', 'token', 'shift']);

/**
 * What would be kept becomes a token as well: nothing that was found in an envelope stays. What is shifted is one until
 * it is written for a model.
 */
export const becomesToken = (action: Action): boolean => tokenActions.has(action);

/** Enough to read the state before a ZIP code, and the unit behind an age. */
const wordsAround = 24;

/**
 * Generalises and removes what the packs say. `again` reads the coarser forms as the texts were read: one that the
 * record or a pack knows would still hide, so nothing stands in its place.
 */
export async function actOn(
  texts: readonly { readonly text: string; readonly spans: readonly Span[] }[],
  acting: Acting,
  today: number,
  again: FindSpans,
): Promise<ActedTexts> {
  const values = { generalised: new Map<string, TokenType>(), removed: new Map<string, TokenType>() };
  const coarse = new Map<Span, string>();
  const plain: Acted[] = [];
  let changed = false;
  for (const { text, spans } of texts) {
    const left = spans.every((span) => becomesToken(acting.of(span)))
      ? spans
      : spans.filter((span) => becomesToken(acting.of(span)));
    plain.push({ spans: left, replacements: [] });
    if (left === spans) continue;
    changed = true;
    for (const span of spans) {
      if (acting.of(span) !== 'generalise') continue;
      const form = coarseForm(standing(text, span), today);
      if (form !== undefined) coarse.set(span, form);
    }
  }
  if (!changed) return { texts: plain, generalised: {}, removed: {} };
  const hidden = await hidesStill([...coarse], today, again);
  const acted = texts.map(({ text, spans }, at): Acted => {
    const tokens = plain[at]?.spans ?? [];
    const kept = new Set(tokens);
    const replacements = spans.flatMap((span): Replacement[] => {
      if (kept.has(span)) return [];
      const { start, end, type, entity } = span;
      const form = coarse.get(span);
      const stands = form !== undefined && !hidden.has(`${type} ${form}`);
      const value = JSON.stringify([type, entity, text.slice(start, end)]);
      values[stands ? 'generalised' : 'removed'].set(value, type);
      return [{ start, end, by: stands ? form : removedMarks[type] }];
    });
    return { spans: tokens, replacements };
  });
  return {
    texts: acted,
    generalised: countsOf(values.generalised.values()),
    removed: countsOf(values.removed.values()),
  };
}

const standing = (text: string, { start, end, type, epochDay }: Span) => ({
  type,
  text: text.slice(start, end),
  before: text.slice(Math.max(0, start - wordsAround), start),
  after: text.slice(end, end + wordsAround),
  epochDay,
});

/** Coarser forms that would be hidden where they stood in a text, by type and form. */
async function hidesStill(
  coarse: readonly (readonly [Span, string])[],
  today: number,
  again: FindSpans,
): Promise<ReadonlySet<string>> {
  const forms = new Map(coarse.map(([{ type }, form]) => [`${type} ${form}`, { type, form }]));
  if (forms.size === 0) return new Set();
  const asked = [...forms];
  const found = await again(asked.map(([, { form }]) => ({ text: form, type: 'text' })));
  return new Set(
    asked.flatMap(([key, { type, form }], at) => {
      const spans = found[at];
      if (spans === undefined) throw new Error('a text was not searched');
      const same = spans.every(
        (span) => span.type === type && coarseForm(standing(form, span), today) === form,
      );
      return same ? [] : [key];
    }),
  );
}

/** How many there are of each type, beside those counted before. */
export function countsOf(types: Iterable<TokenType>, before: TypeCounts = {}): TypeCounts {
  const counts: Partial<Record<TokenType, number>> = { ...before };
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
