import type { IdentityValue } from '../vocabulary/identity-sheet.ts';

/** A place where a known identifier stands in clear; `kind` is what may be counted on the trail. */
export interface Finding {
  readonly kind: IdentityValue['kind'];
  readonly start: number;
  readonly end: number;
}

/** Scans final text for identifiers of one record. Shares no code with the redactor. */
export interface Interlock {
  scan(text: string): readonly Finding[];
  /** Where the first thing begins that may become a finding, or stop being one, when the text goes on. */
  open(text: string): number;
}

/** An interlock that may run in another thread: what it finds in each of the texts, in their order. */
export interface EgressInterlock {
  scanAll(texts: readonly string[]): Promise<readonly (readonly Finding[])[]>;
}
