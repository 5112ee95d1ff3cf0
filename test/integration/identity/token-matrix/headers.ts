import type { WrongCredential } from './row.ts';

const wrongHeader = (
  name: string,
  headers: NonNullable<Awaited<ReturnType<WrongCredential['show']>>['headers']>,
  challenge = 'Bearer',
): WrongCredential => ({
  name: `header: ${name}`,
  at: 'ask',
  show: async () => ({ headers }),
  status: 401,
  code: 'invalid_token',
  challenge,
});

export const headers: readonly WrongCredential[] = [
  wrongHeader('none', {}),
  wrongHeader('a name and password', { authorization: 'Basic YTpi' }),
  wrongHeader('two of them', { authorization: ['Bearer a.b.c', 'Bearer a.b.c'] }, 'Bearer invalid_token'),
  wrongHeader('a token of words', { authorization: 'Bearer let me in' }),
];
