import type { IdentityValue } from './identity-sheet.ts';
import type { Notice } from './notices.ts';

/** Confidentiality or sensitivity label, HL7 v3 code systems; `origin` tells a source label from the gateway's own. */
export interface Label {
  readonly system: string;
  readonly code: string;
  readonly origin: 'source' | 'gateway';
}

/** The unit of text: offsets point into the text of the document that it was taken from. */
export interface Passage {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly labels: readonly Label[];
}

/**
 * One line of an item. `type` tells the redactor how to read `text`:
 * - `coded`: a display or code of a terminology; ordinary clinical words are protected
 * - `quantity`: a number with its unit; never touched except by an exact identifier
 * - `date`: an ISO 8601 date or dateTime (partial allowed), becomes a typed date token
 * - `text`: free text of any origin
 */
export interface ItemPart {
  readonly name: string;
  readonly type: 'coded' | 'quantity' | 'date' | 'text';
  readonly text: string;
}

/** One resource of the patient, projected to what the task keeps, with its citation key. */
export interface ContextItem {
  /** Citation key, unique in the context: a letter and a number, for example `O1`. */
  readonly key: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly lastUpdated?: string;
    /** Set where it is of a record system beside the tenant's own one: its id and its place in the configuration, from 2 on. */
    readonly elsewhere?: { readonly server: string; readonly place: number };
  };
  /** Short kind for the reader of the context, for example `lab result`. */
  readonly kind: string;
  readonly parts: readonly ItemPart[];
  readonly passages: readonly Passage[];
  readonly labels: readonly Label[];
  /** Where it came from: id of the FHIR server in the configuration and the step of the plan. */
  readonly provenance: { readonly server: string; readonly step: string };
}

/** Why a resource that the server sent is not in the context. */
export type DropReason =
  | 'wrong_patient'
  | 'wrong_type'
  | 'outside_plan'
  | 'outside_dates'
  | 'withheld_consent'
  | 'unknown_modifier'
  | 'entered_in_error'
  | 'superseded'
  | 'duplicate'
  | 'over_cap'
  | 'malformed';

/** What stage 5 hands on. */
export interface RetrievedRecord {
  readonly items: readonly ContextItem[];
  readonly notices: readonly Notice[];
  /** Resources received, by type, before any local check. */
  readonly fetched: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Allergies and active drugs among what was withheld. */
  readonly vitalWithheld: number;
  /** Every identifier standing in the fetched resources, whether projected or not. */
  readonly identity: readonly IdentityValue[];
  readonly searches: number;
  readonly bytes: number;
}
