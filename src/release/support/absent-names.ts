import { allergenFamilies, genericsOf } from './drug-names.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words before a name that say that it is not there, or is to be kept away. */
const denials = set(
  "no not nothing without never neither nor none avoid avoids avoiding denies lacks cannot isn't aren't wasn't doesn't don't didn't hasn't haven't",
);
/** What joins names in a list. */
const joins = set('or nor and any a an the other another as well such like e.g including');
/** What stands between the denial and the first name of a list. */
const leads = set(
  'get gets getting be been have of on to for in with suggest suggests indicate indicates known current currently active taking take taken using use receiving received prescribed prescription start starting started given new documented documentation recorded record records listed mention mentioned mentions evidence history sign show shows list lists contain contains include includes see find found medication medications medicine medicines drug drugs agent agents therapy blood thinner thinners anticoagulant anticoagulants antibiotic antibiotics doac doacs noac noacs statin statins nsaid nsaids steroid steroids opioid opioids painkiller painkillers reliever relievers over-the-counter over counter inhaled oral injectable topical allergy allergic allergies intolerance prior previous concurrent concomitant regular further additional interacting his her their be appear appears seem seems class beta blocker blockers inhibitor inhibitors sglt2 ace arb arbs glp-1 receptor agonist agonists diuretic diuretics corticosteroid corticosteroids sedative sedatives antidepressant antidepressants antihypertensive antihypertensives antiplatelet antiplatelets',
);
/** Behind `before` these make a warning of it: `before taking any new medicine such as`. */
const begun = set('taking starting using');
const mostWords = 16;
const lookedAt = 160;
const units = /[\p{L}\p{N}][\p{L}\p{N}.'\u2019]*(?:-[\p{L}\p{N}'\u2019]+)*|[^\p{L}\p{N} ]/gu;
const joints = /^[,/()&"'\u2018-\u201d+-]$/;

const isName = (word: string): boolean =>
  word.split('-').some((part) => genericsOf(part) !== undefined || allergenFamilies(part) !== undefined);

/** `pain relievers` are one word, as painkillers are; `no pain on` denies no drug. */
const ofPain = /\bpain (?=relievers?\b)/gi;

function isDeniedBefore(before: string): boolean {
  const words = (before.replace(ofPain, '').match(units) ?? [])
    .slice(-mostWords)
    .map((one) => one.toLowerCase().replaceAll('\u2019', "'"));
  let lead = '';
  for (const word of words.toReversed()) {
    if (denials.has(word) || (word === 'before' && begun.has(lead))) return true;
    if (joints.test(word) || joins.has(word)) continue;
    if (leads.has(word) || begun.has(word)) lead = word;
    else if (lead !== '' || !isName(word)) return false;
  }
  return false;
}

const notRecorded =
  /^"?(?: (?:allerg(?:y|ies)|therapy|use|auto-injector|pen|inhaler|prescription|vaccine|vaccination))?(?: ?[:|\u2013-] ?|,? (?:is|are|was|were|does|do|has|have|can) ?| ?)(?:n[\u2019']t|not|never)(?: been| be)? (?:currently |explicitly )?(?:listed|recorded|documented|mentioned|noted|found|shown|seen|included|present|appear|prescribed|on (?:file|record|the)|in the|among)/i;
const ifPrescribed =
  /^(?: (?:auto-?injector|pen|inhaler|spray|tablets?))? (?:if|where|when) (?:(?:one|it|that) )?(?:(?:is|was|has been) )?prescribed\b/i;
const avoided =
  /^(?:,? ?(?:and|or|,) [\p{L}-]{3,30}){0,3} (?:(?:should|must|(?:is|are) (?:best|to)) (?:(?:generally|usually|also|both|all|therefore) )?(?:not be (?:taken|used|given)|be avoided|avoided)|(?:is|are) contraindicated)/iu;
const sentenceStart = /(?:^|[.!?;\n]\s*(?:[-*] )?)([^.!?;\n]*)$/;
const question =
  /^(?:does|do|did|is|are|was|were|should|could|can|has|have|would|will) (?:s?he|it|they|the|this|that|his|her|their|your|i|we|you|there|any|patient)\b/i;

/**
 * Whether an answer names a drug or allergen as something that is not there: a list behind a denial or behind `avoid`, what
 * is not recorded, what is asked. Where the record does not have it that is so, and no claim that it is taken.
 */
export function isNamedAsAbsent(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - lookedAt), start);
  const behind = text.slice(end, end + 60);
  if (isDeniedBefore(before) || notRecorded.test(behind) || avoided.test(behind) || ifPrescribed.test(behind))
    return true;
  return question.test((sentenceStart.exec(before)?.[1] ?? '').trimStart());
}
