/** A deterministic stream of choices. Not for secrets: the sandbox needs the same patients again, nothing more. */
export interface Stream {
  /** Uniform in [0, 1). */
  next(): number;
  /** Both ends included. */
  integer(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** `length` characters of the alphabet. */
  word(length: number, alphabet: string): string;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/**
 * One stream per name, so that a new row of the stories changes no other patient. The mixing step is
 * the 32-bit finaliser of SplitMix over a Weyl sequence.
 */
export function stream(name: string): Stream {
  let state = hash(name);
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    word: (length, alphabet) =>
      Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
  };
}
