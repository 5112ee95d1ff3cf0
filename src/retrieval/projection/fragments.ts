import type { ItemPart } from '../../vocabulary/context-item.ts';
import { codeSystems, isRecord } from '../../vocabulary/fhir.ts';
import { table } from '../../vocabulary/table.ts';
import { type Element, elementsOf, listOf, textOf } from '../elements.ts';
import { dayOf } from '../fhir-time.ts';

/** A piece of a part before it has its name; `suffix` tells the ends of a period apart. */
export interface Fragment {
  readonly type: ItemPart['type'];
  readonly text: string;
  readonly suffix?: string;
}

export const coded = (text: string | undefined): readonly Fragment[] =>
  text === undefined ? [] : [{ type: 'coded', text }];
export const free = (text: string | undefined): readonly Fragment[] =>
  text === undefined ? [] : [{ type: 'text', text }];
export const quantityText = (text: string | undefined): readonly Fragment[] =>
  text === undefined ? [] : [{ type: 'quantity', text }];
export const date = (value: unknown, suffix?: string): readonly Fragment[] => {
  const day = dayOf(value);
  return day === undefined ? [] : [{ type: 'date', text: day, ...(suffix === undefined ? {} : { suffix }) }];
};

/** The clock time as the instant was written, in its own zone: `09:30`. */
export const timeOfDay = (value: unknown): readonly Fragment[] =>
  coded(typeof value === 'string' ? /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(value)?.[1] : undefined);

const systemNames: Readonly<Record<string, string>> = table({
  [codeSystems.loinc]: 'LOINC',
  [codeSystems.snomed]: 'SNOMED CT',
  [codeSystems.rxnorm]: 'RxNorm',
  [codeSystems.icd10cm]: 'ICD-10-CM',
  [codeSystems.cvx]: 'CVX',
});

const spellCoding = (coding: Element): string | undefined => {
  const code = textOf(coding['code']);
  const name = systemNames[textOf(coding['system']) ?? ''];
  return code === undefined || name === undefined ? undefined : `${name} ${code}`;
};

/**
 * A CodeableConcept: `Display (LOINC 2093-3)`. What a person typed as `text` stands apart as free text unless it
 * only repeats a display. Codes of unnamed systems are left out, their display stays.
 */
export function concept(value: unknown): readonly Fragment[] {
  if (typeof value === 'string') return coded(textOf(value));
  if (Array.isArray(value)) return value.flatMap(concept);
  if (!isRecord(value)) return [];
  const codings = value['coding'] === undefined ? [value] : elementsOf(value['coding']);
  const display = codings.flatMap((coding) => textOf(coding['display']) ?? [])[0];
  const codes = codings.flatMap((coding) => spellCoding(coding) ?? []);
  const bare = codings.flatMap((coding) => textOf(coding['code']) ?? [])[0];
  const text = textOf(value['text']);
  const written = codings.some((coding) => coding['display'] === text) ? undefined : text;
  const name = display ?? (written === undefined ? bare : undefined);
  const suffix = codes.length > 0 && display !== undefined ? ` (${codes.join(', ')})` : '';
  const codesAlone = display === undefined && codes.length > 0 ? codes.join(', ') : undefined;
  return [
    ...coded(
      name === undefined ? codesAlone : display === undefined ? (codesAlone ?? name) : `${name}${suffix}`,
    ),
    ...free(written),
  ];
}

export const numberText = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;

const unitOf = (quantity: unknown): string | undefined =>
  isRecord(quantity) ? (textOf(quantity['unit']) ?? textOf(quantity['code'])) : undefined;

/** A Quantity with comparator and unit: `< 0.5 mg/dL`. */
export function spellQuantity(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const amount = numberText(value['value']);
  if (amount === undefined) return undefined;
  return [textOf(value['comparator']), amount, unitOf(value)].filter((part) => part !== undefined).join(' ');
}

/** Both ends of a Range, the unit once where it is the same: `4.5 to 11 10*3/uL`. */
export function spellRange(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const low = spellQuantity(value['low']);
  const high = spellQuantity(value['high']);
  if (low !== undefined && high !== undefined) {
    const unit = unitOf(value['high']);
    const shared = unit !== undefined && unitOf(value['low']) === unit;
    return `${shared ? low.slice(0, -unit.length - 1) : low} to ${high}`;
  }
  if (low !== undefined) return `at least ${low}`;
  return high === undefined ? undefined : `at most ${high}`;
}

export function spellRatio(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const above = spellQuantity(value['numerator']);
  const below = spellQuantity(value['denominator']);
  return above === undefined || below === undefined ? undefined : `${above} per ${below}`;
}

/** A Period by its days; one day where it begins and ends on the same. */
export function period(value: unknown): readonly Fragment[] {
  if (!isRecord(value)) return [];
  const sameDay = dayOf(value['start']) !== undefined && dayOf(value['start']) === dayOf(value['end']);
  return sameDay ? date(value['start']) : [...date(value['start'], 'from'), ...date(value['end'], 'to')];
}

type Reader = (value: unknown) => readonly Fragment[];

/** Renderers by the type that ends the name of a choice element (`valueQuantity`, `effectivePeriod`). */
const choiceReaders: Readonly<Record<string, Reader>> = table({
  Quantity: (value) => quantityText(spellQuantity(value)),
  Age: (value) => quantityText(spellQuantity(value)),
  Range: (value) => quantityText(spellRange(value)),
  Ratio: (value) => quantityText(spellRatio(value)),
  Integer: (value) => quantityText(numberText(value)),
  PositiveInt: (value) => quantityText(numberText(value)),
  Decimal: (value) => quantityText(numberText(value)),
  Boolean: (value) => (typeof value === 'boolean' ? coded(value ? 'yes' : 'no') : []),
  String: (value) => free(textOf(value)),
  CodeableConcept: concept,
  DateTime: (value) => date(value),
  Instant: (value) => date(value),
  Date: (value) => date(value),
  Period: period,
  Time: (value) => coded(textOf(value)),
  Timing: (value) => (isRecord(value) ? listOf(value['event']).flatMap((event) => date(event)) : []),
});

/** A choice element such as `value[x]`: whichever of its types is present. A Reference is never rendered. */
export function choice(resource: Element, element: string): readonly Fragment[] {
  return Object.entries(choiceReaders).flatMap(([type, read]) => read(resource[`${element}${type}`]));
}

export const referenceRange = (value: unknown): readonly Fragment[] =>
  elementsOf(value).flatMap((range) => {
    const spelled = spellRange(range);
    const kind = concept(range['type']).filter((fragment) => fragment.type === 'coded')[0]?.text;
    return spelled === undefined
      ? free(textOf(range['text']))
      : quantityText(kind === undefined ? spelled : `${spelled} (${kind})`);
  });
