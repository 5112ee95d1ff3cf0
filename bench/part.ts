import type { Row } from './row.ts';

/** How a part is run. */
export interface PartOptions {
  /** Seconds instead of minutes, for a look at the shape; the figures mean little. */
  readonly quick: boolean;
  /** How long the log of the verifier is; 100,000 events by default. */
  readonly events?: number;
  /** Another checkout with its own `dist`: measured beside this one, round by round. */
  readonly against?: string;
  /** Folder for CPU profiles of the gateway's process. */
  readonly profile?: string;
  readonly progress: (text: string) => void;
}

export type Part = (options: PartOptions) => Promise<readonly Row[]>;
