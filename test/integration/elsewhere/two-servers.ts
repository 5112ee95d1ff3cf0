import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, type JWTPayload } from 'jose';
import { type FhirServer, startFhirServer } from '../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';
import { createFhirAuthorizer } from '../../../sandbox/oidc/fhir-authorizer.ts';
import type { Config } from '../../../src/config/config.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical } from '../isolation/record.ts';

export const now = Date.parse('2026-06-15T10:00:00Z');
/** One person in two record systems. At the other one, the id that this one has here is somebody else. */
export const here = 'patient-here-1';
export const there = 'pat-there-88213';
export const otherId = 'lab-east';

/** What is written into a record of somebody who is not asked about. */
export const strangerMark = 'strangerfact';

const isNoConsent = ({ resourceType }: Resource): boolean => resourceType !== 'Consent';

export interface OtherServer {
  readonly fhir: FhirServer;
  readonly store: FhirStore;
  /** Claims of the tokens that it was shown. */
  readonly shown: JWTPayload[];
}

async function startOther(gateway: () => string): Promise<OtherServer> {
  const store = new FhirStore();
  const shown: JWTPayload[] = [];
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  const fhir: FhirServer = await startFhirServer({
    port: 0,
    store,
    clock: { now: () => now },
    authorize: (token) => {
      shown.push(decodeJwt(token));
      return createFhirAuthorizer({
        keys: (keys ??= createRemoteJWKSet(new URL(`${gateway()}/oauth/jwks`))),
        issuer: gateway,
        audience: () => fhir.base,
        clock: { now: () => Date.now() },
      })(token);
    },
  });
  return { fhir, store, shown };
}

/** The configuration with a further record system at `base`, whose links are in the file `links`. */
export const withFurther = (config: Config, base: string, links: string): Config => ({
  ...config,
  tenants: config.tenants.map((tenant) => ({
    ...tenant,
    furtherFhir: [
      { ...tenant.fhir, id: otherId, base, timeoutMs: 3000, crossReference: links, part2Programs: [] },
    ],
  })),
});

/** A gateway whose tenant has a second record system, and what stands in both. */
export async function startTwoServers(configure: (config: Config) => Config = (config) => config) {
  const folder = mkdtempSync(join(tmpdir(), 'phi-links-'));
  const links = join(folder, 'links.json');
  const link = (to: Readonly<Record<string, string>>): void => writeFileSync(links, JSON.stringify(to));
  link({ [`Patient/${here}`]: `Patient/${there}` });
  let sandbox: SandboxUnderTest | undefined;
  const other = await startOther(() => sandbox?.ready.gateway ?? 'http://127.0.0.1:1');
  sandbox = await SandboxUnderTest.start({
    now,
    configure: (config) => configure(withFurther(config, other.fhir.base, links)),
  });
  const running = sandbox;
  return {
    sandbox: running,
    other,
    link,
    spoil: (text: string): void => writeFileSync(links, text),
    /** Both records as they are at the start of each test. */
    fill: () => {
      const stores = [running.running.store, other.store];
      for (const store of stores)
        for (const type of store.types())
          for (const { id } of store.all(type))
            if (store === other.store || (id ?? '').startsWith(here)) store.delete(type, id ?? '');
      for (const one of [
        ...basis({ patient: here, now }),
        ...clinical({ patient: here, now }, 30, 'homefact'),
      ])
        running.running.store.put(one);
      const elsewhere = basis({ patient: there, now, family: 'Brackenridge' }).filter(isNoConsent);
      const stranger = basis({ patient: here, now, family: 'Strangeways' });
      for (const one of [
        ...elsewhere,
        ...clinical({ patient: there, now }, 10, 'elsewherefact'),
        ...stranger,
        ...clinical({ patient: here, now }, 1, strangerMark),
      ])
        other.store.put(one);
      link({ [`Patient/${here}`]: `Patient/${there}` });
    },
    close: async () => {
      await running.close();
      await other.fhir.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
