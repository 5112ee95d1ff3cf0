import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Reads files of data. A link to a file is a file; pipes, devices and folders are none. */
export interface DataReader {
  /** Names of the files of a folder. Throws where there is no such folder. */
  list(folder: string): readonly string[];
  /** Throws where there is no such file or it cannot be read. */
  read(path: string): Buffer;
}

/** What lies there now. */
export const fromDisk: DataReader = {
  list: (folder) =>
    readdirSync(folder).filter(
      (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true,
    ),
  read(path) {
    // Not blocking: a pipe in the place of a file must not hold whoever reads.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!fstatSync(descriptor).isFile()) throw new Error('is not a regular file');
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
};

/** What lay there when it was first asked for: whoever hashes it and whoever loads it see the same bytes. */
export function readingOnce(reader: DataReader = fromDisk): DataReader {
  const lists = new Map<string, readonly string[]>();
  const contents = new Map<string, Buffer>();
  return {
    list(folder) {
      const names = lists.get(folder) ?? reader.list(folder);
      lists.set(folder, names);
      return names;
    },
    read(path) {
      const content = contents.get(path) ?? reader.read(path);
      contents.set(path, content);
      return content;
    },
  };
}
