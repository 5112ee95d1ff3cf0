import { type Unit, unitOf, unitPattern } from './units.ts';

/** A number with its unit as a text tells it. */
export interface Figure {
  readonly start: number;
  readonly end: number;
  /** In the base unit of the dimension; two where `1.000` may be one or a thousand. */
  readonly values: readonly number[];
  /** Half of what the last figure written is worth, in the base unit. */
  readonly slack: number;
  readonly unit: Unit;
  /** As written, without what groups thousands. */
  readonly digits: string;
}

const ones =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const word = [...ones, ...tens.slice(1), 'hundred', 'thousand', 'half'].join('|');
export const numberPattern = String.raw`\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,4})?|\d{1,9}(?:[.,]\d{1,6})?|\.\d{1,6}|(?:${word})(?:(?:[ -]|(?<=hundred|thousand) and )(?:${word})){0,4}`;
const between = String.raw`(?:(?<=\d) ?[-\u2010-\u2015/] ?| ?(?:to|(?<!hundred |thousand )(?:and|or)) ?)`;
/** Between a number and its unit: a blank, a hyphen, a cell of a table, a member of a JSON object. */
const gap = String.raw`(?: ?- ?|\s?| ?\| ?|"?, ?"(?:unit|units|code)" ?: ?")`;
const figure = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|[\p{N}][.,]|10[\^*](?=\d{1,2} ?\/))(?:(?:(${numberPattern})${between})?(${numberPattern})${between})?(${numberPattern})${gap}${unitPattern}`,
  'giu',
);
const bare = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|[\p{N}][.,])(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?(?![\p{L}\p{N}])`,
  'gu',
);

/** `five hundred`, `twenty-five`; half a one alone. */
function spelled(written: string): number {
  let value = 0;
  for (const one of written.toLowerCase().split(/ and |[ -]/)) {
    if (one === 'hundred' || one === 'thousand')
      value = Math.max(1, value) * (one === 'hundred' ? 100 : 1000);
    else if (one === 'half') value += 0.5;
    else value += ones.includes(one) ? ones.indexOf(one) + 1 : (tens.indexOf(one) + 1) * 10;
  }
  return value;
}

/** What the writing of a number may mean: `1.000` and `5,5` are read in both ways. */
function readings(written: string): number[] {
  if (/^[a-z]/i.test(written)) return [spelled(written)];
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(written) ? [Number(written.replace(/[.,]/g, ''))] : [];
  const plain = Number(/^\d+,\d+$/.test(written) ? written.replace(',', '.') : written.replaceAll(',', ''));
  return [...new Set([plain, ...grouped])];
}

const decimalsOf = (written: string): number =>
  /\.(\d+)$/.exec(written.replace(/,(\d{1,2})$/, '.$1'))?.[1]?.length ?? 0;

export function figureOf(written: string, unit: Unit, start: number, end: number): Figure {
  const based = (value: number): number => (value + (unit.offset ?? 0)) * unit.factor;
  return {
    start,
    end,
    unit,
    values: readings(written).map(based),
    slack: (unit.factor * 10 ** -decimalsOf(written)) / 2,
    digits: /^\d+,\d{1,2}$/.test(written) ? written.replace(',', '.') : written.replaceAll(',', ''),
  };
}

/** As `matchAll`, which copies the pattern for each text: a record has hundreds of them, each of a few words. */
function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}

/** `5 ft 6 in`, `167 lb 9 oz`: one figure, told to the smaller unit. */
const compounds = [
  {
    dimension: 'length',
    factor: 30.48,
    part: 2.54,
    rest: /^,? ?(\d{1,2}(?:\.\d)?) ?(?:in|inch|inches)(?![\p{L}])/u,
  },
  {
    dimension: 'mass',
    factor: 453.592_37,
    part: 28.349_523,
    rest: /^,? ?(\d{1,2}(?:\.\d)?) ?(?:oz|ounces?)(?![\p{L}])/u,
  },
] as const;

function compounded(text: string, whole: Figure): Figure | undefined {
  const { dimension, factor } = whole.unit;
  const row = compounds.find((one) => one.dimension === dimension && one.factor === factor);
  const rest = row?.rest.exec(text.slice(whole.end, whole.end + 14));
  if (row === undefined || rest === null || rest === undefined) return undefined;
  return {
    ...whole,
    end: whole.end + rest[0].length,
    values: whole.values.map((value) => value + Number(rest[1]) * row.part),
    slack: row.part,
  };
}

/** Of these half a one is taken: `1/2 tablet`. */
const divided = new Set(['tablets', 'patches']);

/**
 * Numbers with a unit in a text, in order: each number of a range, of `128/76 mmHg` or of a strength of two drugs has
 * the unit behind the last. Times and durations are not among them.
 */
export function figuresIn(text: string): Figure[] {
  let covered = 0;
  return matchesOf(figure, text).flatMap((match) => {
    if (match.index < covered) return [];
    const [, first, second, last = '', over = '', count, under] = match;
    const unit = unitOf(over, count, under);
    if (unit === undefined) return [];
    const half = /^(\d)\/(\d) ?\p{L}/u.exec(match[0]);
    if (half !== null && divided.has(unit.dimension))
      return [
        {
          ...figureOf(last, unit, match.index, match.index + match[0].length),
          values: [Number(half[1]) / Number(half[2])],
        },
      ];
    const compound = compounded(text, figureOf(last, unit, match.index, match.index + match[0].length));
    if (compound !== undefined) {
      covered = compound.end;
      return [compound];
    }
    // Between them stands no number: the next one begins behind the one before.
    let at = 0;
    return [first, second, last].flatMap((written) => {
      if (written === undefined) return [];
      const from = match[0].indexOf(written, at);
      at = from + written.length;
      return [figureOf(written, unit, match.index + from, match.index + match[0].length)];
    });
  });
}

/** Codes of terminologies and tokens: their numbers count nothing. */
const codes = /\((?:LOINC|SNOMED CT|RxNorm|ICD-10-CM|CVX) [^()\n]{1,80}\)|\[\[[^[\]\n]{1,60}\]\]/g;

/** Numbers of a text behind which no unit stands, as written. */
export function bareNumbersIn(source: string, figures: readonly Figure[] = figuresIn(source)): string[] {
  const text = source.replace(codes, (code) => ' '.repeat(code.length));
  const taken = new Set(figures.map(({ start }) => start));
  return matchesOf(bare, text).flatMap(({ index, 0: written }) =>
    taken.has(index) ? [] : [written.replaceAll(',', '')],
  );
}

const counted = /(?<![\p{L}\p{N}]|[\p{N}][.,])\d{1,9}(?:,\d{3})*(?:\.\d{1,4})?(?![\p{L}\p{N}])/gu;
const countWords = new RegExp(String.raw`\b(?:${ones.slice(1, 12).join('|')})\b`, 'gi');

/** Numbers of a text by which something in it may be multiplied, in figures and, up to twelve, in words. */
export const countsIn = (text: string): number[] => [
  ...[...text.matchAll(counted)].map(([number]) => Number(number.replaceAll(',', ''))),
  ...[...text.matchAll(countWords)].map(([written]) => spelled(written)),
];
