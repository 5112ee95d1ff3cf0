import type { Resource } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import { at, type Element, elementsOf, isAbout, textOf } from './elements.ts';
import { htmlText } from './html-text.ts';
import { pdfText } from './pdf/pdf-text.ts';
import type { BinaryContent, FhirReader } from './ports.ts';

/** Characters of one note that are looked at; what is withheld of them counts as never having been there. */
const maxRead = 320_000;

export interface NoteText {
  readonly text: string;
  /** Cut at the limit of what is looked at. */
  readonly shortened: boolean;
}

type Decoder = (bytes: Uint8Array, charset: string) => Promise<NoteText | undefined>;

/** In the character set that the attachment states; a byte that is not of it makes the whole unreadable. */
const characters =
  (read: (text: string) => string): Decoder =>
  async (bytes, charset) => {
    try {
      return { text: read(new TextDecoder(charset, { fatal: true }).decode(bytes)), shortened: false };
    } catch {
      return undefined;
    }
  };

/** Readers by content type. Anything else is named as unread. */
const decoders: Readonly<Record<string, Decoder>> = table({
  'text/plain': characters((text) => text),
  'text/html': characters(htmlText),
  'application/xhtml+xml': characters(htmlText),
  'application/pdf': (bytes) => pdfText(bytes),
});

const mediaType = (contentType: string): string => contentType.toLowerCase().split(';')[0]?.trim() ?? '';

const charsetOf = (contentType: string): string =>
  contentType
    .toLowerCase()
    .split(';')
    .map((parameter) => /^\s*charset\s*=\s*"?([a-z0-9_-]+)"?\s*$/.exec(parameter)?.[1])
    .find((name) => name !== undefined) ?? 'utf-8';

/** Whether a Binary is held to the access rules of another patient than the document is about. */
function isOfAnother({ securityContext }: BinaryContent, document: Resource): boolean {
  if (securityContext === undefined || !/(?:^|\/)Patient\//.test(securityContext)) return false;
  return !isAbout({ ...document, subject: { reference: securityContext } }, patientOf(document));
}

const patientOf = (document: Resource): string =>
  (textOf(at(document, 'subject', 'reference')) ?? '').split('/')[1] ?? '';

/** Bytes of an attachment: inline, or a Binary of the same server that the document names. Other URLs are not followed. */
async function attachmentBytes(
  attachment: Element,
  document: Resource,
  reader: FhirReader,
): Promise<{ bytes: Uint8Array; contentType: string } | undefined> {
  const declared = textOf(attachment['contentType']) ?? '';
  const inline = textOf(attachment['data']);
  if (inline !== undefined)
    return { bytes: new Uint8Array(Buffer.from(inline, 'base64')), contentType: declared };
  const id = /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(textOf(attachment['url']) ?? '')?.[1];
  if (id === undefined) return undefined;
  const binary = await reader.binary(id);
  if (binary !== undefined && isOfAnother(binary, document)) {
    reader.suspect?.('foreign_patient', 1);
    return undefined;
  }
  return binary === undefined ? undefined : { bytes: binary.data, contentType: binary.contentType };
}

/**
 * The text of an authorised document: its first readable attachment (plain text, HTML, XHTML, PDF with text).
 * Undefined where none can be read, which the caller says. Errors of the reader close.
 */
export async function readNote(document: Resource, reader: FhirReader): Promise<NoteText | undefined> {
  for (const content of elementsOf(document['content'])) {
    for (const attachment of elementsOf(content['attachment'])) {
      const declared = mediaType(textOf(attachment['contentType']) ?? '');
      if (declared !== '' && decoders[declared] === undefined) continue;
      const found = await attachmentBytes(attachment, document, reader);
      const decode = found === undefined ? undefined : decoders[mediaType(found.contentType)];
      if (found === undefined || decode === undefined) continue;
      const note = await decode(found.bytes, charsetOf(found.contentType));
      if (note === undefined || note.text.trim() === '') continue;
      return { text: note.text.slice(0, maxRead), shortened: note.shortened || note.text.length > maxRead };
    }
  }
  return undefined;
}
