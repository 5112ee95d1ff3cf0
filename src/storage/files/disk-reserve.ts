import { statfs } from 'node:fs/promises';
import type { TrailReserve } from '../../audit/ports.ts';

/** How often the file system is asked, in milliseconds. */
const askEvery = 1000;

export interface DiskReserve extends TrailReserve {
  close(): void;
}

async function hasLess(directory: string, bytes: number): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize < bytes;
  } catch {
    // A folder whose file system cannot be asked takes no events either.
    return true;
  }
}

/**
 * Watches that the file system of `directory` keeps `bytes` free, so that what is under way can always be ended on the
 * trail. With 0 bytes nothing is kept, and only the disk itself says no.
 */
export async function watchDiskReserve(directory: string, bytes: number): Promise<DiskReserve> {
  let spent = await hasLess(directory, bytes);
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    spent = await hasLess(directory, bytes);
    asking = false;
  };
  const timer = setInterval(() => void ask(), askEvery).unref();
  return { spent: () => spent, close: () => clearInterval(timer) };
}
