import { expect, it } from '@jest/globals';
import { checkListed } from '../../../src/identity/browser-origin.ts';

const listed = new Set(['https://app.hospital.example']);
const own = 'https://gateway.hospital.example/phi';
const check = (origin: string | undefined) => () => checkListed(origin, listed, own);

it.each([
  { name: 'no page', origin: undefined },
  { name: 'a listed page', origin: 'https://app.hospital.example' },
  { name: 'our own page', origin: 'https://gateway.hospital.example' },
])('$name may call', ({ origin }) => {
  expect(check(origin)).not.toThrow();
});

it.each([
  { name: 'a foreign page', origin: 'https://evil.example' },
  { name: 'a page without an origin', origin: 'null' },
  { name: 'our name over plain HTTP', origin: 'http://gateway.hospital.example' },
  { name: 'our name at another port', origin: 'https://gateway.hospital.example:8443' },
  { name: 'a name that begins like ours', origin: 'https://gateway.hospital.example.evil.example' },
  { name: 'two origins', origin: 'https://app.hospital.example https://evil.example' },
  { name: 'an empty header', origin: '' },
])('$name', ({ origin }) => {
  expect(check(origin)).toThrow(expect.objectContaining({ reason: 'origin_not_allowed' }));
});
