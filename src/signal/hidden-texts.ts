import { Buffer, isUtf8 } from 'node:buffer';

/** Tag characters and the supplementary variation selectors: a byte each, which no reader sees. */
const tagRun = /[\u{e0020}-\u{e007e}]{4,}/gu;
const selectorRun = /[\u{e0100}-\u{e01ef}\ufe00-\ufe0f]{4,}/gu;
/** Base64, also for URLs, and hexadecimal; shorter runs say too little. */
const base64Run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const hexRun = /(?:0x)?([0-9a-fA-F]{24,})/g;
/** Decoded at the most from one text; what is longer is a document, and says what it says in its beginning. */
const mostDecoded = 262_144;

const lettersAndBlanks = /[\p{L}\p{N}\s.,;:!?'"()[\]{}<>/|_*#=&%@$+-]/gu;

/** Bytes as text that somebody can read; '' where they are none. */
function readable(bytes: Uint8Array): string {
  if (bytes.length < 12 || !isUtf8(bytes)) return '';
  const text = Buffer.from(bytes).toString('utf8');
  return (text.match(lettersAndBlanks)?.length ?? 0) * 10 >= text.length * 9 ? text : '';
}

const signOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xe_01_00) return point - 0xe_01_00 + 16;
  return point >= 0xfe_00 && point < 0xfe_10 ? point - 0xfe_00 : point - 0xe_00_00;
};

/** What characters that nobody sees say, each run for itself. The flags of England, Scotland and Wales end too early for it. */
export const unseenTexts = (source: string): string[] =>
  [...source.matchAll(tagRun), ...source.matchAll(selectorRun)].map(([run]) =>
    Buffer.from(Array.from(run, signOf)).toString('utf8'),
  );

/** Words of commands turned round or moved by 13 letters: a text that holds one is read that way too. */
const turned = /snoitcurtsni|tpmorp|erongi|esnopser/;
const moved = /vafgehpgvbaf|cebzcg|vtaber|erfcbafr/;
const a = 97;
const rot13 = (lower: string): string =>
  lower.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - a + 13) % 26) + a));

/** What a text says in another writing: decoded blobs, and itself where it is turned round or enciphered. */
export function decodedTexts(source: string, lower: string): readonly string[] {
  const found: string[] = [];
  let decoded = 0;
  const take = (bytes: Buffer): void => {
    if (decoded >= mostDecoded) return;
    decoded += bytes.length;
    const text = readable(bytes.subarray(0, mostDecoded));
    if (text !== '') found.push(text);
  };
  for (const [run] of source.matchAll(base64Run))
    if (decoded < mostDecoded) take(Buffer.from(run.slice(0, 2 * mostDecoded), 'base64'));
  for (const [, run = ''] of source.matchAll(hexRun))
    if (decoded < mostDecoded) take(Buffer.from(run.slice(0, 2 * mostDecoded), 'hex'));
  if (turned.test(lower)) found.push(Array.from(lower).toReversed().join(''));
  if (moved.test(lower)) found.push(rot13(lower));
  return found;
}
