import { Refusal } from '../../errors/refusal.ts';

/** What an authorization server answered, as far as it says how far the token reaches. */
export interface Answered {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number | undefined;
  readonly scope?: string | undefined;
  readonly issued_token_type?: unknown;
  readonly refresh_token?: string | undefined;
  readonly id_token?: string | undefined;
}

/** An answer that reaches further than what was asked for; `beyond` names the member, never its value. */
export const wider = (beyond: string, cause?: unknown): Refusal =>
  new Refusal('record_token_wider', { facts: { beyond }, ...(cause === undefined ? {} : { cause }) });

const words = (scope: string): readonly string[] => scope.split(' ').filter((word) => word !== '');

/** Every scope that was granted was asked for, letter by letter: a wildcard is not among what is asked for. */
export function checkScopes(granted: string, asked: readonly string[]): void {
  const list = words(granted);
  if (list.length === 0 || !list.every((scope) => asked.includes(scope))) throw wider('scope');
}

/**
 * Holds an answer of a token endpoint to what was asked for: a plain bearer token for nothing but the scopes, for no
 * longer than `maxSeconds`, and no credential beside it that would outlive it. No `scope` means all that was asked
 * for (RFC 6749, section 5.1). Answers the lifetime in seconds.
 *
 * @throws Refusal `record_token_wider`
 */
export function checkAnswer(answer: Answered, asked: readonly string[], maxSeconds: number): number {
  if (answer.token_type.toLowerCase() !== 'bearer') throw wider('token_type');
  if (answer.refresh_token !== undefined) throw wider('refresh_token');
  if (answer.id_token !== undefined) throw wider('id_token');
  if (answer.scope !== undefined) checkScopes(answer.scope, asked);
  const { expires_in: seconds } = answer;
  if (seconds === undefined || !(seconds > 0) || seconds > maxSeconds) throw wider('lifetime');
  return Math.floor(seconds);
}
