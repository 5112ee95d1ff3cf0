import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isRecord } from '../src/vocabulary/fhir.ts';

/** Below bench/node_modules, where it is installed. */
export const portkeyEntry = '@portkey-ai/gateway/build/start-server.js';

/** Ten rules of its own redaction. */
export const portkeyRules = [
  '\\b\\d{3}-\\d{2}-\\d{4}\\b',
  '[\\w.+-]+@[\\w-]+\\.[\\w.]+',
  '\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]\\d{4}',
  '\\bMRN:? ?\\d{6,10}\\b',
  '\\b\\d{4}-\\d{2}-\\d{2}\\b',
  '\\b\\d{1,2}/\\d{1,2}/\\d{4}\\b',
  '\\b\\d{5}-\\d{4}\\b',
  '\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b',
  '\\b\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}\\b',
  'https?://\\S+',
] as const;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: unknown = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return isRecord(address) ? Number(address['port']) : 0;
}

/** Waits until a started process answers there. */
export async function listening(url: string, child: ChildProcess): Promise<void> {
  for (let n = 0; n < 300; n += 1) {
    if (child.exitCode !== null) throw new Error('the peer ended');
    try {
      await fetch(url);
      return;
    } catch {
      await delay(200);
    }
  }
  throw new Error('the peer does not listen');
}

/** Ends a process that was started here. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill();
  await gone;
}

/** `@portkey-ai/gateway` from its entry file, which may call upstreams of this machine. */
export async function spawnPortkey(
  entry: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [entry, `--port=${port}`, '--headless'], {
    stdio: 'ignore',
    env: { ...process.env, TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  });
  const url = `http://127.0.0.1:${port}`;
  await listening(`${url}/`, child);
  return { url, child };
}
