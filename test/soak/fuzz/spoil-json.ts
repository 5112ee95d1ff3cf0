import type { Dice } from '../../fixtures/honest-log.ts';

/** JSON as it is being spoiled: plain objects, arrays and values. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

type Spot = { readonly in: Json[] | { [name: string]: Json }; readonly at: string };

/** What texts of the answer may be replaced by, and whose resources may be put in. */
export interface Seeds {
  /** Identifiers of the patient who is asked about: they must not pass, wherever they stand. */
  readonly own: readonly string[];
  /** Resources of somebody else. */
  readonly foreign: readonly Json[];
}

const spotsOf = (root: Json): Spot[] => {
  const spots: Spot[] = [];
  const open: Json[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || typeof value !== 'object' || value === undefined) continue;
    for (const at of Object.keys(value)) spots.push({ in: value, at });
    open.push(...Object.values(value));
  }
  return spots;
};

const get = (spot: Spot): Json =>
  (Array.isArray(spot.in) ? spot.in[Number(spot.at)] : spot.in[spot.at]) ?? null;

const put = (spot: Spot, value: Json): void => {
  if (Array.isArray(spot.in)) spot.in[Number(spot.at)] = value;
  else
    Object.defineProperty(spot.in, spot.at, { value, writable: true, enumerable: true, configurable: true });
};

const take = (spot: Spot): void => {
  if (Array.isArray(spot.in)) spot.in.splice(Number(spot.at), 1);
  else delete spot.in[spot.at];
};

const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

const nested = (depth: number): Json => {
  let value: Json = 'x';
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { extension: value };
  return value;
};

const junk: readonly ((dice: Dice) => Json)[] = [
  () => null,
  () => '',
  () => [],
  () => ({}),
  () => true,
  () => -1,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => 'x'.repeat(20_000),
  () => '\ud800\u0000\u202e',
  () => '[[NAME-AAAAAAAA]]',
  () => '<<<END RECORD 00>>>',
  () => '9999-99-99T99:99:99Z',
  () => 'Patient/..%2F..%2Fmetadata',
  () => 'http://169.254.169.254/fhir/Patient/1',
  () => ({ resourceType: 'Patient', id: '../x' }),
  () => nested(60),
  () => nested(3000),
  (dice) => Array.from({ length: 1 + dice(3000) }, () => ({ text: 'x' })),
];

/** Ways of writing one text that a reader takes for the same. */
const disguises: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => text.split('').join('\u200b'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll(' ', '\n'),
  (text) => text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
  (text) => `<b>${text}</b>`,
  (text) => `${text}'s`,
];

type Spoiling = (root: Json, dice: Dice, seeds: Seeds) => void;

const onSpot =
  (
    change: (spot: Spot, dice: Dice, seeds: Seeds) => void,
    fits: (value: Json) => boolean = () => true,
  ): Spoiling =>
  (root, dice, seeds) => {
    const spot = pick(
      spotsOf(root).filter((one) => fits(get(one))),
      dice,
    );
    if (spot !== undefined) change(spot, dice, seeds);
  };

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: Json): boolean => typeof value === 'string';

/** Rows of a searchset; none where the answer is not one. */
const rowsOf = (root: Json): Json[] => {
  const entry = isObject(root) ? root['entry'] : undefined;
  return Array.isArray(entry) ? entry : [];
};

/** By name: each changes what is there, none makes a thing up that the gateway could not have been sent. */
export const spoilings: Readonly<Record<string, Spoiling>> = {
  'a member taken out': onSpot((spot) => take(spot)),
  'a value of another kind': onSpot((spot, dice) => put(spot, pick(junk, dice)?.(dice) ?? null)),
  'a value in a list': onSpot((spot) => put(spot, [get(spot)])),
  'a value in an object': onSpot((spot) => put(spot, { value: get(spot) })),
  'a list unwrapped': onSpot((spot) => {
    const value = get(spot);
    if (Array.isArray(value)) put(spot, value[0] ?? null);
  }, Array.isArray),
  'two values swapped': (root, dice) => {
    const spots = spotsOf(root).filter((spot) => isText(get(spot)));
    const [one, other] = [pick(spots, dice), pick(spots, dice)];
    if (one === undefined || other === undefined) return;
    const kept = get(one);
    put(one, get(other));
    put(other, kept);
  },
  'a member under another name': onSpot((spot, dice) => {
    if (Array.isArray(spot.in)) return;
    const value = get(spot);
    take(spot);
    put(
      { in: spot.in, at: pick(['__proto__', 'constructor', 'toString', 'extension', ''], dice) ?? '' },
      value,
    );
  }),
  'rows again and again': (root, dice) => {
    const rows = rowsOf(root);
    const again = pick(rows, dice);
    if (again !== undefined) for (let n = dice(300); n > 0; n -= 1) rows.push(again);
  },
  'rows of somebody else': (root, dice, seeds) => {
    for (let n = 1 + dice(5); n > 0; n -= 1) {
      const resource = pick(seeds.foreign, dice);
      if (resource !== undefined)
        rowsOf(root).push({ resource, search: { mode: pick(['match', 'include', 'x'], dice) ?? '' } });
    }
  },
  'an identifier in a text': onSpot(
    (spot, dice, { own }) => put(spot, pick(disguises, dice)?.(pick(own, dice) ?? '') ?? ''),
    isText,
  ),
  'an identifier within a text': onSpot((spot, dice, { own }) => {
    const value = get(spot);
    const text = typeof value === 'string' ? value : '';
    const at = dice(text.length + 1);
    put(
      spot,
      `${text.slice(0, at)} ${pick(disguises, dice)?.(pick(own, dice) ?? '') ?? ''} ${text.slice(at)}`,
    );
  }, isText),
  'an identifier in an extension': (root, dice, { own }) => {
    const row = pick(rowsOf(root), dice);
    const resource = isObject(row) ? row['resource'] : root;
    if (!isObject(resource)) return;
    const text = pick(own, dice) ?? '';
    resource['extension'] = [{ url: 'urn:x', valueString: text }];
    resource['text'] = {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`,
    };
    resource['note'] = [{ text, authorString: text }];
  },
};

/** A copy of the answer with one to three things wrong, and the names of them. */
export function spoil(
  answer: Json,
  dice: Dice,
  seeds: Seeds,
): { readonly answer: Json; readonly what: string } {
  const root: Json = structuredClone(answer);
  const names: string[] = [];
  for (let n = 1 + dice(3); n > 0; n -= 1) {
    const [name, change] = pick(Object.entries(spoilings), dice) ?? [];
    if (name === undefined || change === undefined) continue;
    change(root, dice, seeds);
    names.push(name);
  }
  return { answer: root, what: names.join(', ') };
}
