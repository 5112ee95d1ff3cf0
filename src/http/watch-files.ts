import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds. */
const settle = 100;
/** For file systems that tell nobody of changes. */
const poll = 5000;

/**
 * Calls `onChange` when something in the folders of these files changes, and every five seconds; whether a file has
 * changed is its reader's to find out. Folders are watched, not files: certificates are renewed by renaming, or by
 * turning a link in the same folder. Answers a function that ends it.
 */
export function watchFiles(files: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settle);
    timer.unref();
  };
  const watchers: FSWatcher[] = [];
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    const watcher = watch(folder, { persistent: false }, soon);
    // A folder that cannot be watched any more is still looked at by the poll.
    watcher.on('error', () => watcher.close());
    watchers.push(watcher);
  }
  const interval = setInterval(onChange, poll);
  interval.unref();
  return () => {
    clearTimeout(timer);
    clearInterval(interval);
    for (const watcher of watchers) watcher.close();
  };
}
