import type { Writable } from 'node:stream';
import type { Config } from '../config/config.ts';
import { configuredOrigins } from '../config/configured-origins.ts';
import { readSecret } from '../config/secrets.ts';
import { routes } from '../http/routes.ts';
import { attestedWays } from '../outbound/attested-ways.ts';
import { configuredWays } from '../outbound/configured-ways.ts';
import { createOutbound, type Outbound, type Way } from '../outbound/dispatcher.ts';
import { upstreamConnector } from '../outbound/upstream-tls.ts';
import { createLog } from '../telemetry/log.ts';
import { readText } from './host.ts';

/** Route templates, tenants and upstreams of a configuration: the only names that log and metrics may say. */
export const knownNames = (config: Config) => ({
  routes: Object.values(routes).map(({ path }) => path),
  tenants: config.tenants.map(({ id }) => id),
  upstreams: config.tenants.flatMap(({ fhir, furtherFhir, models }) =>
    [fhir, ...furtherFhir, ...models].map(({ id }) => id),
  ),
});

/** The one way out of a gateway of this configuration; a refused address is an error in the log. */
export function openOutbound(config: Config, logTo: Writable = process.stderr): Outbound {
  const log = createLog(logTo, knownNames(config));
  const own = new Map(
    config.upstreamTls.map((at) => [
      at.origin,
      upstreamConnector(at, {
        readFile: readText,
        readSecret: (path) => readSecret(path).secret,
        onFault: () => log.write('fault.unexpected', { reason: 'workload_certificate' }),
      }),
    ]),
  );
  const attested = attestedWays(config, own);
  return createOutbound(
    configuredOrigins(config),
    () => log.write('outbound.refused'),
    new Map<string, Way>([
      ...[...own].map(([origin, connect]) => [origin, { connect }] as const),
      ...[...attested].map(([origin, { connect }]) => [origin, { connect }] as const),
      ...configuredWays(config),
    ]),
    attested,
  );
}
