import type { TokenVault } from '../vault/ports.ts';
import type { VaultScope } from '../vocabulary/scope.ts';
import { type TokenType, tokenPattern, tokenTypes } from '../vocabulary/token.ts';
import type { Span } from './ports.ts';

/** A token of this scope that a caller wrote. */
export interface OwnToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
}

/** Tokens in callers' messages that this scope issued. */
export async function ownTokens(
  vault: TokenVault,
  scope: VaultScope,
  messages: readonly string[],
): Promise<ReadonlySet<string>> {
  const written = new Set(
    messages.flatMap((text) => [...text.matchAll(tokenPattern)].map(([token]) => token)),
  );
  if (written.size === 0) return new Set();
  return new Set((await vault.resolve(scope, [...written])).keys());
}

/** Where they stand in a message, in order. */
export const tokensIn = (text: string, own: ReadonlySet<string>): readonly OwnToken[] =>
  own.size === 0
    ? []
    : [...text.matchAll(tokenPattern)].flatMap(({ 0: token, 1: word, index }) => {
        const type = tokenTypes.find((each) => each === word);
        return type === undefined || !own.has(token)
          ? []
          : [{ start: index, end: index + token.length, type }];
      });

const said = /[\p{L}\p{N}]/u;

/** Spans that reach into a token leave it whole: what sticks out of it hides by itself. Both are sorted and disjoint. */
export function besideTokens(
  text: string,
  spans: readonly Span[],
  tokens: readonly OwnToken[],
): readonly Span[] {
  if (tokens.length === 0) return spans;
  let passed = 0;
  return spans.flatMap((span): Span[] => {
    while ((tokens[passed]?.end ?? Infinity) <= span.start) passed += 1;
    const pieces: Span[] = [];
    let at = span.start;
    for (let next = passed; at < span.end; next += 1) {
      const token = tokens[next];
      const end = Math.min(span.end, Math.max(at, token?.start ?? span.end));
      if (at === span.start && end === span.end) return [span];
      if (said.test(text.slice(at, end))) pieces.push(trimmed(text, { ...span, start: at, end }));
      at = token?.end ?? span.end;
    }
    return pieces;
  });
}

/** A piece has its words alone, and is no whole date. */
function trimmed(text: string, { start: from, end: to, type, rule, entity }: Span): Span {
  const written = text.slice(from, to);
  const start = from + written.length - written.trimStart().length;
  return { start, end: start + written.trim().length, type, rule, entity };
}
