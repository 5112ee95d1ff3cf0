import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConversationRecords } from '../../../src/reading/conversation-records.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import type { VaultScope } from '../../../src/vocabulary/scope.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

const scope = vaultScope({ tenant: 't' });
const named = (text: string): readonly IdentityValue[] => [
  { kind: 'name', bearer: 'patient', entity: 'p', text, source: 'Patient.name' },
];
const maria = named('Maria Ortiz');

let ended: number[];
let numbers: number;
let records: ConversationRecords;
const number = (of: VaultScope = scope, identity = maria): number => {
  numbers += 1;
  return records.numberOf(of, identity, () => numbers);
};

beforeEach(() => {
  jest.useFakeTimers();
  [ended, numbers] = [[], 0];
  records = new ConversationRecords((record) => ended.push(record), 3);
});
afterEach(() => {
  records.close();
  jest.useRealTimers();
});

describe('the record of a conversation', () => {
  test('keeps its number for as long as its values stay', () => {
    expect([number(), number(), number()]).toEqual([1, 1, 1]);
    expect(number(scope, named('Maria Ortiz-Li'))).toBe(4);
    expect(ended).toEqual([1]);
    expect(number()).toBe(5);
    expect(ended).toEqual([1, 4]);
  });

  test.each([
    'tenant',
    'patient',
    'purpose',
    'user',
    'conversation',
    'task',
    'ticket',
    'opening',
    'assurance',
  ] as const)('is that of no other %s', (member) => {
    expect(number()).toBe(1);
    expect(number({ ...scope, [member]: 'other' })).toBe(2);
    expect(number()).toBe(1);
  });

  test('ends five minutes after the last turn', () => {
    number();
    jest.advanceTimersByTime(299_000);
    expect(number()).toBe(1);
    jest.advanceTimersByTime(299_000);
    expect(ended).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(ended).toEqual([1]);
    expect(number()).toBe(3);
  });

  test('ends with the tokens of its conversation, and no turn makes that later', () => {
    number({ ...scope, retentionSeconds: 60 });
    expect(number()).toBe(1);
    jest.advanceTimersByTime(59_000);
    expect(number({ ...scope, retentionSeconds: 60 }, named('Maria Ortiz-Li'))).toBe(3);
    expect(ended).toEqual([1]);
    jest.advanceTimersByTime(1_000);
    expect(ended).toEqual([1, 3]);
  });

  test('is not come back to by a turn that still reads when it has ended', () => {
    number();
    number({ ...scope, conversation: 'd' });
    expect([records.keeps(1), records.keeps(2), records.keeps(3)]).toEqual([true, true, false]);
    records.forget(scope);
    number();
    expect([records.keeps(1), records.keeps(2), records.keeps(3)]).toEqual([false, true, true]);
    jest.advanceTimersByTime(300_000);
    expect([records.keeps(2), records.keeps(3)]).toEqual([false, false]);
  });

  test('ends when there are too many, the one unused for longest first', () => {
    for (const conversation of ['a', 'b', 'c', 'a', 'd']) number({ ...scope, conversation });
    expect(ended).toEqual([2]);
  });

  test('ends when the conversation or the patient is forgotten, and no other does', () => {
    number();
    number({ ...scope, conversation: 'd' });
    number({ ...scope, tenant: 'other' });
    records.forget({ ...scope, retentionSeconds: 5 });
    expect(ended).toEqual([1]);
    records.forget({ tenant: 't', patient: 'q' });
    expect(ended).toEqual([1]);
    records.forget({ tenant: 't', patient: 'p' });
    expect(ended).toEqual([1, 2]);
  });

  test('leaves no timer behind when all is closed', () => {
    number();
    number({ ...scope, conversation: 'd' });
    records.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
