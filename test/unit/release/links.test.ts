import { describe, expect, it } from '@jest/globals';
import { findLinks } from '../../../src/release/links.ts';

/** A text as it leaves: every place that was found, replaced. */
function left(text: string, hosts: readonly string[] = []): string {
  let out = '';
  let at = 0;
  for (const { start, end, by } of findLinks(text, new Set(hosts))) {
    out += text.slice(at, start) + by;
    at = end;
  }
  return out + text.slice(at);
}

const gone = (text: string): string => left(`See ${text} for it.`);

describe('a host in plain text, of which a program makes a link', () => {
  it.each([
    ['with a path, in another script', 'пример.рф/ldl-108'],
    ['with a query, in another script', '例え.テスト?q=108'],
    ['with a port, in another script', 'пример.испытание:8080'],
    ['with a path, behind a label in another script', 'ldl-108.münchen.example/a'],
    ['without scheme', '//пример.рф/ldl-108'],
    ['an IPv6 address without scheme', '//[2001:db8::1]/ldl-108'],
    ['a mailbox in another script', 'ldl108@пример.рф'],
    ['a name alone, in another script', 'ldl-108.пример.рф'],
    ['in Punycode', 'ldl-108.xn--e1afmkfd.xn--p1ai'],
    ['of a short ending', 'ldl-108.elsewhere.ai'],
    ['of a country whose letters are a word too', 'ldl-108.elsewhere.is'],
    ['with a query that has no value', 'elsewhere.me?ldl108'],
  ])('%s', (_, address) => {
    expect(gone(address)).toBe('See (link removed) for it.');
  });

  it('of which signs stand before and behind', () => {
    expect(left('a <!--ldl108.elsewhere.com--> b')).toBe('a < !(link removed)--> b');
    expect(left('a @108.elsewhere.com b')).toBe('a @(link removed) b');
    expect(left('a .108.elsewhere.com b')).toBe('a .(link removed) b');
  });

  it('with more parts than one name has: its end is taken out', () => {
    expect(left(`${'ldl.'.repeat(30)}elsewhere.com`)).not.toContain('elsewhere');
  });

  it.each([
    'Ca 9.8 mg/dL.Na 140 mEq/L.',
    'Potassium is stable.No change.',
    'It was 5.ng, then 140.mEq/L, then 0.5.mg/day.',
    'Метформин 500 мг. Принимать т.е. ежедневно.',
    'b.i.d. or q.i.d.at night, p.r.n.is fine, i.e.in pain',
    '正常です。次回は3月です。',
    'Größe 172 cm.Übergewicht',
    'Is it normal.is?',
  ])('not: %s', (text) => {
    expect(left(text)).toBe(text);
  });
});

it('an address of the list stays, one that merely ends in it does not', () => {
  const hosts = ['docs.example.org'];
  expect(left('https://docs.example.org/ldl', hosts)).toBe('https://docs.example.org/ldl');
  for (const address of [
    'https://docs.example.org.пример.рф/ldl',
    'https://пример.рф/docs.example.org',
    'https://x@docs.example.org/ldl',
    'https://docs.example.org/ldl?x=1',
    'https://docs.example.org/ldl#1',
    'https://docs.example.org:444/ldl',
    'http://docs.example.org/ldl',
  ])
    expect(left(`${address} b`, hosts)).not.toContain('ldl');
});

it('hostile texts are read in a time that grows with their length', () => {
  const began = performance.now();
  for (const part of ['a.', '1.', 'aaa.', 'ж', 'a-', 'x@', '//a.', 'a.b?', `${'a'.repeat(63)}.`])
    findLinks(part.repeat(100_000 / part.length), new Set());
  expect(performance.now() - began).toBeLessThan(3000);
});
