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
type Undo = (text: string) => View | undefined;

/** Replaces what `pattern` finds and leaves everything else in place. */
function rewrite(
  text: string,
  pattern: RegExp,
  decode: (match: RegExpMatchArray) => string | undefined,
): View | undefined {
  const origin: number[] = [];
  let out = '';
  let at = 0;
  let changed = false;
  const copy = (until: number): void => {
    for (; at < until; at += 1) origin.push(at);
  };
  for (const match of text.matchAll(pattern)) {
    const decoded = decode(match);
    if (decoded === undefined) continue;
    changed = true;
    out += text.slice(at, match.index);
    copy(match.index);
    for (let unit = 0; unit < decoded.length; unit += 1) origin.push(at);
    out += decoded;
    at = match.index + match[0].length;
  }
  if (!changed) return undefined;
  out += text.slice(at);
  copy(text.length);
  origin.push(text.length);
  return { text: out, origin: Int32Array.from(origin) };
}

/** Passages that were further apart, in characters, are none of one value, and so many line breaks say so. */
const farApart = 16;
const parting = '\n'.repeat(9);

/** Decoded passages one a line; a hit in one leads back to its whole encoded run. */
function extract(
  text: string,
  pattern: RegExp,
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
  for (const match of text.matchAll(pattern)) {
    const passages = decode(match[0]);
    if (passages.length === 0) continue;
    part(match.index);
    last = match.index + match[0].length;
    for (const decoded of passages) {
      out += `${decoded}\n`;
      for (let unit = 0; unit < decoded.length; unit += 1) origin.push(match.index);
      origin.push(match.index + match[0].length);
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

const undoBase64: Undo = (text) =>
  extract(text, /[A-Za-z0-9+/_-]{6,}/g, (run) =>
    [0, 1, 2, 3].flatMap((shift) =>
      run.length - shift < 6 || !mayRead(run, shift) ? [] : readable(Buffer.from(run.slice(shift), 'base64')),
    ),
  );

/** Bytes in a list, as programs print them, or in a row with at most one sign between them. */
const hexBytes =
  /(?<![0-9a-z])(?:\\x|0x)?[0-9a-f]{2}(?:[,;:] (?:\\x|0x)?[0-9a-f]{2}(?![0-9a-z])){4,}|(?:(?:\\x|0x|%)?[0-9a-f]{2}[ :,;-]?){5,}/gi;

const undoHex: Undo = (text) =>
  extract(text, hexBytes, (run) => {
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
