import { wordSet } from '../word-set.ts';

/** Courtesy and professional titles, as they stand before a name. */
export const titles = wordSet(`
  mr mrs ms miss mx master dr drs doctor prof professor sir madam mme nurse sister brother father pastor rev
  reverend rabbi imam hon docteur docteure doctora signor signora judge officer sgt lt capt herr frau monsieur madame senor senora sr sra don dona
`);

/** Titles that tell a clinician. */
export const clinicianTitles = wordSet(
  'dr drs doctor prof professor nurse surgeon physician attending resident docteur docteure doctora',
);

/** Letters that stand after a clinician's name. */
export const credentials = wordSet(`
  md do phd rn np pa crnp fnp aprn lpn cna bsn msn dnp pharmd rph dds dmd dpm od pt dpt ot otr lcsw msw psyd mbbs
  arnp lvn cnp lmft lpc lmhc lcpc licsw bcps agnp whnp mbchb faap facog
  frcs mrcp facp facs facc bc pac cnm crna ccc slp edd jr sr esq
`);

/** Words that say who somebody is to the patient. */
export const relations = wordSet(`
  mother father mom dad mum parent daughter son wife husband spouse partner sister brother sibling aunt uncle
  niece nephew cousin grandmother grandfather grandma grandpa granddaughter grandson grandchild guardian
  caregiver caretaker carer fiance fiancee boyfriend girlfriend friend neighbor neighbour roommate stepmother
  stepfather stepson stepdaughter stepbrother stepsister godmother godfather godson goddaughter grandnephew grandniece twin mil fil hcp poa proxy surrogate kin
`);

/** Words that announce a name directly after them. */
export const nameCues = wordSet(`
  patient pt client named name names called surname firstname lastname aka nee alias signed
  dictated attending provider physician surgeon prescriber pcp nurse resident fellow cc seen reviewed
  cosigned interpreter contact beneficiary subscriber insured initials therapist crna hcp coordinator hospitalist
  daughters sons children siblings parents decedent executor executrix notary witness responder consultant paramedic assistant
  midwife audiologist accountant courier sponsor proband passenger widow widower landlord
  worker chaplain coach tech technician phlebotomist dietitian dietician pharmacist navigator scribe sitter aide deputy
  trooper detective attorney lawyer counselor instructor preceptor intern classmate coworker colleague babysitter nanny
  caseworker carer keyworker donor recipient driver tutor medic doula conservator detainee inmate prisoner claimant
`);

/** Labels that, followed by a colon, are followed by a name. */
export const nameLabels = wordSet(`
  name patient pt client provider physician attending surgeon prescriber nurse clinician doctor signature signed
  contact kin nok subscriber guarantor mother father spouse guardian author dictated interpreter witness pcp
  beneficiary insured member participant subject resident assistant anesthesiologist pharmacist therapist
  employee caller requester customer manager supervisor staff applicant defendant plaintiff attorney
  recipient sender user holder owner driver student teacher agent counselor coach officer investigator referrer
  husband wife daughter son brother sister partner aunt uncle grandmother grandfather cousin friend
  technician technologist sonographer radiologist pathologist dentist midwife coder scribe hcp crna proxy caregiver
  decedent executor executrix consultant ordering paramedic phlebotomist optometrist podiatrist carer neighbor neighbour
  nephew niece landlord payee nombre naam nome wristband
  informant mgr dispatch dispatcher guest interviewee
  cosigned cosigner submitting adjuster medic doula conservator
  child baby infant newborn detainee inmate prisoner deceased claimant complainant policyholder cardholder addressee
  proband interviewer reporter trainee
  transcribed typed transcriptionist anaesthetist anesthetist registrar scrub circulator perfusionist houseman
  attg coordinator hospitalist worker psychologist psychiatrist cardiologist oncologist neurologist dietitian chaplain
`);

/** What a person does, and a thing in a chart does not. */
export const personVerbs = wordSet(`
  reports reported denies denied states stated says said complains complained endorses endorsed lives lived
  called calls asks asked agrees agreed declined declines verbalized verbalizes works worked smokes smoked
  drinks understands understood requests requested tolerated ambulated telephoned phoned acknowledged acknowledges recalls
  recalled insists insisted emailed emails texted texts wants wanted hopes worries thinks prefers attends
  went signed drove flew slept died weighed weighs cried vomited married talked
  accepted accepts joined joins attended shared shares wrote writes replied replies nodded smiled laughed mentions mentioned
  believes believed loves loved enjoys enjoyed likes hates graduated retired prays prayed fainted snores smoked chews woke
  awoke forgot remembers remembered tells told insists knows resides consented consents apologized apologised
  alleges alleged disclosed discloses testified volunteered volunteers lied yelled screamed whispered sobbed wept hugged thanked
`);

/** Parts of names that never stand for a person by themselves. */
export const nameParticles = wordSet(`
  de del della der den di da dos das do du la las le les lo los van von vom zu zum bin ibn bint abu al el y e i
  st san santa mac mc ter ten op af av
`);

/** Words of forms and charts that stand beside names and belong to none. */
export const chartWords = wordSet(`
  mrn dob ssn npi dea id age sex gender phone fax email address date time patient pt client provider physician
  attending referring surgeon insurance policy plan member group account claim record records chart visit note notes
  report summary history assessment subjective objective medication medications diagnosis allergies vitals department
  subject re to from cc signature signed dear hello hi hey regards sincerely thanks thank yes no ok okay please
  anti updated current latest comparative guidelines dr dx rx hx tx md rn case male female yo telephone tel
  relationship
`);

/** Titles that are never a name themselves. */
export const plainTitles = wordSet('mr mrs ms miss mx dr drs doctor prof professor rn np');
