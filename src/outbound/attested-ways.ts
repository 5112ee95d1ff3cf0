import { buildConnector } from 'undici';
import type { Config } from '../config/config.ts';
import { AttestedWay } from './attested-way.ts';

/** Nobody waits longer for evidence, milliseconds: it is made within tens of them. */
const longestWaitMs = 10_000;

/**
 * The ways to all origins whose model endpoints must prove themselves, by origin. `own` are connectors of origins with
 * authorities or certificates of their own.
 */
export function attestedWays(
  { tenants }: Pick<Config, 'tenants'>,
  own: ReadonlyMap<string, buildConnector.connector>,
): ReadonlyMap<string, AttestedWay> {
  const ways = new Map<string, AttestedWay>();
  for (const { attestation, baseUrl, timeoutMs } of tenants.flatMap(({ models }) => models)) {
    const { origin } = new URL(baseUrl);
    if (attestation === undefined || ways.has(origin)) continue;
    const at = { origin, path: attestation.path, timeoutMs: Math.min(timeoutMs, longestWaitMs) };
    // A resumed session shows no certificate.
    ways.set(origin, new AttestedWay(at, own.get(origin) ?? buildConnector({ maxCachedSessions: 0 })));
  }
  return ways;
}
