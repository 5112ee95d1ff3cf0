import { parentPort, workerData } from 'node:worker_threads';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfJob, PdfText } from './pdf-text.ts';

/** Reads one PDF and ends: whatever a hostile file does to this thread dies with it. */
async function read({ bytes, maxPages, maxCharacters }: PdfJob): Promise<PdfText> {
  const document = await getDocument({
    data: bytes,
    disableFontFace: true,
    isEvalSupported: false,
    stopAtErrors: true,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    verbosity: 0,
  }).promise;
  const pages: string[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    if (number > maxPages || characters > maxCharacters) return { text: pages.join('\n\n'), shortened: true };
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    pages.push(text);
    characters += text.length;
    page.cleanup();
  }
  return { text: pages.join('\n\n'), shortened: false };
}

// Sent by whoever started this thread; nobody else can.
const job: PdfJob = workerData;
parentPort?.postMessage(await read(job));
