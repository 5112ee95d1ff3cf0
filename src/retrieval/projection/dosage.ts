import { isRecord } from '../../vocabulary/fhir.ts';
import { table } from '../../vocabulary/table.ts';
import { type Element, elementsOf, listOf, textOf } from '../elements.ts';
import {
  coded,
  concept,
  type Fragment,
  free,
  period,
  spellQuantity,
  spellRange,
  spellRatio,
} from './fragments.ts';

const codedText = (value: unknown): readonly string[] =>
  concept(value)
    .filter((fragment) => fragment.type === 'coded')
    .map((fragment) => fragment.text);

const amounts = (dosage: Element): readonly string[] =>
  elementsOf(dosage['doseAndRate']).flatMap((one) => {
    const dose = spellQuantity(one['doseQuantity']) ?? spellRange(one['doseRange']);
    const rate =
      spellQuantity(one['rateQuantity']) ?? spellRange(one['rateRange']) ?? spellRatio(one['rateRatio']);
    return [...(dose === undefined ? [] : [`dose ${dose}`]), ...(rate === undefined ? [] : [`rate ${rate}`])];
  });

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const periodUnits: Readonly<Record<string, string>> = table({
  s: 'seconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
  wk: 'weeks',
  mo: 'months',
  a: 'years',
});

const fromTo = (low: number, high: number | undefined): string =>
  high === undefined ? String(low) : `${low} to ${high}`;

/** `2 to 3 times per 1 days, at bedtime codes, for at most 7 days`. */
function spellTiming(timing: unknown): readonly string[] {
  if (!isRecord(timing)) return [];
  const repeat = isRecord(timing['repeat']) ? timing['repeat'] : {};
  const [frequency, frequencyMax] = [number(repeat['frequency']), number(repeat['frequencyMax'])];
  const [every, everyMax] = [number(repeat['period']), number(repeat['periodMax'])];
  const unit = periodUnits[textOf(repeat['periodUnit']) ?? ''];
  const duration = spellQuantity(repeat['boundsDuration']) ?? spellRange(repeat['boundsRange']);
  const count = number(repeat['count']);
  return [
    ...codedText(timing['code']),
    ...(every === undefined || unit === undefined
      ? frequency === undefined
        ? []
        : [`${fromTo(frequency, frequencyMax)} times`]
      : [`${fromTo(frequency ?? 1, frequencyMax)} times per ${fromTo(every, everyMax)} ${unit}`]),
    ...listOf(repeat['when']).flatMap((when) => (typeof when === 'string' ? [`when ${when}`] : [])),
    ...listOf(repeat['dayOfWeek']).flatMap((day) => (typeof day === 'string' ? [`on ${day}`] : [])),
    ...listOf(repeat['timeOfDay']).flatMap((time) => (typeof time === 'string' ? [`at ${time}`] : [])),
    ...(duration === undefined ? [] : [`for ${duration}`]),
    ...(count === undefined ? [] : [`${count} times in all`]),
  ];
}

/** One Dosage (`https://hl7.org/fhir/R4/dosage.html`): the written text apart from what is structured. */
function oneDosage(dosage: Element): readonly Fragment[] {
  const asNeeded = dosage['asNeededBoolean'] === true ? ['as needed'] : [];
  const asNeededFor = codedText(dosage['asNeededCodeableConcept']).map((reason) => `as needed for ${reason}`);
  const most = spellRatio(dosage['maxDosePerPeriod']);
  const structured = [
    ...amounts(dosage),
    ...spellTiming(dosage['timing']),
    ...asNeeded,
    ...asNeededFor,
    ...codedText(dosage['route']).map((route) => `route ${route}`),
    ...codedText(dosage['method']),
    ...codedText(dosage['site']).map((site) => `site ${site}`),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ];
  const timing = dosage['timing'];
  const repeat = isRecord(timing) && isRecord(timing['repeat']) ? timing['repeat'] : {};
  return [
    ...free(textOf(dosage['text'])),
    ...coded(structured.length === 0 ? undefined : structured.join(', ')),
    ...elementsOf(dosage['additionalInstruction']).flatMap(concept),
    ...free(textOf(dosage['patientInstruction'])),
    ...concept(dosage['asNeededCodeableConcept']).filter((fragment) => fragment.type === 'text'),
    ...period(repeat['boundsPeriod']),
  ];
}

export const dosages = (value: unknown): readonly Fragment[] => elementsOf(value).flatMap(oneDosage);
