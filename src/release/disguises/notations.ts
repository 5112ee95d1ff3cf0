import type { Decoding } from './decodings.ts';

interface Notation {
  readonly pattern: RegExp;
  /** What the groups of the pattern say. */
  readonly says: (groups: readonly string[]) => string;
}

const twoDigits = (number: string): string => number.padStart(2, '0');
const dayOf = (year: number, month: string, day: string): string =>
  `${year}-${twoDigits(month)}-${twoDigits(day)}`;

/** Years before the first of an era of Japan. */
const eras: Readonly<Record<string, number>> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  M: 1867,
  T: 1911,
  S: 1925,
  H: 1988,
  R: 2018,
};

/** Reads a number of another base; nothing where it is longer than an identifier. */
const inBase = (base: number) => (groups: readonly string[]) => {
  const value = Number.parseInt(groups[0] ?? '', base);
  return Number.isSafeInteger(value) ? String(value) : '';
};

/** Result of two numbers; those of identifiers are exact. */
function resultOf([one = '', operator = '', other = '']: readonly string[]): string {
  const [left, right] = [Number(one), Number(other)];
  const results: Readonly<Record<string, number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
  };
  const found = results[operator.replace(/[×x·]/, '*').replace(/[−–]/, '-').replace('÷', '/')];
  return found !== undefined && Number.isSafeInteger(found) ? String(found) : '';
}

const notations: readonly Notation[] = [
  { pattern: /\b0x([0-9a-f]{4,13})\b/gi, says: inBase(16) },
  { pattern: /\b0o?([0-7]{6,17})\b/gi, says: inBase(8) },
  { pattern: /\b0b([01]{14,52})\b/gi, says: inBase(2) },
  { pattern: /(?<![\d.,])([01]{24,52})(?![\d.,])/g, says: inBase(2) },
  { pattern: /\b(\d{3,14})\s?([+*/×x·÷−–-])\s?(\d{1,14})\b/g, says: resultOf },
  // Months of a JavaScript Date begin with zero.
  {
    pattern: /\bDate(?:\.UTC)?\(\s?(\d{4}),\s?(\d{1,2}),\s?(\d{1,2})\b/g,
    says: ([year = '', month = '', day = '']) => dayOf(Number(year), String(Number(month) + 1), day),
  },
  {
    pattern:
      /\by(?:ear|yyy)?["']?\s?[:=]\s?["']?(\d{4})["']?[\s,;&]{1,4}["']?m(?:onth|m)?["']?\s?[:=]\s?["']?(\d{1,2})["']?[\s,;&]{1,4}["']?d(?:ay|d)?["']?\s?[:=]\s?["']?(\d{1,2})\b/gi,
    says: ([year = '', month = '', day = '']) => dayOf(Number(year), month, day),
  },
  {
    pattern:
      /\bd(?:ay|d)?["']?\s?[:=]\s?["']?(\d{1,2})["']?[\s,;&]{1,4}["']?m(?:onth|m)?["']?\s?[:=]\s?["']?(\d{1,2})["']?[\s,;&]{1,4}["']?y(?:ear|yyy)?["']?\s?[:=]\s?["']?(\d{4})\b/gi,
    says: ([day = '', month = '', year = '']) => dayOf(Number(year), month, day),
  },
  {
    pattern:
      /(明治|大正|昭和|平成|令和|\b[MTSHR])\s?(\d{1,2}|元)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})/g,
    says: ([era = '', year = '', month = '', day = '']) =>
      dayOf((eras[era] ?? 0) + (year === '元' ? 1 : Number(year)), month, day),
  },
  {
    pattern: /民[國国]\s?(\d{1,3})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})/g,
    says: ([year = '', month = '', day = '']) => dayOf(Number(year) + 1911, month, day),
  },
  {
    pattern: /\b(\d{1,2})\s?tháng\s?(\d{1,2}),?\s(?:năm\s)?(\d{4})\b/gi,
    says: ([day = '', month = '', year = '']) => dayOf(Number(year), month, day),
  },
];

/** Numbers in other bases and as results of sums, days in members of a document, in calls and in other calendars. */
export const notationsIn = (text: string): readonly Decoding[] =>
  /\d/.test(text)
    ? notations.flatMap(({ pattern, says }) =>
        [...text.matchAll(pattern)].map((match) => ({
          start: match.index,
          end: match.index + match[0].length,
          says: [says(match.slice(1))],
        })),
      )
    : [];
