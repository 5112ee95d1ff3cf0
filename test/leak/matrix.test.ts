import { expect, it } from '@jest/globals';
import { failures } from './matrix-failures.ts';
import { runMatrix, runPeerMatrix, table } from './matrix-run.ts';

/** `SOAK=full`: every position both ways under each failure; otherwise a sixth of them, another one each time. */
const every = process.env['SOAK'] === 'full';

it('no planted identifier crosses in any position, streaming or not, whatever fails', async () => {
  const cells = await runMatrix(every);
  console.log(table('phi-gateway, bytes in clear, whole / stream', cells));
  expect(new Set(cells.map(({ position }) => position)).size).toBeGreaterThanOrEqual(25);
  expect(cells.filter(({ clear }) => clear > 0)).toEqual([]);
  // Nothing is answered while something that protects is broken, and much is where nothing is.
  for (const { answers, name, spares } of failures) {
    const touched = cells.filter(
      ({ failure, position }) => failure === name && !position.includes(spares ?? '\n'),
    );
    const answered = touched.filter((cell) => cell.answered).length;
    expect([name, answers ? answered > 3 : answered === 0]).toEqual([name, true]);
  }
}, 900_000);

it('the same of @portkey-ai/gateway with its own redaction, where it is installed', async () => {
  const cells = await runPeerMatrix(every);
  console.log(
    cells === undefined
      ? 'skipped: @portkey-ai/gateway is not installed; npm install --prefix bench --ignore-scripts --no-package-lock'
      : table('@portkey-ai/gateway, ten redacting rules in and out, bytes in clear, whole / stream', cells),
  );
  // A peer that was never reached has shown nothing.
  expect(cells?.some(({ answered }) => answered) ?? true).toBe(true);
}, 900_000);
