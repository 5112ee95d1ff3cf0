import type { ConsentDecision, ResidualRule } from '../consent/decision.ts';
import { withheldUnder } from '../consent/residual.ts';
import { type Code, denialCoversLabels } from '../consent/sensitivity.ts';
import { codeSystems } from '../vocabulary/fhir.ts';
import type { LabelTables } from './labeller.ts';
import type { LabelTable } from './table.ts';

const labelsOf = ({ confidentiality, sensitivity }: LabelTable): readonly Code[] => [
  { system: codeSystems.confidentiality, code: confidentiality },
  ...sensitivity.map((code) => ({ system: codeSystems.actCode, code })),
];

/** A denial anywhere in the rules names this kind, whatever else it depends on. */
const denies = (rules: readonly ResidualRule[], labels: readonly Code[]): boolean =>
  rules.some(
    ({ type, securityLabels, exceptions = [] }) =>
      (type === 'forbid' && securityLabels !== undefined && denialCoversLabels(securityLabels, labels)) ||
      denies(exceptions, labels),
  );

/** An ordinary finding of today, to ask the rules about. */
const ordinary = (labels: readonly Code[], now: string) => ({
  labels,
  codes: [{ system: 'urn:phi-gateway:none', code: 'none' }],
  class: 'Observation',
  date: now,
  reference: 'Observation/none',
  mentions: [],
  authors: ['Practitioner/none', 'Organization/none'],
});

/**
 * Names of the kinds of sensitive information that a decision withholds, at least in part: those that a denial names,
 * and those that no permit reaches while it reaches an ordinary finding. What the model was shown of a kind, `shown`,
 * it may speak about.
 */
export function withheldKinds(
  decision: ConsentDecision,
  tables: LabelTables,
  shown: readonly Code[],
  now: number,
): readonly string[] {
  const at = new Date(now).toISOString();
  const open = !withheldUnder(decision, ordinary([], at));
  const isShown = ({ sensitivity: [first] }: LabelTable): boolean => shown.some(({ code }) => code === first);
  return tables.tables
    .filter((table) => {
      const labels = labelsOf(table);
      const denied = denies([...decision.residual, ...decision.separately], labels);
      return (denied || (open && withheldUnder(decision, ordinary(labels, at)))) && !isShown(table);
    })
    .map(({ name }) => name);
}
