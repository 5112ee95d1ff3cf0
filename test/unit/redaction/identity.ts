import { loadPack } from '../../../src/redaction/pack-loader.ts';
import type { Redactor } from '../../../src/redaction/ports.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { ItemPart } from '../../../src/vocabulary/context-item.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { spansIn } from './spans-in.ts';

export const safeHarbor = loadPack(
  'redaction-rules/hipaa-safe-harbor.yaml',
  'redaction-rules/pack.schema.json',
);

const from = { entity: 'Patient/p1', bearer: 'patient', source: 'Patient' } as const;

/** One record's values, among them names that are everyday or clinical words. */
export const identity: readonly IdentityValue[] = [
  {
    ...from,
    kind: 'name',
    text: 'Maria del Carmen Ortiz-Núñez',
    name: { given: ['Maria', 'del Carmen'], family: 'Ortiz-Núñez' },
  },
  {
    ...from,
    kind: 'name',
    bearer: 'relative',
    entity: 'RelatedPerson/1',
    text: 'May Li',
    name: { given: ['May'], family: 'Li' },
  },
  {
    ...from,
    kind: 'name',
    bearer: 'clinician',
    entity: 'Practitioner/7',
    text: 'Dr. William White',
    name: { given: ['William'], family: 'White', prefix: ['Dr.'] },
  },
  {
    ...from,
    kind: 'name',
    bearer: 'other',
    entity: 'Patient/p1#contact',
    text: 'Metformin Not',
    name: { given: ['Metformin'], family: 'Not' },
  },
  {
    ...from,
    kind: 'address',
    text: '12 Elm St, Apt 4B, Springfield, MA 01101',
    address: { line: ['12 Elm St', 'Apt 4B'], city: 'Springfield', state: 'MA', postalCode: '01101' },
  },
  { ...from, kind: 'telecom', system: 'phone', text: '(919) 555-0142' },
  { ...from, kind: 'telecom', system: 'email', text: 'maria.ortiz@example.org' },
  { ...from, kind: 'identifier', system: 'urn:mrn', text: 'MRN-0044713' },
  { ...from, kind: 'date', text: '1950-03-14', date: { day: '1950-03-14', role: 'birth' } },
  { ...from, kind: 'date', text: '2026-02-03', date: { day: '2026-02-03', role: 'event' } },
  {
    ...from,
    kind: 'organization',
    bearer: 'organization',
    entity: 'Organization/1',
    text: 'Mercy General Hospital',
  },
];

export const redactor = createRedactor({ identity, packs: [] });
export const withPack = createRedactor({ identity, packs: [safeHarbor] });

/** The text with each span as `<TYPE>`. */
export function marked(text: string, by: Redactor = redactor, type: ItemPart['type'] = 'text'): string {
  let result = '';
  let at = 0;
  for (const span of spansIn(by, text, type)) {
    result += `${text.slice(at, span.start)}<${span.type}>`;
    at = span.end;
  }
  return result + text.slice(at);
}
