import type { IssuedToken, TokenRequest, TokenVault } from '../../../src/vault/ports.ts';
import type { ContextItem } from '../../../src/vocabulary/context-item.ts';
import { spellToken } from '../../../src/vocabulary/token.ts';
import { vaultScope } from '../../fixtures/vault-scope.ts';

export const scope = vaultScope({ tenant: 't', patient: 'p1' });

/** A vault of one scope that counts instead of drawing at random. */
export function countingVault(): TokenVault & { readonly calls: TokenRequest[][] } {
  const stems = new Map<string, { random: string; forms: string[] }>();
  const values = new Map<string, string>();
  const calls: TokenRequest[][] = [];
  return {
    calls,
    issue: async (_, requests) => {
      calls.push([...requests]);
      return requests.map((request): IssuedToken => {
        const key = `${request.type} ${request.entity}`;
        const stem = stems.get(key) ?? { random: String(stems.size).padStart(8, '0'), forms: [] };
        stems.set(key, stem);
        if (!stem.forms.includes(request.form)) stem.forms.push(request.form);
        const form = stem.forms.indexOf(request.form) + 1;
        const day = request.epochDay === undefined ? {} : { day: request.epochDay + 40_000 };
        const token = spellToken({ type: request.type, random: stem.random, form, ...day });
        values.set(token, request.form);
        return { request, token };
      });
    },
    resolve: async (_, tokens) =>
      new Map(tokens.flatMap((token) => (values.has(token) ? [[token, values.get(token) ?? '']] : []))),
    anchor: async () => 0,
    forget: async () => undefined,
    erase: async () => false,
    purge: async () => 0,
    close: async () => {},
  };
}

/** A note of one passage. */
export const item = (text: string, parts: ContextItem['parts'] = []): ContextItem => ({
  key: 'N1',
  resource: { type: 'DocumentReference', id: 'd1' },
  kind: 'note',
  parts,
  passages: [{ text, start: 0, end: text.length, labels: [] }],
  labels: [],
  provenance: { server: 's', step: 'notes' },
});
