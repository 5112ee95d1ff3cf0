/** Characters from which on a piece ends behind a word. */
const pieceLength = 40;

/** What may leave in pieces for a stream: they are for the reader's eye and end between words. */
export function* piecesOf(text: string): Generator<string> {
  let piece = '';
  for (const word of text.match(/\S+\s*|\s+/g) ?? []) {
    piece += word;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
