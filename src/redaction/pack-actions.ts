import {
  type Action,
  type ActionCell,
  type ActionKey,
  type ActionTable,
  actionAt,
  actionKeys,
  actionsFor,
  cellsOf,
  everyToken,
  isLooser,
  type PackActions,
  stricter,
  strictest,
  usualCellsOf,
} from './actions.ts';
import { hasCoarseForm } from './coarse-forms.ts';

/** `actions` of a pack or of one of its tasks, as the schema lets them through. */
export type ActionsText = Readonly<Partial<Record<ActionKey, Action>>>;

/** Ends the reading of a pack; `path` leads to the faulty line. */
export type RefuseActions = (path: readonly string[], reason: string) => never;

/** Each task has tokens of its own, but who runs the model sees both, and knows the same entry of a record again. */
const yearsForAll =
  'years are for all tasks or for none: beside the day counts of another task they would date these; a task may remove dates';

/**
 * What a pack does: its own `actions` over those of the pack that it extends, and those of `tasks` over both. Where a
 * type and a letter both speak of an identifier, the stricter holds. Refuses what is less strict than what is extended
 * and a coarser form of what has none; `known` are the names of the tasks there are, where that is known.
 */
export function packActions(
  own: {
    readonly actions?: ActionsText;
    readonly tasks?: Readonly<Record<string, { actions: ActionsText }>>;
  },
  under: { readonly id: string; readonly actions: PackActions } | undefined,
  refuse: RefuseActions,
  known?: ReadonlySet<string>,
): PackActions {
  const all = tightened(under?.actions.all, own.actions ?? {}, (key, reason) =>
    refuse(['actions', key], reason),
  );
  const tasks = new Map<string, ActionTable>();
  const base = under?.actions ?? everyToken;
  for (const name of base.tasks.keys()) tasks.set(name, strictest(actionsFor(base, name), all));
  for (const [name, { actions: said }] of Object.entries(own.tasks ?? {})) {
    if (known !== undefined && !known.has(name)) refuse(['tasks', name], `there is no task ${name}`);
    const fault = (key: ActionKey, reason: string): never => refuse(['tasks', name, 'actions', key], reason);
    const holds = tightened(tasks.get(name) ?? all, said, fault);
    if (actionAt(holds, 'DATE.C') === 'generalise' && actionAt(all, 'DATE.C') !== 'generalise')
      fault(said.DATE === 'generalise' ? 'DATE' : 'C', yearsForAll);
    tasks.set(name, holds);
  }
  return { all, tasks };
}

/** `said` over what holds already; `holds` is undefined where nothing was said before, so that all may be said. */
function tightened(
  holds: ActionTable | undefined,
  said: ActionsText,
  refuse: (key: ActionKey, reason: string) => never,
): ActionTable {
  const fresh: Partial<Record<ActionCell, Action>> = {};
  for (const key of actionKeys) {
    const action = said[key];
    if (action === undefined) continue;
    if (action === 'generalise' && !usualCellsOf(key).some(hasCoarseForm))
      refuse(key, `${key}: generalise: it has no coarser form`);
    if (action === 'shift' && key !== 'DATE') refuse(key, `${key}: shift: only DATE can be shifted`);
    // What is kept is kept under every letter: a rule of another pack may have an unusual one.
    for (const cell of action === 'keep' ? cellsOf(key) : usualCellsOf(key)) {
      const before = holds === undefined ? undefined : actionAt(holds, cell);
      if (before !== undefined && isLooser(action, before))
        refuse(key, `${key}: ${action} is less strict than ${before}, and a pack may only tighten`);
    }
    for (const cell of cellsOf(key)) fresh[cell] = stricter(fresh[cell] ?? action, action);
  }
  if (holds === undefined) return withoutTokens(fresh);
  const merged: Partial<Record<ActionCell, Action>> = { ...holds };
  for (const key of actionKeys)
    for (const cell of cellsOf(key)) {
      const action = fresh[cell];
      if (action !== undefined) merged[cell] = stricter(actionAt(holds, cell), action);
    }
  return withoutTokens(merged);
}

const withoutTokens = (of: ActionTable): ActionTable =>
  Object.fromEntries(Object.entries(of).filter(([, action]) => action !== 'token'));
