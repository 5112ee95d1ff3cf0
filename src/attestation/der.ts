import { NotProven } from './reasons.ts';

/** One element of DER (ITU-T X.690): its tag byte, and its content without tag and length. */
export interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

export const tags = {
  integer: 0x02,
  octets: 0x04,
  identifier: 0x06,
  enumerated: 0x0a,
  text: 0x16,
  sequence: 0x30,
  extensions: 0xa3,
} as const;

/** Reads one element at `at`; no length is believed before it is held to what is there. */
function elementAt(bytes: Buffer, at: number): Element & { readonly end: number } {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of several bytes and lengths of more than four, or of none, stand in no certificate.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new NotProven('malformed');
  const more = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + more;
  if (first === 0x80 || more > 4 || start > bytes.length) throw new NotProven('malformed');
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  if (length > bytes.length - start) throw new NotProven('malformed');
  return { tag, body: bytes.subarray(start, start + length), end: start + length };
}

/** The elements that stand one after the other in `bytes`, which they must fill; throws `malformed`. */
export function elementsOf(bytes: Uint8Array): Element[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Element[] = [];
  for (let at = 0; at < buffer.length; ) {
    const { end, ...element } = elementAt(buffer, at);
    elements.push(element);
    at = end;
  }
  return elements;
}

/** The content of `element`, which must be there and of this tag; throws `malformed`. */
export function bodyOf(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new NotProven('malformed');
  return element.body;
}

/** The value of `bytes`, which hold one element of this tag and nothing else; throws `malformed`. */
export function onlyBody(bytes: Uint8Array, tag: number): Buffer {
  const elements = elementsOf(bytes);
  if (elements.length !== 1) throw new NotProven('malformed');
  return bodyOf(elements[0], tag);
}

/** An INTEGER (or ENUMERATED) from 0 to 2^32 - 1 by its content; throws `malformed`. */
export function numberOf(body: Buffer): number {
  const sign = body[0];
  if (sign === undefined || sign > 0x7f || body.length > 5) throw new NotProven('malformed');
  const value = body.readUIntBE(0, body.length);
  if (value > 0xffff_ffff) throw new NotProven('malformed');
  return value;
}

/** An OBJECT IDENTIFIER by its content, in dots; throws `malformed`. */
export function identifierOf(body: Buffer): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of body) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > 0xffff_ffff) throw new NotProven('malformed');
    if (byte > 0x7f) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [root] = arcs;
  if (root === undefined || arc !== 0) throw new NotProven('malformed');
  const top = Math.min(2, Math.floor(root / 40));
  return [top, root - top * 40, ...arcs.slice(1)].join('.');
}
