import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import { createNoteSigner } from '../audit/signed-note.ts';
import { TransparencyLog } from '../audit/transparency-log.ts';
import type { Config } from '../config/config.ts';
import { logOrigin } from '../config/log-origin.ts';
import { KeptConsents } from '../consent/kept-consents.ts';
import { openRevocations } from '../delegation/revocations.ts';
import { Emergencies } from '../policy/emergencies.ts';
import { Grants } from '../policy/grants.ts';
import { Proxies } from '../policy/proxies.ts';
import { openEndings } from '../sessions/endings.ts';
import { watchDiskReserve } from '../storage/files/disk-reserve.ts';
import { openLedger, storeFile } from '../storage/sqlite/ledger.ts';
import { openTrail, trailFile } from '../storage/sqlite/trail-writer.ts';
import { openVault } from '../storage/sqlite/vault-open.ts';
import type { Crowd } from '../storage/sqlite/waiting-calls.ts';
import { errorFields, type Log } from '../telemetry/log.ts';
import { patientBox } from '../vault/patient-box.ts';
import type { StoreName } from '../vocabulary/kept-fault.ts';
import { type Clock, type Randomness, steadyClock } from '../vocabulary/time.ts';
import { createWitnessClient } from '../witness/witness-client.ts';
import { keyFor, verifierKeyOf } from './keys.ts';

interface KeptInput {
  readonly config: Config;
  readonly clock: Clock;
  /** Time as the record sees it. */
  readonly clinicalClock: Clock;
  readonly randomness: Randomness;
  readonly pseudonymKey: Uint8Array;
  /** Envelopes that are open, see `Crowd`. */
  readonly crowd: Crowd;
  /** To the witnesses. */
  readonly connections: Dispatcher;
  readonly log: Log;
}

/**
 * All that outlives the process: the trail and its signed log, the vault, revocations and endings, grants, proxies, consents.
 * Throws where one of them cannot be opened.
 */
export async function openKept({
  clinicalClock,
  clock,
  config,
  connections,
  crowd,
  log,
  pseudonymKey,
  randomness,
}: KeptInput) {
  const { directory } = config.storage;
  const trail = await openTrail(trailFile(directory), { crowd });
  const transparency = await TransparencyLog.open({
    store: trail,
    signer: createNoteSigner(logOrigin(config), config.keys.log),
    retired: config.audit.verifierKeys.map((key) => verifierKeyOf(key)),
    witnesses: config.audit.witnesses.map(({ url, key }) =>
      createWitnessClient(url, verifierKeyOf(key), connections),
    ),
    witnessMaxAgeMs: config.audit.witnessMaxAgeSeconds * 1000,
    elapsed: () => performance.now(),
    onFault: (fault, thrown) =>
      log.write('checkpoint.unsettled', { ...(thrown === undefined ? {} : errorFields(thrown)), fault }),
  });
  const vault = await openVault({
    path: join(directory, 'vault.db'),
    masterKey: config.keys.vault,
    directoryKey: keyFor(pseudonymKey, 'directory'),
    clock,
    retentionSeconds: config.limits.tokenRetentionSeconds,
    crowd,
  });
  const ledger = (store: StoreName) => openLedger(storeFile(directory, store), store);
  const revocationStore = ledger('revocations');
  const grantStore = ledger('grants');
  const reserve = await watchDiskReserve(directory, config.storage.reserveMegabytes * 1_000_000);
  const consentStore = ledger('consents');
  const emergencyStore = ledger('emergencies');
  const proxyStore = ledger('proxies');
  // Minutes that somebody was given are over when they are, whatever the host's clock is set to, also across a restart.
  const latest = await trail.newest('', () => true);
  const steady = steadyClock(clock, () => performance.now(), latest?.at);
  const boxFor = (use: string) => async (tenant: string, patient: string) => {
    const key = await vault.factsKey(tenant, patient);
    return key === undefined ? undefined : patientBox(key, use);
  };
  return {
    trail,
    reserve,
    transparency,
    vault,
    revocations: await openRevocations(revocationStore, clock),
    endings: await openEndings(revocationStore, clock),
    grants: await Grants.open({
      store: grantStore,
      clock: steady,
      newId: () => randomness.uuid(),
      box: boxFor('grants'),
    }),
    emergencies: await Emergencies.open({
      store: emergencyStore,
      clock: steady,
      newId: () => randomness.uuid(),
      box: boxFor('emergencies'),
    }),
    proxies: await Proxies.open({
      store: proxyStore,
      clock: clinicalClock,
      newId: () => randomness.uuid(),
      box: boxFor('proxies'),
    }),
    keptConsents: await KeptConsents.open({ store: consentStore, clock, box: boxFor('consents') }),
    /** Those whose heads stand on the trail, so that an older copy of one is noticed. */
    headed: [revocationStore, grantStore, consentStore, emergencyStore, proxyStore, vault],
    async close(): Promise<void> {
      reserve.close();
      await trail.close();
      await revocationStore.close();
      await grantStore.close();
      await consentStore.close();
      await emergencyStore.close();
      await proxyStore.close();
      await vault.close();
    },
  };
}

export type Kept = Awaited<ReturnType<typeof openKept>>;
