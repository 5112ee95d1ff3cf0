import { spellToken, type Token, tokenPattern, tokenTypes } from '../vocabulary/token.ts';

/** A token exactly as the vault spells it, taken apart; undefined for anything else. */
export function parseToken(written: string): Token | undefined {
  const [match] = written.matchAll(tokenPattern);
  if (match === undefined || match[0] !== written) return undefined;
  const type = tokenTypes.find((known) => known === match[1]);
  if (type === undefined) return undefined;
  const token: Token = {
    type,
    random: match[2] ?? '',
    form: Number(match[3] ?? 1),
    ...(match[4] === undefined ? {} : { day: Number(match[4]) }),
  };
  return spellToken(token) === written ? token : undefined;
}
