import { setImmediate as nextRound } from 'node:timers/promises';
import { TrailPurge } from '../audit/retention.ts';
import type { Gateway } from '../envelope/gateway.ts';
import { faultLogged } from '../telemetry/log.ts';
import type { Kept } from './kept.ts';

/** Removes from the trail what has outlived its tenant's retention; answers how to do it now. */
export function createTrailPurge(gateway: Gateway, { trail, transparency }: Kept): () => void {
  const { clock, config, log } = gateway.services;
  const retention = new TrailPurge(
    {
      rows: (from, limit) => trail.rows(from, limit),
      rowsOf: (tenant, id) => trail.rowsOf(tenant, id),
      purgedTotal: async () => {
        const newest = await trail.newest('trail.purged', () => true);
        return Number(newest?.facts['purgedTotal'] ?? 0);
      },
      purge: (places, stated) =>
        trail.purge(places, {
          tenant: '-',
          trail: gateway.newTrail(),
          event: 'trail.purged',
          outcome: 'success',
          at: transparency.expiryTime(clock.now()) ?? clock.now(),
          facts: { ...stated },
        }),
      pause: () => nextRound(),
    },
    new Map(config.tenants.map(({ id, trailRetentionDays }) => [id, trailRetentionDays])),
  );
  return () => {
    const now = transparency.expiryTime(clock.now());
    if (now !== undefined) void retention.run(now).catch(faultLogged(log, 'trail_unavailable'));
  };
}
