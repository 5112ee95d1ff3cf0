import type { StoredEvent, TrailEvent } from './events.ts';
import type { TreeNodes } from './tree-nodes.ts';

export interface AppendedRange {
  readonly first: number;
  readonly last: number;
  /** Leaf hash (hex) of the last appended event. */
  readonly leaf: string;
}

export interface TrailWriter {
  /**
   * Appends the events in order. MUST NOT resolve before fsync has returned for all of them; rejects with
   * Refusal('trail_unavailable') when the disk refuses, and then none of them counts as written.
   */
  append(events: readonly TrailEvent[]): Promise<AppendedRange>;
  /** Trails begun and not ended (neither delivered, aborted nor denied): found at start, closed as aborted. */
  unfinished(): Promise<readonly { readonly tenant: string; readonly trail: string }[]>;
  close(): Promise<void>;
}

/** Room that is kept for the ends of what is under way. */
export interface TrailReserve {
  /** Whether nothing is left beside the reserve: nothing new may begin, and refusals of it are only counted. */
  spent(): boolean;
}

/** Where signed checkpoints are kept, beside the tree that they state. */
export interface CheckpointStore {
  /** Size and root of the tree that is durable now. */
  head(): Promise<{ readonly size: number; readonly root: Uint8Array }>;
  /** The newest signed note that was kept. */
  latestSigned(): Promise<string | undefined>;
  /** Keeps a signed note for good. MUST NOT resolve before it is durable. */
  keepSigned(size: number, note: string): Promise<void>;
  /** Keeps the verifier keys under which the notes can be read. */
  keepKeys(vkeys: readonly string[]): Promise<void>;
  /** Nodes of the tree; throws Refusal('trail_unavailable') where one is missing. */
  readonly tree: TreeNodes;
}

export interface TrailReader {
  /** Events of one trail of this tenant, by seq; empty where there is none. */
  trail(tenant: string, trail: string): Promise<readonly StoredEvent[]>;
  /** The newest event whose name begins so and that is wanted; undefined where there is none. Reads backwards. */
  newest(family: string, wanted: (event: StoredEvent) => boolean): Promise<StoredEvent | undefined>;
}
