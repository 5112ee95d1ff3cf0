import { table } from '../../vocabulary/table.ts';

/** One unit: what it measures, and how a number of it becomes one of the dimension's base unit. */
export interface Unit {
  readonly dimension: string;
  readonly factor: number;
  /** Added before the factor is applied: degrees. */
  readonly offset?: number;
  /** Doses are told exactly; what is measured may be told rounded, in another unit or from a note that leaves the unit out. */
  readonly exact?: true;
  /** What stands above a stroke with an amount below it: a dose of `30 mcg/0.3 mL` is 30 mcg. */
  readonly above?: Unit;
}

type Row = readonly [
  dimension: string,
  factor: number,
  names: string,
  more?: Omit<Unit, 'dimension' | 'factor'>,
];

const dose = { exact: true } as const;

/** Units by their names in prose, in RxNorm and in UCUM, in lower case. */
const rows: readonly Row[] = [
  ['mass', 1000, 'kg kgs kilogram kilograms kilo kilos'],
  ['mass', 453.592_37, 'lb lbs pound pounds [lb_av]'],
  ['mass', 28.349_523, 'oz ounce ounces [oz_av]'],
  ['mass', 1, 'g gm gms gram grams', dose],
  ['mass', 1e-3, 'mg mgs milligram milligrams', dose],
  ['mass', 1e-6, 'mcg ug mikrogramm microgram micrograms', dose],
  ['mass', 1e-9, 'ng nanogram nanograms'],
  ['mass', 1e-12, 'pg picogram picograms'],
  ['volume', 1, 'l liter liters litre litres'],
  ['volume', 0.1, 'dl deciliter deciliters'],
  ['volume', 1e-3, 'ml mls cc milliliter milliliters millilitre millilitres', dose],
  ['volume', 1e-6, 'ul'],
  ['volume', 1e-15, 'fl'],
  ['amount', 1, 'mol'],
  ['amount', 1e-3, 'mmol millimol millimole millimoles'],
  ['amount', 1e-6, 'umol micromol micromole micromoles'],
  ['amount', 1e-9, 'nmol'],
  ['amount', 1e-12, 'pmol'],
  ['charge', 1e-3, 'meq milliequivalent milliequivalents', dose],
  ['osmoles', 1e-3, 'mosm'],
  ['activity', 1, 'u iu unit units unt [iu] [u]', dose],
  ['activity', 1e-3, 'miu mu m[iu]'],
  ['activity', 1e-6, 'uiu u[iu]'],
  ['activity', 1000, 'kiu k[iu]'],
  ['pressure', 1, 'mmhg mm[hg]'],
  ['pressure', 7.500_62, 'kpa'],
  ['pressure', 0.735_56, 'cmh2o'],
  ['length', 1, 'cm centimeter centimeters centimetre centimetres'],
  ['length', 0.1, 'mm millimeter millimeters millimetre millimetres'],
  ['length', 2.54, 'inch inches [in_i]'],
  ['length', 30.48, 'ft feet [ft_i]'],
  ['temperature', 1, 'c °c ℃ cel degc celsius centigrade'],
  ['temperature', 5 / 9, 'f °f ℉ [degf] degf fahrenheit', { offset: -32 }],
  ['share', 1, '% percent'],
  ['rate', 1, '/min bpm {beats}/min {breaths}/min beats/min breaths/min'],
  ['cells', 1, 'k/ul 10*3/ul 10^3/ul 103/ul 10*9/l 10^9/l 109/l thousand/ul'],
  ['cells', 1000, '10*6/ul 10^6/ul 106/ul m/ul 10*12/l 10^12/l 1012/l'],
  ['cells', 1e-3, 'cells/ul /ul cells/mm3 /mm3'],
  ['tablets', 1, 'tablet tablets tab tabs pill pills capsule capsules cap caps', dose],
  ['puffs', 1, 'puff puffs inhalation inhalations actuation actuations actuat', dose],
  ['drops', 1, 'drop drops gtt gtts', dose],
  ['sprays', 1, 'spray sprays', dose],
  ['patches', 1, 'patch patches', dose],
  ['area', 1, 'm2 m^2'],
  ['minutes', 1, 'min minute minutes'],
  ['minutes', 60, 'h hr hour hours'],
  ['field', 1, 'hpf [hpf]'],
];

/** Below a stroke these say how often or with what a dose is taken, not what it is. */
const perDose =
  'day d 24h 24hr daily week wk dose tablet tab capsule cap puff actuat actuation spray patch drop application';

const named = (): Record<string, Unit> =>
  Object.fromEntries(
    rows.flatMap(([dimension, factor, names, more]) =>
      names.split(' ').map((name) => [name, { dimension, factor, ...more }]),
    ),
  );

const units: Readonly<Record<string, Unit>> = table(named());
const swallowed = new Set(perDose.split(' '));

const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const anyOf = (names: Iterable<string>): string =>
  [...new Set(names)]
    .toSorted((a, b) => b.length - a.length)
    .map(quoted)
    .join('|');

/** Minutes alone count time, which is looked at elsewhere; they stand below a stroke only. */
const counted = (dimension: string): boolean => !['minutes', 'area', 'field'].includes(dimension);
/** Letters that are degrees behind a decimal only: `46 F` is somebody's age and sex. */
const degrees = /^[cf]$/;
const above = anyOf(
  rows.flatMap(([dimension, , names]) =>
    counted(dimension) ? names.split(' ').filter((name) => !degrees.test(name)) : [],
  ),
);
const below = anyOf([...rows.flatMap(([, , names]) => names.split(' ')), ...swallowed]);
const end = String.raw`(?![\p{L}\p{N}])`;

/** The names of units as a pattern: what is counted, and up to two strokes with what stands below them. */
export const unitPattern = String.raw`(?:degrees? |x ?(?=10))?(mm hg|${above}|(?<=\.\d ?)[cf]|beats per minute|breaths per minute|(?:cells )?per microlit(?:er|re))${end}(?: ?\/ ?1\.73 ?m(?:2|\^2)| ?(?:\/|per) ?(\d{1,3}(?:\.\d{1,2})? ?)?(${below})${end}(?: ?\/ ?\{?1\.73[ _]?m(?:2|\^2)\}?)?)?`;

const minutesOfDay = 1440;
/** Of these several may stand below a stroke (`5 mg/5 mL`); `1,000 mg / 76 kg` is a sum. */
const multiplied: ReadonlySet<string> = new Set(['volume', 'minutes']);

/** A unit as `unitPattern` took it apart. */
export function unitOf(over: string, count = '', under = ''): Unit | undefined {
  const spelled = over
    .toLowerCase()
    .replace(/^(?:beats|breaths) per minute$/, '/min')
    .replace(/^(?:cells )?per microlit(?:er|re)$/, '/ul')
    .replace('mm hg', 'mmhg');
  const unit = units[spelled];
  const lower = under.toLowerCase();
  if (unit === undefined || lower === '' || swallowed.has(lower)) return unit;
  const divisor = units[lower];
  if (divisor === undefined || (count !== '' && !multiplied.has(divisor.dimension))) return unit;
  const amount = count.trim() === '' ? 1 : Number(count);
  if (divisor.dimension === 'minutes' && divisor.factor * amount === minutesOfDay) return unit;
  return {
    dimension: `${unit.dimension}/${divisor.dimension}`,
    factor: unit.factor / (divisor.factor * amount),
    ...(count === '' ? {} : { above: unit }),
  };
}
