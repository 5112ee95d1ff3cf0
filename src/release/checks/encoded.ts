import type { Check } from '../check.ts';

/** Text in an encoding that no clinical answer needs. What it says does not matter; identifiers block elsewhere. */
const isText = (bytes: Buffer): boolean => {
  const text = bytes.toString('utf8').replaceAll('\0', '');
  const bad = text.match(/[^\P{Cc}\t\n\r]|\ufffd/gu)?.length ?? 0;
  return text.length >= 8 && bad * 5 <= text.length;
};

const isHexText = (run: string): boolean => isText(Buffer.from(run.replace(/\\x|0x|[^0-9a-f]/gi, ''), 'hex'));

const encodings: readonly { pattern: RegExp; suspicious: (run: string) => boolean }[] = [
  {
    pattern: /[A-Za-z0-9+/_-]{24,}={0,2}/g,
    suspicious: (run) =>
      run.length >= 200 || [0, 1, 2, 3].some((shift) => isText(Buffer.from(run.slice(shift), 'base64'))),
  },
  {
    pattern: /(?:\\x|0x)?[0-9a-f]{2}(?:[ :,-]?(?:\\x|0x)?[0-9a-f]{2}){11,}/gi,
    suspicious: isHexText,
  },
  {
    // Only with a prefix: a series of pulses is two digits, comma and blank as well.
    pattern: /(?:\\x|0x)[0-9a-f]{2}(?:[ :,;-]{1,2}(?:\\x|0x)[0-9a-f]{2}){11,}/gi,
    suspicious: isHexText,
  },
  { pattern: /(?:%[0-9a-f]{2}){4,}/gi, suspicious: () => true },
  { pattern: /(?:\\u\{?[0-9a-f]{4,6}\}?){4,}/gi, suspicious: () => true },
  { pattern: /(?:&#x?[0-9a-f]{1,6};){4,}/gi, suspicious: () => true },
];

/** Where the hexadecimal digits begin with which a text ends: more may follow, and what they say is not known before. */
function openHex(text: string): number {
  let from = text.length;
  while (
    from > 0 &&
    /[0-9a-fx\\ :,;-]/i.test(text.charAt(from - 1)) &&
    !/^[ :,;-]{2}(?!0?$|\\?$|0x|\\x)/i.test(text.slice(from - 1, from + 3))
  )
    from -= 1;
  return text.length - from < 4 ? text.length : from;
}

export const encoded: Check = {
  id: 'encoded',
  verdict: 'mask',
  bound: 'run',
  find: (text) => {
    const found = encodings.flatMap(({ pattern, suspicious }) =>
      [...text.matchAll(pattern)]
        .filter(([run]) => suspicious(run))
        .map(({ index, 0: run }) => ({
          start: index,
          end: index + run.length,
          by: '(encoded text removed)',
        })),
    );
    return found.toSorted((a, b) => a.start - b.start);
  },
  open: openHex,
};
