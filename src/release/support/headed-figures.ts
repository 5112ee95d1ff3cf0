import type { Figure } from './figures.ts';
import { figureOf, numberPattern } from './figures.ts';
import { unitOf, unitPattern } from './units.ts';

const unitAlone = new RegExp(String.raw`(?:\(|\[|,|^|\bin) ?${unitPattern} ?(?:\)|\]|$)`, 'iu');
const cellNumber = new RegExp(
  String.raw`^[<>~\u2248\u2264\u2265+ ]{0,4}(${numberPattern})(?: ?\(?[hln]\)?)? ?$`,
  'diu',
);
const rule = /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/;
const jsonMember = new RegExp(
  String.raw`"[a-z]+_${unitPattern}" ?: ?"?(\d{1,9}(?:\.\d{1,6})?)(?![\d.])`,
  'dgiu',
);

const unitIn = (cell: string) => {
  const match = unitAlone.exec(cell.trim());
  return match === null ? undefined : unitOf(match[1] ?? '', match[2], match[3]);
};

interface Cell {
  readonly text: string;
  readonly start: number;
}

function cellsOf(line: string, at: number): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (const text of line.split('|')) {
    cells.push({ text, start: at + start });
    start += text.length + 1;
  }
  return cells;
}

/** Numbers of the rows of tables whose unit stands in the heading of the column or in the first cell of the row. */
function inTables(text: string, taken: ReadonlySet<number>): Figure[] {
  const found: Figure[] = [];
  let at = 0;
  let heads: readonly Cell[] = [];
  let above: readonly Cell[] = [];
  for (const line of text.split('\n')) {
    const cells = line.includes('|') ? cellsOf(line, at) : [];
    if (cells.length === 0) heads = [];
    else if (rule.test(line)) heads = above;
    const first = cells.find((cell) => cell.text.trim() !== '');
    const ofRow = first === undefined ? undefined : unitIn(first.text);
    for (const [n, cell] of cells.entries()) {
      const match = cellNumber.exec(cell.text);
      const place = match?.indices?.[1];
      const unit = unitIn(heads[n]?.text ?? '') ?? ofRow;
      if (match === null || place === undefined || unit === undefined) continue;
      const [start, end] = [cell.start + place[0], cell.start + place[1]];
      if (!taken.has(start)) found.push(figureOf(match[1] ?? '', unit, start, end));
    }
    above = cells;
    at += line.length + 1;
  }
  return found;
}

/** Figures whose unit stands apart from them: in a table's heading, or in the name of a JSON member (`"dose_mg": 40`). */
export function headedFiguresIn(text: string, written: readonly Figure[]): Figure[] {
  const taken = new Set(written.map(({ start }) => start));
  const members = [...text.matchAll(jsonMember)].flatMap(
    ({ indices, 1: over = '', 2: count, 3: under, 4: number = '' }) => {
      const place = indices?.[4];
      const unit = unitOf(over, count, under);
      return place === undefined || unit === undefined || taken.has(place[0])
        ? []
        : [figureOf(number, unit, place[0], place[1])];
    },
  );
  return [...(text.includes('|') ? inTables(text, taken) : []), ...members];
}
