import { expect, jest, test } from '@jest/globals';
import { madeOnce } from '../../../src/vocabulary/made-once.ts';

test('is asked once for each object, also where nothing was made, and again where making failed', () => {
  const make = jest.fn(({ name }: { readonly name?: string }) => name);
  const nameOf = madeOnce(make);
  const [one, none] = [{ name: 'a' }, {}];
  expect([nameOf(one), nameOf(none), nameOf({ name: 'a' }), nameOf(one), nameOf(none)]).toEqual([
    'a',
    undefined,
    'a',
    'a',
    undefined,
  ]);
  expect(make).toHaveBeenCalledTimes(3);
  make.mockImplementationOnce(() => {
    throw new Error('no name');
  });
  const other = { name: 'b' };
  expect(() => nameOf(other)).toThrow('no name');
  expect(nameOf(other)).toBe('b');
});
