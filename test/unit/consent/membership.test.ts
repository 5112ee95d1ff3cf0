import { describe, expect, test } from '@jest/globals';
import { resolveMembership } from '../../../src/consent/membership.ts';
import { NotUnderstood } from '../../../src/consent/reading.ts';

const asker = ['Practitioner/7', 'PractitionerRole/r7'];

/** Resolves `named` over groups given as a table; what the table lacks cannot be read. */
async function resolve(named: readonly string[], table: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const { belongs, settled } = await resolveMembership(named, asker, async (group) => {
    asked.push(group);
    return table[group];
  });
  return { belongs, settled: [...settled], asked };
}

const many = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}`);

describe('who is in the groups that a consent names', () => {
  test('a member, somebody else, and a group that cannot be read', async () => {
    const found = await resolve(['Group/in', 'Group/out', 'Group/closed', 'Practitioner/8'], {
      'Group/in': ['Practitioner/8', 'Practitioner/7'],
      'Group/out': ['Practitioner/8'],
    });
    expect(found.belongs).toEqual(['Group/in']);
    expect(found.settled).toEqual(['Group/in', 'Group/out']);
    expect(found.asked).toEqual(['Group/in', 'Group/out', 'Group/closed']);
  });

  test('through groups within groups, by role too', async () => {
    const found = await resolve(['CareTeam/t'], {
      'CareTeam/t': ['Organization/o', 'Practitioner/8'],
      'Organization/o': ['Group/g'],
      'Group/g': ['PractitionerRole/r7'],
    });
    expect(found.belongs).toEqual(['CareTeam/t']);
  });

  test('a group with one part that cannot be read leaves open whether the asker is in it', async () => {
    const found = await resolve(['Group/a'], { 'Group/a': ['Practitioner/8', 'Group/closed'] });
    expect(found).toMatchObject({ belongs: [], settled: [] });
    const member = await resolve(['Group/a'], { 'Group/a': ['Group/closed', 'Practitioner/7'] });
    expect(member).toMatchObject({ belongs: ['Group/a'], settled: ['Group/a'] });
  });

  test('groups that name each other in a circle are walked once', async () => {
    const circle = { 'Group/a': ['Group/b'], 'Group/b': ['Group/a', 'Group/b'] };
    const found = await resolve(['Group/a', 'Group/a', 'Group/b'], circle);
    expect(found).toEqual({
      belongs: [],
      settled: ['Group/a', 'Group/b'],
      asked: ['Group/a', 'Group/b'],
    });
  });

  test('beyond the caps nothing is said, not even of the groups that were read', async () => {
    const deep = Object.fromEntries(
      many(40, 'Group/d').map((group, index) => [group, [`Group/d${index + 1}`]]),
    );
    const cases: readonly [named: readonly string[], table: Readonly<Record<string, readonly string[]>>][] = [
      [['Group/big'], { 'Group/big': [...many(100_000, 'Practitioner/x'), 'Practitioner/7'] }],
      [many(1_000, 'Group/n'), {}],
      [['Group/wide'], { 'Group/wide': many(1_000, 'Group/w') }],
      [['Group/d0'], deep],
    ];
    for (const [named, table] of cases)
      await expect(resolve(named, table)).rejects.toBeInstanceOf(NotUnderstood);
  });

  test('an error of a read is not swallowed', async () => {
    const fails = resolveMembership(['Group/a'], asker, () => Promise.reject(new Error('server')));
    await expect(fails).rejects.toThrow('server');
  });
});
