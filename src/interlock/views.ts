import { table } from '../vocabulary/table.ts';

/**
 * What a text says once an encoding is undone. `origin` leads each unit of the view back to the offset in the
 * text that it was made from; its last entry is that text's length.
 */
interface View {
  readonly text: string;
  readonly origin: Int32Array;
}

/** Undoes an encoding; undefined where the text has nothing of the kind, which is the usual case. */
type Undo = (text: string, decoded: Decoded) => View | undefined;

/** A longer run seldom comes twice, and a piece of a text of 13 characters or more keeps all of that text in memory. */
const longestKept = 12;
const mostKept = 1000;
const nothing: readonly string[] = [];

/**
 * What short runs of one record's texts say once decoded. The same text is read as it is, with its escapes undone and as
 * the strings in it, and its words come again and again. Gone with the interlock.
 */
export class Decoded {
  readonly #known = new Map<string, readonly string[]>();

  of(run: string, decode: (run: string) => readonly string[]): readonly string[] {
    if (run.length > longestKept) return decode(run);
    const known = this.#known.get(run);
    if (known !== undefined) return known;
    const passages = decode(run);
    if (this.#known.size < mostKept) this.#known.set(run, passages.length === 0 ? nothing : passages);
    return passages;
  }
}

/** Replaces what `pattern` finds and leaves everything else in place. */
function rewrite(
  text: string,
  pattern: RegExp,
  decode: (match: RegExpMatchArray) => string | undefined,
): View | undefined {
  const parts: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  for (const match of text.matchAll(pattern)) {
    const by = decode(match);
    if (by !== undefined) parts.push({ start: match.index, end: match.index + match[0].length, by });
  }
  if (parts.length === 0) return undefined;
  const change = parts.reduce((sum, { start, end, by }) => sum + by.length - (end - start), 0);
  const origin = new Int32Array(text.length + change + 1);
  let out = '';
  let unit = 0;
  let at = 0;
  const copy = (until: number): void => {
    out += text.slice(at, until);
    for (; at < until; at += 1) {
      origin[unit] = at;
      unit += 1;
    }
  };
  for (const { start, end, by } of parts) {
    copy(start);
    out += by;
    origin.fill(start, unit, unit + by.length);
    unit += by.length;
    at = end;
  }
  copy(text.length);
  origin[unit] = text.length;
  return { text: out, origin };
}

/** A stretch of a text. */
interface Run {
  readonly start: number;
  readonly end: number;
}

const charactersOf = (letters: string): Uint8Array => {
  const accepted = new Uint8Array(128);
  for (const letter of letters) accepted[letter.charCodeAt(0)] = 1;
  return accepted;
};

/** The longest stretches of accepted characters, `least` of them or more. */
function stretches(text: string, accepted: Uint8Array, least: number): Run[] {
  const found: Run[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128 && accepted[code] === 1) continue;
    if (at - start >= least) found.push({ start, end: at });
    start = at + 1;
  }
  if (text.length - start >= least) found.push({ start, end: text.length });
  return found;
}

/** Passages that were further apart, in characters, are none of one value, and so many line breaks say so. */
const farApart = 16;
const parting = '\n'.repeat(9);

/** Decoded passages one a line; a hit in one leads back to its whole encoded run. */
function extract(
  text: string,
  runs: readonly Run[],
  decode: (run: string) => readonly string[],
): View | undefined {
  const origin: number[] = [];
  let out = '';
  let last = 0;
  const part = (from: number): void => {
    if (out === '' || from - last <= farApart) return;
    out += parting;
    for (let unit = 0; unit < parting.length; unit += 1) origin.push(last);
  };
  for (const { start, end } of runs) {
    const passages = decode(text.slice(start, end));
    if (passages.length === 0) continue;
    part(start);
    last = end;
    for (const decoded of passages) {
      out += `${decoded}\n`;
      for (let unit = 0; unit < decoded.length; unit += 1) origin.push(start);
      origin.push(end);
    }
  }
  if (out === '') return undefined;
  part(text.length);
  origin.push(text.length);
  return { text: out, origin: Int32Array.from(origin) };
}

const fromPoint = (point: number): string | undefined =>
  point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    ? String.fromCodePoint(point)
    : undefined;

const escapes: Readonly<Record<string, string>> = table({
  n: '\n',
  r: '\r',
  t: '\t',
  b: ' ',
  f: ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
});

const undoJson: Undo = (text) =>
  text.includes('\\')
    ? rewrite(text, /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([nrtbf"\\/]))/gi, (match) => {
        const hex = match[1] ?? match[2] ?? match[3];
        if (hex === undefined) return escapes[match[4] ?? ''];
        return match[2] === undefined
          ? fromPoint(Number.parseInt(hex, 16))
          : String.fromCharCode(Number.parseInt(hex, 16));
      })
    : undefined;

const undoPercent: Undo = (text) =>
  text.includes('%')
    ? rewrite(text, /(?:%[0-9a-f]{2})+/gi, (match) =>
        Buffer.from(match[0].replaceAll('%', ''), 'hex').toString('utf8'),
      )
    : undefined;

const namedEntities: Readonly<Record<string, string>> = table({
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  szlig: 'ss',
  aelig: 'ae',
  oelig: 'oe',
  oslash: 'o',
  commat: '@',
  period: '.',
  hyphen: '-',
  sol: '/',
});

const undoEntities: Undo = (text) =>
  text.includes('&')
    ? rewrite(
        text,
        /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z])(?:acute|grave|circ|tilde|uml|cedil|ring|slash|caron|strok)|([a-z]{2,6}));?/gi,
        ([, decimal, hex, letter, name]) => {
          if (decimal !== undefined) return fromPoint(Number(decimal));
          if (hex !== undefined) return fromPoint(Number.parseInt(hex, 16));
          return letter ?? namedEntities[(name ?? '').toLowerCase()];
        },
      )
    : undefined;

const unreadable = /[^\P{Cc}\t\n\r]|\ufffd/gu;

/** Bytes as text where most of them are text; UTF-16 shows as text with zero bytes between. */
function readable(bytes: Buffer): string[] {
  const text = bytes.toString('utf8').replaceAll('\0', '');
  const bad = text.match(unreadable)?.length ?? 0;
  return text.length >= 3 && bad * 5 <= text.length ? [text] : [];
}

/** Value of each base64 and base64url character, by code. */
const sextets = new Uint8Array(128);
for (const [value, letter] of Object.entries(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
)) {
  sextets[letter.charCodeAt(0)] = Number(value);
}
sextets[0x2d] = 62;
sextets[0x5f] = 63;

/**
 * A quick look before decoding, since most long words are just words: control bytes and broken UTF-8 are counted
 * until they are more than `readable` takes. Never counts more than `readable` would.
 */
function mayRead(run: string, shift: number): boolean {
  const most = Math.floor(((run.length - shift) * 3) / 20);
  let bad = 0;
  let before = 0;
  for (let at = shift; at + 1 < run.length && bad <= most; at += 1) {
    const phase = (at - shift) % 4;
    if (phase === 3) continue;
    const pair = ((sextets[run.charCodeAt(at)] ?? 0) << 6) | (sextets[run.charCodeAt(at + 1)] ?? 0);
    const byte = (pair >> (4 - 2 * phase)) & 0xff;
    const isControl =
      byte === 0x7f || (byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13);
    const follows = byte >= 0x80 && byte < 0xc0;
    const isBroken = follows ? before < 0x80 : before >= 0xc0;
    if (isControl || isBroken) bad += 1;
    before = byte;
  }
  return bad <= most;
}

const base64Characters = charactersOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-');

function readBase64(run: string): readonly string[] {
  const passages: string[] = [];
  for (let shift = 0; shift < 4 && run.length - shift >= 6; shift += 1) {
    if (mayRead(run, shift)) passages.push(...readable(Buffer.from(run.slice(shift), 'base64')));
  }
  return passages;
}

const undoBase64: Undo = (text, decoded) =>
  extract(text, stretches(text, base64Characters, 6), (run) => decoded.of(run, readBase64));

/** Bytes in a list, as programs print them, or in a row with at most one sign between them. */
const hexBytes =
  /(?<![0-9a-z])(?:\\x|0x)?[0-9a-f]{2}(?:[,;:] (?:\\x|0x)?[0-9a-f]{2}(?![0-9a-z])){4,}|(?:(?:\\x|0x|%)?[0-9a-f]{2}[ :,;-]?){5,}/gi;

/** Of these alone is what `hexBytes` finds. */
const hexCharacters = charactersOf('0123456789abcdefABCDEFxX\\% :,;-');

/** Runs of `hexBytes`: the pattern is tried in those stretches only that can hold one, ten characters and more. */
const hexRuns = (text: string): readonly Run[] =>
  stretches(text, hexCharacters, 10).flatMap(({ start, end }) => {
    // With a character on either side, which the pattern looks at and cannot take.
    const from = Math.max(0, start - 1);
    return [...text.slice(from, end + 1).matchAll(hexBytes)].map(
      ({ 0: run, index }): Run => ({ start: from + index, end: from + index + run.length }),
    );
  });

const undoHex: Undo = (text) =>
  extract(text, hexRuns(text), (run) => {
    const digits = run.replace(/\\x|0x|[^0-9a-f]/gi, '');
    return [0, 1].flatMap((shift) => readable(Buffer.from(digits.slice(shift), 'hex')));
  });

/** Every encoding that the interlock undoes; reversed and spaced text are searches of their own. */
export const encodings: readonly { readonly id: string; readonly undo: Undo }[] = [
  { id: 'json', undo: undoJson },
  { id: 'percent', undo: undoPercent },
  { id: 'entity', undo: undoEntities },
  { id: 'base64', undo: undoBase64 },
  { id: 'hex', undo: undoHex },
];
