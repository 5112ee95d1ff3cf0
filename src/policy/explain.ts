import type {
  ConsentAction,
  ConsentFacts,
  PolicyFacts,
  TrailAction,
  TrailFacts,
  Verdict,
} from './decision.ts';
import type { CompiledPolicy } from './policy-set.ts';
import { actionWord, fillReason, purposeWord, roleWord, strangerSentence } from './wording.ts';

type Ask = (action: string, facts: PolicyFacts) => Verdict;

/** Facts that name a relation of the asker to the patient. */
const relations = [
  'ownRecord',
  'onCareTeam',
  'encounterOpen',
  'appointmentSoon',
  'generalPractitioner',
  'coverByRoster',
  'grantInForce',
  'breakGlassOpen',
  'chosenProxy',
  'parentOfMinor',
  'executor',
] as const satisfies readonly (keyof PolicyFacts)[];

/**
 * At a request of the family everybody is told what a stranger is: a denial must not say to a relative that the patient
 * restricts them, nor that a grant of theirs still stands.
 */
const familyRequest = 'FAMRQT';

/** Facts that may be missing, with what would have to be so; in the order in which they are offered. */
const changes = {
  consentPermits: 'the patient gave a consent that permits {purpose}',
  taskPermitsRole: 'a task were used that is meant for the role and the purpose',
  workloadPermitsTask: 'the application were allowed to use the task',
  workloadPermitsPurpose: 'the application were allowed to ask for {purpose}',
  workloadPermitsModel: 'a model were chosen that the application may use',
  patientBound: 'the record system were asked with a token that is bound to the patient',
  modelAttested: 'the machine on which the model runs had proven itself',
  modelTrusted: 'a model endpoint were chosen that is trusted with patient context for this purpose',
  modelKeepsNothing:
    'a model endpoint were chosen whose contract promises to keep nothing and to train no model on it',
  modelNoTraining:
    'a model endpoint were chosen whose contract promises to train no model on what it is sent',
  relationSettled: 'the relation to the patient were older, or confirmed by who keeps the record',
  onCareTeam: "the asker were on the patient's care team",
  encounterOpen: 'the asker had an open encounter with the patient',
  appointmentSoon: 'the asker had an appointment with the patient',
  generalPractitioner: "the asker were the patient's general practitioner",
  coverByRoster: 'the roster said that the asker stands in for a colleague with a care relation',
  ownRecord: "the record were the asker's own",
  grantInForce: 'a colleague granted the task for the ticket of the request',
  breakGlassOpen: 'emergency access were declared for this record',
  chosenProxy: 'the patient named the asker as their proxy for the task',
  parentOfMinor: 'the asker were confirmed as a parent or guardian of a patient who is a minor',
  executor: 'the asker were confirmed as the executor of a patient who is dead',
} as const satisfies Partial<Record<keyof PolicyFacts, string>>;
type Change = keyof typeof changes;

const isChange = (name: string): name is Change => Object.hasOwn(changes, name);

const undecided = 'Not allowed: the policy could not be evaluated for this request, and that is a denial.';

/** What a denial says: not whether there is such a trail, pseudonym or patient. */
const trailDenials: Readonly<Record<TrailAction, string>> = {
  read_trail: 'Not allowed: there is no such trail that you may read.',
  resolve_pseudonym: 'Not allowed: your role is not told whom a pseudonym stands for.',
  erase_patient: 'Not allowed: your role cannot have a patient erased.',
  end_session: 'Not allowed: there is no such session that you may end.',
  request_grant: 'Not allowed: your role cannot ask for a grant.',
  approve_grant:
    'Not allowed: a grant is approved by a compliance officer or an administrator who did not ask for it.',
  revoke_grant: 'Not allowed: there is no such grant that you may end.',
  break_glass: 'Not allowed: only a physician or a nurse may ask for emergency access here.',
  name_proxy: 'Not allowed: a proxy is named by the patient.',
  request_proxy:
    'Not allowed: a parent, a guardian or an executor asks for themselves, or a compliance officer for them.',
  confirm_proxy:
    'Not allowed: this is confirmed by a compliance officer or an administrator who neither asked for it nor gains by it.',
  end_proxy: 'Not allowed: there is no such proxy that you may end.',
  review_break_glass: 'Not allowed: emergency access is reviewed by a compliance officer who did not use it.',
};

/** The sentence on reading a trail, and on the rights of an office. */
export function explainTrail(
  policies: ReadonlyMap<string, CompiledPolicy>,
  verdict: Verdict,
  facts: TrailFacts,
  action: TrailAction,
): string {
  if (verdict.error !== undefined) return undecided;
  if (verdict.effect === 'deny') return trailDenials[action];
  return reasons(policies, verdict, action, facts)[0] ?? '';
}

/** What a denial says where no forbid spoke: not whether there is such a consent or patient. */
const consentDenials: Readonly<Record<ConsentAction, string>> = {
  capture_consent: 'Not allowed: a consent is given by the patient, or captured by a compliance officer.',
  read_consent: 'Not allowed: there is no such consent that you may read.',
  revoke_consent: 'Not allowed: there is no such consent that you may revoke.',
};

/** The sentence on capturing, reading and revoking a consent. */
export function explainConsent(
  policies: ReadonlyMap<string, CompiledPolicy>,
  verdict: Verdict,
  facts: ConsentFacts,
  action: ConsentAction,
): string {
  if (verdict.error !== undefined) return undecided;
  const said = reasons(policies, verdict, action, facts);
  if (verdict.effect === 'allow') return said[0] ?? '';
  return said.length === 0 ? consentDenials[action] : `Not allowed: ${said.join(', and ')}.`;
}

/**
 * One sentence for a decision. An allow says what it stands on. A denial says what was missing and what would change
 * it, found by asking the same policies again with facts flipped. Somebody without any relation to the patient, or with
 * one that is too new, hears only what does not depend on the patient, else `strangerSentence`.
 */
export function explain(
  policies: ReadonlyMap<string, CompiledPolicy>,
  ask: Ask,
  verdict: Verdict,
  action: string,
  facts: PolicyFacts,
): string {
  const stranger =
    action !== 'exchange' &&
    (facts.purpose === familyRequest ||
      !facts.relationSettled ||
      !relations.some((relation) => facts[relation]));
  if (verdict.error !== undefined || verdict.effect === 'allow' || !stranger)
    return explainInFull(policies, ask, verdict, action, facts);
  const related = asRelated(facts);
  const without = ask(action, related);
  return without.effect === 'allow'
    ? strangerSentence
    : denialSentence(policies, ask, without, action, related);
}

/** The same for officers: all that was missing, whatever the asker may know. */
export function explainInFull(
  policies: ReadonlyMap<string, CompiledPolicy>,
  ask: Ask,
  verdict: Verdict,
  action: string,
  facts: PolicyFacts,
): string {
  if (verdict.error !== undefined) return undecided;
  if (verdict.effect === 'allow') return reasons(policies, verdict, action, facts)[0] ?? '';
  return denialSentence(policies, ask, verdict, action, facts);
}

/** The same request with everything in place that depends on the patient, but that a relation of the asker is too new. */
const asRelated = (facts: PolicyFacts): PolicyFacts => ({
  ...facts,
  ...Object.fromEntries(relations.map((relation) => [relation, true])),
  coverByRoster: facts.relationSettled,
  patientDeceased: false,
  consentPermits: true,
});

function denialSentence(
  policies: ReadonlyMap<string, CompiledPolicy>,
  ask: Ask,
  verdict: Verdict,
  action: string,
  facts: PolicyFacts,
): string {
  const missing = reasons(policies, verdict, action, facts);
  const because =
    missing.length > 0
      ? missing.join(', and ')
      : `no policy lets ${roleWord(facts.roles)} ${actionWord(action)} for ${purposeWord(facts.purpose)} on these facts`;
  const flips = leastFlips(ask, action, facts);
  if (flips.length === 0) return `Not allowed: ${because}.`;
  const words = flips.map((name) => changes[name].replace('{purpose}', purposeWord(facts.purpose)));
  return `Not allowed: ${because}. It would be allowed if ${words.join(' and ')}.`;
}

function reasons(
  policies: ReadonlyMap<string, CompiledPolicy>,
  verdict: Verdict,
  action: string,
  facts: PolicyFacts | TrailFacts | ConsentFacts,
): readonly string[] {
  return [...policies.values()]
    .filter(({ id }) => verdict.policies.includes(id))
    .map(({ reason }) => fillReason(reason, action, facts));
}

/**
 * The facts that would have to hold for an allow: all missing ones are granted, then those are taken back that are not
 * needed, the ones a consent or a task could give last. Empty where no such change allows it. Each needed fact is the
 * end of the shortest beginning of the list that suffices, and is found by halving: some five questions.
 */
function leastFlips(ask: Ask, action: string, facts: PolicyFacts): readonly Change[] {
  const names = Object.keys(changes).filter(isChange);
  const suffices = (flips: readonly Change[]): boolean =>
    ask(action, { ...facts, ...Object.fromEntries(flips.map((name) => [name, true])) }).effect === 'allow';
  let open = names.filter((name) => !facts[name]);
  let needed: readonly Change[] = [];
  if (!suffices(open)) return [];
  // Nothing flipped is what was denied.
  while (needed.length === 0 || !suffices(needed)) {
    if (open.length === 0) return [];
    let [short, enough] = [0, open.length];
    while (enough - short > 1) {
      const half = (short + enough) >> 1;
      if (suffices([...open.slice(0, half), ...needed])) enough = half;
      else short = half;
    }
    needed = [...open.slice(short, enough), ...needed];
    open = open.slice(0, short);
  }
  return needed;
}
