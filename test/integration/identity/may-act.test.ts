import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { sandboxSpiffeId } from '../../../sandbox/svids.ts';
import { startWorld, type World } from './token-matrix/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

/** A token of `portal-app` that says who else may act with it, exchanged over this certificate. */
const exchanged = async (mayAct: unknown, certificate: Awaited<ReturnType<World['certificate']>>) =>
  world.exchange({
    certificate,
    form: { subject_token: await world.user({ client_id: 'portal-app', may_act: mayAct }) },
  });

describe('may_act over mutual TLS', () => {
  test.each([
    ['client id', { client_id: 'copilot-app' }],
    ['SPIFFE ID', { sub: sandboxSpiffeId('copilot-app') }],
  ])(
    'lets the workload that it names by %s act, who acted before is nested, and the token is bound',
    async (_how, mayAct) => {
      const certificate = await world.certificate();
      const { body, status } = await exchanged(mayAct, certificate);
      expect(status).toBe(200);
      const token = String(body['access_token']);
      expect(decodeJwt(token)).toMatchObject({
        act: { sub: 'copilot-app', act: { sub: 'portal-app' } },
        cnf: { 'x5t#S256': expect.any(String) },
      });
      const headers = { authorization: `Bearer ${token}` };
      const before = world.reads();
      // Over another certificate of the same workload, and over none, it is worth nothing.
      expect(
        (await world.show('delegated', { headers, certificate: await world.certificate() })).status,
      ).toBe(401);
      expect((await world.show('delegated', { headers })).status).toBe(403);
      expect(world.reads()).toBe(before);
      await world.show('delegated', { headers, certificate });
      expect(world.reads()).toBeGreaterThan(before);
    },
  );

  test.each([
    ['somebody else', { client_id: 'phi-cli' }],
    ['nobody', undefined],
    ['two at once', [{ client_id: 'copilot-app' }]],
    ['another issuer’s', { client_id: 'copilot-app', iss: 'https://elsewhere.example' }],
  ])('that names %s lets nobody act', async (_who, mayAct) => {
    expect((await exchanged(mayAct, await world.certificate())).status).toBe(400);
  });

  test('lets no third workload act', async () => {
    const { status } = await exchanged(
      { client_id: 'copilot-app' },
      await world.certificate({ uris: [sandboxSpiffeId('phi-cli')] }),
    );
    expect(status).toBe(400);
  });
});
