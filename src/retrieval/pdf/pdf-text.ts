import { Worker } from 'node:worker_threads';
import { bulkhead } from 'cockatiel';
import { isRecord } from '../../vocabulary/fhir.ts';

export interface PdfText {
  readonly text: string;
  /** Pages or characters beyond the limits were not read. */
  readonly shortened: boolean;
}

export interface PdfLimits {
  readonly maxPages: number;
  /** UTF-16 units after which no further page is read. */
  readonly maxCharacters: number;
  /** Until the thread is ended, in milliseconds. */
  readonly timeoutMs: number;
  /** Heap of the thread, in megabytes. */
  readonly heapMb: number;
}

export interface PdfJob extends Pick<PdfLimits, 'maxPages' | 'maxCharacters'> {
  readonly bytes: Uint8Array;
}

const defaults: PdfLimits = { maxPages: 200, maxCharacters: 320_000, timeoutMs: 10_000, heapMb: 192 };

/** Threads at a time in this process; documents that wait beyond that count as unread. */
const threads = bulkhead(2, 64);

const isPdfText = (value: unknown): value is PdfText =>
  isRecord(value) && typeof value['text'] === 'string' && typeof value['shortened'] === 'boolean';

function inThread(bytes: Uint8Array, limits: PdfLimits): Promise<PdfText | undefined> {
  const { maxPages, maxCharacters, timeoutMs, heapMb } = limits;
  const job: PdfJob = { bytes, maxPages, maxCharacters };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./pdf-worker.js', import.meta.url), {
      workerData: job,
      execArgv: [],
      env: {},
      // What the library complains about may quote the document.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const end = (text: PdfText | undefined): void => {
      clearTimeout(timer);
      resolve(text);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(undefined), timeoutMs);
    worker.once('message', (message: unknown) => end(isPdfText(message) ? message : undefined));
    worker.once('error', () => end(undefined));
    worker.once('exit', () => end(undefined));
  });
}

/**
 * The text layer of a PDF, read in a thread of its own with limits of time, memory, pages and characters. Undefined
 * where there is none: a scan, a file that is encrypted, broken or too much; the caller says that it was not read.
 */
export async function pdfText(
  bytes: Uint8Array,
  limits: Partial<PdfLimits> = {},
): Promise<PdfText | undefined> {
  try {
    return await threads.execute(() => inThread(bytes, { ...defaults, ...limits }));
  } catch {
    return undefined;
  }
}
