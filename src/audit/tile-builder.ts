import type { TilePlace } from './tiles.ts';
import { bundleEntry, tileWidth } from './tiles.ts';

/** A tile or bundle with its bytes. */
export interface BuiltTile extends TilePlace {
  readonly bytes: Buffer;
}

const tileHeight = 8;

/**
 * Builds the bundles and tiles of a growing tree and hands each one on as soon as it is full; `finish` hands on the
 * partial ones at the right edge. Memory: one bundle and one tile a level.
 */
export class TileBuilder {
  readonly #emit: (tile: BuiltTile) => void;
  readonly #levels = new Map<number | 'entries', { index: number; parts: Uint8Array[] }>();

  constructor(emit: (tile: BuiltTile) => void) {
    this.#emit = emit;
  }

  /** The next entry and its leaf hash. */
  leaf(entry: Uint8Array, hash: Uint8Array): void {
    this.#add('entries', bundleEntry(entry));
    this.#add(0, hash);
  }

  /** A perfect subtree that the leaf completed, as `CompactRange.append` tells it. */
  node(height: number, root: Uint8Array): void {
    if (height % tileHeight === 0) this.#add(height / tileHeight, root);
  }

  #add(level: number | 'entries', part: Uint8Array): void {
    const tile = this.#levels.get(level) ?? { index: 0, parts: [] };
    tile.parts.push(part);
    this.#levels.set(level, tile);
    if (tile.parts.length < tileWidth) return;
    this.#emit({ level, index: tile.index, width: tileWidth, bytes: Buffer.concat(tile.parts) });
    this.#levels.set(level, { index: tile.index + 1, parts: [] });
  }

  finish(): void {
    for (const [level, { index, parts }] of this.#levels)
      if (parts.length > 0) this.#emit({ level, index, width: parts.length, bytes: Buffer.concat(parts) });
  }
}
