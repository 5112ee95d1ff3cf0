import { describe, expect, test } from '@jest/globals';
import { starting } from '../../../src/cli/starting.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { StorageFault } from '../../../src/storage/sqlite/storage-fault.ts';
import { errorFields } from '../../../src/telemetry/log.ts';

const startedBy = (thrown: unknown): Promise<unknown> => starting(() => Promise.reject(thrown));

describe('a gateway that does not start', () => {
  test.each<[string, unknown, string]>([
    [
      'a file that is none of ours',
      new StorageFault('audit.db', 'SQLITE_NOTADB'),
      ' (audit.db: SQLITE_NOTADB).',
    ],
    ['words of ours', new Error('the trail has no head'), ' (the trail has no head).'],
    ['a code of the system', Object.assign(new Error('Zx7'), { code: 'EACCES' }), ' (EACCES).'],
    ['what quotes its input', new SyntaxError('Unexpected token Zx7'), ' (SyntaxError).'],
    [
      'a refusal with a cause of its own',
      new Refusal('vault_unavailable', { cause: 'Zx7' }),
      '; unknown fault).',
    ],
    ['nothing', undefined, 'so nothing is answered.'],
  ])('tells its operator of %s', async (_, cause, end) => {
    const refusal = new Refusal('trail_unavailable', { cause });
    await expect(startedBy(refusal)).rejects.toMatchObject({ name: 'CommandFailure' });
    const message = await startedBy(refusal).then(
      () => '',
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : ''),
    );
    expect(message).toMatch(/^phi-gateway failed: The audit trail cannot be written/);
    expect(message.endsWith(end)).toBe(true);
    expect(message).not.toContain('Zx7');
  });

  test('leaves every other fault as it is', async () => {
    const fault = new Error('listen EADDRINUSE');
    await expect(startedBy(fault)).rejects.toBe(fault);
  });
});

describe('a fault of storage in the log', () => {
  test.each<[string, string | undefined]>([
    ['SQLITE_FULL', 'SQLITE_FULL'],
    ['ENOSPC', 'ENOSPC'],
    ['the disk did not answer in time', undefined],
  ])('%s', (fault, systemCode) => {
    const refusal = new Refusal('trail_unavailable', { cause: new StorageFault('audit.db', fault) });
    expect(errorFields(refusal).systemCode).toBe(systemCode);
  });
});
