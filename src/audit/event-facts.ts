/**
 * The vocabulary of facts, event schema version 1: what a fact is called, what shape it has, what it means.
 * Shapes keep direct identifiers and sentences of users out as far as a shape can: pseudonyms and hashes have
 * fixed lengths, codes have no spaces, counts are integers. `example` types the fact and feeds docs and tests.
 */
export interface FactKind<T> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: T;
  /** As the documentation names the shape. */
  readonly shape: string;
}

const kind = <T>(shape: string, example: T, schema: Readonly<Record<string, unknown>>): FactKind<T> => ({
  schema,
  example,
  shape,
});

const codePattern = '^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$';
const pseudonymPattern = '^[0-9a-f]{32}$';
const hashPattern = '^[0-9a-f]{64}$';
const integer = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const listOf = (pattern: string): Readonly<Record<string, unknown>> => ({
  type: 'array',
  maxItems: 500,
  items: { type: 'string', pattern },
});

const pseudonym = kind<string>('pseudonym', '5f0c'.repeat(8), {
  type: 'string',
  pattern: pseudonymPattern,
});
const hash = kind<string>('salted hash', '9a31'.repeat(16), {
  type: 'string',
  pattern: hashPattern,
});
const hashes = kind<readonly string[]>('salted hashes', [hash.example], listOf(hashPattern));
const code = kind<string>('code', 'medication.reconciliation', { type: 'string', pattern: codePattern });
const codeOrEmpty = kind<string>('code or empty', 'urn:mfa', {
  type: 'string',
  pattern: `^$|${codePattern}`,
});
const codes = kind<readonly string[]>('codes', ['physician'], listOf(codePattern));
const sha256 = kind<string>('SHA-256, hex', 'ab'.repeat(32), { type: 'string', pattern: '^[0-9a-f]{64}$' });
const sha256s = kind<readonly string[]>('SHA-256s, hex', ['ab'.repeat(32)], listOf(hashPattern));
const box = kind<string>('sealed facts', '7e20'.repeat(40), {
  type: 'string',
  pattern: '^(?:[0-9a-f]{2}){29,8192}$',
});
const count = kind<number>('count', 3, integer);
const bytes = kind<number>('bytes', 4096, integer);
const milliseconds = kind<number>('milliseconds', 12.5, { type: 'number', minimum: 0 });
const epoch = kind<number>('milliseconds since the epoch', 1_790_000_000_000, integer);
const seconds = kind<number>('seconds; -1 = not known', 300, { type: 'number', minimum: -1 });
const days = kind<number>('days; -1 = not promised', 30, { type: 'integer', minimum: -1 });
const flag = kind<boolean>('true or false', true, { type: 'boolean' });
const counts = kind<Readonly<Record<string, number>>>(
  'counts by code',
  { Observation: 4 },
  {
    type: 'object',
    maxProperties: 200,
    propertyNames: { pattern: codePattern },
    additionalProperties: integer,
  },
);
const sentence = kind<string>('sentence of the gateway', 'Allowed: treatment by a member of the care team.', {
  type: 'string',
  minLength: 1,
  // The longest that the shipped policies say is about half of it; what does not fit would not be on the trail at all.
  maxLength: 2500,
});
const effect = kind<'allow' | 'deny' | 'permit'>('allow, permit or deny', 'allow', {
  enum: ['allow', 'permit', 'deny'],
});
const trailId = kind<string>('trail id', '019a0000-0000-7000-8000-000000000001', {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});
const storeHeads = kind<readonly string[]>(
  'heads of a store',
  [`hospital:7:${'ab'.repeat(32)}`],
  listOf('^(-|[A-Za-z0-9][A-Za-z0-9._-]{0,63}):[1-9][0-9]{0,14}:[0-9a-f]{64}$'),
);
const route = kind<string>('route template', 'POST /v1/chat/completions', {
  type: 'string',
  pattern: '^[A-Z]{3,7} /[A-Za-z0-9_.{}:/-]{0,100}$',
});

const fact = <T>(
  of: FactKind<T>,
  meaning: string,
): { readonly kind: FactKind<T>; readonly meaning: string } => ({
  kind: of,
  meaning,
});

export const facts = {
  user: fact(pseudonym, 'who asked: pseudonym of issuer and subject'),
  issuer: fact(code, 'issuer of the sign-in, as configured'),
  client: fact(code, 'OAuth client id'),
  workload: fact(code, 'workload from the configuration that spoke'),
  sender: fact(code, 'what proves the sender: certificate, proof, both, or token alone'),
  roles: fact(codes, 'roles of the asker'),
  acr: fact(codeOrEmpty, 'authentication context class of the sign-in'),
  amr: fact(codes, 'authentication methods of the sign-in'),
  authAge: fact(seconds, 'time since the sign-in'),
  session: fact(pseudonym, 'the sign-in session, by the id under which it can be ended'),
  device: fact(pseudonym, 'pseudonym of the device that the issuer named'),
  ended: fact(code, 'what ended: session, subject, claims, device'),
  by: fact(code, 'what ended it'),
  token: fact(hash, 'salted hash of the token id'),
  patient: fact(pseudonym, 'about whom: pseudonym of the patient'),
  task: fact(code, 'task, by its name in the catalogue'),
  purpose: fact(code, 'purpose of use, HL7 v3 ActReason'),
  action: fact(code, 'what is done under the scope'),
  actions: fact(codes, 'what the delegated token is good for'),
  encounter: fact(hash, 'salted hash of the encounter id'),
  ticket: fact(hash, 'salted hash of the ticket id'),
  conversation: fact(hash, 'salted hash of the conversation name'),
  exchange: fact(trailId, 'trail on which the delegated token was issued'),
  dataTypes: fact(codes, 'FHIR types that the token is good for'),
  retention: fact(seconds, 'how long tokens in place of identifiers are kept'),
  lifetime: fact(seconds, 'lifetime of the delegated token, the grant or the emergency access'),
  route: fact(route, 'route that was called'),
  stage: fact(code, 'stage at which the request ended'),
  status: fact(count, 'HTTP status that the caller got'),
  code: fact(code, 'error code that the caller got'),
  effect: fact(effect, 'what was decided'),
  sentence: fact(sentence, 'why, in one sentence without PHI'),
  policies: fact(codes, 'ids of the determining policies'),
  policyHash: fact(sha256, 'policy set and schema in force'),
  error: fact(code, 'why the policy engine could not decide'),
  taskPermitsRole: fact(flag, 'policy fact: the task is open to a role of the asker'),
  workloadPermitsTask: fact(flag, 'policy fact: the workload may run the task'),
  workloadPermitsPurpose: fact(flag, 'policy fact: the workload may state the purpose'),
  workloadPermitsModel: fact(flag, 'policy fact: the workload may use the model'),
  tenantMatches: fact(flag, 'policy fact: asker, workload and record belong to one tenant'),
  ownRecord: fact(flag, 'policy fact: the asker is the patient'),
  onCareTeam: fact(flag, 'policy fact: the asker is on an active care team'),
  encounterOpen: fact(flag, 'policy fact: the asker takes part in an open encounter'),
  appointmentSoon: fact(flag, 'policy fact: the asker has an appointment with the patient'),
  generalPractitioner: fact(flag, 'policy fact: the asker is the general practitioner'),
  relationSettled: fact(flag, 'policy fact: a relation on record is old enough to count, or there is none'),
  relationSource: fact(code, 'policy fact: type of the resource that shows the relation, or none'),
  relationAge: fact(seconds, 'policy fact: since when that resource stands as it does'),
  coverByRoster: fact(flag, 'policy fact: the asker stands in for a colleague with a care relation'),
  roster: fact(code, 'policy fact: whether there is a roster: none, read or unreadable'),
  rosterAge: fact(seconds, 'policy fact: since when the roster says what it says'),
  consentPermits: fact(flag, 'policy fact: consent permits'),
  grantInForce: fact(flag, 'policy fact: a grant opens this task for this ticket'),
  breakGlassOpen: fact(flag, 'policy fact: the asker broke the glass on this record'),
  chosenProxy: fact(flag, 'policy fact: the patient named the asker as their proxy for this task'),
  parentOfMinor: fact(flag, 'policy fact: the asker is a confirmed parent or guardian of a minor'),
  executor: fact(flag, 'policy fact: the asker is a confirmed executor'),
  patientDeceased: fact(flag, 'policy fact: the record says that the patient is dead'),
  modelTrusted: fact(flag, 'policy fact: the model endpoint is trusted for this purpose'),
  modelAttested: fact(flag, 'policy fact: the machine of the model endpoint has proven itself'),
  modelResidency: fact(codeOrEmpty, 'policy fact: country in which the model that reads stands'),
  modelKeepsNothing: fact(
    flag,
    'policy fact: the contract of the model promises to keep nothing and to train nothing',
  ),
  modelRetentionDays: fact(
    days,
    'for how long the contract of the model promises to keep what it is sent at most',
  ),
  modelNoTraining: fact(
    flag,
    'whether the contract of the model promises that none is trained on what it is sent',
  ),
  underUsLaw: fact(flag, 'policy fact: the tenant is under the law of the United States'),
  underEuLaw: fact(flag, 'policy fact: the tenant is under the law of the European Union'),
  lawfulBasis: fact(codeOrEmpty, 'policy fact: lawful basis that the tenant configured for the purpose'),
  patientBound: fact(flag, 'policy fact: tokens for the record system are bound to the patient'),
  ownTrail: fact(flag, 'policy fact: the trail is of a request of the asker'),
  opensToAsker: fact(flag, 'policy fact: done so, a record could be opened to the asker'),
  patientsDenial: fact(flag, 'policy fact: the patient gave the consent, and it denies something'),
  consents: fact(hashes, 'salted hashes of the ids of the Consents that decided'),
  residualRules: fact(count, 'rules by which consent leaves something out'),
  server: fact(code, 'FHIR server, by its id in the configuration'),
  elsewhere: fact(codes, 'further record systems that were read, by their ids in the configuration'),
  absentServers: fact(codes, 'further record systems that were down, by their ids in the configuration'),
  recordToken: fact(code, 'how the token for the record system was come by: own, backend, exchange'),
  beyond: fact(code, 'in what a token from elsewhere reached further than it was asked to'),
  searches: fact(count, 'searches sent'),
  bytes: fact(bytes, 'size of what was received, released or delivered'),
  fetched: fact(counts, 'resources received, by type'),
  kept: fact(counts, 'resources kept, by type'),
  faults: fact(counts, 'what the server did, by kind: rows that were discarded, or answers'),
  dropped: fact(counts, 'resources left out, by reason'),
  items: fact(count, 'items in the context'),
  absentTypes: fact(codes, 'types that the server does not offer'),
  notices: fact(codes, 'codes of the notices of incompleteness'),
  patientTexts: fact(codes, "the tenant's fixed texts that a patient or proxy was given: answer, emergency"),
  tokens: fact(counts, 'tokens set in place of identifiers, by type'),
  shifted: fact(count, 'tokens of dates that the model read as days of another calendar'),
  generalised: fact(counts, 'values replaced for good by a coarser form, by type'),
  removed: fact(counts, 'values removed for good, by type'),
  recognised: fact(
    counts,
    'texts that the recogniser beside the gateway read, and identifiers that it alone found',
  ),
  injection: fact(
    counts,
    'texts that look as if they were written for a model, by place: highest score, and how many; absent where none does',
  ),
  injectionRules: fact(counts, 'texts in which a rule of that signal was found, by place and rule'),
  injectionFailed: fact(flag, 'the texts could not be read for that signal; the request went on'),
  sheet: fact(counts, 'values of the identity sheet, by kind'),
  texts: fact(count, 'texts that were redacted'),
  scanned: fact(count, 'identifiers that the interlock looked for'),
  findings: fact(counts, 'identifiers found where none may be, by kind'),
  model: fact(code, 'model endpoint, by its id in the configuration'),
  modelName: fact(code, 'model name sent upstream'),
  insteadOf: fact(code, 'model endpoint that was asked first, and in whose place this one is'),
  silence: fact(
    code,
    'how a model endpoint gave nothing: silent, busy, or resting (it was left alone after many silences)',
  ),
  attestation: fact(codes, 'formats of the evidence that a model endpoint showed'),
  attestationEvidence: fact(sha256s, 'hashes of that evidence'),
  attestationKey: fact(
    sha256,
    'hash of the public key that it proved; connections to no other one are opened',
  ),
  attestationPolicy: fact(sha256, 'hash of the appraisal policy that it was held to'),
  attestationFaults: fact(codes, 'what was wrong with the evidence, or no_evidence'),
  attestedAt: fact(epoch, 'when the evidence was asked for'),
  attestedUntil: fact(epoch, 'until when it counts'),
  residency: fact(code, 'where the model endpoint stands'),
  stream: fact(flag, 'whether the answer is streamed'),
  requestHash: fact(hash, 'salted hash of what the model was sent'),
  responseHash: fact(hash, 'salted hash of what the model answered'),
  answerHash: fact(hash, "salted hash of the answer that the caller gets, without the tenant's fixed texts"),
  finish: fact(code, 'why the model stopped'),
  promptTokens: fact(count, 'tokens of the prompt, as the endpoint counts'),
  completionTokens: fact(count, 'tokens of the answer, as the endpoint counts'),
  passed: fact(codes, 'checks that ran and passed'),
  failed: fact(codes, 'checks that ran and did not pass'),
  credential: fact(code, 'rule that the credential of the calling workload breaks'),
  revealed: fact(counts, 'tokens resolved for the caller, by type'),
  withheld: fact(counts, 'tokens left in place, by type'),
  citations: fact(count, 'citations in the answer'),
  added: fact(
    count,
    'items of the record that the model left out: code added them, or names them beside a document',
  ),
  durationMs: fact(milliseconds, 'time that the stage took'),
  firstByteMs: fact(milliseconds, 'time to the first byte'),
  read: fact(trailId, 'trail that was read, or of which somebody was told'),
  found: fact(flag, 'whether there was what was asked for, for this asker'),
  events: fact(count, 'events handed out'),
  version: fact(code, 'version of the gateway'),
  environment: fact(code, 'sandbox or production'),
  configHash: fact(sha256, 'the part of the configuration that decides'),
  dataHash: fact(sha256, 'policies, tasks, redaction packs and their schemas'),
  releaseHash: fact(sha256, 'all that decides: data and configuration'),
  approvedBy: fact(codes, 'who signed the release, by the names of their keys'),
  refusedAs: fact(code, 'why a change is not used: faulty, not_approved'),
  previous: fact(sha256, 'the release that was in force before'),
  recovered: fact(count, 'trails left open by a crash and closed at this start'),
  purged: fact(counts, 'payloads removed by this purge, by tenant'),
  purgedTotal: fact(count, 'payloads removed by this purge and all before it'),
  boundary: fact(count, 'place in the log before which everything was older than the retention'),
  before: fact(epoch, 'what is removed happened before this time'),
  retentionDays: fact(count, 'retention of the tenants whose trails were removed, in days'),
  count: fact(count, 'requests that were counted'),
  since: fact(epoch, 'when the first of them came'),
  store: fact(code, 'store beside the trail'),
  heads: fact(storeHeads, 'how far the store has come: tenant, version, SHA-256 of the head'),
  sealed: fact(box, 'facts that bear a data class, encrypted under the key of the patient'),
  commitment: fact(sha256, 'commitment to these facts: it outlives the key'),
  grant: fact(trailId, 'grant, by its id'),
  ticketState: fact(
    code,
    'what the ticket system said: verified, unknown, closed or not_assigned; unverified: it was not asked',
  ),
  state: fact(
    code,
    'state of a grant or a proxy (requested, in_force, ended, revoked) or of a consent (active, revoked) or of an emergency access (open, review_due, reviewed)',
  ),
  proxy: fact(trailId, 'grant to act for a patient, by its id'),
  relation: fact(code, 'as what somebody acts for a patient: chosen, parent or executor'),
  person: fact(pseudonym, 'who acts for a patient'),
  until: fact(epoch, 'when it ends'),
  emergency: fact(trailId, 'emergency access, by its id'),
  why: fact(code, 'reason for breaking the glass, or what the review found, from the list'),
  textHash: fact(
    hash,
    'salted hash of the words beside it: of an emergency, or of what was verified of a proxy',
  ),
  consent: fact(trailId, 'consent that the gateway keeps, by its id'),
  consentHash: fact(hash, 'salted hash of what the consent says'),
  handed: fact(count, 'consents handed out'),
  asked: fact(pseudonym, 'pseudonym of which somebody asked whom it stands for'),
  uptimeMs: fact(milliseconds, 'time since the start'),
} as const;

export type FactName = keyof typeof facts;
export type FactType<N extends FactName> = (typeof facts)[N]['kind']['example'];
