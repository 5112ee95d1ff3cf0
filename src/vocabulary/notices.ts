/**
 * The fixed vocabulary of invariant 12: what is said when a context is incomplete. Written by code outside the
 * model into context, answer and `phi.incomplete`; `{n}` and `{what}` are filled with counts and type names only.
 * `kind`: technical gaps are always named; privacy notices are constant text on every answer where the tenant
 * says so; safety notices must speak.
 */
export const notices = {
  emergency_access: {
    kind: 'safety',
    text: 'Emergency access: this record was opened by breaking the glass. It is told to the privacy officer and reviewed.',
  },
  nothing_found: {
    kind: 'technical',
    text: 'No {what} records were found. This is not proof that there are none.',
  },
  cut_by_cap: {
    kind: 'technical',
    text: 'Only the newest {n} {what} records are included; older ones were left out.',
  },
  cut_ahead: {
    kind: 'technical',
    text: 'Only the next {n} {what} records are included; later ones were left out.',
  },
  cut_by_lookback: { kind: 'technical', text: '{what} records older than {n} months were not searched.' },
  passages_ranked: {
    kind: 'technical',
    text: 'Of the {what} records only the passages that fit the question best are included.',
  },
  passages_spent: {
    kind: 'technical',
    text: 'The {what} records hold more about the question; no more of one record is shown to one person in a day.',
  },
  note_unread: { kind: 'technical', text: '{n} document(s) could not be read and are not included.' },
  note_shortened: { kind: 'technical', text: '{n} document(s) were shortened.' },
  item_withheld_unknown: {
    kind: 'safety',
    text: '{n} {what} record(s) carry a modifier that is not understood and were left out.',
  },
  type_not_supported: {
    kind: 'technical',
    text: 'The record system does not offer {what}; nothing of that kind is included.',
  },
  not_asked_for: {
    kind: 'technical',
    text: '{what} was left out because this request is not for it; nothing of that kind is included.',
  },
  server_partial: {
    kind: 'technical',
    text: 'A record system did not answer completely; {what} may be missing.',
  },
  server_missing: {
    kind: 'technical',
    text: 'A record system did not answer; what it has may be missing.',
  },
  dropped_foreign: {
    kind: 'technical',
    text: '{n} record(s) that did not belong to this request were discarded.',
  },
  entered_in_error: {
    kind: 'technical',
    text: '{n} record(s) that were entered in error were left out.',
  },
  superseded: {
    kind: 'technical',
    text: '{n} record(s) were left out because a newer one is there.',
  },
  repeated: { kind: 'technical', text: '{n} record(s) that were found again are included once.' },
  not_for_task: {
    kind: 'technical',
    text: '{n} record(s) were found that this task does not show.',
  },
  other_record: {
    kind: 'technical',
    text: 'The record system names other records of this patient, which were not read.',
  },
  no_earlier_visit: { kind: 'technical', text: 'No earlier finished visit was found to count changes from.' },
  since_visit: { kind: 'technical', text: 'Changes are counted from the last finished visit, {what}.' },
  may_be_withheld: {
    kind: 'privacy',
    text: 'Some information may have been left out because of consent, law or policy.',
  },
  vital_may_be_withheld: {
    kind: 'safety',
    text: 'Allergies or active medications may have been left out because of consent, law or policy. Ask the patient; in an emergency, ask for emergency access.',
  },
  part2_redisclosure: {
    kind: 'technical',
    text: '42 CFR part 2 prohibits unauthorized use or disclosure of these records.',
  },
  answer_unsupported: {
    kind: 'technical',
    text: 'What is marked “not in the record shown” in this answer was not found in the record that the model was given.',
  },
  items_added: {
    kind: 'technical',
    text: 'Left out by the model, added from the record: {n} item(s).',
  },
  items_left_out: {
    kind: 'technical',
    text: 'The model left out {n} item(s) of the record: {what}.',
  },
  answer_shortened: { kind: 'technical', text: 'The answer was cut short by the model endpoint.' },
} as const satisfies Record<string, { kind: 'technical' | 'privacy' | 'safety'; text: string }>;

export type NoticeCode = keyof typeof notices;

export interface Notice {
  readonly code: NoticeCode;
  readonly text: string;
}

/** `what` is a name of a FHIR type, a task part or citation keys, never a value of a record. */
export function notice(code: NoticeCode, fill: { n?: number; what?: string } = {}): Notice {
  const text = notices[code].text.replace('{n}', String(fill.n ?? '')).replace('{what}', fill.what ?? '');
  return { code, text };
}
