import { describe, expect, it } from '@jest/globals';
import { assuranceOf } from '../../../src/envelope/stages/conversation-scope.ts';
import { actions, scopeKey, scopeParts, turnOf, type VaultScope } from '../../../src/vocabulary/scope.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

/** One scope, and the same with each member another; the compiler asks for every member. */
const scope: Required<VaultScope> = { ...vaultScope(), retentionSeconds: 60 };
const others: Readonly<Record<keyof Omit<VaultScope, 'retentionSeconds'>, Partial<VaultScope>>> = {
  tenant: { tenant: 'south' },
  patient: { patient: 'q' },
  purpose: { purpose: 'HPAYMT' },
  user: { user: 'v' },
  conversation: { conversation: 'd' },
  task: { task: 'allergies' },
  turn: { turn: 'embed' },
  ticket: { ticket: 'INC-1' },
  opening: { opening: 'g1' },
  assurance: { assurance: 'phr' },
};

describe('the name of a scope', () => {
  it.each(Object.entries(others))('is another for another %s', (_member, change) => {
    expect(scopeKey({ ...scope, ...change })).not.toBe(scopeKey(scope));
  });

  it('is the same however long what is hidden is kept, in whatever order the members stand', () => {
    const reversed = Object.fromEntries(Object.entries(vaultScope()).toReversed());
    expect(scopeKey({ ...vaultScope(), ...reversed })).toBe(scopeKey(scope));
    expect(scopeKey({ ...scope, retentionSeconds: 5 })).toBe(scopeKey(scope));
  });

  it('runs nothing together, and has each member once', () => {
    const moved = { ticket: '', opening: 'INC-1' };
    expect(scopeKey({ ...scope, ...moved })).not.toBe(scopeKey({ ...scope, ticket: 'INC-1' }));
    const named = Object.fromEntries(Object.keys(others).map((member) => [member, `<${member}>`]));
    const parts: readonly string[] = scopeParts({ ...scope, ...named });
    expect(parts.toSorted()).toEqual(Object.values(named).toSorted());
  });
});

it('an answer to a context is of the same turn as the context; nothing else is shared', () => {
  expect(Object.fromEntries(actions.map((action) => [action, turnOf(action)]))).toEqual({
    ask: 'ask',
    context: 'context',
    reveal: 'context',
    embed: 'embed',
  });
});

it('an assurance is what the issuer said, in whatever order', () => {
  expect(assuranceOf({})).toBe('');
  expect(assuranceOf({ acr: 'b' })).toBe(assuranceOf({ acr: 'b', acrs: ['b', 'b'] }));
  expect(assuranceOf({ acr: 'b', acrs: ['b', 'a'] })).toBe(assuranceOf({ acr: 'a', acrs: ['a', 'b'] }));
  expect(assuranceOf({ acr: 'b', acrs: ['b', 'a'] })).not.toBe(assuranceOf({ acr: 'b' }));
  // One class whose name has a space is not two.
  expect(assuranceOf({ acr: 'a b' })).not.toBe(assuranceOf({ acr: 'a', acrs: ['a', 'b'] }));
});
