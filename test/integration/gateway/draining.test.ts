import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/**
 * The record system verifies our tokens by our key set: while a request is under way that set must be there, or what
 * was promised to finish would be refused by the record system.
 */
it('while requests are under way keys stay served, new work is refused, and what has begun is delivered', async () => {
  const sandbox = await SandboxUnderTest.start();
  try {
    await sandbox.script([{ delayMs: 4000 }]);
    const token = await sandbox.token('clinician');
    const asking = sandbox.ask({ token });
    for (let n = 0; (await sandbox.received()).length === 0 && n < 200; n += 1) await delay(50);
    const stopping = sandbox.running.gateway.stop(30_000);

    const keys = await sandbox.call('/oauth/jwks', undefined);
    expect(keys.status).toBe(200);
    expect(keys.body['keys']).toEqual([expect.objectContaining({ kty: 'EC' })]);
    expect(keys.headers.get('connection')).toBe('close');
    const refused = [
      await sandbox.ask({ token }),
      await sandbox.call('/v1/models', token),
      await sandbox.call('/oauth/token', undefined, { method: 'POST' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);

    const reply = await asking;
    expect(reply.status).toBe(200);
    await stopping;
    await expect(sandbox.call('/oauth/jwks', undefined)).rejects.toThrow('fetch failed');
  } finally {
    await sandbox.close();
  }
}, 60_000);
