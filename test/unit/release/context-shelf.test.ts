import { describe, expect, it } from '@jest/globals';
import {
  type ContextOwner,
  createContextShelf,
  type ShownContext,
} from '../../../src/release/context-shelf.ts';

const owner: ContextOwner = { tenant: 'hospital', user: 'u1', workload: 'copilot', assurance: 'phr' };

const shown = (of: ContextOwner = owner, expires = 1000): ShownContext => ({
  owner: of,
  scope: {
    tenant: of.tenant,
    patient: 'p1',
    task: 'allergies',
    purpose: 'TREAT',
    actions: ['context'],
  },
  conversation: 'c1',
  items: [],
  notices: [],
  expires,
});

describe('the shelf of contexts', () => {
  it('gives a context to the one who took it out, once', () => {
    const shelf = createContextShelf();
    shelf.put('a', shown());
    expect(shelf.take('a', owner, 1)).toMatchObject({ conversation: 'c1' });
    expect(shelf.take('a', owner, 1)).toBeUndefined();
  });

  it.each([
    ['tenant', { ...owner, tenant: 'clinic' }],
    ['user', { ...owner, user: 'u2' }],
    ['workload', { ...owner, workload: 'other' }],
    [
      'tenant and user run together',
      { tenant: 'hospitalu', user: '1', workload: 'copilot', assurance: 'phr' },
    ],
    ['class of sign-in', { ...owner, assurance: 'phrh' }],
  ])('keeps it from another %s, who does not use it up either', (_what, other) => {
    const shelf = createContextShelf();
    shelf.put('a', shown());
    expect(shelf.take('a', other, 1)).toBeUndefined();
    expect(shelf.take('a', owner, 1)).toBeDefined();
  });

  it('knows nothing that has expired, and nothing that was never there', () => {
    const shelf = createContextShelf();
    shelf.put('a', shown(owner, 1000));
    expect(shelf.take('a', owner, 1000)).toBeUndefined();
    expect(shelf.take('__proto__', owner, 1)).toBeUndefined();
    expect(shelf.take('', owner, 1)).toBeUndefined();
  });

  it('drops the oldest of an owner who takes too many, and nobody else’s', () => {
    const shelf = createContextShelf();
    const other = { ...owner, user: 'u2' };
    shelf.put('other', shown(other));
    for (let index = 0; index < 65; index += 1) shelf.put(`c${index}`, shown());
    expect(shelf.take('c0', owner, 1)).toBeUndefined();
    expect(shelf.take('c1', owner, 1)).toBeDefined();
    expect(shelf.take('c64', owner, 1)).toBeDefined();
    expect(shelf.take('other', other, 1)).toBeDefined();
  });

  it('holds a bounded number over all owners', () => {
    const shelf = createContextShelf();
    for (let index = 0; index < 5001; index += 1)
      shelf.put(`c${index}`, shown({ ...owner, user: `u${index}` }));
    expect(shelf.take('c0', { ...owner, user: 'u0' }, 1)).toBeUndefined();
    expect(shelf.take('c5000', { ...owner, user: 'u5000' }, 1)).toBeDefined();
  });
});
