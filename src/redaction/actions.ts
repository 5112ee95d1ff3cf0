import { type TokenType, tokenTypes } from '../vocabulary/token.ts';
import { type SafeHarborClass, safeHarborClasses } from './safe-harbor.ts';

/**
 * What is done with an identifier, the least strict first: it stays (everybody has it), a token stands for it (the
 * gateway can turn it back, and day counts tell intervals), the token of a date is written as a day of another calendar
 * (which tells the same, and an answer with a date that cannot be turned back for certain is blocked), a coarser form
 * that Safe Harbor lets stand takes its place (nobody can turn it back), or nothing is left of it.
 */
export const actions = ['keep', 'token', 'shift', 'generalise', 'remove'] as const;
export type Action = (typeof actions)[number];

/** A type of token, or a letter of Safe Harbor: all identifiers of the one, or all of the other. */
export type ActionKey = TokenType | SafeHarborClass;
export const actionKeys: readonly ActionKey[] = [...tokenTypes, ...safeHarborClasses];

/** `DATE.C`: identifiers of one type and one letter. */
export type ActionCell = `${TokenType}.${SafeHarborClass}`;

/** Only what is not `token`. */
export type ActionTable = Readonly<Partial<Record<ActionCell, Action>>>;

/** What a pack does with what is found, and what it does for one task. */
export interface PackActions {
  readonly all: ActionTable;
  /** By name of the task; each says all that holds for it. */
  readonly tasks: ReadonlyMap<string, ActionTable>;
}

export const everyToken: PackActions = { all: {}, tasks: new Map() };

/** Whether a pack does anything but issue tokens. */
export const actsBeyondTokens = ({ all, tasks }: PackActions): boolean =>
  Object.keys(all).length > 0 || tasks.size > 0;

/** Letters that a span may have whose rule says none, or says it no finer: a fax is written as a telephone is. */
export const lettersOf: Readonly<Record<TokenType, readonly SafeHarborClass[]>> = {
  PATIENT: ['A'],
  RELATIVE: ['A'],
  CLINICIAN: ['A'],
  PERSON: ['A'],
  ORG: ['B'],
  PLACE: ['B'],
  PHONE: ['D', 'E'],
  EMAIL: ['F'],
  ID: ['G', 'H', 'I', 'J', 'K', 'L', 'M', 'O', 'P', 'Q', 'R'],
  DATE: ['C'],
  URL: ['N'],
  AGE: ['C'],
};

const strictness = (action: Action): number => actions.indexOf(action);
export const stricter = (one: Action, other: Action): Action =>
  strictness(one) < strictness(other) ? other : one;
export const isLooser = (one: Action, other: Action): boolean => strictness(one) < strictness(other);

export const actionAt = (of: ActionTable, cell: ActionCell): Action => of[cell] ?? 'token';

const isType = (key: ActionKey): key is TokenType => tokenTypes.some((type) => type === key);

/** All cells of a key, whatever rules a pack may have. */
export const cellsOf = (key: ActionKey): readonly ActionCell[] =>
  isType(key)
    ? safeHarborClasses.map((letter): ActionCell => `${key}.${letter}`)
    : tokenTypes.map((type): ActionCell => `${type}.${key}`);

/** Cells of a key whose type is written under its letter. */
export const usualCellsOf = (key: ActionKey): readonly ActionCell[] =>
  isType(key)
    ? lettersOf[key].map((letter): ActionCell => `${key}.${letter}`)
    : tokenTypes.flatMap((type): ActionCell[] => (lettersOf[type].includes(key) ? [`${type}.${key}`] : []));

/** Of both tables the stricter action, cell by cell. */
export function strictest(one: ActionTable, other: ActionTable): ActionTable {
  const merged: Partial<Record<ActionCell, Action>> = {};
  for (const type of tokenTypes)
    for (const letter of safeHarborClasses) {
      const cell: ActionCell = `${type}.${letter}`;
      const action = stricter(actionAt(one, cell), actionAt(other, cell));
      if (action !== 'token') merged[cell] = action;
    }
  return merged;
}

/** What a pack does for a task; undefined for none in particular. */
export const actionsFor = ({ all, tasks }: PackActions, task: string | undefined): ActionTable =>
  (task === undefined ? undefined : tasks.get(task)) ?? all;

/** The stricter of two packs' actions, for every task that either names. */
export function strictestOf(one: PackActions, other: PackActions): PackActions {
  const names = new Set([...one.tasks.keys(), ...other.tasks.keys()]);
  return {
    all: strictest(one.all, other.all),
    tasks: new Map(
      [...names].map((name) => [name, strictest(actionsFor(one, name), actionsFor(other, name))]),
    ),
  };
}
