import { asRefusal } from '../errors/refusal.ts';
import type { IssuedToken, TokenRequest, TokenVault } from '../vault/ports.ts';
import type { ContextItem } from '../vocabulary/context-item.ts';
import type { VaultScope } from '../vocabulary/scope.ts';
import { type TokenType, tokenDay, tokenPattern } from '../vocabulary/token.ts';
import { type AgeStretch, agesOn, type DayPolicy, withoutTellingCounts } from './day-counts.ts';
import type { FindSpans, RedactedContext, RedactedItem, SoughtText, Span } from './ports.ts';
import { RedactedText, type Replacement } from './redacted-text.ts';

interface Sought extends SoughtText {
  readonly ofCaller: boolean;
  spans: readonly Span[];
}

/**
 * Stage 6: finds every identifier in items and messages, has one token issued for each distinct value and puts the
 * texts together again. What a rule finds once is looked for everywhere. Token-like text that stands in the input
 * already is made inert, except for a token of this very scope in a caller's message. Anything thrown closes the
 * envelope (`redaction_failed`, or the vault's own refusal).
 */
export async function redactEnvelope(input: {
  readonly find: FindSpans;
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
  const { find, vault, scope, items, messages, days } = input;
  const parts = items.map((item) => item.parts.map((part): Sought => sought(part.text, part.type)));
  const passages = items.map((item) => item.passages.map((passage): Sought => sought(passage.text, 'text')));
  const callers = messages.map((message) => sought(message, 'text', true));
  const all = [...parts.flat(), ...passages.flat(), ...callers];

  const found = await find(all.map(({ text, type }) => ({ text, type })));
  for (const [at, one] of all.entries()) one.spans = spansAt(found, at);
  const counted = withoutTellingCounts(all, days);
  for (const one of all) one.spans = one.spans.map(counted);
  const own = await ownTokens(vault, scope, callers);
  const requests = new Map<string, TokenRequest>();
  for (const { text, spans } of all) {
    for (const span of spans) {
      const request = requestOf(text, span);
      requests.set(keyOf(request), request);
    }
  }
  const issued = requests.size === 0 ? [] : await vault.issue(scope, [...requests.values()]);
  const tokens = new Map(issued.map(({ request, token }) => [keyOf(request), token]));

  const assembled = (one: Sought): RedactedText => {
    const replacements = one.spans.map((span): Replacement => {
      const token = tokens.get(keyOf(requestOf(one.text, span)));
      if (token === undefined) throw new Error('the vault issued no token for a span');
      return { start: span.start, end: span.end, by: token };
    });
    return RedactedText.assemble(one.text, withInertBrackets(one, replacements, own));
  };
  const counts: Partial<Record<TokenType, number>> = {};
  for (const { request } of issued) counts[request.type] = (counts[request.type] ?? 0) + 1;
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
    counts,
    ages: agesIn(issued, days),
  };
}

function agesIn(issued: readonly IssuedToken[], days: DayPolicy): AgeStretch[] {
  const counted = issued.flatMap(({ request: { epochDay }, token }) => {
    const count = tokenDay(token);
    return epochDay === undefined || count === undefined ? [] : [{ epochDay, count }];
  });
  return agesOn(counted, days);
}

const sought = (text: string, type: SoughtText['type'], ofCaller = false): Sought => ({
  text,
  type,
  ofCaller,
  spans: [],
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

/** Tokens in callers' messages that this scope issued. */
async function ownTokens(
  vault: TokenVault,
  scope: VaultScope,
  callers: readonly Sought[],
): Promise<ReadonlySet<string>> {
  const written = new Set(
    callers.flatMap(({ text }) => [...text.matchAll(tokenPattern)].map(([token]) => token)),
  );
  if (written.size === 0) return new Set();
  return new Set((await vault.resolve(scope, [...written])).keys());
}

const within = (
  start: number,
  end: number,
  spans: readonly { readonly start: number; readonly end: number }[],
): boolean => spans.some((span) => start < span.end && end > span.start);

/** Two or more square brackets in a row can read as a token's: they become round, unless the token is this scope's. */
function withInertBrackets(
  one: Sought,
  replacements: readonly Replacement[],
  own: ReadonlySet<string>,
): Replacement[] {
  if (!one.text.includes('[[') && !one.text.includes(']]')) return [...replacements];
  const kept = one.ofCaller
    ? [...one.text.matchAll(tokenPattern)]
        .filter(([token]) => own.has(token))
        .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    : [];
  const found = replacements.filter((span) => !within(span.start, span.end, kept));
  for (const match of one.text.matchAll(/\[{2,}|\]{2,}/g)) {
    const [brackets] = match;
    const end = match.index + brackets.length;
    if (within(match.index, end, kept) || within(match.index, end, found)) continue;
    found.push({
      start: match.index,
      end,
      by: (brackets.startsWith('[') ? '(' : ')').repeat(brackets.length),
    });
  }
  return found.toSorted((a, b) => a.start - b.start);
}
