import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import type { ProofSource } from '../attestation/endpoint-proof.ts';
import type { FhirServer, Tenant } from '../config/config.ts';
import type { RecordTokens } from '../delegation/record/ports.ts';
import type { FurtherServer, RecordServer, TenantServices } from '../envelope/services.ts';
import { SharedReads } from '../envelope/shared-reads.ts';
import { createModelClient } from '../model/client.ts';
import { createFhirReader } from '../retrieval/fhir-reader.ts';
import type { Capabilities, FhirReader } from '../retrieval/ports.ts';
import { createServerGuard } from '../retrieval/server-guard.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';

/** How long a server's CapabilityStatement counts, in milliseconds. */
const capabilitiesLast = 300_000;

/** The last CapabilityStatement of one server, so that it is not read again for every token. */
function rememberedCapabilities() {
  let known: { readonly at: number; readonly value: Capabilities } | undefined;
  return {
    get: () =>
      known !== undefined && performance.now() - known.at < capabilitiesLast ? known.value : undefined,
    watch: (reader: FhirReader): FhirReader => ({
      ...reader,
      async capabilities() {
        const value = await reader.capabilities();
        if (known?.value !== value) known = { at: performance.now(), value };
        return value;
      },
    }),
  };
}

/** One record system, with the tokens that open it. */
export function recordServer(
  fhir: Omit<FhirServer, 'aliases'>,
  connections: Dispatcher,
  recordTokens: RecordTokens,
): RecordServer {
  const { id, base, timeoutMs, maxResponseBytes, maxConcurrent, batch } = fhir;
  const known = rememberedCapabilities();
  const guard = createServerGuard({ maxConcurrent, maxWaiting: 1_000, failures: 10, restMs: 1_000 });
  const server = { server: id, base, timeoutMs, maxResponseBytes, connections, guard, batch };
  return {
    fhir,
    recordTokens,
    reader(token, signal, onFault) {
      const capabilities = known.get();
      return known.watch(
        createFhirReader({
          ...server,
          token,
          signal,
          onFault,
          ...(capabilities === undefined ? {} : { capabilities }),
        }),
      );
    },
    statement: (signal, onFault) =>
      createFhirReader({ ...server, token: '', signal, onFault }).capabilities(),
  };
}

/** For so long somebody who lost a role may still be taken to hold it. */
const rolesFreshMs = 60_000;

/** What the envelopes of one tenant reach, and those of no other. */
export function tenantServices(
  config: Tenant,
  connections: Dispatcher,
  home: RecordServer,
  further: readonly FurtherServer[],
  proofOf: (model: ModelEndpoint) => ProofSource | undefined,
): TenantServices {
  const models = new Map(
    config.models.map((model) => {
      const proof = proofOf(model);
      const client = createModelClient(model, connections);
      return [model.id, { endpoint: model, client, ...(proof === undefined ? {} : { proof }) }];
    }),
  );
  return {
    ...home,
    config,
    further,
    models,
    shared: {
      consents: new SharedReads(),
      relations: new SharedReads(),
      roles: new SharedReads(rolesFreshMs),
    },
  };
}
