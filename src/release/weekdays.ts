const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const list = names.join('|');
/** Short forms count with a capital only: somebody sat in the sun. */
const shorts = 'Sun|Mon|Tues?|Wed|Thur?s?|Fri|Sat';
const isShortWord = (word: string): boolean => !names.includes(word.toLowerCase()) && !/^[A-Z]/.test(word);

/** The weekday that a word is or begins. */
export const weekdayNamed = (word: string): string | undefined =>
  word.length < 3 ? undefined : names.find((name) => name.startsWith(word.toLowerCase()));

/** Group 1 is the weekday. */
export const weekdayPattern = new RegExp(`\\b(${list})s?\\b`, 'dgi');

const before = new RegExp(`\\b(${list}|${shorts})\\.?[,\\s(]{1,3}(?:(?:the|on)\\s)?$`, 'i');
/** A short form where nothing but a day can stand; group 1 is the weekday. */
export const shortWeekdayPattern = new RegExp(
  `\\b(?:next|this|last|on|by|until|every|each|coming|following|the)\\s(${shorts})\\b(?!['\\u2019-])`,
  'dg',
);
const after = new RegExp(
  `^[\\s,([]{1,3}(?:(?:which|that)\\s)?(?:(?:is|was|will be|falls|fell)\\s)?(?:on\\s)?(?:a\\s)?(${list}|${shorts})\\b`,
  'i',
);
const farthest = 40;

/** A weekday that an answer writes beside a date, as a claim about it. */
export interface WeekdayClaim {
  readonly start: number;
  readonly end: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** The weekdays beside the date that stands at these offsets. */
export function weekdaysBeside(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): WeekdayClaim[] {
  const from = Math.max(0, start - farthest);
  const found: WeekdayClaim[] = [];
  const left = before.exec(text.slice(from, start));
  if (left !== null && !isShortWord(left[1] ?? '')) found.push(claim(from + left.index, left[1] ?? ''));
  const right = after.exec(text.slice(end, end + farthest));
  if (right !== null && !isShortWord(right[1] ?? ''))
    found.push(claim(end + right[0].length - (right[1] ?? '').length, right[1] ?? ''));
  return found;
}

const claim = (start: number, word: string): WeekdayClaim => ({
  start,
  end: start + word.length,
  weekday: names.indexOf(weekdayNamed(word) ?? ''),
});

/** Whether the word at `start` is a weekday beside the date. */
export const isWeekdayOf = (
  text: string,
  date: { readonly start: number; readonly end: number },
  start: number,
): boolean => weekdaysBeside(text, date).some((weekday) => weekday.start === start);
