import { type Context, doer, isKind, orders } from './announced.ts';
import { beginsSentence, isPossessive } from './capital-runs.ts';
import { askers, inConversation, modals } from './conversation-names.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  closesPart,
  isChild,
  isOneOfKin,
  isOneOfRoll,
  kindred,
  longKin,
  opensBracket,
  possessives,
  related,
} from './kin-names.ts';
import { endOf, is, isAllCapitals, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { governed, isBed, isService } from './name-forms.ts';
import { isStrange, lettersAlone, turnsAfter } from './name-shapes.ts';
import { isObject } from './object-names.ts';
import { describedAfter, describedBefore, isAge, isYears } from './person-context.ts';
import { isAskedOf, isSomebodyAged, isSubject } from './subject-names.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** Who is greeted without a name, and what closes a letter without one. */
const nobody = markOfWords(`
  team all everyone everybody there doc doctor folks colleagues colleague nurse sir madam mom dad patient provider
  friends parents family staff you dr many kind warm best to whom
`);

/** What only somebody can have done. */
const surely = markOfWords(`
  slept denies denied states stated endorses endorsed complains complained tolerated ambulated verbalized declined
  declines refused refuses ate voided
`);

const patients = markOfWords('pt patient');
const patientActs = markOfWords('alert is was has reports resting sleeping seen admitted presented presents');

const tells = markOfWords('reports denies states endorses complains describes says tells');
/** Who or what says something without a name. */
const others = markOfWords(`
  he she it we you who her him his one person school home house law court staff book story page record guy lady kid
  boy host champion senior junior judge marshal pastor bishop nurse nation state present patient
`);
const copulas = markOfWords('was is were has');
/** What is done to persons only. */
const undergone = markOfWords(`
  admitted discharged diagnosed hospitalized hospitalised intubated extubated referred counseled counselled born
  readmitted enrolled vaccinated accompanied escorted orphaned adopted
`);
const givenDrug = markOfWords('started restarted placed put maintained kept');
const changed = markOfWords('switched changed transitioned converted weaned');

/** One capitalised word that is an everyday word or unknown, where only a name can stand. */
export function loneName(lex: Lexemes, at: number, context: Context | undefined): boolean {
  if (endOf(lex, at) - startOf(lex, at) < 2 || isNumber(lex, at) || isAllCapitals(lex, at)) return false;
  if (is(lex, at, nobody) || is(lex, at, listed.chart) || is(lex, at, listed.title)) return false;
  const kind = kindAt(lex, at);
  if (kind.clinical && !is(lex, at, listed.ordinaryName)) return false;
  const usable =
    kind.given || kind.family || is(lex, at, listed.ordinaryName) || (!kind.plain && !kind.closed);
  if (!usable) return false;
  if (isOneOfKin(lex, at) || isOneOfRoll(lex, at)) return true;
  if (context?.rule === 'label') return labelled(lex, at);
  if (is(lex, at, listed.nameLabel) || is(lex, at, listed.relation)) return false;
  if (isService(lex, at)) return false;
  if (is(lex, at - 1, patients) && gapIs(lex, at - 1, gapOf.space) && describedAfter(lex, at)) return true;
  if (kindred(lex, at, context) || nursing(lex, at, context)) return true;
  return (
    ofPerson(lex, at) || inConversation(lex, at) || givenTold(lex, at) || related(lex, at) || acting(lex, at)
  );
}

/** What of somebody a question is about; of a sign or disease none of these. */
const ownThings = markOfWords(`
  echo labs results creatinine potassium a1c insulin blood mrsa mri ct xray ecg ekg rash cough appointment visit
  medication medications meds mother father mom dad wife husband daughter son parents family weight growth
  chart record records discharge surgery vaccines school teacher symptoms birthday inr tsh glucose biopsy
  wound incision dressing temperature pulse vitals oxygen stay admission operation pregnancy dose doses prescription
  prescriptions refill refills diet nurse doctor pcp therapist team home apartment job employer phone email address account
  confusion agitation fall falls fever dizziness nausea vomiting headache headaches bleeding seizure seizures swelling anxiety
  depression behavior mobility appetite pain bp sodium hemoglobin platelets wishes discharge transfer treatment
  troponin lactate ferritin bilirubin hemoglobin hematocrit potassium wbc hgb egfr ldl culture cultures scan film urinalysis
  asthma diabetes hypertension copd migraine migraines croup eczema depression
  bloods sats obs bladder hearing vision gait pump schedule housing insurance luggage belongings wallet keys crib stroller
  latch feeds feeding schoolwork grades sponsor sister brother aunt uncle grandmother grandma cousin partner boyfriend girlfriend
  warfarin insulin metformin lisinopril aspirin inhaler inhalers albuterol prednisone antibiotic antibiotics statin oxycodone
  gabapentin sertraline eliquis xarelto tylenol ibuprofen apixaban furosemide lasix levothyroxine amlodipine pacemaker port picc
  baby sleep mood recovery progress concerns questions goals room bed condition weakness breathing kidney kidneys heart
`);
/** A1c, HbA1c: letters and a figure, which are read apart. */
const isGlycated = (lex: Lexemes, at: number): boolean =>
  glycated.has(wordAt(lex, at)) && isNumber(lex, at + 1) && wordAt(lex, at + 2) === 'c';
const glycated = new Set(['a', 'hba']);

/** "Imani is a 6-year-old", "Imani, 6, has", "Imani, 9 mo, here", "Imani (10F)". */
const isAged = (lex: Lexemes, at: number): boolean => {
  if (gapIs(lex, at, gapOf.space)) return is(lex, at + 1, copulas) && isAge(lex, at + 3);
  if (gapIs(lex, at, gapOf.comma))
    // "Letrozole, 6 months of": so long something is taken.
    return (
      (isYears(lex, at + 1) || (isAge(lex, at + 1) && kindAt(lex, at).given)) &&
      (!isCapital(lex, at + 2) || is(lex, at + 2, listed.clinicalAcronym))
    );
  return opensBracket.after(lex, at) && isYearsOld(lex, at + 1);
};

const years = markOfWords('y yo m f');

/** "76 y/o", "10F", of which a drug or a complaint has none. */
const isYearsOld = (lex: Lexemes, at: number): boolean => isAge(lex, at) && is(lex, at + 1, years);

/** "in Long, 76 y/o": an everyday word that is a family name. */
const isOrdinaryAged = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.comma) && isYearsOld(lex, at + 1) && is(lex, at, listed.ordinaryName);

const behindBed = new GapPattern(/^(?:$|[,;:)]|\.\s|\n| \(| - )/);

/** "Bed 4 Hill, s/p", "bed 4 is Hill, s/p": who lies there. */
const inBed = (lex: Lexemes, at: number): boolean =>
  (isBed(lex, at - 1)
    ? gapIs(lex, at - 1, gapOf.space) || opensBracket.after(lex, at - 1)
    : is(lex, at - 1, copulas) &&
      isBed(lex, at - 2) &&
      gapIs(lex, at - 1, gapOf.space) &&
      gapIs(lex, at - 2, gapOf.space)) &&
  behindBed.after(lex, at) &&
  !is(lex, at, listed.facilityHead) &&
  !is(lex, at, listed.genericPlace) &&
  // Stable, Window, Stepdown
  (kindAt(lex, at).given || kindAt(lex, at).family || (!kindAt(lex, at).plain && isStrange(lex, at, 3)));

/** What only who takes a drug does with it. */
const takes = markOfWords('stopped takes took started resumed missed skipped refuses refused forgot');

/** "Imani stopped metformin" */
const takesDrug = (lex: Lexemes, at: number): boolean =>
  is(lex, at + 1, takes) &&
  gapIs(lex, at, gapOf.space) &&
  gapIs(lex, at + 1, gapOf.space) &&
  kindAt(lex, at + 2).clinical &&
  !governed(lex, at) &&
  (kindAt(lex, at).given || kindAt(lex, at).family);

const thriving = markOfWords(
  'latched latches crying slept weighs doing remains continues weighs weighed feeding fed feeds gained lost',
);
/** "for Imani, whose chart": of whom something is told. */
const isWhose = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.comma) && wordAt(lex, at + 1) === 'whose' && is(lex, at + 2, ownThings);

/** What is written, planned or asked for somebody. */
const meant = new Set(
  'called plan plans note letter message reminder refill words appointment visit referral questions question chart instructions summary'.split(
    ' ',
  ),
);
const meantFor = new Set(['for', 'to']);

/** "Exercise plan for Imani", "questions to Imani": where the sentence turns behind a word of no list. */
const isMeant = (lex: Lexemes, at: number): boolean =>
  meantFor.has(wordAt(lex, at - 1)) &&
  meant.has(wordAt(lex, at - 2)) &&
  gapIs(lex, at - 1, gapOf.space) &&
  gapIs(lex, at - 2, gapOf.space) &&
  !isKind(lex, at) &&
  (turnsAfter(lex, at) || wordAt(lex, at + 1) === 'at');

const brackets = markOfWords('dob mrn');
/** What is measured of somebody, behind a comma. */
const bodily = new Set(['bmi', 'egfr', 'ef', 'wt', 'ldl', 'qtc', 'bp', 'weight', 'weighing']);
const regards = new Set(['regarding', 're', 'concerning']);
/** What a question asks of somebody: "Does Imani need a study?" */
const asked = new Set(
  'need qualify want take start stop restart travel fly exercise breastfeed eat drive return'.split(' '),
);
const asks = new Set('does did should can could will would must'.split(' '));
const toldOf = new GapPattern(/^(?:: |, )/);
const opensRow = new GapPattern(/^:$/);
/** "08:10 Imani infliximab": a time of day at the beginning of a line, somebody, and what is given. */
const isRow = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at - 1) &&
  opensRow.after(lex, at - 2) &&
  gapIs(lex, at - 1, gapOf.space) &&
  gapIs(lex, at, gapOf.space) &&
  lex.view.text.charAt(startOf(lex, at - 2) - 1) === '\n' &&
  !isCapital(lex, at + 1) &&
  kindAt(lex, at + 1).clinical;
const stills = new Set(['still', 'now']);

/**
 * "Regarding Imani: echo"; "about Imani, MRN 4471"; "daughter of Ada Roe, Imani, phoned"; "(Imani family)"; "Imani still
 * hypotensive": a word of no list where nothing but somebody is told of.
 */
function isIntroduced(lex: Lexemes, at: number): boolean {
  if (gapIs(lex, at, gapOf.comma)) {
    if (is(lex, at + 1, brackets) || bodily.has(wordAt(lex, at + 1))) return true;
    if (gapIs(lex, at - 1, gapOf.comma) && is(lex, at + 1, listed.personVerb) && !isCapital(lex, at + 1))
      return true;
  }
  if (isRow(lex, at)) return true;
  if (regards.has(wordAt(lex, at - 1)) && gapIs(lex, at - 1, gapOf.space)) return toldOf.after(lex, at);
  if (!gapIs(lex, at, gapOf.space) || isKind(lex, at)) return false;
  if (asked.has(wordAt(lex, at + 1)) && asks.has(wordAt(lex, at - 1)))
    return beginsSentence(lex, at - 1) && gapIs(lex, at - 1, gapOf.space);
  if (wordAt(lex, at + 1) === 'family')
    return opensBracket.after(lex, at - 1) && closesPart.after(lex, at + 1);
  return (
    stills.has(wordAt(lex, at + 1)) &&
    !governed(lex, at) &&
    kindAt(lex, at + 2).clinical &&
    !isCapital(lex, at + 2)
  );
}

const newborns = markOfWords('baby pt child kid toddler infant');
const newbornSexes = markOfWords('boy girl');
const afterTitle = new GapPattern(/^\.? $/);

/** Baby boy van der Roe: the word before the small words of a family name. */
function beforeParticles(lex: Lexemes, at: number): number {
  let before = at - 1;
  while (before > at - 4 && is(lex, before, listed.particle) && !isCapital(lex, before)) before -= 1;
  return before;
}

/** "heparin per", "follow-up of nodules per": behind what is clinical whoever wrote the rule is named. */
const isDosed = (lex: Lexemes, at: number): boolean =>
  gapIs(lex, at, gapOf.space) && kindAt(lex, at).clinical;

const familyActs = markOfWords('updated aware notified present agrees declines declined requests called');
const weights = markOfWords('kg lb lbs kilos');

const taken = markOfWords('collected drawn obtained received taken');

/** "collected 4 May 07:40 by Imani": what somebody did on a day or at a time of day. */
function takenBefore(lex: Lexemes, last: number): boolean {
  for (let at = last; at > last - 6 && at >= 0; at -= 1) if (is(lex, at, taken)) return true;
  return false;
}

/** "Imani's echo", "baby Imani,", "Deacon, 3 yo,": a word of no list, or a name besides, that only somebody can be. */
function ofPerson(lex: Lexemes, at: number): boolean {
  const strange = isStrange(lex, at, lettersAlone);
  const { given: listedGiven, plain } = kindAt(lex, at);
  const owner = strange || (listedGiven && !plain && !is(lex, at, modals));
  if ((owner || isStrange(lex, at, 3)) && isPossessive(lex, at + 1))
    return gapIs(lex, at + 1, gapOf.space) && (is(lex, at + 2, ownThings) || isGlycated(lex, at + 2));
  if (strange ? isAged(lex, at) : isOrdinaryAged(lex, at)) return true;
  if (owner && (isWhose(lex, at) || isMeant(lex, at) || isChild(lex, at))) return true;
  if (inBed(lex, at) || longKin(lex, at) || takesDrug(lex, at)) return true;
  if (strange && isIntroduced(lex, at)) return true;
  if (strange && opensBracket.after(lex, at)) return is(lex, at + 1, brackets);
  if (strange && wordAt(lex, at - 1) === 'per' && !isKind(lex, at))
    return gapIs(lex, at - 1, gapOf.space) && turnsAfter(lex, at) && !isDosed(lex, at - 2);
  if (isObject(lex, at) || isAskedOf(lex, at) || (strange && isSomebodyAged(lex, at))) return true;
  if (isSubject(lex, at) || isAgedSex(lex, at)) return true;
  const whose = beforeParticles(lex, at);
  const born =
    is(lex, whose, newborns) || (is(lex, whose, newbornSexes) && wordAt(lex, whose - 1) === 'baby');
  if (
    is(lex, at - 1, doer) &&
    isNumber(lex, at - 2) &&
    (strange || kindAt(lex, at).given) &&
    !is(lex, at, orders)
  )
    return gapIs(lex, at - 1, gapOf.space) && takenBefore(lex, at - 3) && turnsAfter(lex, at);
  const anyName = isStrange(lex, at, 3) || is(lex, at, listed.ordinaryName) || listedGiven;
  if (anyName && born && afterTitle.after(lex, whose))
    return turnsAfter(lex, at) || is(lex, at + 1, thriving) || is(lex, at + 1, undergone);
  return false;
}

const toldOfSex = new Set('pod s w c p with presenting presents here admitted who status post'.split(' '));
const sexLetters = new Set(['m', 'f']);
/** "61F Imani POD2", "72M Imani with": who is of that age and sex. */
const isAgedSex = (lex: Lexemes, at: number): boolean =>
  isNumber(lex, at - 2) &&
  sexLetters.has(wordAt(lex, at - 1)) &&
  gapIs(lex, at - 2, gapOf.nothing) &&
  gapIs(lex, at - 1, gapOf.space) &&
  gapIs(lex, at, gapOf.space) &&
  toldOfSex.has(wordAt(lex, at + 1)) &&
  isStrange(lex, at, 3);

const fields = markOfWords('name surname');
/** Labels of those who do a work, which no other word follows alone. */
const works = markOfWords(`
  provider physician attending surgeon assistant resident anesthesiologist pharmacist therapist nurse technician
  technologist sonographer radiologist pathologist dentist midwife coder scribe crna hospitalist prescriber nee
`);

const fieldEnd = new GapPattern(/^(?:$|[;<,"'|\n&)])/);

const workEnd = new GapPattern(/^(?:$|[.;|\n])/);

/** "last_name=Page", "Name: Rice", "Surgeon: Hill." and the end of the field. */
const labelled = (lex: Lexemes, at: number): boolean =>
  is(lex, at - 1, fields)
    ? fieldEnd.after(lex, at)
    : is(lex, at, listed.ordinaryName) &&
      !kindAt(lex, at).clinical &&
      is(lex, at - 1, works) &&
      workEnd.after(lex, at);

const nurseActs = markOfWords('started gave notified applied placed hung assisted taught witnessed paged');

/** "RN Hand started": letters of a nurse, and what nurses do. */
const nursing = (lex: Lexemes, at: number, context: Context | undefined): boolean =>
  context?.rule === 'title' && !context.sure && is(lex, at + 1, nurseActs) && gapIs(lex, at, gapOf.space);

const ages = markOfWords('age aged');
const bySomebody = new Set(['with', 'by', 'from', 'to']);

/** "Met with Hope and", "opened for Stormy, age 20": a given name where what stands around says that somebody is meant. */
function givenTold(lex: Lexemes, at: number): boolean {
  const { eponym, given } = kindAt(lex, at);
  // "met with Imani and": of a word of no list only behind a small word, "with" or "by".
  const strange =
    gapIs(lex, at - 1, gapOf.space) &&
    bySomebody.has(wordAt(lex, at - 1)) &&
    isStrange(lex, at, lettersAlone);
  if (!(given || strange) || eponym || is(lex, at, modals) || isCapital(lex, at - 1)) return false;
  if (gapIs(lex, at, gapOf.comma) && is(lex, at + 1, ages)) return true;
  return gapIs(lex, at - 1, gapOf.space) && describedBefore(lex, at) && turnsAfter(lex, at);
}

/** "Brooks slept well", "Pt Park is". */
function acting(lex: Lexemes, at: number): boolean {
  if (!gapIs(lex, at, gapOf.space) || is(lex, at, modals) || is(lex, at, others)) return false;
  if (is(lex, at, listed.facilityHead) || is(lex, at, listed.genericPlace)) return false;
  if (is(lex, at + 1, surely) && !isCapital(lex, at + 1) && !governed(lex, at)) return true;
  // "Cross reports less pain", "Heath was admitted to", "Should Daisy be switched from"
  if (is(lex, at, listed.ordinaryName) && is(lex, at + 1, tells)) return true;
  if (is(lex, at + 1, copulas) && is(lex, at + 2, undergone)) return true;
  // "Grace and her twin", "Quill family updated"
  if (is(lex, at + 2, possessives) && wordAt(lex, at + 1) === 'and')
    return kindAt(lex, at).given && !kindAt(lex, at).eponym;
  if (is(lex, at + 2, familyActs) && wordAt(lex, at + 1) === 'family')
    return is(lex, at, listed.ordinaryName) || kindAt(lex, at).family || isStrange(lex, at, lettersAlone);
  if (wordAt(lex, at + 1) === 'wishes' && wordAt(lex, at + 2) === 'to')
    return kindAt(lex, at).given || isStrange(lex, at, lettersAlone);
  // "Imani is 43 kg": of a word that is nothing else.
  if (is(lex, at + 1, copulas) && isNumber(lex, at + 2) && is(lex, at + 3, weights))
    return kindAt(lex, at).given || kindAt(lex, at).family || isStrange(lex, at, lettersAlone);
  // "Imani was started on metformin"
  if (is(lex, at + 1, copulas) && is(lex, at + 2, givenDrug) && wordAt(lex, at + 3) === 'on')
    return (kindAt(lex, at).given || kindAt(lex, at).family) && kindAt(lex, at + 4).clinical;
  if (is(lex, at - 1, askers) && wordAt(lex, at + 1) === 'be') {
    if (is(lex, at + 2, undergone)) return true;
    if (wordAt(lex, at + 3) === 'from') return is(lex, at + 2, changed);
  }
  return is(lex, at - 1, patients) && gapIs(lex, at - 1, gapOf.space) && is(lex, at + 1, patientActs);
}
