import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

let sandbox: SandboxUnderTest;
let desk: Server;
let answer: { status: number; body: object };
let asked: string[];

const subjectOf = async (user: string): Promise<string> => {
  const payload = (await sandbox.token(user)).split('.')[1] ?? '';
  const claims: { sub?: unknown } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return String(claims.sub);
};

beforeAll(async () => {
  desk = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => {
    desk.listen(0, '127.0.0.1', resolve);
  });
  const address = desk.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        tickets: {
          url: `http://127.0.0.1:${port}/tickets`,
          issuer: tenant.issuers[0]?.issuer ?? '',
          authorization: 'desk-key',
          timeoutMs: 5000,
          stateField: 'state',
          assigneeField: 'assignee',
          openStates: ['open'],
        },
      })),
    }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  desk.closeAllConnections();
  await new Promise((resolve) => desk.close(resolve));
});
beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: { state: 'open', assignee: await subjectOf('support') } };
});

const post = async (user: string, path: string, body?: object): Promise<Reply> =>
  sandbox.call(`/v1/grants${path}`, await sandbox.token(user), {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
const request = (patient = sandbox.ready.patients[0]?.id ?? ''): Promise<Reply> =>
  post('support', '', { patient, task: 'support.case', purpose: 'HOPERAT', ticket: 'INC-4711', minutes: 10 });
const stored = async ({ trail }: Reply) => storedTrail(sandbox, trail);

describe('a ticket', () => {
  it('that is open and assigned to the agent lets a grant be asked for and approved, and is asked for at both', async () => {
    const grant = await request();
    expect(grant.status).toBe(200);
    expect(asked).toEqual(['GET /tickets/INC-4711 Bearer desk-key']);
    const approved = await post('compliance', `/${String(grant.body['id'])}/approve`);
    expect(approved).toMatchObject({ status: 200, body: { state: 'in_force' } });
    expect(asked).toHaveLength(2);
    for (const reply of [grant, approved])
      expect(await stored(reply)).toContainEqual(
        expect.objectContaining({
          event: 'grant.changed',
          facts: expect.objectContaining({ ticketState: 'verified' }),
        }),
      );
  });

  it.each([
    ['closed', { state: 'closed' }, 200],
    ['not_assigned', { assignee: 'somebody-else' }, 200],
    ['unknown', {}, 404],
  ])('that is %s opens nothing, in the same words; the trail tells', async (finding, changes, status) => {
    answer = { status, body: { ...answer.body, ...changes } };
    const [reply, missing] = [await request(), await request('no-such-patient')];
    expect(reply).toMatchObject({ status: 403, body: { code: 'access_denied' } });
    expect(reply.body['detail']).toBe(
      'Not allowed: the ticket system shows no such ticket that is open and assigned to who asked.',
    );
    expect(missing.text.replaceAll(missing.trail, 'T')).toBe(reply.text.replaceAll(reply.trail, 'T'));
    expect(await stored(reply)).toContainEqual(
      expect.objectContaining({
        event: 'request.denied',
        reason: 'ticket_not_verified',
        facts: expect.objectContaining({ ticketState: finding }),
      }),
    );
  });

  it('that was closed, or handed on, since it was asked for is approved by nobody', async () => {
    const grant = await request();
    for (const changes of [{ state: 'closed' }, { assignee: await subjectOf('compliance') }]) {
      const before = answer;
      answer = { status: 200, body: { ...before.body, ...changes } };
      const reply = await post('compliance', `/${String(grant.body['id'])}/approve`);
      expect(reply.status).toBe(403);
      answer = before;
    }
    const list = await sandbox.call('/v1/grants', await sandbox.token('support'));
    expect(list.text).toContain('"requested"');
    expect(list.text).not.toContain('"approvedBy":"support"');
    expect((await post('compliance', `/${String(grant.body['id'])}/approve`)).status).toBe(200);
  });

  it('is not asked for by who may ask for no grant', async () => {
    const reply = await post('clinician', '', {
      patient: sandbox.ready.patients[0]?.id,
      task: 'support.case',
      purpose: 'HOPERAT',
      ticket: 'INC-4711',
      minutes: 10,
    });
    expect(reply.status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('of a system that fails opens nothing', async () => {
    answer = { status: 500, body: {} };
    const reply = await request();
    expect(reply).toMatchObject({ status: 502, body: { code: 'tickets_unavailable' } });
    expect(await stored(reply)).toContainEqual(
      expect.objectContaining({ event: 'request.denied', reason: 'ticket_system_unavailable' }),
    );
    const { text } = await sandbox.call('/v1/grants', await sandbox.token('compliance'));
    expect(text).not.toContain(reply.trail);
  });
});
