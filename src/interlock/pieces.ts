/**
 * A run of letters, of digits, or of a script that puts no spaces between words. `glued` says that the piece
 * before ends where this one starts (`mrn00123` is two pieces, the second glued).
 */
export interface Piece {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly type: 'letters' | 'digits' | 'unspaced';
  readonly glued: boolean;
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const letter = /[\p{L}\p{M}]/u;

const types: readonly (Piece['type'] | undefined)[] = [undefined, 'letters', 'digits', 'unspaced'];
const classes = new Uint8Array(0x1_0000);
const known = new Uint8Array(0x1_0000);

/** 0 neither, 1 letters, 2 digits, 3 unspaced script. Halves of surrogate pairs are letters here: folding has
 * already turned other astral characters into spaces. */
function classOf(unit: number): number {
  if (known[unit] === 1) return classes[unit] ?? 0;
  const text = String.fromCharCode(unit);
  let found = 0;
  if (unit >= 0x30 && unit <= 0x39) found = 2;
  else if (unit >= 0xd800 && unit <= 0xdfff) found = 1;
  else if (unspaced.test(text)) found = 3;
  else if (letter.test(text)) found = 1;
  classes[unit] = found;
  known[unit] = 1;
  return found;
}

/** Pieces of a folded text, in order. Linear. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let lastEnd = -1;
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === 0) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < text.length && classOf(text.charCodeAt(at)) === kind) at += 1;
    const type = types[kind];
    if (type !== undefined) {
      pieces.push({ word: text.slice(start, at), start, end: at, type, glued: start === lastEnd });
    }
    lastEnd = at;
  }
  return pieces;
}

/** The pieces of a text read backwards, made of its own; `mirrored` is that text. */
export function piecesTurned(pieces: readonly Piece[], mirrored: string): Piece[] {
  const { length } = mirrored;
  const turned: Piece[] = [];
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const piece = pieces[at];
    if (piece === undefined) continue;
    const start = length - piece.end;
    const end = length - piece.start;
    turned.push({
      word: piece.word.length === 1 ? piece.word : mirrored.slice(start, end),
      start,
      end,
      type: piece.type,
      glued: pieces[at + 1]?.glued ?? false,
    });
  }
  return turned;
}
