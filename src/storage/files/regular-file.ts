import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Opens a file that nobody vouches for, for reading. Throws where it is a link, a pipe, a device or a folder: a link
 * shows what lies elsewhere, and a pipe would hold up whoever opens it.
 */
export function openRegular(path: string): number {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (fstatSync(handle).isFile()) return handle;
  closeSync(handle);
  throw new TypeError('not a regular file');
}

/** The whole content; throws as `openRegular` does, and where there are more than `limit` bytes. */
export function readRegular(path: string, limit: number): Buffer {
  const handle = openRegular(path);
  try {
    const { size } = fstatSync(handle);
    if (size > limit) throw new RangeError('a file is too long');
    const bytes = Buffer.alloc(size);
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(handle, bytes, length, size - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
