import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Witnessed, WitnessState } from './witness.ts';

function readWitnessed(value: unknown): Witnessed {
  const { size, root, checkpoint } = isRecord(value) ? value : {};
  const hash = typeof root === 'string' && /^[0-9a-f]{64}$/.test(root) ? Buffer.from(root, 'hex') : undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || hash === undefined)
    throw new Error(
      'the state of the witness is damaged: it will not cosign without knowing what it cosigned',
    );
  return { size, root: hash, checkpoint: typeof checkpoint === 'string' ? checkpoint : '' };
}

function readState(path: string): Map<string, Witnessed> {
  if (!existsSync(path)) return new Map();
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(value)) throw new Error('the state of the witness is damaged');
  return new Map(Object.entries(value).map(([origin, witnessed]) => [origin, readWitnessed(witnessed)]));
}

function sync(path: string, flags: string, write: (handle: number) => void): void {
  const handle = openSync(path, flags, 0o600);
  try {
    write(handle);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * The memory of a witness in one JSON file, replaced whole (written beside, synced, renamed, folder synced) before
 * anything is cosigned. Throws where the file is damaged: a witness that lost its memory must not start anew unseen.
 */
export function openWitnessState(path: string): WitnessState {
  const known = readState(path);
  return {
    latest: (origin) => known.get(origin),
    keep(origin, witnessed) {
      const next = new Map(known).set(origin, witnessed);
      const body = Object.fromEntries(
        [...next].map(([name, { size, root, checkpoint }]) => [
          name,
          { size, root: Buffer.from(root).toString('hex'), checkpoint },
        ]),
      );
      const beside = `${path}.new`;
      sync(beside, 'w', (handle) => writeSync(handle, `${JSON.stringify(body, null, 2)}\n`));
      renameSync(beside, path);
      sync(dirname(path), 'r', () => undefined);
      known.set(origin, witnessed);
    },
  };
}
