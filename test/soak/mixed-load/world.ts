import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, numberIn, textIn } from '../../../bench/processes/child.ts';
import { startFhirServer } from '../../../sandbox/fhir/server.ts';
import { startModelServer } from '../../../sandbox/model/server.ts';
import type { AccountName } from '../../../sandbox/oidc/accounts.ts';
import { startIssuer } from '../../../sandbox/oidc/issuer.ts';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { loadRecords, type SandboxPatient } from '../../../sandbox/records.ts';
import { gatewayTrust } from '../../../sandbox/start.ts';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { sandboxAudience } from '../../../src/config/rules.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import { type ModelDouble, startModelDouble } from '../../integration/hardening/model-double.ts';
import { collectIdentifiers, type Identifiers } from '../../leak/matcher.ts';
import { othersThan } from '../../leak/others.ts';

/** A gateway in a process of its own, and its neighbours in this one. */
export interface World {
  readonly gateway: Child;
  readonly pid: number;
  readonly url: string;
  readonly operations: string;
  readonly dataDir: string;
  readonly patients: readonly SandboxPatient[];
  readonly tasks: readonly string[];
  readonly double: ModelDouble;
  /** Everything of every patient. */
  readonly identifiers: Identifiers;
  /** What is of others than one patient. */
  others(patient: string): Identifiers;
  /** A token of a sandbox user, renewed before it ends. */
  token(username: AccountName): Promise<string>;
  faults(list: readonly object[]): Promise<void>;
  /** What both models were sent since the last call. */
  received(): Promise<readonly string[]>;
  /** Stops gateway and neighbours; the data folder stays. */
  close(): Promise<void>;
  forget(): void;
}

/** Short, so that what the gateway still holds some seconds after the last request is held by mistake; in milliseconds. */
const keepAliveMs = 4000;

const worker = fileURLToPath(new URL('./gateway-process.js', import.meta.url));

const remembered = <T>(make: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
};

/** `modelTimeoutMs`: how long the model double may take, and a request with it; otherwise short. */
export async function startWorld(fhirTimeoutMs: number, modelTimeoutMs?: number): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-soak-'));
  const records = await loadRecords({}, () => undefined);
  const { store } = records;
  const trust = gatewayTrust();
  const clock = { now: () => Date.now() };
  const fhir = await startFhirServer({ port: 0, store, authorize: trust.authorize, clock, keepAliveMs });
  const model = await startModelServer({ port: 0, clock, keepAliveMs });
  const double = await startModelDouble();
  const issuer = await startIssuer({
    port: 0,
    audience: sandboxAudience,
    fhirBase: fhir.base,
    fhirUsers: { caregiver: 'RelatedPerson/sandbox-caregiver' },
    tenant: 'sandbox',
  });
  const gateway = new Child(worker, ['--expose-gc']);
  const started = await gateway.ask('start', {
    issuer: issuer.issuer,
    fhir: fhir.base,
    model: model.baseUrl,
    double: double.baseUrl,
    dataDir,
    fhirTimeoutMs,
    ...(modelTimeoutMs === undefined ? {} : { modelTimeoutMs }),
  });
  const url = textIn(started, 'url');
  trust.follow(url, fhir.base);
  const signedIn = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  const control = new URL(fhir.base).origin;
  return {
    gateway,
    pid: numberIn(started, 'pid'),
    url,
    operations: textIn(started, 'operations'),
    dataDir,
    patients: records.patients,
    tasks: loadTasks(findDataFolder('tasks'))
      .list()
      .map(({ name }) => name),
    double,
    identifiers: collectIdentifiers(store.types().flatMap((type) => store.all(type))),
    others: remembered((patient) => othersThan(store, patient)),
    async token(username) {
      const known = signedIn.get(username);
      if (known !== undefined && known.until > Date.now()) return known.token;
      const { password } = issuer.user(username);
      const token = signIn({
        issuer: issuer.issuer,
        username,
        password,
        clientId: 'phi-cli',
        resource: sandboxAudience,
      }).then(({ accessToken }) => accessToken);
      // The sandbox's tokens live ten minutes.
      signedIn.set(username, { token, until: Date.now() + 400_000 });
      return token;
    },
    async faults(list) {
      await fetch(`${control}/__faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(list),
      });
    },
    async received() {
      const texts = double.received.splice(0);
      for (const { path, headers, body } of model.received())
        texts.push(`${path}\n${JSON.stringify(headers)}\n${body}`);
      await fetch(`${model.control}/__received`, { method: 'DELETE' });
      return texts;
    },
    async close() {
      await gateway.stop();
      await Promise.all([issuer.close(), fhir.close(), model.close(), double.close()]);
    },
    forget: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
