import type { ResidualRule } from '../consent/decision.ts';
import { codeSystems } from '../vocabulary/fhir.ts';
import type { LabelTables } from './labeller.ts';

/**
 * A denial by the code of something sensitive also covers what the tables know as the same kind: the other code
 * system, the drug, the sentence of a note. Otherwise it would hold for one spelling only. Permits stay as they are.
 */
export const denyKinds = (rules: readonly ResidualRule[], tables: LabelTables): readonly ResidualRule[] =>
  rules.flatMap((rule): readonly ResidualRule[] => {
    const { exceptions, ...own } = rule;
    const nested = exceptions === undefined ? {} : { exceptions: denyKinds(exceptions, tables) };
    const same = { ...own, ...nested };
    if (rule.type === 'permit' || rule.codes === undefined || rule.securityLabels !== undefined)
      return [same];
    const kinds = rule.codes.flatMap(({ system, code }) => tables.topicsOf(system, code));
    const labels = [...new Set(kinds.flatMap(({ sensitivity: [first = ''] }) => first))];
    if (labels.length === 0) return [same];
    const { codes: _codes, ...conditions } = same;
    const securityLabels = labels.map((code) => ({ system: codeSystems.actCode, code }));
    return [same, { ...conditions, securityLabels }];
  });
