import type { FaultKind } from '../../../sandbox/fhir/faults.ts';
import type { Reason } from '../../../src/errors/reasons.ts';
import { aborted, type BadInput, denied, type Outcome } from './bad-input.ts';
import { patience } from './model-double.ts';

/** The reads of one request, each by a type that only this read asks for at that moment. */
export const places = {
  consent: { type: 'Consent', event: 'request.denied', closes: 'consent_unavailable' },
  relations: { type: 'CareTeam', event: 'request.denied', closes: undefined },
  patient: { type: 'Patient', event: 'request.denied', closes: undefined },
  sheet: { type: 'RelatedPerson', event: 'response.aborted', closes: 'identity_sheet_unavailable' },
  clinical: { type: 'Observation', event: 'response.aborted', closes: undefined },
} as const;

export type Place = keyof typeof places;

interface FaultRow {
  readonly value?: string | number;
  /** The trail's reason where the read does not close under a reason of its own, or what survives. */
  readonly reason: Reason | 'survived';
  /** At these places it means something else. */
  readonly at?: Partial<Readonly<Record<Place, Reason | 'survived'>>>;
}

const survivedExceptPatient: FaultRow = { reason: 'survived', at: { patient: 'fhir_malformed' } };

/** Every fault of the sandbox's closed list; a read of one resource has no pages. */
export const faultRows: Readonly<Record<FaultKind, FaultRow>> = {
  // Rows of others beyond the limit: what is missing of the own is then not known.
  'ignore-filters': { reason: 'survived', at: { clinical: 'fhir_untrusted' } },
  'foreign-patient': survivedExceptPatient,
  'wrong-type': survivedExceptPatient,
  // What decides must be whole: a row that is none closes a control read.
  'malformed-row': { reason: 'fhir_malformed', at: { patient: 'survived', clinical: 'survived' } },
  'foreign-next': { reason: 'fhir_untrusted', at: { patient: 'survived' } },
  // Control reads must be complete; a clinical read is cut and says so.
  'endless-paging': { reason: 'fhir_malformed', at: { patient: 'survived', clinical: 'survived' } },
  slow: { value: patience + 1500, reason: 'fhir_timeout' },
  hang: { reason: 'fhir_timeout' },
  oversized: { value: 4_000_000, reason: 'fhir_malformed' },
  // It may be asked again at once.
  'status-429': { value: 0, reason: 'fhir_unavailable' },
  'status-500': { reason: 'fhir_unavailable' },
  'status-503': { value: 0, reason: 'fhir_unavailable' },
  html: { reason: 'fhir_malformed' },
  redirect: { value: 'http://127.0.0.1:9/elsewhere', reason: 'fhir_untrusted' },
  'truncated-json': { reason: 'fhir_malformed' },
  'empty-body': { reason: 'fhir_malformed' },
  close: { reason: 'fhir_unavailable' },
};

export interface FhirInput extends BadInput {
  readonly fault: FaultKind;
  readonly type: string;
  readonly value: string | number | undefined;
}

/** Faults that are shown by waiting: they run against a gateway that waits less. */
export const waiting: ReadonlySet<FaultKind> = new Set(['slow', 'hang']);

const codes: Partial<Readonly<Record<Reason, 'upstream_timeout'>>> = { fhir_timeout: 'upstream_timeout' };

function outcomeOf(row: FaultRow, place: Place): Outcome {
  const reason = row.at?.[place] ?? row.reason;
  if (reason === 'survived') return { answered: 'what is foreign is left out' };
  const { event, closes } = places[place];
  const ends = event === 'request.denied' ? denied : aborted;
  return ends(
    closes === undefined ? (codes[reason] ?? 'fhir_unavailable') : 'fhir_unavailable',
    closes ?? reason,
  );
}

const isPlace = (text: string): text is Place => Object.hasOwn(places, text);
const isFault = (text: string): text is FaultKind => Object.hasOwn(faultRows, text);

export const fhirInputs: readonly FhirInput[] = Object.keys(faultRows)
  .filter(isFault)
  .flatMap((fault) =>
    Object.keys(places)
      .filter(isPlace)
      .map((place) => ({
        name: `FHIR ${fault} at ${place}`,
        fault,
        type: places[place].type,
        value: faultRows[fault].value,
        outcome: outcomeOf(faultRows[fault], place),
      })),
  );

/** Faults that leave no CapabilityStatement to work by. */
export const metadataFaults: readonly FaultKind[] = [
  'status-503',
  'html',
  'truncated-json',
  'empty-body',
  'close',
  'redirect',
];
