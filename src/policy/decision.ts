/** Facts that a decision stands on: scalars, computed and stored with it. Booleans name what holds. */
export interface PolicyFacts {
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly task: string;
  readonly taskPermitsRole: boolean;
  readonly workloadPermitsTask: boolean;
  readonly workloadPermitsPurpose: boolean;
  readonly workloadPermitsModel: boolean;
  readonly tenantMatches: boolean;
  readonly ownRecord: boolean;
  readonly onCareTeam: boolean;
  readonly encounterOpen: boolean;
  readonly appointmentSoon: boolean;
  readonly generalPractitioner: boolean;
  /** Some of these relations are old enough to count, or were confirmed; true where there is none. */
  readonly relationSettled: boolean;
  /** Type of the resource that shows the relation decided on: CareTeam, Encounter, Appointment, Patient, or none. */
  readonly relationSource: string;
  /** Seconds since that resource was written last; -1 where that cannot be told, or there is none. */
  readonly relationAge: number;
  /** The asker stands in, by the roster, for a colleague who has a care relation to the patient. */
  readonly coverByRoster: boolean;
  /** Whether there is a roster: none, read, or unreadable, and then nobody stands in. */
  readonly roster: string;
  /** Seconds since what the roster says was read first; -1 where there is none. */
  readonly rosterAge: number;
  readonly consentPermits: boolean;
  /** A colleague granted this very task on this record, for the ticket that the request names, and it has not ended. */
  readonly grantInForce: boolean;
  /** The asker has broken the glass on this record, and its time is not over. */
  readonly breakGlassOpen: boolean;
  /** The patient named the asker as their proxy, for this task, and it has not ended. */
  readonly chosenProxy: boolean;
  /** The patient is a minor, and the asker a parent or guardian: on record, and confirmed by staff. */
  readonly parentOfMinor: boolean;
  /** The asker is the executor of the patient's estate: on record, and confirmed by staff. */
  readonly executor: boolean;
  /** The record says that the patient is dead. */
  readonly patientDeceased: boolean;
  readonly modelTrusted: boolean;
  /** The machine of the model endpoint has proven itself. */
  readonly modelAttested: boolean;
  /** First two letters of the residency of the model that reads, upper case; empty where none does. */
  readonly modelResidency: string;
  /** The contract of the model that reads promises that nothing is kept once it was answered, and nothing trained. */
  readonly modelKeepsNothing: boolean;
  /** Days for which it promises to keep what it is sent at most; -1 where nothing is promised, or none reads. */
  readonly modelRetentionDays: number;
  /** It promises that no model is trained on it. */
  readonly modelNoTraining: boolean;
  readonly underUsLaw: boolean;
  readonly underEuLaw: boolean;
  /** As the tenant configured it for the purpose; empty where it did not. */
  readonly lawfulBasis: string;
  /** Tokens for the record system are bound to the patient; otherwise only searches and re-check are. */
  readonly patientBound: boolean;
  readonly acr: string;
  /** Seconds since the user signed in; -1 where the token does not say. */
  readonly authAge: number;
}

/** Somebody of whom nothing is known. */
export const nobody: PolicyFacts = {
  roles: [],
  purpose: '',
  task: '',
  taskPermitsRole: false,
  workloadPermitsTask: false,
  workloadPermitsPurpose: false,
  workloadPermitsModel: false,
  tenantMatches: false,
  ownRecord: false,
  onCareTeam: false,
  encounterOpen: false,
  appointmentSoon: false,
  generalPractitioner: false,
  relationSettled: false,
  relationSource: 'none',
  relationAge: -1,
  coverByRoster: false,
  roster: 'none',
  rosterAge: -1,
  consentPermits: false,
  grantInForce: false,
  breakGlassOpen: false,
  chosenProxy: false,
  parentOfMinor: false,
  executor: false,
  patientDeceased: false,
  modelTrusted: false,
  modelAttested: false,
  modelResidency: '',
  modelKeepsNothing: false,
  modelRetentionDays: -1,
  modelNoTraining: false,
  underUsLaw: false,
  underEuLaw: false,
  lawfulBasis: '',
  patientBound: false,
  acr: '',
  authAge: -1,
};

/** What can be decided on about a record; each is an action of `policies/schema.cedarschema`. */
export const policyActions = ['ask', 'context', 'reveal', 'embed', 'exchange'] as const;
export type PolicyAction = (typeof policyActions)[number];

/** What can be decided on about the trail; each is an action of the same schema. */
export const trailActions = [
  'read_trail',
  'resolve_pseudonym',
  'erase_patient',
  'end_session',
  'request_grant',
  'approve_grant',
  'revoke_grant',
  'break_glass',
  'review_break_glass',
  'name_proxy',
  'request_proxy',
  'confirm_proxy',
  'end_proxy',
] as const;
export type TrailAction = (typeof trailActions)[number];

/** Facts for reading a trail, and for the rights of an office: nothing of any record. */
export interface TrailFacts {
  readonly roles: readonly string[];
  /** The trail belongs to the asker's tenant. */
  readonly tenantMatches: boolean;
  /**
   * The trail began with a request of this very user; a grant or an emergency access was asked for by
   * them, or is about their own record; a proxy is of their own record, was asked for by them, or is they.
   */
  readonly ownTrail: boolean;
}

/** What can be decided on about a consent that the gateway keeps; each is an action of the same schema. */
export const consentActions = ['capture_consent', 'read_consent', 'revoke_consent'] as const;
export type ConsentAction = (typeof consentActions)[number];

/** Facts for capturing, reading and revoking a consent. */
export interface ConsentFacts {
  readonly roles: readonly string[];
  /** The consent belongs to the asker's tenant. */
  readonly tenantMatches: boolean;
  /** The consent is the asker's own, as the patient. */
  readonly ownRecord: boolean;
  /** Done as asked, the record could be opened to the asker by it, or more of the record than before. */
  readonly opensToAsker: boolean;
  /** The patient gave it, and it denies something. */
  readonly patientsDenial: boolean;
}

/** What the engine answered; `policies` are the determining ones, empty where nothing spoke. */
export interface Verdict {
  readonly effect: 'allow' | 'deny';
  readonly policies: readonly string[];
  readonly error?: 'evaluation' | 'request';
}

export interface PolicyDecision {
  readonly effect: 'allow' | 'deny';
  /** One sentence, no PHI, that a stranger may read without learning that a patient exists. */
  readonly sentence: string;
  /** Ids of the determining policies. */
  readonly policies: readonly string[];
  readonly facts: PolicyFacts;
  /** SHA-256 (hex) over the policy set and schema. */
  readonly policyHash: string;
  /** Set where the engine could not decide: always a deny. */
  readonly error?: 'evaluation' | 'request';
}

type TrailDecision = Omit<PolicyDecision, 'facts'> & { readonly facts: TrailFacts };
type ConsentOfficeDecision = Omit<PolicyDecision, 'facts'> & { readonly facts: ConsentFacts };

export interface PolicyDecisionPoint {
  /** Never throws: an unknown action or any fault of the engine is a denial with `error` set. */
  decide(action: string, facts: PolicyFacts): PolicyDecision;
  /** As `decide`, without the sentence, and the engine is asked anew: many questions to one set. */
  verdict(action: string, facts: PolicyFacts): Verdict;
  /** The sentence for officers: it says all, also to whom the asker has no relation. */
  inFull(action: string, facts: PolicyFacts): string;
  /** Whether this user may read this trail (action `read_trail`, the default), or use an office. Never throws. */
  decideTrail(facts: TrailFacts, action?: TrailAction): TrailDecision;
  /** Whether this user may do this with this consent. Never throws. */
  decideConsent(facts: ConsentFacts, action: ConsentAction): ConsentOfficeDecision;
  readonly policyHash: string;
}
