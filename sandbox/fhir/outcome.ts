/** Issue types of OperationOutcome (http://hl7.org/fhir/R4/valueset-issue-type.html) that this server uses. */
export type IssueType =
  | 'invalid'
  | 'structure'
  | 'not-supported'
  | 'not-found'
  | 'deleted'
  | 'login'
  | 'forbidden'
  | 'throttled'
  | 'transient'
  | 'too-long'
  | 'exception';

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly {
    readonly severity: 'error' | 'information';
    readonly code: IssueType;
    readonly diagnostics: string;
  }[];
}

export const operationOutcome = (code: IssueType, diagnostics: string): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics }],
});

/** What ends an interaction: HTTP status and issue. Diagnostics name parameters and types, never values of a record. */
export class FhirFailure extends Error {
  readonly status: number;
  readonly issue: IssueType;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    issue: IssueType,
    diagnostics: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(diagnostics);
    this.name = 'FhirFailure';
    this.status = status;
    this.issue = issue;
    this.headers = headers;
  }
}
