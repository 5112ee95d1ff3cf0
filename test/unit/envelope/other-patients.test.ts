import { expect, test } from '@jest/globals';
import { refuseOthers } from '../../../src/envelope/stages/other-patients.ts';
import { RequestLimits } from '../../../src/limits/request-limits.ts';

const limits = () =>
  new RequestLimits({
    perMinute: { user: 9, workload: 9, tenant: 9, failedSignIns: 9 },
    key: new Uint8Array(32),
  });
const envelope = {
  delegation: { scope: { tenant: 'north', patient: 'p1' } },
  userPseudonym: 'u',
};
const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `n:${at}`);

/** What becomes of an answer that tells these, by an index that knows one of them. */
async function outcomeOf(told: readonly string[], known: string, by = limits()) {
  const asked: number[] = [];
  const refused = await refuseOthers(
    envelope,
    told,
    {
      limits: by,
      metrics: { otherPatient: () => undefined },
      vault: {
        ofOthers: async (_tenant, _patient, values) => {
          asked.push(values.length);
          return values.filter((value) => value === known).length;
        },
      },
    },
    [],
  ).then(
    () => 'passes',
    (thrown: unknown) => thrown,
  );
  return { asked, refused };
}
const blockedBy = (check: string) => ({ reason: 'answer_blocked', facts: { failed: [check] } });

test('the vault is asked in parts, to the first that is known', async () => {
  expect(await outcomeOf(many(2500), 'none')).toEqual({ asked: [1000, 1000, 500], refused: 'passes' });
  expect(await outcomeOf(many(2500), 'n:1200')).toMatchObject({
    asked: [1000, 1000],
    refused: blockedBy('other-patients'),
  });
});

test('of more values than answers have none is asked: blocked', async () => {
  expect(await outcomeOf(many(50_001), 'none')).toMatchObject({
    asked: [],
    refused: blockedBy('other-patients-unasked'),
  });
});

test("after five, what is known and what is nobody's are blocked alike, and what tells nobody passes", async () => {
  const by = limits();
  for (let at = 0; at < 5; at += 1)
    expect(await outcomeOf(['n:1'], 'n:1', by)).toMatchObject({ refused: blockedBy('other-patients') });
  const known = await outcomeOf(['n:1'], 'n:1', by);
  expect(known).toMatchObject({ asked: [], refused: blockedBy('other-patients-unasked') });
  expect(await outcomeOf(['n:2'], 'n:1', by)).toEqual(known);
  expect(await outcomeOf([], 'n:1', by)).toEqual({ asked: [], refused: 'passes' });
});
