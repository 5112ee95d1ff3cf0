import { madeOnce } from '../../vocabulary/made-once.ts';
import { type Figure, figuresIn } from './figures.ts';
import type { ShownRecord } from './shown-record.ts';

/** A finding that is a measured value on one side of a limit, or one that the record itself marks so. */
interface MeasuredFinding {
  readonly finding: RegExp;
  readonly test: RegExp;
  /** Whether a value, in the unit in which the record tells it, is none of this finding; absent where only the mark counts. */
  readonly isOther?: (value: number, unit: string) => boolean;
  /** The mark of the record that would be this finding. */
  readonly mark?: RegExp;
}

const celsius = (value: number, unit: string): number => (/f/i.test(unit) ? ((value - 32) * 5) / 9 : value);
const [high, low] = [/^(?:h|hh|hu|>|high|critical high)$/i, /^(?:l|ll|lu|<|low|critical low)$/i];

const rows: readonly MeasuredFinding[] = [
  {
    finding: /\b(?:fevers?|febrile|pyrexia|hyperthermia|raised temperature)\b/i,
    test: /\btemperature\b/i,
    isOther: (value, unit) => celsius(value, unit) < 38,
  },
  {
    finding: /\bhypothermia\b/i,
    test: /\btemperature\b/i,
    isOther: (value, unit) => celsius(value, unit) >= 35,
  },
  {
    finding: /\b(?:hypox(?:ia|emia|aemia)|desaturations?|low oxygen)\b/i,
    test: /\boxygen saturation\b|\bspo2\b/i,
    isOther: (value) => value >= 94,
  },
  { finding: /\btachycardia\b/i, test: /\bheart rate\b|\bpulse\b/i, isOther: (value) => value <= 100 },
  { finding: /\bbradycardia\b/i, test: /\bheart rate\b|\bpulse\b/i, isOther: (value) => value >= 60 },
  { finding: /\btachypn(?:o?ea)\b/i, test: /\brespiratory rate\b/i, isOther: (value) => value <= 20 },
  { finding: /\ban(?:a?emia)\b/i, test: /^h(?:a?e)moglobin\b(?! a1c)/i, mark: low },
  { finding: /\bpolycyth(?:a?emia)\b/i, test: /^h(?:a?e)moglobin\b(?! a1c)/i, mark: high },
  { finding: /\bthrombocytop(?:a?enia)\b/i, test: /^platelets\b/i, mark: low },
  { finding: /\b(?:thrombocytosis)\b/i, test: /^platelets\b/i, mark: high },
  { finding: /\bleu[kc]ocytosis\b/i, test: /^(?:leukocytes|white)\b/i, mark: high },
  { finding: /\bleu[kc]openia\b/i, test: /^(?:leukocytes|white)\b/i, mark: low },
  { finding: /\bhyperkal(?:a?emia)\b/i, test: /^potassium\b/i, mark: high },
  { finding: /\bhypokal(?:a?emia)\b/i, test: /^potassium\b/i, mark: low },
  { finding: /\bhypernatr(?:a?emia)\b/i, test: /^sodium\b/i, mark: high },
  { finding: /\bhyponatr(?:a?emia)\b/i, test: /^sodium\b/i, mark: low },
  { finding: /\bhypercalc(?:a?emia)\b/i, test: /^calcium\b/i, mark: high },
  { finding: /\bhypocalc(?:a?emia)\b/i, test: /^calcium\b/i, mark: low },
  { finding: /\bhypoglyc(?:a?emia)\b/i, test: /^glucose\b/i, mark: low },
  { finding: /\bhyperglyc(?:a?emia)\b/i, test: /^glucose\b/i, mark: high },
];

/** What one test of the record came to, each time it was done. */
interface Values {
  readonly test: string;
  readonly value: number;
  /** The same in the base unit of its dimension, where it has one. */
  readonly figure: Figure | undefined;
  readonly unit: string;
  readonly mark: string | undefined;
}

const partOf = (parts: readonly { readonly name: string; readonly text: string }[], name: string) =>
  parts.find((part) => part.name === name)?.text;

/** Values of the observations of a record, with what the record says of them. */
export const measuredOf = madeOnce(({ items }: ShownRecord): readonly Values[] =>
  items.flatMap(({ parts, type }) => {
    const [test, value] = [partOf(parts, 'test'), partOf(parts, 'value')];
    if (type !== 'Observation' || test === undefined || value === undefined) return [];
    const number = /^-?\d{1,6}(?:\.\d{1,4})?/.exec(value)?.[0];
    const figures = figuresIn(value);
    if (number === undefined || figures.length > 1) return [];
    return [
      {
        test,
        value: Number(number),
        figure: figures[0],
        unit: value.slice(number.length).trim(),
        mark: partOf(parts, 'interpretation'),
      },
    ];
  }),
);

/**
 * Whether a finding is one that values decide, and every value of the record decides against it: no temperature of 38 °C
 * and more and `no fever`, no hemoglobin that is marked as low and `no anemia`.
 */
export function isMeasuredAway(element: string, shown: ShownRecord): boolean {
  const row = rows.find(({ finding }) => finding.test(element));
  if (row === undefined) return false;
  const of = measuredOf(shown).filter(({ test }) => row.test.test(test));
  return (
    of.length > 0 &&
    of.every(({ mark, unit, value }) =>
      row.isOther === undefined
        ? mark !== undefined && row.mark?.test(mark) !== true
        : row.isOther(value, unit),
    )
  );
}
