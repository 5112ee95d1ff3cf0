/** What stands in a text in a form that says something else, and what it says. */
export interface Decoding {
  readonly start: number;
  readonly end: number;
  readonly says: readonly string[];
}

const unreadable = /[^\P{Cc}\t\n\r]|\ufffd/u;

/** Bytes as text; nothing where any of them is none. */
const asText = (bytes: Uint8Array): string[] => {
  const text = Buffer.from(bytes).toString('utf8').replace(/\0+$/, '');
  return text.length < 3 || unreadable.test(text) ? [] : [text];
};

const numbersIn = (run: string): number[] => (run.match(/\d+/g) ?? []).map(Number);

/** Stretches of numbers that are signs; one that is none parts them. */
function stretches(points: readonly number[], signOf: (point: number) => string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const point of points) {
    const sign = signOf(point);
    if (sign === '') {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part].filter(({ length }) => length >= leastWord);
}

const fromCodes = (points: readonly number[]): string[] =>
  stretches(points, (point) => (point >= 32 && point < 127 ? String.fromCharCode(point) : ''));

/** Characters by number, decimal or octal, and letters by their place in the alphabet. */
function codes(run: string): string[] {
  const numbers = numbersIn(run);
  const octal = (run.match(/\d+/g) ?? []).map((digits) => Number.parseInt(digits, 8));
  const letters = stretches(numbers, (place) =>
    place >= 1 && place <= 26 ? String.fromCharCode(96 + place) : '',
  );
  return [...fromCodes(numbers), ...fromCodes(octal), ...letters];
}

const hexCodes = (run: string): string[] =>
  fromCodes((run.match(/[0-9a-f]{2,6}/gi) ?? []).map((digits) => Number.parseInt(digits, 16)));

const bits = (run: string): string[] => {
  const plain = run.replace(/[^01]/g, '');
  return [7, 8].flatMap((width) =>
    fromCodes((plain.match(new RegExp(`.{${width}}`, 'g')) ?? []).map((byte) => Number.parseInt(byte, 2))),
  );
};

/** Digits of a base, most significant first, in groups that hold whole bytes. */
function base32(run: string): string[] {
  let bits32 = '';
  for (const letter of run.toUpperCase().replace(/=+$/, ''))
    bits32 += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits32.match(/.{8}/g) ?? [];
  return asText(Uint8Array.from(bytes.map((byte) => Number.parseInt(byte, 2))));
}

const base58Letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58(run: string): string[] {
  let value = 0n;
  for (const letter of run) value = value * 58n + BigInt(base58Letters.indexOf(letter));
  const hex = value.toString(16);
  return asText(Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex'));
}

const z85Letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Four bytes in five characters, as Ascii85 and Z85 write them. */
function base85(run: string, valueOf: (letter: string) => number): string[] {
  const bytes: number[] = [];
  for (let at = 0; at < run.length; at += 5) {
    const group = run.slice(at, at + 5);
    let value = 0;
    for (let digit = 0; digit < 5; digit += 1) {
      const one = digit < group.length ? valueOf(group.charAt(digit)) : 84;
      if (one < 0 || one > 84) return [];
      value = value * 85 + one;
    }
    if (value > 0xffff_ffff) return [];
    for (let byte = 0; byte < group.length - 1; byte += 1)
      bytes.push(Math.floor(value / 256 ** (3 - byte)) % 256);
  }
  return asText(Uint8Array.from(bytes));
}

const rot47 = (run: string): string =>
  run.replace(/[!-~]/g, (sign) => String.fromCharCode(33 + ((sign.charCodeAt(0) + 14) % 94)));

/** Signs without a space between them, wherever the run of one word begins in them. */
function signs(run: string): string[] {
  const bare = run.replace(/^<~|~>.{0,2}$|[.,;:]$/g, '');
  return [bare, run].flatMap((each) => [
    ...base85(each, (letter) => letter.charCodeAt(0) - 33),
    ...base85(each, (letter) => z85Letters.indexOf(letter)),
    rot47(each),
  ]);
}

const morse: ReadonlyMap<string, string> = new Map(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'
    .split(' ')
    .map((code, at): [string, string] => [code, 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(at)]),
);

function fromMorse(run: string): string[] {
  const plain = run.replace(/[·•]/g, '.').replace(/[–−—_]/g, '-');
  const words = plain.split(/\s*[/|\n]\s*| {2,}/).map((word) =>
    word
      .split(/[ ,]+/)
      .map((code) => morse.get(code) ?? '')
      .join(''),
  );
  return [words.join(' '), words.join('')];
}

const base64 = (run: string): string[] => asText(Buffer.from(run, 'base64'));
const backwards = (run: string): string => Array.from(run).toReversed().join('');

const romanDigits: ReadonlyMap<string, number> = new Map(
  Object.entries({ I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }),
);
const fromRoman = (written: string): string => {
  const values = Array.from(written).map((letter) => romanDigits.get(letter));
  if (values.some((value) => value === undefined)) return written;
  let sum = 0;
  for (const [at, value = 0] of values.entries()) sum += value < (values[at + 1] ?? 0) ? -value : value;
  return String(sum);
};

interface Coding {
  /** What a text must hold for it; most do not. */
  readonly gate: RegExp;
  readonly pattern: RegExp;
  readonly says: (run: string) => readonly string[];
}

/** Encodings that a text may hold in several words. */
const spread: readonly Coding[] = [
  {
    gate: /\d[ ,;:/|+_-]{1,3}\d{1,3}[ ,;:/|+_-]{1,3}\d/,
    pattern: /(?<![\d.])\d{1,3}(?:[ ,;:/|+_-]{1,3}\d{1,3}){4,}/g,
    says: codes,
  },
  { gate: /\\[0-7]/, pattern: /(?:\\[0-7]{2,3}){4,}/g, says: codes },
  {
    gate: /U\+|0x/i,
    pattern: /(?:(?:U\+|0x)[0-9a-f]{2,6}[ ,;]{0,3}){5,}/gi,
    says: (run) => hexCodes(run.replace(/U\+|0x/gi, ' ')),
  },
  { gate: /[01]{7}/, pattern: /[01]{7,8}(?:[ ,]{0,2}[01]{7,8}){4,}/g, says: bits },
  {
    gate: /(?:^|\s)(?:[A-Za-z0-9+/=] ){7}/m,
    pattern: /(?<!\S)(?:[A-Za-z0-9+/=] ){7,400}[A-Za-z0-9+/=](?!\S)/g,
    says: (run) => base64(run.replace(/ /g, '')),
  },
  { gate: /=[0-9A-F]/, pattern: /(?:=[0-9A-F]{2}){4,}/g, says: hexCodes },
  {
    gate: /[.·•][-–−—_]|[-–−—_][.·•]/,
    pattern: /(?:[.·•–−—_-]{1,6}(?:[ /|,\n]{1,4}|$)){4,}[.·•–−—_-]{0,6}/g,
    says: fromMorse,
  },
  {
    gate: /[IVX][-./ ]/,
    pattern:
      /\b(?:\d{1,2}|[IVX]{1,6})[-./ ]{1,2}(?:\d{1,2}|[IVX]{1,4})[-./ ]{1,2}['’]?(?:\d{2,4}|M[MDCLXVI]{0,14})\b/g,
    says: (run) => [(run.match(/[IVXLCDM]+|\d+/g) ?? []).map(fromRoman).join('.')],
  },
];

/** Kinds of characters in a word, as bits. */
const [upper, lower, digit, sign, rare] = [1, 2, 4, 8, 16] as const;
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 65 && code <= 90) return upper;
  if (code >= 97 && code <= 122) return lower;
  if (code >= 48 && code <= 57) return digit;
  // Signs that prose, tables, markup and JSON have little of.
  return '!#$%&+;<=>?@\\^~'.includes(String.fromCharCode(code)) ? rare : sign;
});

const mixed = upper | lower | digit;
const edges = /^["'(*`]+|["'`*.,;:)]+$/g;

/** What one word may say, by the kinds of characters in it; almost all words are letters alone and say nothing. */
function wordSays(word: string, holds: number, signsIn: number): string[] {
  if (word.length > longestWord) return [];
  const bare = word.replace(edges, '');
  const said: string[] = [];
  if (signsIn >= 2 && (holds & rare) !== 0) said.push(...signs(word));
  if (bare.length < 8) return said;
  if (/^[A-Z2-7]+={0,6}$|^[a-z2-7]{12,}$/.test(bare)) said.push(...base32(bare));
  if ((holds & mixed) === mixed && /^[1-9A-HJ-NP-Za-km-z]+$/.test(bare)) said.push(...base58(bare));
  if (/^[0-9a-f]{10,}$/i.test(bare)) said.push(...asText(Buffer.from(backwards(bare), 'hex')));
  if (/^={0,2}[A-Za-z0-9+/]+$/.test(bare)) said.push(...base64(backwards(bare)));
  return said;
}

const [leastWord, longestWord] = [5, 400];

/** Rows of words of one length that base64 has been cut into. */
function cut(text: string, words: readonly Word[]): Decoding[] {
  const found: Decoding[] = [];
  let from = 0;
  while (from < words.length) {
    const first = words[from];
    const length = first === undefined ? 0 : first.end - first.start;
    let to = from + 1;
    while (to < words.length && lengthOf(words[to]) === length) to += 1;
    // The last may be shorter.
    for (const last of [to, to + 1]) {
      if (length < 4 || length % 4 > 0 || last - from < 2 || lengthOf(words[last - 1]) > length) continue;
      const run = words.slice(from, last);
      const joined = run.map(({ start, end }) => text.slice(start, end)).join('');
      if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(joined))
        found.push({ start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, says: base64(joined) });
    }
    from = to;
  }
  return found;
}

/** A stretch without spaces. */
interface Word {
  readonly start: number;
  readonly end: number;
}

const lengthOf = (word: Word | undefined): number => (word === undefined ? 0 : word.end - word.start);

/** Words of a text, and what those say that are no letters alone. */
function inWords(text: string): Decoding[] {
  const words: Word[] = [];
  const found: Decoding[] = [];
  let [start, holds, signsIn] = [0, 0, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? 32 : text.charCodeAt(at);
    if (code > 32) {
      const kind = code < 128 ? (kinds[code] ?? 0) : 0;
      holds |= kind;
      if (kind >= sign) signsIn += 1;
      continue;
    }
    if (at > start) {
      words.push({ start, end: at });
      if (at - start >= leastWord && (holds & (digit | rare)) !== 0) {
        const says = wordSays(text.slice(start, at), holds, signsIn);
        if (says.length > 0) found.push({ start, end: at, says });
      }
    }
    start = at + 1;
    holds = 0;
    signsIn = 0;
  }
  return [...found, ...cut(text, words)];
}

/** Everything in a text that says something else, by all codings. */
export const decodingsOf = (text: string): readonly Decoding[] => [
  ...inWords(text),
  ...spread
    .filter(({ gate }) => gate.test(text))
    .flatMap(({ pattern, says }) =>
      [...text.matchAll(pattern)].map(({ index, 0: run }) => ({
        start: index,
        end: index + run.length,
        says: says(run),
      })),
    ),
];
