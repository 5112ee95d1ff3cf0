import { keepInspectorShut } from './process-guard.ts';

const atOnce = (): never => process.exit(1);

/**
 * Waits for SIGINT or SIGTERM, then runs `stop`; a second signal does not wait for it. SIGUSR1 is taken so that
 * nobody can open the inspector of a process that holds keys.
 */
export async function untilSignal(stop: () => Promise<void>): Promise<void> {
  keepInspectorShut();
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  process.once('SIGINT', atOnce);
  process.once('SIGTERM', atOnce);
  await stop();
  process.off('SIGINT', atOnce);
  process.off('SIGTERM', atOnce);
}
