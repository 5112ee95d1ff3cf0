import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Gateway } from '../envelope/gateway.ts';
import { checkAnswerBody } from './validate.ts';

/** Named probes of readiness; each answers whether its part can serve. */
export type Probes = Readonly<Record<string, () => Promise<boolean>>>;

async function ask(probes: Probes): Promise<Record<string, boolean>> {
  const checks: Record<string, boolean> = {};
  for (const [name, probe] of Object.entries(probes)) {
    try {
      checks[name] = await probe();
    } catch {
      // A probe that throws has answered: this part cannot serve.
      checks[name] = false;
    }
  }
  return checks;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}

/** The operations listener: `/livez`, `/readyz`, `/metrics`. Not for callers; bind it where only operators reach. */
export function operationsHandler(gateway: Gateway, probes: Probes): RequestListener {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (request.method !== 'GET') return send(response, 405, { status: 'unavailable' });
    if (path === '/livez') return send(response, 200, checkAnswerBody('probe', { status: 'ok' }));
    if (path === '/readyz') {
      const checks = await ask(probes);
      const ok = Object.values(checks).every(Boolean);
      return send(
        response,
        ok ? 200 : 503,
        checkAnswerBody('probe', { status: ok ? 'ok' : 'unavailable', checks }),
      );
    }
    if (path === '/metrics') {
      response.setHeader('content-type', gateway.services.metrics.contentType);
      response.end(await gateway.services.metrics.expose());
      return undefined;
    }
    return send(response, 404, { status: 'unavailable' });
  };
  return (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) send(response, 500, { status: 'unavailable' });
      else response.destroy();
    });
  };
}
