import { describe, expect, test } from '@jest/globals';
import { notCurrent, recordsBeside } from '../../../src/retrieval/current-record.ts';

const patient = (more: Readonly<Record<string, unknown>>) => ({ resourceType: 'Patient', id: 'p1', ...more });
const other = { reference: 'Patient/p2' };

describe('a record in use', () => {
  test.each([
    ['says nothing about it', {}],
    ['is active', { active: true }],
    ['took the place of others', { link: [{ type: 'replaces', other }] }],
    [
      'has others beside it',
      {
        link: [
          { type: 'refer', other },
          { type: 'seealso', other },
        ],
      },
    ],
  ])('%s', (_what, more) => {
    expect(notCurrent(patient(more))).toBeUndefined();
  });
});

describe('nothing is answered from a record that', () => {
  test.each([
    ['is inactive', { active: false }, 'record_inactive'],
    ['says something else than true', { active: 'true' }, 'record_inactive'],
    ['was replaced', { link: [{ type: 'replaced-by', other }] }, 'record_replaced'],
    [
      'was replaced among other links',
      {
        link: [
          { type: 'seealso', other },
          { type: 'replaced-by', other },
        ],
      },
      'record_replaced',
    ],
    ['has a link of an unknown type', { link: [{ type: 'merged', other }] }, 'record_replaced'],
    ['has a link without a type', { link: [{ other }] }, 'record_replaced'],
    ['has a link that is none', { link: ['replaces'] }, 'record_replaced'],
    ['has one link where a list belongs', { link: { type: 'replaced-by', other } }, 'record_replaced'],
  ])('%s', (_what, more, reason) => {
    expect(notCurrent(patient(more))).toBe(reason);
  });
});

describe('another record of the same person', () => {
  test('is said, without its id', () => {
    expect(recordsBeside(patient({ link: [{ type: 'seealso', other }] }))).toEqual([
      {
        code: 'other_record',
        text: 'The record system names other records of this patient, which were not read.',
      },
    ]);
  });

  test.each([[undefined], [patient({})], [patient({ link: [{ type: 'replaces', other }] })]])(
    'is not there: %#',
    (one) => {
      expect(recordsBeside(one)).toEqual([]);
    },
  );
});
