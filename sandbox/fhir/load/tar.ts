/** One regular file of an archive. */
export interface TarFile {
  readonly name: string;
  readonly content: Buffer;
}

const block = 512;
const field = (header: Buffer, start: number, length: number): string => {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? length : end).toString('utf8');
};

/**
 * The regular files of an uncompressed POSIX ustar archive, with GNU long names and pax paths. Throws when a size
 * is not readable or runs past the end.
 */
export function* readTar(archive: Buffer): Generator<TarFile> {
  let longName: string | undefined;
  for (let offset = 0; offset + block <= archive.length; ) {
    const header = archive.subarray(offset, offset + block);
    if (header[0] === 0) return;
    const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8);
    const start = offset + block;
    if (!Number.isInteger(size) || start + size > archive.length)
      throw new Error('the tar archive is damaged');
    const content = archive.subarray(start, start + size);
    const kind = field(header, 156, 1);
    if (kind === 'L') longName = field(content, 0, size);
    else if (kind === 'x') longName = /\d+ path=([^\n]+)\n/.exec(content.toString('utf8'))?.[1] ?? longName;
    else {
      const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : '';
      const short = field(header, 0, 100);
      if (kind === '0' || kind === '')
        yield { name: longName ?? (prefix ? `${prefix}/${short}` : short), content };
      longName = undefined;
    }
    offset = start + Math.ceil(size / block) * block;
  }
}
