import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { NoteAllowance } from '../../../src/limits/note-allowance.ts';

const clock = { at: 0, now: () => clock.at };
const make = (notes?: number): NoteAllowance =>
  new NoteAllowance({
    clock,
    passages: 2,
    key: new Uint8Array(32).fill(7),
    ...(notes === undefined ? {} : { notes }),
  });
const note = { tenant: 't', user: 'u', patient: 'p', document: 'd' };

test('counts passages of one note for one person; what was shown stays', () => {
  const allowance = make();
  expect([0, 10, 20, 0, 10].map((start) => allowance.take(note, start))).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});

test.each(['tenant', 'user', 'patient', 'document'] as const)(
  'another %s has an allowance of its own',
  (what) => {
    const allowance = make();
    for (const start of [0, 10, 20]) allowance.take(note, start);
    expect(allowance.take({ ...note, [what]: 'other' }, 20)).toBe(true);
  },
);

test('names that run together are not one', () => {
  const allowance = make();
  for (const start of [0, 10]) allowance.take({ ...note, user: 'u', patient: 'p1' }, start);
  expect(allowance.take({ ...note, user: 'up', patient: '1' }, 20)).toBe(true);
});

test('a day after the first passage it begins anew', () => {
  const allowance = make();
  for (const start of [0, 10]) allowance.take(note, start);
  clock.at += 86_399_999;
  expect(allowance.take(note, 20)).toBe(false);
  clock.at += 1;
  expect(allowance.take(note, 20)).toBe(true);
});

test('more notes than are kept in mind show nothing further, and what is kept names nobody', () => {
  const allowance = make(3);
  const taken = Array.from({ length: 10 }, (_, n) => allowance.take({ ...note, document: `d${n}` }, 0));
  expect(taken.filter(Boolean)).toHaveLength(3);
  expect(allowance.take({ ...note, document: 'd0' }, 0)).toBe(true);
  expect(inspect(allowance, { depth: 9, showHidden: true })).not.toContain('d0');
});
