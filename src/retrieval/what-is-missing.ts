import type { ContextItem } from '../vocabulary/context-item.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';
import type { Capabilities } from './ports.ts';
import type { Step, Task } from './task.ts';

/**
 * What a context does not hold, said by the plan alone: types that the server lacks, steps that look back only so far,
 * and steps that ran and brought nothing. `ran`: ids of the steps that were run. Where the tenant's own server lacks a
 * type that another one has, what that one brings is not all.
 */
export function whatIsMissing(
  task: Task,
  { notAtHome = new Set(), types }: Pick<Capabilities, 'notAtHome' | 'types'>,
  ran: ReadonlySet<string>,
  items: readonly ContextItem[],
): readonly Notice[] {
  const filled = new Set(items.map((item) => item.provenance.step));
  const absent = new Set(task.steps.map((step) => step.type).filter((type) => !types.has(type)));
  return [
    ...(task.notRead ?? []).map((what) => notice('not_asked_for', { what })),
    ...[...absent].map((what) => notice('type_not_supported', { what })),
    ...task.steps
      .filter((step) => ran.has(step.id) && notAtHome.has(step.type))
      .map((step) => notice('server_partial', { what: step.what })),
    ...task.steps
      .filter((step) => ran.has(step.id))
      .flatMap((step) => {
        const found = task.steps.some((one) => groupOf(one) === groupOf(step) && filled.has(one.id));
        const follows = task.steps.some((one) => one.whenEmpty === step.id && filled.has(one.id));
        return [
          ...(step.lookBackMonths === undefined
            ? []
            : [notice('cut_by_lookback', { n: step.lookBackMonths, what: capital(step.what) })]),
          ...(found || follows || step.sayEmpty === false
            ? []
            : [notice('nothing_found', { what: step.what })]),
        ];
      }),
  ];
}

const groupOf = (step: Step): string => step.group ?? step.id;

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
