import { asRefusal } from '../errors/refusal.ts';
import type { IssuedToken, TokenRequest, TokenVault } from '../vault/ports.ts';
import type { ContextItem } from '../vocabulary/context-item.ts';
import type { VaultScope } from '../vocabulary/scope.ts';
import { type TokenType, tokenDay } from '../vocabulary/token.ts';
import { type Acted, actOn, becomesToken, countsOf, removedMarks, type TypeCounts } from './act.ts';
import type { Acting } from './acting.ts';
import { type AgeStretch, agesOn, type DayPolicy, withoutTellingCounts } from './day-counts.ts';
import { besideTokens, type OwnToken, ownTokens, tokensIn } from './own-tokens.ts';
import type { FindSpans, RedactedContext, RedactedItem, SoughtText, Span } from './ports.ts';
import { RedactedText, type Replacement } from './redacted-text.ts';
import { strangeDaysIn } from './shifted-dates.ts';

interface Sought extends SoughtText {
  readonly ofCaller: boolean;
  spans: readonly Span[];
  /** Tokens of this scope, in what a caller wrote. */
  tokens: readonly OwnToken[];
  /** What takes the place of spans that get no token. */
  replacements: readonly Replacement[];
}

/**
 * Stage 6: finds every identifier in items and messages, does with it what `acting` says, has one token issued for each
 * distinct value that gets one and puts the texts together again. What a rule finds once is looked for everywhere.
 * Token-like text that stands in the input already is made inert, except for a token of this very scope in a caller's
 * message. Anything thrown closes the envelope (`redaction_failed`, or the vault's own refusal).
 */
export async function redactEnvelope(input: {
  readonly find: FindSpans;
  /** Reads coarser forms; `find` where it is absent. */
  readonly again?: FindSpans;
  readonly acting: Acting;
  readonly vault: TokenVault;
  readonly scope: VaultScope;
  readonly items: readonly ContextItem[];
  readonly messages: readonly string[];
  readonly days: DayPolicy;
}): Promise<RedactedContext> {
  try {
    return await redacted(input);
  } catch (thrown) {
    throw asRefusal(thrown, 'redaction_failed');
  }
}

async function redacted(input: Parameters<typeof redactEnvelope>[0]): Promise<RedactedContext> {
  const { acting, days, find, again = find, items, messages, scope, vault } = input;
  const parts = items.map((item) => item.parts.map((part): Sought => sought(part.text, part.type)));
  const passages = items.map((item) => item.passages.map((passage): Sought => sought(passage.text, 'text')));
  const callers = messages.map((message) => sought(message, 'text', true));
  const all = [...parts.flat(), ...passages.flat(), ...callers];

  const [found, own] = await Promise.all([
    find(all.map(({ text, type }) => ({ text, type }))),
    ownTokens(vault, scope, messages),
  ]);
  for (const [at, one] of all.entries()) {
    one.tokens = one.ofCaller ? tokensIn(one.text, own) : [];
    one.spans = besideTokens(one.text, spansAt(found, at), one.tokens);
  }
  const counted = withoutTellingCounts(all, days);
  const acted = await actOn(all, acting, days.today, again);
  for (const [at, one] of all.entries()) {
    const { spans, replacements } = actedAt(acted.texts, at);
    one.spans = spans.map(counted);
    one.replacements = replacements;
  }
  const requests = new Map<string, TokenRequest>();
  for (const { text, spans } of all) {
    for (const span of spans) {
      const request = requestOf(text, span);
      requests.set(keyOf(request), request);
    }
  }
  const issued = requests.size === 0 ? [] : await vault.issue(scope, [...requests.values()]);
  const tokens = new Map(issued.map(({ request, token }) => [keyOf(request), token]));

  const shifted = acting.ofToken('DATE') === 'shift';
  const assembled = (one: Sought): RedactedText => {
    const tokened = one.spans.map((span): Replacement => {
      const token = tokens.get(keyOf(requestOf(one.text, span)));
      if (token === undefined) throw new Error('the vault issued no token for a span');
      return { start: span.start, end: span.end, by: token };
    });
    const replacements =
      one.replacements.length === 0
        ? tokened
        : [...tokened, ...one.replacements].toSorted((a, b) => a.start - b.start);
    const inert = withInertBrackets(one, replacements, acting);
    return RedactedText.assemble(one.text, shifted ? withoutStrangeDays(one.text, inert) : inert);
  };
  return {
    items: items.map(
      (item, at): RedactedItem => ({
        key: item.key,
        resource: item.resource,
        kind: item.kind,
        parts: item.parts.map((part, index) => ({ name: part.name, text: assembled(at2(parts, at, index)) })),
        passages: item.passages.map((_, index) => assembled(at2(passages, at, index))),
      }),
    ),
    messages: callers.map(assembled),
    issued,
    counts: countsOf(issued.map(({ request }) => request.type)),
    generalised: acted.generalised,
    removed: withPast(acted.removed, callers, acting),
    shifted,
    // Where ages are removed none is told by day counts either.
    ages: acting.ofToken('AGE') === 'remove' ? [] : agesIn(issued, days),
  };
}

function agesIn(issued: readonly IssuedToken[], days: DayPolicy): AgeStretch[] {
  const counted = issued.flatMap(({ request: { epochDay }, token }) => {
    const count = tokenDay(token);
    return epochDay === undefined || count === undefined ? [] : [{ epochDay, count }];
  });
  return agesOn(counted, days);
}

/** Tokens of earlier requests that stay no longer count beside the values that were removed, once each. */
function withPast(removed: TypeCounts, callers: readonly Sought[], acting: Acting): TypeCounts {
  const past = new Map(
    callers.flatMap(({ text, tokens }) =>
      tokens.flatMap(({ start, end, type }): [string, TokenType][] =>
        becomesToken(acting.ofToken(type)) ? [] : [[text.slice(start, end), type]],
      ),
    ),
  );
  return countsOf(past.values(), removed);
}

const sought = (text: string, type: SoughtText['type'], ofCaller = false): Sought => ({
  text,
  type,
  ofCaller,
  spans: [],
  tokens: [],
  replacements: [],
});

function at2(table: readonly (readonly Sought[])[], row: number, column: number): Sought {
  const found = table[row]?.[column];
  if (found === undefined) throw new Error('an item lost a part');
  return found;
}

/** A text without an answer is not a text without identifiers. */
function spansAt(all: readonly (readonly Span[])[], at: number): readonly Span[] {
  const spans = all[at];
  if (spans === undefined) throw new Error('a text was not searched');
  return spans;
}

function actedAt(all: readonly Acted[], at: number): Acted {
  const acted = all[at];
  if (acted === undefined) throw new Error('a text was not acted on');
  return acted;
}

function requestOf(text: string, span: Span): TokenRequest {
  const form = text.slice(span.start, span.end);
  return {
    type: span.type,
    entity: span.entity,
    form,
    ...(span.epochDay === undefined ? {} : { epochDay: span.epochDay }),
  };
}

const keyOf = (request: TokenRequest): string =>
  JSON.stringify([request.type, request.entity, request.form, request.epochDay ?? null]);

const within = (
  start: number,
  end: number,
  spans: readonly { readonly start: number; readonly end: number }[],
): boolean => spans.some((span) => start < span.end && end > span.start);

/**
 * A text that writes a day of the shifted calendar itself has it removed: it would be turned back into a real one.
 * `replacements` are in order.
 */
function withoutStrangeDays(text: string, replacements: readonly Replacement[]): readonly Replacement[] {
  let next = 0;
  const strange = strangeDaysIn(text).filter(({ start, end }) => {
    while ((replacements[next]?.end ?? Infinity) <= start) next += 1;
    return (replacements[next]?.start ?? Infinity) >= end;
  });
  if (strange.length === 0) return replacements;
  return [
    ...replacements,
    ...strange.map(({ start, end }): Replacement => ({ start, end, by: removedMarks.DATE })),
  ].toSorted((a, b) => a.start - b.start);
}

/**
 * Two or more square brackets in a row can read as a token's: they become round, unless the token is this scope's. One
 * of this scope that an earlier request was given stays only where its value would become a token now.
 */
function withInertBrackets(
  { text, tokens }: Sought,
  replacements: readonly Replacement[],
  acting: Acting,
): readonly Replacement[] {
  if (!text.includes('[[') && !text.includes(']]')) return replacements;
  const past = tokens.flatMap(({ start, end, type }): Replacement[] =>
    becomesToken(acting.ofToken(type)) ? [] : [{ start, end, by: removedMarks[type] }],
  );
  const found = [...replacements, ...past];
  for (const match of text.matchAll(/\[{2,}|\]{2,}/g)) {
    const [brackets] = match;
    const end = match.index + brackets.length;
    if (within(match.index, end, tokens) || within(match.index, end, found)) continue;
    found.push({
      start: match.index,
      end,
      by: (brackets.startsWith('[') ? '(' : ')').repeat(brackets.length),
    });
  }
  return found.toSorted((a, b) => a.start - b.start);
}
