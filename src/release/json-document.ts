/** What an answer that is one JSON document says, an object or a list; undefined where it is none. */
export function parsedDocument(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an answer is one JSON document, which nothing may stand beside. */
export const isDocument = (text: string): boolean => parsedDocument(text) !== undefined;

/**
 * A JSON document as it leaves, any other text as it is: of a member that is written twice only the last is there, and
 * `4.155550142e9` is the number that it is. What is checked has to be what is read.
 *
 * @throws RangeError where it is nested too deeply to be written
 */
export function plainDocument(text: string): string {
  const document = parsedDocument(text);
  return document === undefined ? text : JSON.stringify(document);
}
