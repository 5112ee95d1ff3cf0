import { describe, expect, test } from '@jest/globals';
import { facts } from '../../../src/audit/event-facts.ts';
import { pseudonym, saltedHash } from '../../../src/audit/pseudonym.ts';

const key = Buffer.alloc(32, 7);
const scope = { tenant: 'north', trail: 't1' };

describe('pseudonyms', () => {
  test('are stable, and differ by key, tenant, kind and value', () => {
    const one = pseudonym(key, 'north', 'patient', 'p1');
    expect(one).toBe(pseudonym(Buffer.from(key), 'north', 'patient', 'p1'));
    const others = [
      pseudonym(Buffer.alloc(32, 8), 'north', 'patient', 'p1'),
      pseudonym(key, 'south', 'patient', 'p1'),
      pseudonym(key, 'north', 'user', 'p1'),
      pseudonym(key, 'north', 'patient', 'p2'),
    ];
    expect(new Set([one, ...others]).size).toBe(5);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(one).toHaveLength(facts.user.kind.example.length);
  });

  test('parts of the input cannot be moved into each other', () => {
    expect(pseudonym(key, 'a","b', 'user', 'c')).not.toBe(pseudonym(key, 'a', 'user', 'b","c'));
  });

  test('a short key is refused', () => {
    expect(() => pseudonym(Buffer.alloc(31), 'north', 'user', 'u')).toThrow(RangeError);
    expect(() => saltedHash(Buffer.alloc(0), scope, 'request', 'x')).toThrow(RangeError);
  });
});

describe('salted hashes', () => {
  test('match bytes and text, and are unlinkable across trails, tenants and labels', () => {
    const one = saltedHash(key, scope, 'request', 'text');
    expect(one).toBe(saltedHash(key, scope, 'request', Buffer.from('text')));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    const others = [
      saltedHash(key, { ...scope, trail: 't2' }, 'request', 'text'),
      saltedHash(key, { ...scope, tenant: 'south' }, 'request', 'text'),
      saltedHash(key, scope, 'response', 'text'),
      saltedHash(key, scope, 'request', 'text '),
    ];
    expect(new Set([one, ...others]).size).toBe(5);
  });
});
