/** A test that closes an attack: its title as it stands in the source, and, where it has a table, the row. */
export interface Closing {
  /** Below `test`, without `.test.ts`. */
  readonly file: string;
  readonly title: string;
  readonly row?: string;
}

/** One attack by name; docs/attacks.md lists them all. */
export interface Attack {
  readonly name: string;
  /** What comes of it. */
  readonly outcome: string;
  readonly closedBy: readonly Closing[];
}

const attack = (name: string, outcome: string, ...closedBy: readonly Closing[]): Attack => ({
  name,
  outcome,
  closedBy,
});

/** The tests of one file. */
const inFile =
  (file: string) =>
  (title: string, row?: string): Closing => ({ file, title, ...(row === undefined ? {} : { row }) });

const typed = inFile('integration/hardening/typed-identifiers');
const tenants = inFile('integration/isolation/two-tenants');
const tenantMatrix = inFile('integration/isolation/tenant-matrix');
const elsewhere = inFile('integration/elsewhere/elsewhere');
const hosts = inFile('unit/release/links');
const serverNames = inFile('unit/retrieval/elsewhere/server-names');
const tells = inFile('integration/isolation/nothing-tells');
const ownAddress = inFile('integration/gateway/own-address');
const state = inFile('unit/cli/sandbox-state');
const config = inFile('unit/config/load');
const guard = inFile('unit/cli/process-guard');
const serve = inFile('integration/cli/serve');
const outbound = inFile('integration/outbound/dispatcher');
const fullDisk = inFile('integration/hardening/disk');
const fsync = inFile('integration/hardening/fsync');
const requests = inFile('integration/hardening/requests');
const positions = inFile('integration/faces/positions');
const model = inFile('integration/hardening/model');
const workload = inFile('unit/identity/find-workload');
const verifier = inFile('unit/identity/user-verifier');
const facts = inFile('unit/policy/facts');
const identifiers = inFile('integration/gateway/identifiers');
const patientTexts = inFile('integration/gateway/patient-texts');
const attestation = inFile('integration/gateway/attestation');
const attestedWay = inFile('integration/outbound/attested-way');
const endpointProof = inFile('unit/attestation/endpoint-proof');
const evidenceJudge = inFile('unit/attestation/judge');
const certificates = inFile('unit/attestation/certificates');
const appraisal = inFile('unit/attestation/policy-loader');
const affiliations = inFile('integration/policy/affiliations');
const settled = inFile('unit/policy/settled');
const settling = inFile('integration/policy/settling');
const ticketSystem = inFile('integration/outbound/ticket-system');
const grantTickets = inFile('integration/policy/tickets');
const roster = inFile('integration/policy/roster');
const rosterRows = inFile('unit/policy/roster');
const steady = inFile('unit/policy/steady-clock');
const safety = inFile('integration/gateway/safety-notice');
const rolesHeld = inFile('unit/retrieval/roles-held');
const mutations = inFile('soak/log-mutations');
const mutated = '${mutations} mutations of logs are named, ${honest} honest logs verify';
const exported = inFile('integration/audit/export');
const witness = inFile('integration/audit/witness');
const database = inFile('integration/audit/trail-verify');
const strangers = inFile('integration/hardening/strangers');
const retention = inFile('integration/gateway/retention');
const ownTrail = inFile('integration/gateway/own-trail');
const consents = inFile('integration/consents/consents');
const proxies = inFile('integration/proxies/proxies');
const proxyRelation = inFile('unit/policy/proxy-relation');
const proxyStore = inFile('unit/policy/proxies');
const emergency = inFile('integration/break-glass/break-glass');
const emergencies = inFile('unit/policy/emergencies');
const capture = inFile('unit/consent/capture');
const mcp = inFile('integration/mcp/mcp');
const policyTable = inFile('unit/policy/table');
const packs = inFile('integration/cli/packs');
const packActions = inFile('unit/redaction/pack-actions');
const acted = inFile('unit/redaction/acted-envelopes');
const actions = inFile('integration/redaction/actions');
const bounds = inFile('integration/gateway/conversation-bounds');
const sqliteVault = inFile('integration/vault/sqlite-vault');
const sessionBook = inFile('unit/sessions/sessions');
const redacted = inFile('unit/redaction/redact-envelope');

const typedNames: readonly Attack[] = [
  attack(
    'a name typed into the notes of a cholesterol result, or into what else a task reads',
    'the model gets a token: every task, each kind of identifier',
    typed('%s typed in the notes of a result', 'family name'),
  ),
  attack(
    'a name typed into the question',
    'the model gets a token: every task, each kind of identifier',
    typed('%s typed in the question', 'given name and family name'),
  ),
];

const rulePacks: readonly Attack[] = [
  attack(
    'a pack with a pattern that could read for ever',
    'refused with file, line and reason',
    packs('with %s is refused by scan and by serve, with file, line and reason', 'a pattern that never ends'),
  ),
  attack(
    'a pack that does less with what is found than the one that it extends, for all tasks or for one',
    'refused with file, line and reason; of packs in force the strictest wins',
    packs('with %s is refused by scan and by serve, with file, line and reason', 'an action undone'),
    packs(
      'with %s is refused by scan and by serve, with file, line and reason',
      'an action undone for a task',
    ),
    packActions('of packs in force the strictest wins, in any order'),
    actions('in force with strict, the stricter of both holds'),
  ),
  attack(
    'a pack that names a task which there is not',
    'the gateway does not start',
    actions('a pack that names a task which there is not keeps a gateway from starting'),
  ),
  attack(
    'years of one task beside the day counts of another, of the same record',
    'a pack that wants it is refused',
    packActions('years of one task would date the day counts of another'),
  ),
  attack(
    'a year or a ZIP area that is itself an identifier of the record, or that a pack hides',
    'removed',
    acted('a coarser form that is an identifier of the record does not stand'),
    acted('a year does not stand where a pack hides years'),
  ),
  attack(
    'a token of one task, sent along for a task that removes its kind',
    'inert, and where it is known removed before the model reads it',
    acted('what nobody may have a token of has none of an earlier request either'),
    actions('a token of one task is none of another that removes its kind'),
  ),
  attack(
    'an identifier written against a token that the caller may send along',
    'hidden beside the token',
    redacted('what reaches into a token of a caller hides beside it'),
  ),
  attack(
    'any table of actions that a pack may have',
    'nothing of the record stays',
    acted('nothing of the record stays, and every token comes back'),
  ),
];

const whoSpeaks: readonly Attack[] = [
  attack(
    'a token of a client that is nobody’s workload',
    'refused on every route',
    tenants('%s is refused on every route', 'an unknown client'),
  ),
  attack(
    'a token of a client of another tenant',
    'refused on every route',
    tenants('%s is refused on every route', 'a client of the other tenant'),
    workload('a client id means a workload of the own tenant only'),
  ),
  attack(
    'a token whose `client_id` and `azp` do not agree',
    'refused',
    tenants('client_id and azp that differ are refused; azp alone is as good'),
  ),
  attack(
    'a token of one workload, shown by another that has proven itself',
    'refused',
    workload('refused: %s', 'a token of another'),
  ),
  attack(
    '`may_act` that names somebody else than the workload that shows the token',
    'refused',
    workload('refused: %s', 'a token that names a third'),
  ),
  attack(
    '`may_act` that names a workload which has proven nothing',
    'counts for nothing',
    workload('without a proof may_act counts for nothing'),
    tenants('an exchange in the name of another client is refused, whatever may_act says'),
  ),
  attack(
    '`may_act` of another shape, of two parties, of another issuer’s party',
    'refused',
    verifier('may_act of a wrong shape is refused: %s', 'a party of another issuer'),
  ),
];

const otherServers: readonly Attack[] = [
  attack(
    '`fhirUser` that is a URL of another server',
    'refused',
    verifier('refused: %s (%s)', 'fhirUser of another base'),
    tenants('Patient/same of the other server, or of any other, is nobody here'),
  ),
  attack(
    '`fhirUser` that is a URL of a longer base',
    'refused',
    verifier('refused: %s (%s)', 'fhirUser of a longer base'),
  ),
  attack(
    'an issuer whose people are those of another server than the tenant’s records',
    'the configuration is refused',
    config('%s', 'an issuer whose people are those of another server'),
  ),
  attack(
    'a visit, an appointment or a general practitioner of another server',
    'relates to nobody',
    facts('%s', 'encounter with somebody of another server'),
    facts('%s', 'appointment with somebody of another server'),
    facts('%s', 'general practitioner at another server'),
  ),
  attack(
    'a consent that names somebody by an address of another server',
    'is not understood, and so refuses',
    inFile('unit/consent/evaluate')('$name', 'actor by absolute address'),
  ),
  attack(
    'a care team that names somebody of another server',
    'relates to nobody',
    facts('%s', 'care team at another server'),
    tenants('a care team that names a practitioner of the other server relates to nobody'),
  ),
  attack(
    'a care team that names a role or an organization, asked by who lost it, whose role has no readable end, or who was never there',
    'relates to nobody',
    facts('count by no role that %s'),
    affiliations('that names a role or an organization relates to who holds it, while they do'),
    rolesHeld('are of nobody else, and a server that sends others is remembered for it'),
  ),
  attack(
    'an asker who writes themselves onto a care team or into its organization, or a colleague for whom they stand in onto it, and asks',
    'where the tenant asks for the age of relations, too new to count, and on the trail',
    settling('opens nothing, and the trail says what it was and how old'),
    settled('a colleague put on the team just now is covered by nobody, unless that is confirmed'),
    settled('a role that was written just now puts nobody into an organization, confirmed or not'),
    policyTable('$name'),
  ),
  attack(
    'a Provenance of the asker, of an older version, of the future, or that is not understood',
    'confirms nothing',
    settled('confirms nothing where %s', 'the asker took part'),
    settled('confirms nothing where %s', 'it tells of an older version'),
    settled('confirms nothing where %s', 'it was recorded in the future'),
    settling('counts where somebody trusted wrote it, and not where the asker did'),
  ),
  attack(
    'a self-made relation, asked with to learn what the consents say',
    'told of the relation alone',
    settling('says the same whether or not a consent opens the record'),
  ),
  attack(
    'the wait of a stranger, measured for what the record system is asked about their own roles',
    'the same search whoever the patient is, and whether there is one',
    affiliations(
      'is asked for with one search of the asker for all their requests of a minute, whoever the patient is',
    ),
  ),
  attack(
    "a number tried for whether a patient with it exists, is somebody else's, or is there twice",
    'the answer, the steps and the token of an unknown id',
    identifiers('is refused in the same bytes as an unknown id: %s', 'nobody has it'),
    identifiers('costs the record system the same, whether there is such a patient or not'),
    identifiers('has a token of the same length whether anybody has it or not'),
  ),
  attack(
    'a token for a number, shown with the ids of patients to learn whose number it is',
    'the same denial for each of them',
    identifiers('has a token that does not tell whose number it is, whomever its holder takes it to be for'),
  ),
  attack(
    'a number that was taken back, tried for the patient who had it',
    'names nobody',
    identifiers('is refused in the same bytes as an unknown id: %s', 'the record had it before'),
  ),
  attack(
    'a denied organization, and a role there whose period or activity cannot be read',
    'not understood, and so denied',
    inFile('unit/retrieval/consent-lookups')('a role with %s may be the one that is denied'),
  ),
  attack(
    'a resource about the patient of that id of another server',
    'dropped',
    inFile('unit/retrieval/recheck')('drops %s', 'the same id elsewhere'),
  ),
  attack(
    'a stranger who has, in a further record system, the id that the patient has here',
    'never mixed with the patient, whatever the reference looks like',
    elsewhere('is never mixed with whoever has the same id there, for any task'),
    serverNames('no spelling of a reference makes somebody there the patient here, but the link'),
  ),
  attack(
    'an id or a name of a further record system in a note here',
    'hidden as those of here',
    elsewhere('goes by no name or id of either system towards the model'),
  ),
  attack(
    'a denial there of somebody whom no link names',
    'closes that record system',
    elsewhere('that names people closes it to an asker whom no link names'),
  ),
];

const toldEqual: readonly Attack[] = [
  attack(
    'two patients that differ in newer resources, which consent withholds',
    'told the same, for every task, whole and streamed',
    tells(
      '%s: changes nothing that is told, for any task',
      'newer results, visits, notes, orders and problems of every kind',
    ),
  ),
  attack(
    'in older ones, or more of a kind than a cap lets through',
    'told the same',
    tells('%s: changes nothing that is told, for any task', 'older ones'),
    tells('%s: changes nothing that is told, for any task', 'more of a kind than the cap lets through'),
  ),
  attack(
    'in withheld ones with a modifier that nobody understands',
    'told the same',
    tells(
      '%s: changes nothing that is told, for any task',
      'resources with a modifier that nobody understands',
    ),
  ),
  attack(
    'in a condition that only its words and codes name',
    'told the same',
    tells(
      '%s: changes nothing that is told, for any task',
      'a condition that its words and codes name, without any label of its source',
    ),
  ),
  attack(
    'in a withheld newer version of what is shown',
    'told the same',
    tells(
      '%s: changes nothing that is told, for any task',
      'a newer version of a summary that replaces the one that is shown',
    ),
  ),
  attack(
    'in a passage within a note',
    'told the same',
    tells('a passage within a note: the rest is shown as if it stood alone'),
  ),
  attack(
    'in existing at all, for whoever has no relation to them',
    'told the same, the own trail included',
    tells('that there is such a patient changes nothing: %s', 'outsider'),
    ownTrail('of a patient: one who is somebody else’s looks like one who does not exist'),
  ),
  attack(
    'in what their consents say, for whoever has no relation to them',
    'told the same',
    tells('what the consents of the patient say changes nothing'),
  ),
  attack(
    'in something not withheld whose modifier nobody understands',
    'a clinical-safety notice speaks; listed in docs/isolation.md',
    tells('a safety notice may speak: what is left out because its modifier is not understood'),
  ),
];

const twoTenants: readonly Attack[] = [
  attack(
    'equal patient ids, citation keys, models',
    'each question is answered from its own',
    tenants('records, models and citations: each question is answered from its own'),
    tenants('models: the name of the other tenant’s model is refused, and not listed'),
  ),
  attack(
    'equal subjects: the trail of the other tenant’s',
    '404, for officers too',
    tenants('trails: neither the same subject nor a compliance officer of the other tenant reads one'),
  ),
  attack(
    'equal conversation ids: a vault token of the other tenant',
    'not resolved',
    tenants('vault: a token of one tenant, played back by the model of the other, is not resolved'),
  ),
  attack(
    'equal key ids: a token that names the other tenant or signs as its issuer',
    'refused',
    tenants('issuers: one that names the other tenant, or signs as the other issuer, is refused'),
    tenants('a foreign issuer with the same key id is nobody'),
  ),
  attack(
    'delegated tokens of the other tenant asked about or ended',
    'inactive, and not ended',
    tenants('delegated tokens, introspection and revocation: of the own tenant only'),
  ),
  attack(
    'every route, asked about what a namesake of another tenant has: conversations, contexts, trails, proofs, pseudonyms, grants, sessions, tokens',
    'the status and code of a matrix, the same as for what nobody has; nothing of it changes',
    tenantMatrix('%s', 'answerCheck'),
    tenantMatrix('%s', 'trailProof'),
    tenantMatrix('%s', 'approveGrant'),
    tenantMatrix('%s', 'revokeSession'),
  ),
  attack(
    'a logout or security event of the other tenant’s issuer for an equal session id',
    'ends its own only',
    tenantMatrix('logout and security events of one issuer end nothing of the namesake'),
  ),
  attack(
    'a consent, or an erasure, of the other tenant’s equal patient id',
    'changes nothing here',
    tenantMatrix('a consent of one record is none of the namesake’s'),
    tenantMatrix('a patient erased in one tenant is not erased in the other'),
  ),
];

const conversations: readonly Attack[] = [
  attack(
    'a token of one task, sent along or said by the model in another task of the same conversation',
    'means nothing; under the first task it does again',
    bounds('under the same task knows its tokens; under another nothing is refused and they mean nothing'),
    sqliteVault('another %s has another token and resolves nothing of this one', 'task'),
  ),
  attack(
    'a token that a question hid, handed in as an answer to a context, and the other way round',
    'means nothing',
    bounds('in a pipeline of its own is another one than what the model here was asked'),
  ),
  attack(
    'a token hidden after a sign-in of one class, turned back after one of another',
    'means nothing; a context is not answered, and stays for who took it out',
    bounds('after a sign-in of another class means nothing, after one of the same class it does'),
    inFile('unit/release/context-shelf')(
      'keeps it from another %s, who does not use it up either',
      'class of sign-in',
    ),
  ),
  attack(
    'a conversation that goes on after its grant was revoked, under a new one for the same ticket',
    'its tokens are gone',
    bounds(
      'dies with it: its tokens are gone at once, and mean nothing under the next one for the same ticket',
    ),
    bounds('keeps nothing for longer than it lasts'),
    sessionBook('what was kept under a grant goes with the grant, once, and nothing else does'),
  ),
  attack(
    'a conversation of an emergency access that was reviewed, gone on with under the next',
    'its tokens are gone',
    emergency('takes the tokens of its conversations along when it is reviewed'),
  ),
  attack(
    'an erasure or the end of retention that overlooks what a conversation hid under other work',
    'reaches every scope',
    sqliteVault('erasing a patient ends a conversation under every task, grant and sign-in'),
    sqliteVault('retention ends a conversation under every task, grant and sign-in'),
  ),
];

const sandboxes: readonly Attack[] = [
  attack(
    'a sandbox configured for another address than loopback',
    'refused',
    config('%s', '0.0.0.0'),
    ownAddress('is on loopback and answers to its own address'),
  ),
  attack(
    'a foreign `Host` at any listener of a sandbox',
    'refused',
    ownAddress('answers to no other Host'),
    inFile('integration/sandbox-fhir/authorization')(
      'refuses another Host and any Origin, on data and controls',
    ),
  ),
  attack(
    'a page of another origin',
    'refused; nothing of it reaches the model',
    ownAddress('answers to no page of another origin'),
    ownAddress('a refused page leaves no request in what the model received'),
  ),
  attack(
    'a state file of another user, open to others, or behind a link',
    'not read',
    state('of another user is not read'),
    state('is not read with mode %o'),
    state('is not read through a link, from a folder, or where it is not'),
  ),
  attack(
    'a state file that names another machine',
    'not used',
    state('that names %s is not used', 'a name that only looks like loopback'),
  ),
  attack('`serve` with a key of a sandbox', 'does not start', serve('with a key that a sandbox made')),
  attack('`serve` with an issuer of a sandbox', 'does not start', serve("with a sandbox's issuer")),
];

const process: readonly Attack[] = [
  attack(
    'DEBUG',
    'does not start',
    serve('%s', 'with DEBUG'),
    guard('refuses %s and repeats no value', 'DEBUG of anything'),
  ),
  attack('NODE_DEBUG', 'does not start', guard('refuses %s and repeats no value', 'NODE_DEBUG')),
  attack(
    'NODE_OPTIONS with an option that is not known',
    'does not start',
    serve('%s', 'with an unknown option'),
    guard('refuses %s and repeats no value', '--require=/tmp/planted.js'),
  ),
  attack(
    'SIGUSR1',
    'opens no inspector',
    serve('is alive, not ready without its issuers, keeps the inspector shut, and ends on SIGTERM with 0'),
    guard('the inspector signal is taken once'),
  ),
  attack('an inspector that is open', 'does not start', serve('%s', 'under an inspector')),
  attack(
    'core dumps that the host allows',
    'warned about',
    guard('a limit of %s is warned about', 'unlimited'),
  ),
  attack(
    'a request to an address that nobody configured, from any client in the process',
    'not connected, not looked up, in the log',
    outbound('refuses %s', 'a name that is never looked up'),
    inFile('integration/outbound/default')(
      'as the default of a process it holds for the fetch of the runtime and for undici alike',
    ),
  ),
  attack(
    'a redirect, or a document that moves an address elsewhere',
    'not followed',
    outbound('refuses %s', 'a redirect'),
    outbound('a key set that a discovery document moved elsewhere is not fetched'),
  ),
];

const disk: readonly Attack[] = [
  attack(
    'a stranger who is refused as often as they like',
    'counted: one event a minute for each tenant and reason',
    strangers('does not fill the disk: beyond the first of a minute refusals are one event for each reason'),
  ),
  attack(
    'a flood on a disk that is almost full',
    'nothing new begins and nothing of the flood is written, what is under way is ended on the trail',
    fullDisk(
      'down to its reserve: nothing new begins, what is under way is ended, and a flood adds no event',
    ),
  ),
  attack(
    'fsync fails',
    'nothing is released; it goes on when the disk does',
    fsync('fails: nothing is released, the process lives, and it goes on when the disk does'),
  ),
  attack(
    'fsync hangs',
    'nothing is released, nothing piles up',
    fsync('hangs: nothing is released, a caller is told in time, nothing piles up, and it goes on'),
  ),
];

const leftOutItems = inFile('integration/gateway/left-out-items');
const otherPatients = inFile('integration/gateway/other-patients');
const supported = inFile('integration/gateway/supported');

const upstream: readonly Attack[] = [
  attack(
    'ids of state stored elsewhere in a question',
    'refused',
    requests('$name', 'previous_response_id'),
    positions('%s refuses %s'),
  ),
  attack('hosted tools', 'refused', requests('$name', 'the hosted tool web_search')),
  attack('addresses to fetch from', 'refused', requests('$name', 'image_url with a remote address')),
  attack('parts that are no text', 'refused', requests('$name', 'input_audio')),
  attack(
    'a model that writes JSON, or nothing, to keep the texts for patients away',
    'they stand around it',
    patientTexts('reads both around a JSON document that nobody asked for'),
    patientTexts('reads both around an answer that says nothing'),
  ),
  attack(
    'an emergency spoken of, to learn by the refusal whether there is such a patient',
    'the same text beside the same refusal',
    patientTexts('reads what to do also where the question is refused, and learns nothing else'),
  ),
  attack(
    'a finding in any field of an upstream answer',
    'the field does not exist, or the answer is refused',
    model('$name', 'a finding in a header'),
  ),
  attack(
    'a note that has the model leave out drugs or allergies: cite all and name none, announce them, open code over them',
    'they are added from the record, checked like the model’s own words',
    leftOutItems('is everything of one that %s', 'cites everything and names nothing'),
    leftOutItems('is everything of one that %s', 'opens code and leaves it open'),
  ),
  attack(
    'an order whose text holds a link, code, tokens of others or the patient’s name in disguise, which is then added',
    'masked there, or told by its key alone; the other lines stay',
    leftOutItems('is record text, of which links, tokens of others and code do nothing'),
    inFile('unit/release/added-items')(
      'one that %s block is told by key and kind, the others in full',
      'disguised',
    ),
  ),
  attack(
    'an answer that holds another patient’s record number, telephone, id, or name with birth date',
    'blocked as any answer is, on a stream before it leaves, and counted',
    otherPatients('is blocked as any is: %s', 'a record number'),
    otherPatients('is blocked as any is: %s', 'name and birth'),
    inFile('unit/release/patient-values')('a run that the end leaves open counts only when it has ended'),
  ),
  attack(
    'answers handed in one after the other, to learn whose a number is',
    'after five that told of others none is taken for an hour',
    otherPatients('hands in no more for a while, also good ones'),
  ),
  attack(
    'a model that makes up doses, drugs, allergies, or that there are none',
    'marked, left out or refused, as the task says; an earlier answer is no support',
    supported('marks what a model made up, says so beside the answer and on the trail'),
    supported('marks the same in a stream, however it is cut'),
    supported(
      'takes negative statements out of an answer about allergies, and counts an earlier answer as no support',
    ),
    supported('refuses where the task says so'),
  ),
  attack(
    'a refusal timed by what the gateway itself says of it',
    'it says nothing: errors never tell how long they took',
    inFile('integration/gateway/timing')('%s', 'what is not there'),
  ),
  attack(
    'identifiers in any position while redactor, interlock, answer check, vault, trail or model fail',
    'nothing of them crosses, and nothing is answered',
    inFile('leak/matrix')('no planted identifier crosses in any position, streaming or not, whatever fails'),
  ),
  attack(
    'a request on any route that takes text, spoiled and with identifiers anywhere',
    'an answer or a documented error, nothing in clear',
    inFile('soak/fuzz-faces')(
      '${asked} spoiled requests on every route that takes text: an answer or a documented error, no clear byte',
    ),
  ),
  attack(
    'a model’s answer, spoiled and with identifiers anywhere',
    'an answer or a documented error, nothing in clear',
    inFile('soak/fuzz-faces')(
      '${answered} spoiled answers of a model on both OpenAI routes: an answer or a documented error, no clear byte',
    ),
  ),
  attack(
    'a finding cut in the middle by the pieces in which an answer arrives',
    'verdict and text of the whole answer',
    inFile('soak/stream-splits')(
      '${answers} scripted answers, each by ${splits} ways of cutting it: verdict and text of the whole answer',
    ),
  ),
  attack(
    'a host of another script, of a short ending or behind signs, with data in its name, path or query',
    'taken out as a link',
    hosts('%s', 'with a path, in another script'),
    hosts('%s', 'with a query, in another script'),
    hosts('%s', 'a name alone, in another script'),
    hosts('%s', 'of a short ending'),
    hosts('of which signs stand before and behind'),
  ),
  attack(
    'a token of another conversation, without its brackets',
    'masked; words and numbers in its shape stay',
    inFile('unit/release/reveal')('not with one character of the random part changed'),
    inFile('unit/release/check-answer')('words and numbers in the shape of a token without brackets stay'),
  ),
  attack(
    'a number or a day of the record with other figures written to it',
    'hidden from the model; in an answer masked or blocked',
    inFile('unit/interlock/interlock')('%s', 'figures-glued'),
    inFile('unit/redaction/record-matcher')('%s', 'at 2026-02-0312:30'),
  ),
];

const theLog: readonly Attack[] = [
  attack(
    'zero retention asked for, in body, headers, `phi` or metadata',
    'the trail is found',
    retention('%s finds the trail', 'by members of phi'),
    inFile('integration/gateway/receipts')('that asks to be forgotten leaves its trail all the same'),
  ),
  attack(
    'a witness that stays away for longer than configured',
    'answers stop, and go on with it',
    inFile('integration/gateway/witness')(
      'answers stop when the witness is silent for longer than configured, and go on when it is back',
    ),
  ),
  attack(
    'a log without the leaf that a receipt promises',
    '`audit verify --receipts` names the receipt',
    exported('exports, proves and verifies; names a receipt whose leaf is missing'),
  ),
  attack(
    'an asker who reads the own trail for what the answer kept to itself',
    'finds nothing of it',
    ownTrail('of the record: not how much of it was read or identifies the patient'),
    ownTrail('of a consent: denied, missing and run out look the same to somebody on the care team'),
    inFile('unit/audit/asker-view')(
      'keeps outcome and decision, and counts nothing that the answer kept to itself',
    ),
  ),
  attack(
    'an operator who changes a byte or an event',
    'the event is named',
    mutations(mutated, 'byte change'),
    database('%s is named', 'changed-byte'),
  ),
  ...['delete', 'insert', 'reorder', 'truncate', 'splice', 're-signed fork', 'replayed witness line'].map(
    (row) => attack(`an operator: ${row}`, 'the event is named', mutations(mutated, row)),
  ),
  ...[
    'time going back within a request',
    'stage that did not run',
    'event after the end',
    'event written otherwise',
    'number out of bounds',
    'decision of an unknown release',
    'purge by a false clock',
    'purged payload put back',
    'commitment exchanged',
  ].map((row) =>
    attack(
      `an operator, with the key and every witness: ${row}`,
      'the event is named',
      mutations(mutated, row),
    ),
  ),
  ...[
    'file too many',
    'file gone',
    'link or pipe',
    'file with a hole',
    'tile of another place',
    'proof said otherwise',
    'checkpoint said otherwise',
    'keys exchanged',
    'look-alike of the log',
    'receipt of another log',
    'kept checkpoint of another log',
    'database changed by SQL',
    'trigger dropped',
  ].map((row) => attack(`an export or a database: ${row}`, 'named', mutations(mutated, row))),
  attack(
    'a clock set ahead, so that trails expire',
    'nothing expires before the witness says so; a purge dated later than its cosignature is named',
    witness('keeps cosignatures; without the witness for too long it stands no more; it recovers'),
    mutations(mutated, 'purge by a false clock'),
  ),
  attack(
    'a key of the log that nobody named, in a restart or in the file',
    'the gateway does not start, the witness does not cosign, the verifier names it',
    witness('goes on under another key, as one log, and under no key that nobody named'),
    mutations(mutated, 'keys exchanged'),
  ),
  attack(
    'an operator: rolled-back database',
    'named by a kept checkpoint, a receipt or the witness',
    mutations(mutated, 'rolled-back database'),
    witness('is found out when it was rolled back'),
  ),
  attack(
    'a fork or a rollback shown to the witness',
    'not cosigned',
    witness('refuses a fork, at the same size and beyond'),
    witness('refuses a rollback with 409 and its size, also after a restart'),
  ),
];

const keptConsents: readonly Attack[] = [
  attack(
    'a permit captured by whom it would open the record to: to everybody, by role, by reference, by a group, deep inside a denial',
    'refused by policy, on the trail',
    consents('not a compliance officer who treats patients too; a permit for others, and a denial, they may'),
    capture('%s', 'a permit that is deep inside'),
  ),
  attack(
    'a denial ended by whom it keeps something from, or by staff where the patient gave it',
    'refused by policy',
    consents('not a compliance officer who treats patients too; a permit for others, and a denial, they may'),
    consents('of the patient is seen by patient and officers; staff ends no denial of the patient'),
  ),
  attack(
    'a permit of staff that states to be verified with the patient, or to be newer than it is',
    'adds nothing: a denial stands',
    consents(
      'what the patient says later takes the place of what was said before; what staff says only adds denials',
    ),
    capture('a date in the future supersedes nothing: the denial stands before that time and after'),
  ),
  attack(
    'a consent of somebody else read, listed, ended or captured, there or not',
    'told the same as of none',
    consents('others neither see one nor have one kept, and are told the same as of none'),
    policyTable('$name'),
  ),
  attack(
    'a delegated token used to change consents',
    'no right over them',
    consents('a delegated token has no right over consents'),
  ),
  attack(
    'a consent taken back, or denied, while the model answers',
    'nothing is delivered',
    consents('revoked while the model answers: nothing is delivered (stream %s)'),
    consents('a denial given while the model answers: nothing is delivered'),
  ),
  attack(
    'an older copy of the store of consents put in its place',
    'nothing is answered until an operator has accepted it',
    consents(
      'a restart forgets no consent; an older store of consents stays closed until an operator accepts it',
    ),
  ),
  attack(
    'nested provisions, 100,000 actors, what nobody understands, offered for keeping',
    'refused whole',
    requests('$name', 'a Consent of 500 levels'),
    requests('$name', 'a Consent with 100,000 actors'),
    requests('$name', 'a Consent with a modifierExtension'),
  ),
];

const standingIn: readonly Attack[] = [
  attack(
    'cover before its time, after it, for somebody who does not treat the patient, or handed on',
    'opens nothing, in the words that a stranger hears',
    roster('opens the records of those whom the colleague treats, for its time, and says so'),
    rosterRows('does not hand cover on'),
  ),
  attack(
    'a roster that is gone, cut off or holds a row that is none',
    'covers nobody until it is mended, and the trail says so',
    roster('that cannot be read covers nobody, and the trail says so'),
    rosterRows('that is gone or cannot be used covers nobody, until it is mended; what it says has an age'),
  ),
  attack(
    'cover that is taken away while the model answers',
    'nothing is delivered',
    roster('that ends while the model answers: nothing is delivered'),
  ),
  attack(
    'a clock of the host that is set back, so that a grant, a proxy or emergency access lasts longer',
    'time goes on from the latest that was seen',
    steady('goes on at its own pace where the host is set back, so that nothing lasts longer'),
    steady('begins no earlier than it has been already'),
  ),
];

const withheldAllergies: readonly Attack[] = [
  attack(
    'an allergy that a consent withholds from who treats, with a tenant that refuses then',
    'refused before a model is asked, with the way that is left',
    safety('and an allergy is withheld: it does not reach the model, and who treats is warned or refused'),
  ),
  attack(
    'a stranger who looks for the refusal or the warning',
    'told what strangers are told',
    safety('and a stranger asks: told what strangers are told, whatever is withheld'),
  ),
];

const grantedTickets: readonly Attack[] = [
  attack(
    'a support agent who makes up a ticket, or names one that is closed or somebody else’s',
    'no grant, where the tenant has tickets looked up; which of them it was stands on the trail',
    grantTickets('that is %s opens nothing, in the same words; the trail tells'),
    grantTickets('that was closed, or handed on, since it was asked for is approved by nobody'),
  ),
  attack(
    'a ticket that is a path, a query or a header',
    'one segment of the path, or never sent',
    ticketSystem('is asked for as one segment of the path, with the token and nothing of anybody'),
  ),
  attack(
    'a ticket system that redirects, never ends, never begins, or says something else',
    'opens nothing',
    ticketSystem('is not followed anywhere else'),
    ticketSystem('that is too large is none, whether it says so or not'),
    ticketSystem('that waits with %s is none', 'its body'),
    ticketSystem('answered %s is none', 'with an assignee of another shape'),
  ),
];

const emergencyAccess: readonly Attack[] = [
  attack(
    'emergency access used for more than it is: another record, another task or purpose, longer, by somebody else, to take the context out',
    'refused',
    emergency(
      'opens the emergency summary of one record to who declared it, says so in the answer, and nothing else',
    ),
    emergency('holds at most as long as the tenant says, whatever is asked for'),
    policyTable('$name'),
  ),
  attack(
    'emergency access again and again, before anybody looked at the last one, or twice at once',
    'refused',
    emergency('is reviewed before the same person declares it again, by an officer who did not use it'),
    emergencies('twice at once is once'),
    emergencies(
      'is not done again by the same person before it is reviewed, on whatever record, also after a restart',
    ),
  ),
  attack(
    'a review of one’s own emergency access',
    'refused by policy',
    emergency('is reviewed before the same person declares it again, by an officer who did not use it'),
  ),
  attack(
    'emergency access by an old sign-in, by a delegated token, by a role that treats nobody',
    'refused',
    emergency('is for physicians and nurses in person, with a fresh sign-in'),
    config('%s', 'emergency access without a step-up for it'),
  ),
  attack(
    'emergency access against a consent that denies treatment',
    'the consent wins',
    emergency('a consent that denies treatment wins'),
  ),
  attack(
    'the notice to the privacy officer read on its way, or kept from arriving',
    'it tells a trail and nothing else; a failure is an alert, and it is tried again',
    emergency('the privacy officer hears at once of a trail, and of nothing else'),
    emergency(
      'whoever waits for care does not wait for an officer who cannot be reached; the failure is an alert',
    ),
  ),
  attack(
    'emergency access that ends while the model answers',
    'nothing is delivered',
    emergency('that ends while the model answers: nothing is delivered'),
  ),
];

const agents: readonly Attack[] = [
  attack(
    'a workload whose output people read, that asks over MCP to have values revealed',
    'role words: a program reads what MCP answers',
    mcp('never reveals, although a human reads what this workload shows'),
    inFile('leak/mcp')(
      'no identifier of any patient reaches model or agent over MCP, whatever the model repeats',
    ),
  ),
  attack(
    'a token for /mcp, shown at another route or exchanged for a delegated one',
    'refused',
    mcp('may be this resource, at this resource only'),
  ),
  attack('a token for a resource whose name begins like ours', 'refused', mcp('is nobody else')),
  attack(
    'a page of another origin that speaks MCP to a gateway that it can reach',
    'refused',
    mcp('refuses pages that no workload lists'),
    inFile('unit/identity/listed-pages')('$name'),
  ),
  attack(
    'a delegated token that asks by MCP about another patient or task, or takes a context that it is not for',
    'refused; for the second the client is asked for another token',
    mcp(
      'takes a delegated token for its own patient and task, and asks for another one where it is too narrow',
    ),
  ),
  attack(
    'several calls in one message of MCP, so that one trail stands for all of them',
    'refused',
    requests('$name', 'two messages of MCP in one body'),
  ),
  attack(
    'text in an argument that no tool has',
    'refused, and not repeated',
    mcp('refuses arguments that no tool has, unknown tools and malformed ones, as what they are'),
  ),
  attack(
    'the trail of somebody else, explained by MCP',
    'told like one that does not exist',
    mcp('takes a context, and explains a trail'),
    tenantMatrix('%s', 'mcp'),
  ),
];

const actingForOthers: readonly Attack[] = [
  attack(
    'a relative on record, or a relation that the relative wrote or asked for themselves',
    'opens nothing before an officer confirms it who neither asked nor gains',
    proxies('is nobody by the record alone, nor by asking: staff confirms it'),
    proxies('who asked does not confirm, nor does who gains by it'),
    proxyStore('a parent and an executor count when somebody has confirmed them who neither asked nor gains'),
  ),
  attack(
    'a relation that is changed after it was confirmed, moved to another patient, or over',
    'does not count until it is confirmed anew',
    proxies(
      'a relative on record who was changed since, who ended or who is of another patient does not count',
    ),
    proxyRelation('a parent on record %s does not count'),
  ),
  attack(
    'a proxy named by somebody else than the patient: by staff, by the proxy, by an application with a delegated token',
    'refused',
    proxies('is named by the patient in person, and nobody names themselves'),
    policyTable('$name'),
  ),
  attack(
    'a parent of somebody who has come of age; a proxy of somebody dead; an executor of somebody alive',
    'refused',
    proxies('ends when the patient comes of age'),
    proxies('ends with the death of the patient, whatever stands'),
    proxies('acts for the dead alone, where the record shows it and staff confirmed it'),
    proxyRelation('what was made while the patient was a minor ends at the age of majority'),
  ),
  attack(
    'a violent partner who is a proxy looks for what restricts them: consents, grants, ends, notices, trails',
    'neither seen nor changed; denials are those of a stranger',
    proxies('a consent that denies it wins, and is neither seen nor changed by them, nor told'),
    proxies('is not shown what the patient does not share, and not told that there is something'),
    proxies(
      'the patient sees who acts for them and what was shared; the one who acts sees that it ended, not by whom',
    ),
  ),
  attack(
    'a parent who asks for what a minor may have in confidence, or a model that says it anyway',
    'withheld, and stopped',
    proxies('is not shown what a minor may have in confidence'),
    proxies('a model that says it anyway is stopped'),
  ),
  attack(
    'a proxy that ends while the model answers',
    'nothing is delivered',
    proxies('that ends while the model answers: nothing is delivered'),
  ),
  attack(
    'the store of proxies written to: terms moved to another person, an end taken away or made unreadable',
    'opens nothing',
    proxyStore(
      'terms are sealed under the key of the patient: changed, moved or without the key they open nothing',
    ),
    proxyStore('an act that cannot be read closes: nobody can tell whether it stands'),
    proxyStore('an end counts at once, also where the disk fails, after a restart, and for ever'),
  ),
  attack(
    'a flood of requests to act for a patient',
    'bounded, and no room of the patient is taken',
    proxyStore(
      'is bounded: what one patient gives, and what one person asks for; neither takes the room of the other',
    ),
  ),
];

const disguise = (row: string): Closing => ({
  file: 'unit/release/disguised',
  title: '%s',
  row,
});
const disguises: readonly Attack[] = [
  attack(
    'a value as codes of characters: in calls, with units, in rows of a table, in words, with nothing between',
    'blocked',
    ...[
      'codes in calls',
      'codes as values with a unit',
      'codes in rows of a table',
      'codes in words',
      'codes without anything between',
      'escapes of style sheets',
    ].map(disguise),
  ),
  attack(
    'a name letter by letter in sentences, in a column, by numbered places in any order',
    'blocked',
    ...['letters in sentences', 'letters in a column of a table', 'numbered letters in another order'].map(
      disguise,
    ),
  ),
  attack(
    'an acrostic: first letters of lines, sentences or words, or capitals inside words',
    'blocked, from 7 letters on; 8 of words, 6 capitals',
    ...[
      'first letters of lines',
      'first letters of sentences',
      'first letters of words',
      'capitals inside words',
    ].map(disguise),
  ),
  attack(
    'a name in pieces: halves told in sentences, strings a program puts together, members, cells',
    'blocked, where one of the pieces is no everyday word',
    ...[
      'halves in sentences',
      'halves the wrong way round',
      'halves put together by a program',
      'halves in members of an object',
      'three pieces in a table',
    ].map(disguise),
  ),
  attack(
    'a number in pieces, in another base, as a sum, in other scripts and languages',
    'blocked',
    ...[
      'a number in parts',
      'a number in strings',
      'a number in hexadecimal',
      'a number as a sum',
      'a number in Chinese figures',
      'a number in Turkish',
    ].map(disguise),
  ),
  attack(
    'an encoding taken apart: base64 letter by letter, in list items, in strings; braille; letters on their heads',
    'blocked',
    ...[
      'base64 letter by letter',
      'base64 in list items',
      'base64 in two strings',
      'braille',
      'letters on their heads',
    ].map(disguise),
  ),
  attack(
    'the birth date by months of other languages, eras, members of an object or a call',
    'blocked',
    ...['a day in Turkish', 'a day of an era', 'a day in members of an object', 'a day in a call'].map(
      disguise,
    ),
  ),
  attack('any of these on a stream, piece by piece', 'no more than the first two signs leave', {
    file: 'unit/release/disguised',
    title: 'no stream has sent more of a value than its first two signs before it blocks',
  }),
];

const fallback = inFile('integration/gateway/fallback');
const purposes = inFile('integration/gateway/endpoint-purposes');
const inTurn = inFile('unit/envelope/ask-in-turn');
const circuit = inFile('unit/model/model-circuit');

const modelEndpoints = [
  attack(
    'an endpoint that is for another purpose, by every face, as the default, in a later turn, by a delegated token, by a purpose claimed beside',
    'refused, and nothing is sent there',
    purposes('by %s: is refused, and nothing is sent there', 'embeddings that name no endpoint'),
    purposes('by MCP: is refused, and nothing is sent there'),
    purposes(
      'by a purpose in the headers beside that of the body, or that the role does not have: is refused',
    ),
  ),
  attack(
    'an endpoint that falls silent, so that what it was to read goes to one that policy does not allow',
    'policy is asked about each; nothing leaves to that one, and the caller is told of the first alone',
    fallback('and policy allows none of the others: the error is that of the first, and tells of no other'),
  ),
  attack(
    'what was cleared for one endpoint, sent to another',
    'the final bytes are written and cleared for each, with a canary of its own; the client of any other endpoint refuses them',
    fallback('is written and cleared for it: its own name and settings, another canary, and no identifier'),
    inTurn('the next one that policy allows is sent what was cleared for it, and nothing else is'),
  ),
  attack(
    'a consent or a care relation that is taken back while the first endpoint is waited for, or while the second answers',
    'asked again before the second and before the answer: refused',
    fallback('before the second one is asked: nothing leaves to it'),
    fallback('while the second one answers: nothing of its answer leaves'),
  ),
  attack(
    'a trail that cannot be written between two endpoints',
    'nothing leaves to the second',
    fallback('and the trail cannot be written before the second one: nothing leaves to it'),
  ),
  attack(
    'an answer that broke off, was malformed, refused or blocked, asked for again at another endpoint until one says it',
    'nobody else is asked',
    fallback('%s: nobody else is asked', 'half an answer'),
    fallback('%s: nobody else is asked', 'an answer that is blocked'),
  ),
  attack(
    'endpoint after endpoint that hangs, to hold a request beyond its time; a caller who goes meanwhile',
    'one time for all of them; nobody else is asked',
    fallback('gets no more time than the request has'),
    fallback('is nothing where the caller has gone'),
  ),
  attack(
    'questions that take longer than an endpoint is waited for, so that it is left alone for everybody',
    'one question a second is let through, nobody waits for what comes of it, and any answer ends the rest',
    circuit(
      'is tried by somebody else a second later: one who asks for much does not keep it from all others',
    ),
    circuit('holds nobody up who comes while it is tried: they are told at once, however long that takes'),
  ),
  attack(
    'an endpoint whose contract lets it keep or train on what it is sent, chosen or as a fallback, where the site demands that nothing is kept',
    'refused or passed over, and nothing reaches it',
    inFile('integration/policy/retention-promise')(
      'refuses an endpoint that does not promise it (%s), and nothing reaches it',
      'says-nothing',
    ),
    inFile('integration/policy/retention-promise')(
      'falls back to one that promises it alone, and its trail says what was promised',
    ),
  ),
  attack(
    'a log in which context went to another endpoint than was allowed, or another one answered',
    'not verified',
    inFile('unit/audit/trail-order')(
      'what is sent is sent to the endpoint that was allowed, and answered by the one that it was sent to',
    ),
  ),
];

const attestedEndpoints: readonly Attack[] = [
  attack(
    'an endpoint that shows no evidence, or something else in its place',
    'nothing of a record is read for the request and nothing is sent',
    attestation('%s', 'that shows nothing'),
    attestation('%s', 'that shows no JSON'),
    attestation('%s', 'that shows an empty list'),
    attestation('%s', 'that shows evidence of another kind'),
  ),
  attack(
    'a redirect, a body that never ends or is larger than a megabyte in the place of evidence',
    'no evidence, within ten seconds',
    attestedWay('takes %s for no evidence', 'a redirect'),
    attestedWay('takes %s for no evidence', 'an answer that never ends'),
    attestedWay('takes %s for no evidence', 'more than a megabyte'),
  ),
  attack(
    'evidence of another program, of a machine that its host looks into, or of old firmware',
    'nothing is sent',
    attestation('%s', 'of another program'),
    attestation('%s', 'whose host may look inside'),
    attestation('%s', 'of a machine with old firmware'),
  ),
  attack(
    'evidence of a vendor that somebody made',
    'nothing is sent: a root is one by being named in the policy only',
    attestation('%s', 'of a vendor that the policy does not name'),
  ),
  attack(
    'evidence that was shown before, shown again',
    'nothing is sent: it binds another nonce',
    attestation('%s', 'with evidence for another nonce'),
  ),
  attack(
    'evidence of a proven machine, copied by a server that is none',
    'nothing is sent: it binds another key than that of the connection',
    attestation('%s', 'with evidence of another key'),
  ),
  attack(
    'a server of the same name and authority in the place of the proven one, from the next connection on',
    'the connection is closed before a byte is sent',
    attestation('whose connection has another key than the one that was proven'),
    attestedWay('does not lead to another key of the same name and authority'),
  ),
  attack(
    'the connection over which evidence was asked for, taken as a way for more',
    'it is closed, and leads nowhere',
    attestedWay('asks for evidence over a connection of its own, and tells whose key that has'),
  ),
  attack(
    'a machine that proved itself, and shows something else while a stream runs',
    'the stream ends in an error',
    attestation('while a stream runs: the stream ends in an error, and nothing more of it is delivered'),
    attestedWay('ends a connection with the trust in its key, whatever is on it'),
  ),
  attack(
    'a machine that answers no more, to keep the proof that it has',
    'the proof counts to its end and its connections with it',
    attestation('keeps it to its end where it cannot be asked'),
    attestedWay('ends it when the time of the trust is over, and not where that was prolonged'),
  ),
  attack(
    'an endpoint that has not proven itself, reached by the silence of another',
    'passed over, and nothing is sent there',
    attestation('in the place of another one, and the next one is asked'),
  ),
  attack(
    'an endpoint that answers nothing while its proof counts, so that each question of everybody asks it anew',
    'asked every two seconds at most',
    endpointProof(
      'is asked for at most every two seconds of an endpoint that answers nothing while its proof counts',
    ),
  ),
  attack(
    'a clock that is set back while an endpoint is asked, so that its connections outlast its proof',
    'they stand for as long as a proof does',
    endpointProof('lets connections stand for no longer where the clock is set back while it is asked'),
  ),
  attack(
    'one GPU or machine that shows itself as often as the policy demands',
    'counted once',
    evidenceJudge('does not take one machine twice, each time signed anew, nor one document twice'),
  ),
  attack(
    'good evidence beside evidence that does not fit',
    'nothing is sent',
    evidenceJudge('takes none beside one that does not fit'),
  ),
  attack(
    'certificates whose signatures take long, many issuers of one name, or two that signed each other, to keep the gateway busy',
    'refused after few tries',
    certificates('%s', 'RSA with a long exponent'),
    certificates('may pass by others of the same name, and not by so many that trying them takes long'),
    certificates('ends where two authorities signed each other'),
  ),
  attack(
    'an authority that made another one where it may make leaves only',
    'refused',
    certificates('has %s authorities below one that counts them', 'more than it may'),
  ),
  attack(
    'a revocation list of the right name and another key',
    'refused',
    certificates('is not checked by a list of the name of an authority and the key of another'),
  ),
  attack(
    'an appraisal policy that lets the host look inside, compares nothing, or binds no key',
    'refused at the start',
    appraisal('refuses %s, and says in which line', 'debug that is allowed'),
    appraisal('refuses %s, and says in which line', 'no measurements'),
    appraisal('refuses %s, and says in which line', 'a binding that binds no key'),
  ),
];

/** Every attack by section, in the order of docs/attacks.md. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'Names that somebody typed': typedNames,
  'Rule packs': rulePacks,
  'Whom a token speaks for': whoSpeaks,
  'People of other servers': otherServers,
  'What an asker is told': toldEqual,
  'Consents that the gateway keeps': keptConsents,
  'Who stands in for whom': standingIn,
  'What is withheld in a treatment': withheldAllergies,
  'Tickets of grants': grantedTickets,
  'Emergency access': emergencyAccess,
  'Agents that speak MCP': agents,
  'Who acts for a patient': actingForOthers,
  'Two tenants': twoTenants,
  Conversations: conversations,
  'The sandbox': sandboxes,
  'The process': process,
  'The disk': disk,
  'Questions and answers': upstream,
  'Model endpoints': modelEndpoints,
  'Endpoints that must prove themselves': attestedEndpoints,
  'Values in disguise': disguises,
  'The log': theLog,
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** One row of docs/attacks.md. */
export const rowOf = ({ name, outcome, closedBy }: Attack): string =>
  `| ${[
    cell(name),
    cell(outcome),
    closedBy
      .map(
        ({ file, row, title }) => `\`${file}\`: ${cell(title)}${row === undefined ? '' : ` (${cell(row)})`}`,
      )
      .join('; '),
  ].join(' | ')} |`;
