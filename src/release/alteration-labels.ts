import type { RedactedContext } from '../redaction/ports.ts';
import type { Notice, NoticeCode } from '../vocabulary/notices.ts';

/** A code of FHIR `meta.security`. */
export interface SecurityLabel {
  readonly system: string;
  readonly code: 'ABSTRED' | 'PSEUDED' | 'REDACTED' | 'SUBSETTED';
}

/** Alteration integrity of HL7 v3 (value set SecurityAlterationIntegrityObservationValue). */
const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';

/** Notices that say that consent, law or policy, or what is not understood, may have left something out. */
const withheld: ReadonlySet<NoticeCode> = new Set([
  'may_be_withheld',
  'vital_may_be_withheld',
  'item_withheld_unknown',
]);

/**
 * How a released context was altered, in the words of FHIR: `SUBSETTED` for the part that the task shows, `PSEUDED`
 * where tokens stand for values, `ABSTRED` where an age stands for a birth date or a coarser form for a value,
 * `REDACTED` where values were removed or a notice says that something may have been left out. Never `ANONYED`, because the vault can turn tokens back, and never `MASKED`,
 * because nothing stays behind that only hides a value. Says no more than the context and its notices do.
 */
export function alterationLabels(
  {
    ages,
    generalised,
    issued,
    removed,
  }: Pick<RedactedContext, 'ages' | 'generalised' | 'issued' | 'removed'>,
  notices: readonly Notice[],
): readonly SecurityLabel[] {
  const holds: Readonly<Record<SecurityLabel['code'], boolean>> = {
    ABSTRED: ages.length > 0 || Object.keys(generalised).length > 0,
    PSEUDED: issued.length > 0,
    REDACTED: Object.keys(removed).length > 0 || notices.some(({ code }) => withheld.has(code)),
    SUBSETTED: true,
  };
  return (['ABSTRED', 'PSEUDED', 'REDACTED', 'SUBSETTED'] as const).flatMap((code) =>
    holds[code] ? [{ system, code }] : [],
  );
}
