import type { Claims } from '../../claims.ts';
import type { Members } from './members.ts';

/** What a token says of the machine; signature, issuer and time are checked before. */
export type Told = Omit<Claims, 'format' | 'root' | 'at' | 'expires'>;

/** A kind of token: by what it is told from others, and how its words become claims. */
export interface TokenProfile {
  readonly name: string;
  /** Whether a payload is of this kind. A payload that is of two is of none. */
  readonly is: (payload: Members) => boolean;
  /** Who made it; `iss` where a kind does not say otherwise. */
  readonly issuer?: (payload: Members) => unknown;
  /** Throws NotProven where what must be stated is not. `parts`: payloads of a detached bundle by name, verified. */
  readonly told: (payload: Members, parts: ReadonlyMap<string, Members>) => Told;
  /** Whether tokens of this kind come with parts. */
  readonly bundled?: true;
}
