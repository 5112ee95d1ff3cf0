/** Why a pattern is refused; undefined where every match attempt is bounded. */
export type PatternFault = string | undefined;

interface Group {
  /** Largest repetition of anything variable inside. */
  variable: boolean;
}

const maxRepeat = 256;
const maxOuter = 12;

/**
 * Reads a regular expression and refuses what can take more than linear time over a text. Accepted patterns use
 * bounded repeats only (`?` and `{m,n}` with n <= 256), so that an attempt at one position costs at most a
 * constant; a repeated group that itself holds a variable repeat is limited to 12 rounds. Back references,
 * lookbehind, `*`, `+` and `{n,}` are refused, each with its reason.
 */
export function patternFault(source: string): PatternFault {
  const groups: Group[] = [{ variable: false }];
  let at = 0;
  let closed: Group | undefined;
  let repeatable = false;
  let work = 1;
  while (at < source.length) {
    const character = source.charAt(at);
    if (character === '\\') {
      const next = source.charAt(at + 1);
      if (/[1-9]/.test(next) || (next === 'k' && source.charAt(at + 2) === '<'))
        return 'back references are refused';
      if (next === 'p' || next === 'P') return 'property escapes are refused: the view is folded already';
      at += 2;
      [closed, repeatable] = [undefined, true];
      continue;
    }
    if (character === '[') {
      const end = classEnd(source, at);
      if (end < 0) return 'a character class is not closed';
      at = end;
      [closed, repeatable] = [undefined, true];
      continue;
    }
    if (character === '(') {
      if (/^\(\?<[=!]/.test(source.slice(at, at + 4))) return 'lookbehind is refused: use `near` or `after`';
      const opening = /^\((?:\?(?:[:=!]|<value>))?/.exec(source.slice(at))?.[0] ?? '(';
      if (source.startsWith('(?', at) && opening === '(')
        return 'unknown kind of group: use (?:…), (?=…), (?!…) or (?<value>…)';
      groups.push({ variable: false });
      at += opening.length;
      [closed, repeatable] = [undefined, false];
      continue;
    }
    if (character === ')') {
      closed = groups.pop();
      const parent = groups.at(-1);
      if (closed === undefined || parent === undefined) return 'a group is closed that was not opened';
      parent.variable ||= closed.variable;
      repeatable = true;
      at += 1;
      continue;
    }
    const repeat = repeatAt(source, at);
    if (repeat !== undefined) {
      if (!repeatable) return 'a repeat follows nothing';
      if (repeat.max === Number.POSITIVE_INFINITY) {
        return `unbounded repetition \`${repeat.text}\`: write {0,64} or the like`;
      }
      if (repeat.max > maxRepeat) return `repetition above ${maxRepeat}`;
      const varies = repeat.max > repeat.min;
      if (closed?.variable === true && repeat.max > maxOuter) {
        return `nested repetition: a group with a variable repeat inside may be repeated ${maxOuter} times at most`;
      }
      if (varies && repeat.max > 1) {
        work *= repeat.max - repeat.min + 1;
        const group = groups.at(-1);
        if (group !== undefined) group.variable = true;
      }
      at += repeat.text.length;
      repeatable = false;
      closed = undefined;
      continue;
    }
    at += 1;
    [closed, repeatable] = [undefined, character !== '|' && character !== '^' && character !== '$'];
  }
  if (groups.length !== 1) return 'a group is not closed';
  return work > 1e13 ? 'too many variable repeats in one pattern' : undefined;
}

function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source.charAt(at) === '\\') at += 1;
    else if (source.charAt(at) === ']' && at > start + 1) return at + 1;
  }
  return -1;
}

function repeatAt(source: string, at: number): { text: string; min: number; max: number } | undefined {
  const match = /^(?:([*+?])|\{(\d{1,5})(?:(,)(\d{0,5}))?\})\??/.exec(source.slice(at, at + 16));
  if (match === null) return undefined;
  const [text, sign, least, comma, most] = match;
  if (sign === '?') return { text, min: 0, max: 1 };
  if (sign !== undefined) return { text, min: sign === '+' ? 1 : 0, max: Number.POSITIVE_INFINITY };
  const min = Number(least);
  if (comma === undefined) return { text, min, max: min };
  return { text, min, max: most === '' || most === undefined ? Number.POSITIVE_INFINITY : Number(most) };
}
