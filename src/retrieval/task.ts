import type { Role } from '../vocabulary/person.ts';
import type { Purpose } from '../vocabulary/purpose.ts';

/** One search of a plan. Values of parameters are alternatives (OR); `tasks/task.schema.json` is the full shape. */
export interface Step {
  readonly id: string;
  readonly type: string;
  /** What is looked for, in plain words for notices: `cholesterol result`. */
  readonly what: string;
  /** Steps of one group share one "nothing found"; the step's id by default. */
  readonly group?: string;
  /** Sent to the server where it supports them, and checked again here. */
  readonly search: Readonly<Record<string, string | readonly string[]>>;
  /** Checked here only. */
  readonly local?: Readonly<Record<string, string | readonly string[]>>;
  /** Included references, each admitted only where an admitted resource names it: `MedicationRequest:medication`. */
  readonly include?: readonly string[];
  /** Binds a placeholder from the newest resource of this step. */
  readonly bind?: {
    readonly placeholder: 'anchor' | 'encounter';
    readonly lookBackMonths?: number;
  };
  /** Runs only where the request names no visit. */
  readonly unlessBound?: 'requested';
  /** Of the passages that may be shown those are chosen that fit the question best, over all documents of the step. */
  readonly rank?: boolean;
  /** Runs only where that step brought nothing. */
  readonly whenEmpty?: string;
  readonly newestPerCode?: boolean;
  /** What lies ahead: the next ones are kept, not the newest. */
  readonly soonestFirst?: boolean;
  /** Resources kept, newest first. */
  readonly cap: number;
  /** Rows fetched at most before the local cut. */
  readonly rows?: number;
  /** Months searched, said in a notice. */
  readonly lookBackMonths?: number;
  /** Attachments are read into passages. */
  readonly passages?: boolean;
  /** Remarks by code, shown with the resource. */
  readonly remarks?: Readonly<Record<string, string>>;
  /** Categories asked for in SMART scopes where the search itself names none. */
  readonly scopeCategories?: readonly string[];
  /** An empty answer of this step is said. True by default. */
  readonly sayEmpty?: boolean;
}

/** How many words in a row of a note an answer may hold, where a task says nothing else. */
export const verbatimWords = 80;

/** Rows that a step reads at most. */
export const rowsOf = ({ rows = 200 }: Step): number => rows;

/** One question that may be asked, as a compliance officer reads it. */
export interface Task {
  readonly name: string;
  readonly title: string;
  /** Which role may ask for which purposes. */
  readonly roles: Readonly<Partial<Record<Role, readonly Purpose[]>>>;
  readonly dataTypes: readonly string[];
  readonly steps: readonly Step[];
  /** Elements kept by type, beside those that are always kept for safety. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
  readonly instructions: string;
  readonly delivery: 'whole' | 'stream';
  /** Steps of which an answer may leave out no item: code adds what the model does not tell. */
  readonly complete?: readonly string[];
  /** The answer is one JSON document of this schema (JSON Schema 2020-12), or there is none. */
  readonly output?: { readonly schema: Readonly<Record<string, unknown>> };
  /** Whether a value fits that schema: compiled when the task was loaded. */
  readonly accepts?: (value: unknown) => boolean;
  /** Words in a row of a note or remark that an answer may hold; `verbatimWords` where nothing is said. */
  readonly verbatimWords?: number;
  /** What checks of an answer do for this task, by their ids, where it is not what they do anyway; docs/answer-checks.md. */
  readonly answerChecks?: Readonly<Record<string, 'flag' | 'mask' | 'block'>>;
  /** Seconds that tokens in place of identifiers are kept at most, where that is shorter than the tenant's. */
  readonly retentionSeconds?: number;
  /** Types of the task that this request may not read: it asked for less. */
  readonly notRead?: readonly string[];
  /** Whether an answer may do without a record system beside the tenant's own one that is down: not where nothing is said. */
  readonly partial?: 'allowed';
  /** Delegated tokens for this task are good for one question. */
  readonly use?: 'once';
}

export interface TaskCatalogue {
  /** Undefined where there is no such task. */
  get(name: string): Task | undefined;
  list(): readonly Task[];
  /** SHA-256 (hex) over the names and bytes of all task files and their schema. */
  readonly hash: string;
}

/** Roles permitted for a purpose, and the first purpose a role may use. */
export const taskPermits = (task: Task, role: Role, purpose: string): boolean =>
  task.roles[role]?.some((permitted) => permitted === purpose) ?? false;
