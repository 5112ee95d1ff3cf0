/**
 * Ends the vault's thread under its feet while calls wait for it, then calls again. Prints what came of both as one
 * line of JSON. A process of its own, because only the real `process` hears of new threads.
 */
import { openVault } from '../../../src/storage/sqlite/vault-open.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

let end: () => Promise<number> = () => Promise.resolve(0);
let threads = 0;
process.on('worker', (worker) => {
  threads += 1;
  end = () => worker.terminate();
});

const scope = vaultScope();
const vault = await openVault({
  path: process.argv[2] ?? '',
  masterKey: Buffer.alloc(32, 7).toString('base64'),
  directoryKey: new Uint8Array(32),
  clock: { now: () => Date.now() },
  retentionSeconds: 3600,
});
const request = { type: 'PERSON' as const, entity: 'e', form: 'Maria Ortiz' };
const [before] = await vault.issue(scope, [request]);
const ended = end();
const lost = await Promise.allSettled([
  vault.issue(scope, [{ ...request, form: 'Ortiz' }]),
  vault.resolve(scope, [before?.token ?? '']),
]);
await ended;
const [again] = await vault.issue(scope, [request]);
const values = await vault.resolve(scope, [before?.token ?? '']);
await vault.close();
const reasonOf = (one: PromiseSettledResult<unknown>): unknown =>
  one.status === 'rejected' && isRecord(one.reason) ? one.reason['reason'] : one.status;
process.stdout.write(
  `${JSON.stringify({ lost: lost.map(reasonOf), same: before?.token === again?.token, values: [...values.values()], threads })}\n`,
);
