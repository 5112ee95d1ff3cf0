import { closeSync, openSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * The gateway's log as a file. A line that the disk does not take is lost and the next one is tried again: a full
 * disk must not end the process, because the trail, which is what counts, refuses by itself.
 */
export function openLogFile(path: string): Writable {
  const file = openSync(path, 'a', 0o600);
  return new Writable({
    write(line: Buffer, _encoding, done) {
      try {
        writeSync(file, line);
      } catch {
        // Lost, see above.
      }
      done();
    },
    final(done) {
      closeSync(file);
      done();
    },
  });
}
