import { type Dispatcher, request } from 'undici';
import { parseSize } from '../audit/checkpoint.ts';
import type { VerifierKey } from '../audit/signed-note.ts';
import type { Witness, WitnessAnswer } from '../audit/transparency-log.ts';

const maxAnswerBytes = 16_384;
const timeoutMs = 2000;

/** Body of add-checkpoint (C2SP tlog-witness): old size, consistency proof, empty line, checkpoint. */
const addCheckpointBody = (old: number, proof: readonly Uint8Array[], checkpoint: string): string =>
  [`old ${old}`, ...proof.map((hash) => Buffer.from(hash).toString('base64')), '', checkpoint].join('\n');

async function readText(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > maxAnswerBytes) throw new RangeError('the answer of the witness is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

/** A witness by its submission prefix. Redirects are not followed; an answer has two seconds and 16 KiB. */
export const createWitnessClient = (prefix: string, key: VerifierKey, connections?: Dispatcher): Witness => ({
  key,
  async add({ old, proof, checkpoint }): Promise<WitnessAnswer> {
    const { statusCode, body } = await request(`${prefix.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: addCheckpointBody(old, proof, checkpoint),
      signal: AbortSignal.timeout(timeoutMs),
      ...(connections === undefined ? {} : { dispatcher: connections }),
    });
    const text = await readText(body);
    if (statusCode === 200) return { kind: 'cosigned', lines: text };
    const size = statusCode === 409 && text.endsWith('\n') ? parseSize(text.slice(0, -1)) : undefined;
    return size === undefined ? { kind: 'refused' } : { kind: 'other_size', size };
  },
});
