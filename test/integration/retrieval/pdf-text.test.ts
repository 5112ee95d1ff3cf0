import { describe, expect, test } from '@jest/globals';
import { readNote } from '../../../src/retrieval/attachment-text.ts';
import { pdfText } from '../../../src/retrieval/pdf/pdf-text.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import { pdfOf } from '../../fixtures/pdf.ts';
import fc from '../../fixtures/properties.ts';

const bytes = (file: Buffer): Uint8Array => new Uint8Array(file);
const letter = ['Discharge letter\nMrs. Maria Ortiz (MRN 4711)', 'Take aspirin 81 mg daily.'];

const nobody = (): never => {
  throw new Error('not asked');
};

describe('a PDF attachment', () => {
  test('is read by its text layer, line by line and page by page', async () => {
    expect(await pdfText(bytes(pdfOf(letter)))).toEqual({ text: letter.join('\n\n'), shortened: false });
  });

  test('becomes a note like any other', async () => {
    const reader: FhirReader = {
      server: 'main',
      search: nobody,
      read: nobody,
      binary: nobody,
      capabilities: nobody,
    };
    const document = {
      resourceType: 'DocumentReference',
      content: [{ attachment: { contentType: 'application/pdf', data: pdfOf(letter).toString('base64') } }],
    };
    expect((await readNote(document, reader))?.text).toBe(letter.join('\n\n'));
  });

  test('that is a scan, encrypted, broken or no PDF has no text', async () => {
    const good = pdfOf(letter);
    expect((await pdfText(bytes(pdfOf(['']))))?.text.trim()).toBe('');
    const encrypted = pdfOf(
      letter,
      `/Encrypt<</Filter/Standard/V 1/R 2/O(${'o'.repeat(32)})/U(${'u'.repeat(32)})/P -4>>/ID[(a)(a)]`,
    );
    expect(await pdfText(bytes(encrypted))).toBeUndefined();
    expect(await pdfText(bytes(Buffer.from('<html>no</html>')))).toBeUndefined();
    expect(await pdfText(new Uint8Array())).toBeUndefined();
    expect((await pdfText(bytes(good.subarray(0, 200))))?.text ?? '').not.toContain('aspirin');
  });

  test('is read up to its limits, and this is told', async () => {
    const many = pdfOf(Array.from({ length: 12 }, (_, n) => `page ${n}`));
    expect(await pdfText(bytes(many), { maxPages: 3 })).toEqual({
      text: 'page 0\n\npage 1\n\npage 2',
      shortened: true,
    });
    expect((await pdfText(bytes(many), { maxCharacters: 10 }))?.shortened).toBe(true);
  });

  test('that takes too long or too much memory is given up, and others are still read', async () => {
    const large = pdfOf(Array.from({ length: 400 }, () => 'word '.repeat(2000)));
    expect(await pdfText(bytes(large), { timeoutMs: 50 })).toBeUndefined();
    expect(await pdfText(bytes(large), { heapMb: 8, maxPages: 400, maxCharacters: 1e9 })).toBeUndefined();
    expect((await pdfText(bytes(pdfOf(letter))))?.shortened).toBe(false);
  });

  test('with bytes changed at random never throws', async () => {
    const good = pdfOf(letter);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        async (changes) => {
          const file = Buffer.from(good);
          for (const [at, value] of changes) file[at] = value;
          const text = await pdfText(bytes(file), { timeoutMs: 4000 });
          expect(text === undefined || typeof text.text === 'string').toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
