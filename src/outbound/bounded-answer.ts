/** The body has more bytes than any answer of its kind. It carries nothing of the answer. */
export class AnswerTooLarge extends Error {
  constructor() {
    super('the answer is too large');
    this.name = 'AnswerTooLarge';
  }
}

/**
 * A response whose body was read whole, of `most` bytes as its reader sees them: unpacked where it came compressed, so
 * that a small answer cannot unfold into one that fills memory. Reading stops at the byte that is too many.
 *
 * @throws AnswerTooLarge
 */
export async function boundedAnswer(response: Response, most: number): Promise<Response> {
  if (response.body === null) return response;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (bytes > most) throw new AnswerTooLarge();
    chunks.push(chunk);
  }
  const { headers, status, statusText } = response;
  return new Response(Buffer.concat(chunks), { headers, status, statusText });
}
