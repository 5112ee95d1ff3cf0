/** A text written otherwise, and for each unit of it the unit of the text that it stands for. */
export interface Written {
  readonly text: string;
  readonly places: readonly number[];
}

type Writing = (text: string) => Written;

/** Writes every unit of a text by itself; '' leaves it out. */
const unitwise =
  (write: (unit: string, at: number, text: string) => string): Writing =>
  (text) => {
    let result = '';
    const places: number[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const written = write(text.charAt(at), at, text);
      result += written;
      for (let unit = 0; unit < written.length; unit += 1) places.push(at);
    }
    return { text: result, places };
  };

const sameLength = (unit: string, written: string): string =>
  written.length === unit.length ? written : unit;
const blankAs = (written: string): Writing => unitwise((unit) => (unit === ' ' ? written : unit));
const isSign = (unit: string): boolean => /[,.;:?!]/.test(unit);

/** Line breaks for blanks, so that no line is wider. */
const wrappedAt =
  (width: number): Writing =>
  (text) => {
    const units = text.split('');
    let [start, blank] = [0, -1];
    for (const [at, unit] of units.entries()) {
      if (unit === '\n') [start, blank] = [at + 1, -1];
      else if (unit === ' ') blank = at;
      if (at - start >= width && blank > start) {
        units[blank] = '\n';
        [start, blank] = [blank + 1, -1];
      }
    }
    return { text: units.join(''), places: units.map((_, at) => at) };
  };

/** The same words as other programs and people write them, with the least share of asq-phi that has to be hidden then. */
export const writings: readonly {
  readonly name: string;
  readonly write: Writing;
  readonly hidden: number;
}[] = [
  { name: 'as it is', write: unitwise((unit) => unit), hidden: 0.98 },
  { name: 'broken at 72 characters', write: wrappedAt(72), hidden: 0.97 },
  { name: 'broken at 100 characters', write: wrappedAt(100), hidden: 0.97 },
  { name: 'in capitals', write: unitwise((unit) => sameLength(unit, unit.toUpperCase())), hidden: 0.97 },
  { name: 'in small letters', write: unitwise((unit) => sameLength(unit, unit.toLowerCase())), hidden: 0.95 },
  { name: 'two blanks for one', write: blankAs('  '), hidden: 0.98 },
  { name: 'tabs for blanks', write: blankAs('\t'), hidden: 0.98 },
  {
    name: 'three blanks for some',
    write: unitwise((unit, at) => (unit === ' ' && at % 3 === 0 ? '   ' : unit)),
    hidden: 0.98,
  },
  { name: 'no-break spaces', write: blankAs('\u00a0'), hidden: 0.98 },
  {
    name: 'no blank behind signs',
    write: unitwise((unit, at, text) => (unit === ' ' && isSign(text.charAt(at - 1)) ? '' : unit)),
    hidden: 0.97,
  },
  {
    name: 'blanks around signs',
    write: unitwise((unit) => (isSign(unit) ? ` ${unit} ` : unit)),
    hidden: 0.92,
  },
  {
    name: 'a clause a line',
    write: unitwise((unit, at, text) => (unit === ' ' && isSign(text.charAt(at - 1)) ? '\n' : unit)),
    hidden: 0.97,
  },
  {
    name: 'quoted in a mail',
    write: unitwise((unit, at) => (at === 0 ? `> ${unit}` : unit === '\n' ? '\n> ' : unit)),
    hidden: 0.98,
  },
  { name: 'in a string of JSON', write: unitwise((unit) => JSON.stringify(unit).slice(1, -1)), hidden: 0.98 },
  {
    name: 'percent-encoded',
    write: unitwise((unit) => (/[\ud800-\udfff]/.test(unit) ? unit : encodeURIComponent(unit))),
    hidden: 0.98,
  },
];
