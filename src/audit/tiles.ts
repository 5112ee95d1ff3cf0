/** Hashes of a full tile, entries of a full bundle (C2SP tlog-tiles). */
export const tileWidth = 256;

/** `x001/x234/067`: groups of three digits, all but the last with an x (C2SP tlog-tiles, "Merkle Tree"). */
function tileNumber(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** Path of a tile, or of a bundle for the level `entries`; `width` below 256 makes it a partial one. */
export const tilePath = (level: number | 'entries', index: number, width: number = tileWidth): string =>
  `tile/${level}/${tileNumber(index)}${width < tileWidth ? `.p/${width}` : ''}`;

/** An entry of a bundle: its length in 16 bits, big-endian, and its bytes. Throws a RangeError for a longer one. */
export function bundleEntry(entry: Uint8Array): Buffer {
  if (entry.length > 65_535) throw new RangeError('too long for an entry bundle');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(entry.length);
  return Buffer.concat([length, entry]);
}

/** Entries of a bundle; undefined where a length does not fit the bytes. */
export function bundleEntries(bundle: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + 2 > bundle.length) return undefined;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** A tile of a tree: level, place and how many hashes it holds. */
export interface TilePlace {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}
