import type { Objection } from './check.ts';

/**
 * Everything in a text that a reader's program may turn into a link, an image or markup. Link syntax is broken by
 * a space, so that no parser's reading of it matters; addresses are taken out.
 */
const removed = '(link removed)';

const breaks: readonly (readonly [RegExp, string])[] = [
  // Inline links and images `[a](b)`, reference definitions `[a]: b`.
  [/\](?=[(:])/g, '] '],
  // Tags, comments, autolinks; `<60` and `< LLN` are left alone.
  [/<(?=[a-z/!?])/gi, '< '],
];

/** Of what names of hosts are made, in any script: a program that makes links of plain text takes them all. */
const label = '[\\p{L}\\p{M}\\p{N}_-]{1,63}';
const labels = `(?:${label}\\.){1,8}`;
const ending = '\\p{L}[\\p{L}\\p{M}]{1,23}';
const before = '(?<![\\p{L}\\p{M}\\p{N}_-])';
const behind = '(?!-{0,2}[\\p{L}\\p{M}\\p{N}])';
/** Endings that no abbreviation, unit or word has: a host of which nothing but the name stands there. */
const sureDomains =
  'com|net|org|io|gov|edu|mil|info|biz|app|dev|xyz|top|site|online|shop|click|cloud|link|live|page|pro|web|health|clinic|tech|store|museum|travel|aero|asia|jobs|mobi|xxx|arpa|onion|xn--[a-z0-9-]{1,59}|рф|eu|uk|ru|cn|de|fr|co|ai|tk|tv|gg|ws|jp|kr|cz|pl|dk|il|za|hk|tw|vn|gq|su|kz|nz|au|nu';
/** Two letters may be any country, and the word behind a full stop: with a name before that of the host. */
const countries = `${before}${labels}(?:\\p{L}{3,63}\\.[a-z]{2}${behind}|[a-z]{2}\\?[\\p{L}\\p{N}][^\\s<>"'\`]*)`;

const addresses: readonly RegExp[] = [
  /[a-z0-9+.-]{0,32}:[\\/]{2}[^\s<>"'`]*/gi,
  /(?<![a-z0-9])(?:javascript|vbscript|mailto|tel|sms|blob|cid|magnet|ipfs):[^\s<>"'`]+/gi,
  /(?<![a-z0-9])(?:data:(?:[a-z]{1,20}\/|[;,])|file:\/)[^\s<>"'`]*/gi,
  /www\.[^\s<>"'`]+/gi,
  // Any dotted host with a port, path or query; `140.mEq/L` is a number with its unit.
  new RegExp(
    `${before}(?![\\d.]{1,24}\\.(?:g|mg|mcg|ug|ng|pg|ml|meq|mmol|umol|iu|units?|u|cells|copies)\\/)${labels}${ending}(?::\\d|\\/[^\\s]|\\?[^\\s=]{0,64}=|#[^\\s])[^\\s<>"'\`]*`,
    'giu',
  ),
  /(?<![0-9.])(?:\d{1,3}\.){3}\d{1,3}[:/][^\s<>"'`]+/g,
  new RegExp(`${before}${labels}(?:${sureDomains})${behind}`, 'giu'),
  new RegExp(countries, 'giu'),
  new RegExp(
    `[\\p{L}\\p{M}\\p{N}._%+-]{1,64}@[\\p{L}\\p{M}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{M}\\p{N}-]{1,63}){1,8}`,
    'giu',
  ),
  new RegExp(`(?<![:/\\\\])[\\\\/]{2}(?:${labels}${ending}|\\[[\\da-f:.]{2,45}\\])[^\\s<>"'\`]*`, 'giu'),
];

const queryBegun = new RegExp(`${labels}${ending}\\?[^\\s=]{0,64}$`, 'iu');
/** More than a host and the name of its first parameter take. */
const longestQuery = 640;

/** Where the host begins of whose query the text has not come to the first sign of equality; its length where there is none. */
export function openQuery(text: string): number {
  const from = Math.max(0, text.length - longestQuery);
  const found = queryBegun.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}

/** Whether an address may stand: https, host on the list, nothing beside a plain path. */
function isAllowed(address: string, hosts: ReadonlySet<string>): boolean {
  if (hosts.size === 0 || /[[\]{}%\\]/.test(address) || !URL.canParse(address)) return false;
  const url = new URL(address);
  const plain =
    url.search === '' && url.hash === '' && url.username === '' && url.password === '' && url.port === '';
  return url.protocol === 'https:' && plain && hosts.has(url.hostname);
}

/** Without the punctuation of the sentence around it. */
const trimmed = (address: string): string => address.replace(/[.,;:!?)\]*_]+$/, '');

interface Address {
  readonly start: number;
  readonly end: number;
  readonly allowed: boolean;
}

function addressesIn(text: string, hosts: ReadonlySet<string>): Address[] {
  const found = addresses.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const address = trimmed(match[0]);
      return { start: match.index, end: match.index + address.length, allowed: isAllowed(address, hosts) };
    }),
  );
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Address[] = [];
  for (const address of sorted) {
    const last = kept.at(-1);
    if (last === undefined || address.start >= last.end) kept.push(address);
    else if (address.end > last.end)
      kept[kept.length - 1] = { start: last.start, end: address.end, allowed: false };
  }
  return kept;
}

/** Places to change so that nothing is a link: sorted, disjoint. */
export function findLinks(text: string, allowedHosts: ReadonlySet<string>): Objection[] {
  const known = addressesIn(text, allowedHosts);
  const addressObjections = known
    .filter(({ allowed }) => !allowed)
    .map(({ start, end }) => ({ start, end, by: removed }));
  const syntax = breaks.flatMap(([pattern, by]) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ start: index, end: index + 1, by })),
  );
  const all = [...addressObjections, ...syntax].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return all.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/** Addresses of the allow-list that stand in a text. */
export const allowedAddresses = (
  text: string,
  hosts: ReadonlySet<string>,
): readonly { start: number; end: number }[] =>
  hosts.size === 0 ? [] : addressesIn(text, hosts).filter(({ allowed }) => allowed);
