import type { Label } from '../vocabulary/context-item.ts';
import { codeSystems, isRecord, type Resource } from '../vocabulary/fhir.ts';
import { at, elementsOf, listOf, textOf, tokensOf } from './elements.ts';
import { codeRows, type Sensitivity, sensitivities, textRows } from './sensitivity-table.ts';

/** Elements whose codes and words tell what a resource is about. */
const tellingElements = [
  'code',
  'medicationCodeableConcept',
  'vaccineCode',
  'reasonCode',
  'valueCodeableConcept',
  'valueString',
  'conclusion',
  'conclusionCode',
  'type',
  'category',
  'ingredient',
  'description',
  'component',
];

const labelsFor = (found: ReadonlySet<Sensitivity>): readonly Label[] => {
  const codes = new Set([...found].flatMap((one) => [...sensitivities[one]]));
  return [...codes].map((code) => ({ system: codeSystems.actCode, code, origin: 'gateway' }));
};

const words = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(words);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    [
      'display',
      'text',
      'coding',
      'code',
      'itemCodeableConcept',
      'valueCodeableConcept',
      'valueString',
    ].includes(name)
      ? words(child)
      : [],
  );
};

const codesIn = (value: unknown): ReturnType<typeof tokensOf> =>
  listOf(value).flatMap((one) => [
    ...tokensOf(one),
    ...tokensOf(at(one, 'code')),
    ...tokensOf(at(one, 'itemCodeableConcept')),
    ...tokensOf(at(one, 'valueCodeableConcept')),
  ]);

/** Sensitivity of a text by small rules over whole words. */
export function labelsOfText(text: string): readonly Label[] {
  return labelsFor(new Set(textRows.filter((row) => row.pattern.test(text)).map((row) => row.sensitivity)));
}

/**
 * Security labels of a resource: those that its source put into `meta.security`, and the gateway's own by code and
 * by wording. `named` are resources that it draws its meaning from, such as the Medication of an order.
 */
export function labelsOf(resource: Resource, named: readonly Resource[] = []): readonly Label[] {
  const source = elementsOf(at(resource, 'meta', 'security')).flatMap((coding): readonly Label[] => {
    const code = textOf(coding['code']);
    return code === undefined ? [] : [{ system: textOf(coding['system']) ?? '', code, origin: 'source' }];
  });
  const telling = [resource, ...named].flatMap((one) => tellingElements.map((element) => one[element]));
  const found = new Set<Sensitivity>();
  for (const { system, code } of telling.flatMap(codesIn))
    for (const row of codeRows)
      if (row.system === system && row.codes.some((wanted) => matches(row.system, code, wanted)))
        found.add(row.sensitivity);
  const text = telling.flatMap(words).join('\n');
  for (const row of textRows) if (row.pattern.test(text)) found.add(row.sensitivity);
  const own = labelsFor(found).filter((label) => !source.some((one) => one.code === label.code));
  return [...source, ...own];
}

const matches = (system: string, code: string, wanted: string): boolean =>
  system === codeSystems.icd10cm ? code.startsWith(wanted) : code === wanted;
