import type { Labeller } from '../labels/labeller.ts';
import type { DropReason, Label, Passage } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { FhirReader } from './ports.ts';
import type { Task } from './task.ts';

export interface RetrieveOptions {
  readonly task: Task;
  /** FHIR logical id. */
  readonly patient: string;
  readonly reader: FhirReader;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The visit that the request names: what `{requested}` stands for, and never the one that changes are counted from. */
  readonly encounter?: string;
  /** What is asked, in the asker's words: chooses among permitted passages where a step ranks them, and nothing else. */
  readonly question: string;
  /** Confidentiality and sensitivity of resources and texts. */
  readonly labeller: Labeller;
  /** Consent residual and policy, asked for every resource and for every passage and text of it. */
  readonly withheld: (resource: Resource, labels: readonly Label[]) => DropReason | undefined;
  /** Whether this asker may be shown a passage that was chosen, and not only its like; all by default. */
  readonly admits?: (document: Resource, passage: Passage) => boolean;
  /** Record systems that consent closed as a whole. */
  readonly closedElsewhere?: number;
  /** `constant`: the privacy notice always stands; `specific`: only where something was withheld. */
  readonly privacyNotice: 'constant' | 'specific';
  /** For those who treat: whether it is said that allergies or active drugs may be missing; never by default. */
  readonly safetyNotice?: 'constant' | 'specific';
}
