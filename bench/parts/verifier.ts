import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { encodeEvent } from '../../src/audit/event-record.ts';
import type { EventName, TrailEvent } from '../../src/audit/events.ts';
import { createNoteSigner } from '../../src/audit/signed-note.ts';
import { exportTrail } from '../../src/storage/sqlite/trail-export.ts';
import { TrailLog } from '../../src/storage/sqlite/trail-log.ts';
import { TrailFileReader } from '../../src/storage/sqlite/trail-reader.ts';
import type { Part } from '../part.ts';
import { Child, numberIn } from '../processes/child.ts';
import { Rounds } from '../row.ts';

/** The events of an answered request, as the pipeline writes them. */
const way: readonly (readonly [EventName, TrailEvent['facts']])[] = [
  ['session.started', { roles: ['physician'], client: 'chart', user: 'fedcba9876543210'.repeat(2) }],
  [
    'consent.verified',
    { effect: 'permit', sealed: '7e20'.repeat(35), commitment: '0123456789abcdef'.repeat(4) },
  ],
  ['workload.authorized', { workload: 'copilot', purpose: 'TREAT' }],
  [
    'request.authorized',
    {
      effect: 'allow',
      sentence: 'Allowed: treatment by a member of the care team.',
      policies: ['care-team'],
    },
  ],
  [
    'fhir.retrieved',
    { searches: 2, bytes: 20480, sealed: '7e20'.repeat(75), commitment: '0123456789abcdef'.repeat(4) },
  ],
  ['record.masked', { tokens: { DATE: 3, NAME: 2 } }],
  ['context.released', { model: 'main', bytes: 2545, requestHash: '0123456789abcdef'.repeat(4) }],
  ['response.generated', { model: 'main', finish: 'stop', responseHash: '0123456789abcdef'.repeat(4) }],
  ['response.checked', { passed: ['identifiers', 'links', 'citations'] }],
  ['response.released', { citations: 2, answerHash: '0123456789abcdef'.repeat(4) }],
  ['response.delivered', { bytes: 374 }],
];
const trailsAtOnce = 100;

/** Writes a signed log of about `events` events to `path`; answers how many. */
function writeLog(path: string, events: number): number {
  const log = new TrailLog(path);
  const reader = new TrailFileReader(path);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const signer = createNoteSigner('bench.example/log', pem.toString());
  log.keepKeys([signer.key.text]);
  for (let first = 0; log.size < events; first += trailsAtOnce) {
    log.append(
      Array.from({ length: trailsAtOnce }, (_, at) =>
        way.map(([event, facts]) => {
          const trail = `019a0000-0000-7000-8000-${(first + at).toString(16).padStart(12, '0')}`;
          const told: TrailEvent = {
            tenant: 'bench',
            trail,
            event,
            outcome: 'success',
            at: 1_790_000_000_000 + first,
            facts,
          };
          return { tenant: 'bench', trail, event, payload: encodeEvent(told) };
        }),
      ),
    );
    if (first % (10 * trailsAtOnce) === 0)
      log.keepSigned(log.size, signCheckpoint(signer, { origin: signer.key.name, ...reader.head() }));
  }
  log.keepSigned(log.size, signCheckpoint(signer, { origin: signer.key.name, ...reader.head() }));
  const { size } = log;
  reader.close();
  log.close();
  return size;
}

/** The offline verifier over whole logs: time, and the peak of memory, which must not grow with the log. */
export const verifier: Part = async (options) => {
  const rounds = new Rounds('verifier');
  const most = options.events ?? 1_000_000;
  const sizes = options.quick ? [1000, 2000] : [most / 10, most];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'phi-bench-verifier-'));
    try {
      const path = join(folder, 'audit.db');
      const out = join(folder, 'export');
      options.progress(`verifier: writing ${size} events`);
      const events = writeLog(path, size);
      const began = performance.now();
      exportTrail({ path, out, trails: [] });
      rounds.add(`export of ${events} events`, 'time', 'ms', performance.now() - began);
      for (const form of ['database', 'export']) {
        options.progress(`verifier: ${form} of ${events} events`);
        const child = new Child(fileURLToPath(new URL('../processes/verifier.js', import.meta.url)));
        const told = await child.ask('verify', { form, path: form === 'export' ? out : path });
        await child.stop();
        if (told['ok'] !== true) throw new Error(`the ${form} does not verify`);
        const variant = `${form} of ${events} events`;
        rounds.add(variant, 'time', 'ms', numberIn(told, 'seconds') * 1000);
        rounds.add(variant, 'cpu', 'ms', numberIn(told, 'cpu') * 1000);
        rounds.add(variant, 'events', '1/s', numberIn(told, 'events') / numberIn(told, 'seconds'));
        rounds.add(variant, 'peak memory', 'MB', numberIn(told, 'peak') / 2 ** 20);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rounds.rows();
};
