/**
 * What a FHIR server did that an honest and healthy one does not. Each is an alert: on the trail (`server.distrusted`),
 * in the log and in the metrics. Nothing of it reaches a context, whatever the fault.
 */
export const serverFaults = {
  filter_ignored: 'rows outside what was asked for',
  foreign_patient: 'rows about somebody else',
  wrong_type: 'rows of another resource type',
  malformed_row: 'rows without an id that can be one',
  unplanned_include: 'included rows that no plan asks for, or that no own row names',
  conflicting_rows: 'one id with two contents, and nothing that says which is newer',
  foreign_link: 'a link to another server, to another path, or to a page that was there before',
  redirect: 'a redirect',
  malformed_answer: 'an answer that is no FHIR JSON, too large, compressed, or not what was asked for',
} as const satisfies Record<string, string>;

export type ServerFault = keyof typeof serverFaults;
