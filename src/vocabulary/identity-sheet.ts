/**
 * What the gateway knows about the people, places and numbers in a record. It feeds redactor, interlock and
 * answer check, and never enters the context.
 */
export type IdentityKind = 'name' | 'address' | 'telecom' | 'identifier' | 'date' | 'organization';
export type Bearer = 'patient' | 'relative' | 'clinician' | 'organization' | 'other';

export interface IdentityValue {
  readonly kind: IdentityKind;
  readonly bearer: Bearer;
  /** Stable within one sheet, for example `Patient/p1` or `Practitioner/7`: forms of one person share it. */
  readonly entity: string;
  /** As recorded, in full: `Maria del Carmen Ortiz`, `12 Elm St, Springfield, MA 01101`, `2026-03-04`. */
  readonly text: string;
  readonly name?: {
    readonly given: readonly string[];
    readonly family?: string;
    readonly prefix?: readonly string[];
    readonly suffix?: readonly string[];
  };
  readonly address?: {
    readonly line: readonly string[];
    readonly city?: string;
    readonly district?: string;
    readonly state?: string;
    readonly postalCode?: string;
    readonly country?: string;
  };
  /** Identifier system, or ContactPoint.system (`phone`, `fax`, `email`, `url` …). */
  readonly system?: string;
  /** For dates: ISO 8601 day `YYYY-MM-DD`; `role` tells a birth date from an event's date. */
  readonly date?: { readonly day: string; readonly role: 'birth' | 'death' | 'event' };
  /** Element path it came from, for example `Patient.contact.name`. Never a value. */
  readonly source: string;
}

export interface IdentitySheet {
  readonly values: readonly IdentityValue[];
  /** Resource types that the server's CapabilityStatement lacks: they count as empty, and this is said. */
  readonly absentTypes: readonly string[];
}
