import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createOutbound, type Outbound } from '../../../src/outbound/dispatcher.ts';
import { askTicketSystem } from '../../../src/outbound/ticket-system.ts';
import type { TicketSystem } from '../../../src/vocabulary/ticket-system.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
const open: { readonly server: Server; readonly outbound: Outbound }[] = [];
afterEach(async () => {
  for (const { outbound, server } of open.splice(0)) {
    await outbound.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const isAssignee = (issuer: string, subject: string): boolean =>
  issuer === 'https://login.example' && subject === 'agent-7';

async function ask(handle: Handle, ticket = 'INC-7', more: Partial<TicketSystem> = {}) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? '') : ''}`;
  const outbound = createOutbound(new Set([origin]));
  open.push({ server, outbound });
  const system: TicketSystem = {
    url: `${origin}/api/tickets/`,
    issuer: 'https://login.example',
    timeoutMs: 5000,
    stateField: 'status.name',
    assigneeField: 'assignee',
    openStates: ['open', 'in progress'],
    ...more,
  };
  return askTicketSystem(system, ticket, isAssignee, outbound.fetch);
}
const answering =
  (body: unknown, status = 200): Handle =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
/** Never ends. */
const endless: Handle = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    if (!response.destroyed) response.write('x'.repeat(65_536), more);
  };
  response.on('error', () => undefined);
  more();
};
const good = { status: { name: 'open' }, assignee: 'agent-7', reporter: 'x' };

describe('a ticket', () => {
  it.each([
    ['open and assigned to who asks', good, 200, 'verified'],
    ['in another open state', { ...good, status: { name: 'in progress' } }, 200, 'verified'],
    ['closed', { ...good, status: { name: 'closed' } }, 200, 'closed'],
    ['in an open state written otherwise', { ...good, status: { name: 'Open' } }, 200, 'closed'],
    ['of somebody else', { ...good, assignee: 'agent-8' }, 200, 'not_assigned'],
    ['of nobody', { ...good, assignee: null }, 200, 'not_assigned'],
    ['that there is none of', { error: 'no' }, 404, 'unknown'],
    ['that there was', {}, 410, 'unknown'],
  ])('%s', async (_what, body, status, finding) => {
    expect(await ask(answering(body, status))).toBe(finding);
  });

  it.each([
    ['without a state', { assignee: 'agent-7' }],
    ['with a state of another shape', { ...good, status: 'open' }],
    ['with a list for a state', { ...good, status: [] }],
    ['without an assignee', { status: { name: 'open' } }],
    ['with an assignee of another shape', { ...good, assignee: { sub: 'agent-7' } }],
    ['with a list of assignees', { ...good, assignee: ['agent-7'] }],
    ['in a list', [good]],
    ['that is no JSON', '<html>'],
    ['that is empty', ''],
    ['that is cut off', '{"status": {"name": "open"}, "assignee": "agent-7"'],
  ])('answered %s is none', async (_what, body) => {
    await expect(ask(answering(body))).rejects.toMatchObject({ reason: 'ticket_system_unavailable' });
  });

  it.each([201, 204, 301, 401, 403, 500, 503])('answered with %i is none', async (status) => {
    await expect(ask(answering(good, status))).rejects.toMatchObject({ reason: 'ticket_system_unavailable' });
  });

  it('is asked for as one segment of the path, with the token and nothing of anybody', async () => {
    const seen: string[] = [];
    const listen: Handle = (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      answering(good)(request, response);
    };
    await ask(listen, 'INC#7:a', { authorization: 'key' });
    for (const odd of ['../admin', '..%2fadmin', 'a/b?x=1', 'a\r\nhost: x']) await ask(listen, odd);
    expect(seen).toEqual([
      'GET /api/tickets/INC%237%3Aa Bearer key',
      'GET /api/tickets/..%2Fadmin -',
      'GET /api/tickets/..%252fadmin -',
      'GET /api/tickets/a%2Fb%3Fx%3D1 -',
      'GET /api/tickets/a%0D%0Ahost%3A%20x -',
    ]);
    for (const dots of ['', '.', '..']) expect(await ask(listen, dots)).toBe('unknown');
    expect(seen).toHaveLength(5);
  });

  it('is not followed anywhere else', async () => {
    let asked = 0;
    const redirecting: Handle = (_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/api/tickets/INC-1' });
      response.end();
    };
    await expect(ask(redirecting)).rejects.toMatchObject({ reason: 'ticket_system_unavailable' });
    expect(asked).toBe(1);
  });

  it('that is too large is none, whether it says so or not', async () => {
    const large = { ...good, note: 'x'.repeat(70_000) };
    await expect(ask(answering(large))).rejects.toMatchObject({ reason: 'ticket_system_unavailable' });
    await expect(ask(endless)).rejects.toMatchObject({ reason: 'ticket_system_unavailable' });
  });

  it.each<[string, Handle]>([
    ['everything', () => undefined],
    [
      'its body',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      },
    ],
  ])('that waits with %s is none', async (_what, handle) => {
    await expect(ask(handle, 'INC-7', { timeoutMs: 100 })).rejects.toMatchObject({
      reason: 'ticket_system_timeout',
    });
  });

  it('of a system that is not there, or that the configuration does not name, is none', async () => {
    await expect(ask(answering(good), 'INC-7', { url: 'http://127.0.0.1:9/tickets' })).rejects.toMatchObject({
      reason: 'ticket_system_unavailable',
    });
  });
});
