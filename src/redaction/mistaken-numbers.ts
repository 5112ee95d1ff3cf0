import { endOf, isDigit, isLetter, isNumber, type Lexemes, startOf } from './lexemes.ts';
import { nextKey, WordKeys } from './word-keys.ts';
import type { Change } from './written-otherwise.ts';

/** Units that are read for each other stand together; what is read for nothing stands alone. */
const alike = ['0oq', '1li|', '2z', '3e', '4a', '5s', '7t', '689bg'];
const unlike = Array.from('cdfhjkmnpruvwxy');
const classes = new Uint8Array(128);
for (const [at, units] of [...alike, ...unlike].entries())
  for (const unit of units) classes[unit.charCodeAt(0)] = at + 1;
const classOf = (code: number): number => (code < 128 ? (classes[code] ?? 0) : 0);

/** Numbers of a record, by what their units can be read for. */
export interface MistakenNumbers {
  /** Whether any begins with three units of such classes. */
  readonly heads: WordKeys;
  readonly byHead: ReadonlyMap<number, readonly string[]>;
}

const headLength = 3;

/** Key of the classes of the first three units from `at` on; 0 where they are not three in a row of units and single signs. */
function headOf(text: string, at: number): number {
  let head = 0;
  let index = at;
  for (let unit = 0; unit < headLength; unit += 1) {
    let one = classOf(text.charCodeAt(index));
    if (one === 0) {
      if (unit === 0 || !isSign(text.charCodeAt(index))) return 0;
      index += 1;
      one = classOf(text.charCodeAt(index));
      if (one === 0) return 0;
    }
    head = nextKey(head, one);
    index += 1;
  }
  return head;
}

/** Bits for the beginnings of some hundred numbers. */
const headBits = 13;

/** Signs in numbers, telephone numbers and addresses: space ( ) * + , - . / @ [ ] _ { } ~ */
const isSign = (code: number): boolean => code === 32 || (code > 39 && code < 48) || signs.has(code);
const signs: ReadonlySet<number> = new Set(Array.from('@[]_{}~', (sign) => sign.charCodeAt(0)));

const shortest = 5;
/** An e-mail address without figures. */
const shortestOfLetters = 10;
const surelyLong = 6;

/** `forms` are letters and digits only, in lower case. */
export function buildMistakenNumbers(forms: Iterable<string>): MistakenNumbers {
  const heads = new WordKeys([], headBits);
  const byHead = new Map<number, string[]>();
  for (const form of forms) {
    if (form.length < (/\d/.test(form) ? shortest : shortestOfLetters)) continue;
    const head = headOf(form, 0);
    heads.addKey(head);
    const group = byHead.get(head);
    if (group === undefined) byHead.set(head, [form]);
    else group.push(form);
  }
  return { heads, byHead };
}

const mostBefore = 6;
const mostLetters = 5;

/**
 * The number of the record that a word of letters and digits is part of, where some of it was read for something else:
 * `IZ9-3B4`, `redf0x483`. What is looked up begins with it, or with the figures right before it.
 */
export function meantNumber(
  lex: Lexemes,
  first: number,
  last: number,
  { heads, byHead }: MistakenNumbers,
): Change | undefined {
  const { lower } = lex.view;
  const end = endOf(lex, last);
  let found: Change | undefined;
  const tried = (at: number): boolean => {
    const head = headOf(lower, at);
    if (head === 0 || !heads.has(head)) return false;
    for (const form of byHead.get(head) ?? []) {
      const change = read(lower, at, form);
      if (change !== undefined && change.to >= end && change.to > (found?.to ?? 0)) found = change;
    }
    return found !== undefined;
  };
  let from = startOf(lex, first);
  if (lower.charCodeAt(from - 1) === bar && tried(from - 1)) return found;
  if (tried(from)) return found;
  // `PT` or `MRN` before it, also where the first figure was read as a letter.
  for (let at = from + 1; at < from + mostLetters && isLetter(lower.charCodeAt(at - 1)); at += 1)
    if (tried(at)) return found;
  for (let at = first - 1; at >= 0 && at >= first - mostBefore; at -= 1) {
    const gap = from - endOf(lex, at);
    const sign = lower.charCodeAt(from - 1);
    if (gap > mostSigns || (gap > 0 && !isSign(sign) && sign !== bar)) break;
    from = startOf(lex, at);
    if (!isNumber(lex, at) && endOf(lex, at) - from > mostLetters) break;
    if (tried(from)) return found;
  }
  return found;
}

const bar = 124;
const mostSigns = 3;

/** End of the signs in a number from `at` on. */
function signsEnd(text: string, at: number): number {
  let end = at;
  while (end < at + mostSigns && isSign(text.charCodeAt(end))) end += 1;
  return end;
}

/** The form as it stands from `at` on, with the signs in it; undefined where it does not, or nothing is mistaken. */
function read(lower: string, at: number, form: string): Change | undefined {
  let index = at;
  let same = 0;
  for (let unit = 0; unit < form.length; unit += 1) {
    if (unit > 0) index = signsEnd(lower, index);
    const [written, meant] = [lower.charCodeAt(index), form.charCodeAt(unit)];
    if (written === meant) same += 1;
    else if (!mayBeRead(written, meant)) return undefined;
    index += 1;
  }
  const whole = classOf(lower.charCodeAt(index)) === 0;
  const sure = form.length >= surelyLong || same > 1;
  return whole && sure && same < form.length
    ? { from: at, to: index, dropped: [], instead: signed(lower, at, form) }
    : undefined;
}

/** The form with the signs that stand in it from `at` on. */
function signed(lower: string, at: number, form: string): string {
  let index = at;
  let result = '';
  for (let unit = 0; unit < form.length; unit += 1) {
    const end = unit > 0 ? signsEnd(lower, index) : index;
    result += lower.slice(index, end) + form.charAt(unit);
    index = end + 1;
  }
  return result;
}

/** Two figures are never read for each other, nor two letters but l and i. */
export const mayBeRead = (written: number, meant: number): boolean =>
  classOf(written) !== 0 &&
  classOf(written) === classOf(meant) &&
  !(isDigit(written) && isDigit(meant)) &&
  (isDigit(written) || isDigit(meant) || classOf(written) === classOf(one));
const one = 49;
