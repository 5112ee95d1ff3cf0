import { wordSet } from '../word-set.ts';

/** Words that end or hold the name of a facility. */
export const facilityHeads = wordSet(`
  hospital hospitals hosp clinic clinics center centre centers ctr infirmary sanatorium hospice institute
  university college school pharmacy laboratory laboratories labs healthcare health medical medicine care rehab
  rehabilitation practice associates group office offices surgery physicians pediatrics memorial sanitarium
  rheumatology neurology nephrology gastroenterology urology ophthalmology endocrinology pulmonology psychiatry
  dental snf ivf ltac alf polyclinic campus pavilion foundation academy church prison jail shelter manor lodge homes village residence
  facility dialysis oncology orthopedics cardiology dermatology wellness network partners system systems
  klinikum uniklinik krankenhaus hopital clinique ospedale policlinico ziekenhuis sykehus sjukhus szpital
  precinct specialists urgent outpatient department ward unit police sheriff ambulance fire ems
  logistics freight trucking plumbing roofing landscaping construction bakery brewery motors towers apartments apothecary
`);

/** Heads that make a facility of whatever proper word stands before them, even when written small. */
export const strongHeads = wordSet(`
  hospital hospitals hosp clinic clinics infirmary hospice institute university college pharmacy healthcare health
  medical center centre ctr memorial rehab rehabilitation associates polyclinic laboratories medicine campus
  precinct pavilion school academy church prison facility office urgent dialysis wellness oncology
  orthopedics cardiology pediatrics klinikum uniklinik krankenhaus hopital clinique ospedale ziekenhuis szpital
`);

/** Words that say what kind of place it is, and not which one. */
export const genericPlaceWords = wordSet(`
  emergency primary intensive urgent mental public home long term acute critical general community outpatient
  inpatient ambulatory day night family internal occupational physical speech behavioral dental eye heart cancer
  women womens men mens childrens veterans state national american international world regional local your our my
  their his her this that the a an any each every electronic department division unit ward floor room service services
  center centre clinic hospital medical health care medicine surgical surgery nursing skilled facility office practice
  school university college pharmacy laboratory lab group associates program programme system network team plan
  institute foundation organization organisation association society board council agency administration authority
  bureau committee academy federal insurance hospice rehabilitation rehab wellness cardiac pulmonary renal stroke
  trauma burn sleep pain transplant infusion imaging radiology pathology oncology hematology cardiology neurology
  nephrology urology gynecology obstetrics pediatric pediatrics psychiatry dermatology orthopedic orthopedics
  ophthalmology endocrinology gastroenterology rheumatology immunology anesthesia anesthesiology neonatal maternal
  infectious disease diseases control prevention research clinical clinicians diabetes what which how can is are does
  do should could would when where why who and or for of in on at with from to follow followup
  patient patients physician physicians doctor doctors nurse specialist specialists provider discharge post pre
  grade decision making questionnaire record records survey portal literacy promotion status information palliative
  respite wound supportive necessity history problem problems screening examination assessment maintenance
  device memory weight hand spine joint foot vein travel allergy asthma anticoagulation lipid thyroid headache movement
  fracture lung liver kidney breast skin genetics fertility prenatal vaccination sports nutrition lactation resident
  employee employees staff student students workplace population global
  ped peds derm rheum neuro ortho endo uro gyn pulm heme onc psych cardio
  interventional invasive structural reproductive vascular thoracic child adolescent geriatric geriatrics nuclear diagnostic pulmonology
  consultation liaison neuro advanced
  comprehensive teaching transfer call crisis satellite virtual telehealth advisory alert advice manager
  medicare medicaid old course current recent previous prior last next first second one two three annual routine standard best safe
`);

/** Words that stand between the words of a facility's name. */
export const facilityJoints = wordSet('of the for and de la del');

/** Words directly before a place. */
export const placeCues = wordSet('at in from near visited visiting to via outside toward towards by through');

/** What is done to a patient at a place. */
export const visitWords = wordSet(`
  seen treated admitted evaluated visited visit visits followed diagnosed performed transferred referred presented
  presenting discharged hospitalized hospitalised monitored observed care surgery appointment underwent living lives
  residing resides resident moved assessed examined consulted managed enrolled scheduled identified reviewed
  stay stayed works worked operated screened born rehab received receiving attending attended tested
  returned return came went taken brought rushed flown sent conducted done implanted placed confirmed case checked biopsy lab documented
  records transfer consult notes imaging report results letter referral here er ed hospitalization admission inpatient
`);

/** Acronyms that stand after a preposition and are no place. */
export const clinicalAcronyms = wordSet(`
  ed er icu or pacu nicu picu ccu micu sicu bid tid qid prn iv im po npo ct mri bmi bp hr rr cad chf copd ckd esrd dm
  htn hld mi cva tia dvt pe afib uti uri gerd ibs ibd ms als hiv aids hpv hbv hcv tb ra sle oa pcos adhd ptsd ocd
  ldl hdl tsh cbc cmp bmp wbc rbc hgb hct inr ptt pt ekg ecg eeg emg eps usa us uk eu who cdc fda nih aha acc ada
  esc nice acog aap acs asco nccn idsa kdigo gold gina jnc uspstf cms hipaa ssri snri nsaid nsaids ace arb ppi
  moca mmse loinc snomed icd cpt psa gcs tpn fev fvc rom esr crp ciwa phq gad tibc tsh nihss
  dexa pet eua dna rna pcr hba1c a1c egfr gfr ef lvef nyha asa doac noac tnf il ige igg igm pcp ob gyn ent
`);
