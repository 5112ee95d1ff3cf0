import { closeSync, readSync } from 'node:fs';
import { openRegular } from './regular-file.ts';

const newline = 0x0a;

/**
 * Lines of a text file, each without its newline, in constant memory. Throws where a line is longer than `limit`
 * bytes, is not UTF-8 (`lenient`: what is not becomes U+FFFD), the file does not end in a newline, or is no regular file.
 */
export function* linesOf(
  path: string,
  limit: number,
  encoding: 'strict' | 'lenient' = 'strict',
): Generator<string> {
  const handle = openRegular(path);
  const decoder = new TextDecoder('utf-8', { fatal: encoding === 'strict', ignoreBOM: true });
  const chunk = Buffer.alloc(1 << 16);
  let rest = Buffer.alloc(0);
  try {
    for (let length = readSync(handle, chunk); length > 0; length = readSync(handle, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, length)]);
      let begin = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
        if (end - begin > limit) throw new RangeError('a line is too long');
        yield decoder.decode(bytes.subarray(begin, end));
        begin = end + 1;
      }
      rest = Buffer.from(bytes.subarray(begin));
      if (rest.length > limit) throw new RangeError('a line is too long');
    }
  } finally {
    closeSync(handle);
  }
  if (rest.length > 0) throw new RangeError('the last line has no end');
}
