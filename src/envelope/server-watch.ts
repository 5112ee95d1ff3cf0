import type { ServerFault } from '../vocabulary/server-fault.ts';
import type { Services } from './services.ts';
import type { ExtraEvent } from './stage.ts';

interface WatchedBy extends Pick<Services, 'log'> {
  readonly metrics: Pick<Services['metrics'], 'serverFault'>;
}

/**
 * What the FHIR servers of one envelope did that no server may. Log and metrics are told at once; the trail with the
 * next stage that ends, or by the reason of a refusal.
 */
export class ServerWatch {
  readonly #services: WatchedBy;
  readonly #at: { readonly trail: string; readonly tenantId: string };
  #counts = new Map<string, Record<string, number>>();

  constructor(services: WatchedBy, at: { readonly trail: string; readonly tenantId: string }) {
    this.#services = services;
    this.#at = { trail: at.trail, tenantId: at.tenantId };
  }

  /** As a reader of `server` reports it. */
  of(server: string): (fault: ServerFault, rows: number) => void {
    return (fault, rows) => {
      const counts = this.#counts.get(server) ?? {};
      // One line for each kind of fault of a server, however many rows it sends.
      if (counts[fault] === undefined) {
        const { trail, tenantId: tenant } = this.#at;
        this.#services.log.write('server.distrusted', { trail, tenant, upstream: server, fault });
      }
      this.#services.metrics.serverFault({ upstream: server, fault });
      counts[fault] = (counts[fault] ?? 0) + rows;
      this.#counts.set(server, counts);
    };
  }

  /** What was not taken before, one event a server. */
  take(): readonly ExtraEvent[] {
    const taken = this.#counts;
    this.#counts = new Map();
    return [...taken].map(([server, faults]) => ({
      event: 'server.distrusted',
      outcome: 'success',
      facts: { server, faults },
    }));
  }
}
