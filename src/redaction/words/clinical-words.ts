import { wordSet } from '../word-set.ts';
import { brandWords, substanceWords } from './brand-words.ts';
import { clinicalCapitals } from './capital-words.ts';

/**
 * Clinical vocabulary that must stay readable: drugs, findings, units, negations, tests and anatomy. A name equal
 * to one of these hides only where it plainly stands for a person.
 */
export const clinicalWords = wordSet(`${brandWords}${substanceWords}${clinicalCapitals}
  placebo sham moyamoya afib tdap dtap latanoprost bimatoprost travoprost alprostadil misoprostol epoprostenol treprostinil
  shellfish shrimp lobster peanut peanuts egg eggs soy wheat nut nuts sesame gluten lactose
  abdomen abdominal abnormal abscess acarbose acetaminophen acid acne acs acute acyclovir adenocarcinoma adenosine
  adherence admission adrenal advair afebrile albumin albuterol alcohol alendronate alert alkaline allegra allergic
  allergies allergy allopurinol alprazolam alt ambien amiodarone amlodipine amoxicillin ampicillin anal anemia
  aneurysm angina angiogram angioplasty ankle anorexia antacid antibiotic antibiotics antibody anticoagulant
  antidepressant antigen anxiety aorta aortic apixaban apnea appendicitis appendix appetite arm arms arrhythmia
  arterial artery arthritis aspirin ast asthma asystole ataxia atelectasis atenolol ativan atorvastatin atrial atrium
  augmentin auscultation autism axilla azithromycin back bacteria bacterial bactrim balance basal basophils
  benadryl benazepril benign bicarbonate bid bilateral bile bilirubin biopsy bipolar bladder bleed bleeding
  blister bloating blood bmi bone bones botox bowel bp brachial bradycardia brain breast breath breathing bronchitis
  bruise bruising bumetanide bun bupropion burn burns bypass calcium cancer cannula carbamazepine carcinoma cardiac
  cardiology cardiologist cardiovascular carotid cartilage carvedilol cast cataract catheter cbc cefazolin cefepime
  ceftriaxone celebrex celecoxib cell cells cellulitis cephalexin cerebral cervical cervix chemo chemotherapy chest
  chills chloride chlorthalidone cholecystectomy cholesterol chronic cirrhosis citalopram clarithromycin clavicle
  clindamycin clonazepam clonidine clopidogrel clot clotting cocaine codeine cold colitis colon colonoscopy coma
  comfort concha conchae concussion confusion congestion congestive conjunctiva consciousness constipation contact contusion copd
  cord corneal coronary cortisol cough coumadin covid cramp cramps cranial creatinine croup crp culture cyanosis
  cyst dabigatran daily dapagliflozin deficiency deficit dehydration delirium delivery dementia dental depression
  dermatitis dexamethasone diabetes diabetic diagnosis diagnoses dialysis diarrhea diastolic diazepam diclofenac
  diet digital digoxin engl morbus notified notify dilaudid diltiazem diphenhydramine discharge disc disease disorder diuretic diverticulitis
  dizziness dobutamine donepezil dopamine dose doses doxycycline drain drainage drug drugs dry duloxetine
  duodenum dyspnea dysphagia dysuria ear ears ecg echo echocardiogram eczema edema effusion ejection ekg elbow
  electrolytes eliquis embolism emphysema empagliflozin enalapril endocarditis endocrine endometriosis endoscopy
  enoxaparin eosinophils epilepsy epinephrine episode erythema erythromycin escitalopram esomeprazole esophagus
  estradiol exam examination exercise extremities extremity eye eyes face facial failure fall falls family fasting
  fatigue feet femoral femur fentanyl ferritin fetal fever fiber fibrillation fibromyalgia fibrosis finding findings
  finger fingers flank flap flonase flu fluconazole fluid fluids fluoxetine fluticasone flutter folate folic follow
  foot foramen forearm fracture frequency furosemide gabapentin gait gallbladder gastric gastritis gastrointestinal
  genetic gentamicin gland glaucoma glipizide glucose gout graft gram grand gravida groin guaifenesin hair hand
  hands haldol haloperidol head headache headaches health hearing heart heartburn heel hematocrit hematology
  hematoma hematuria hemodialysis hemoglobin hemorrhage hemorrhoids heparin hepatic hepatitis hernia heroin herpes
  hip hips history hiv hives home hospice hospital hour hours humerus humira hydralazine hydration
  hydrochlorothiazide hydrocodone hydrocortisone hydroxychloroquine hydroxyzine hyperglycemia hyperkalemia
  hyperlipidemia hypertension hypertensive hyperthyroidism hypoglycemia hyponatremia hypotension hypothyroidism
  hypoxia hysterectomy ibuprofen icu ileus imaging imbalance immune immunization impaired imdur infant infarct
  infarction infection infections inferior inflammation influenza infusion inguinal inhaler injection injury insomnia
  insulin intact intake intestinal intolerance intravenous intubation iodine iron ischemia ischemic isosorbide itching
  jaundice jaw joint joints jugular keflex keppra kidney kidneys klonopin knee knees lab labetalol labor labs
  laceration lactate lactic lamotrigine lansoprazole lantus laparoscopic large laryngeal lasix latex lateral ldl left
  leg legs lens lesion lesions lethargic leukemia leukocytes levaquin level levels levetiracetam levofloxacin
  levothyroxine lexapro libido lidocaine life ligament limb linezolid lip lipase lipid lipids lipitor lips lisinopril
  lithium liver lobe lobectomy long loratadine lorazepam losartan loss lovenox low lumbar lump lung lungs lupus lyme
  lymph lymphocytes lymphoma magnesium malaise malignant mammogram mandible marrow mass mastectomy maxillary measles
  medial medical medication medications melanoma meloxicam meningitis menopause menses mental mesh metabolic
  metastatic metformin methadone methotrexate methylprednisolone metoclopramide metolazone metoprolol metronidazole
  mg migraine mild milk minute minutes mirtazapine mitral moderate mold mole monocytes montelukast mood morphine
  motor motrin mouth mri mrsa mucosa mumps murmur muscle muscles myalgia myocardial myopathy nail nails naloxone
  naproxen narcan narrow nasal nausea neck needle negative neonatal neoplasm nephropathy nerve nerves neurologic
  neurology neuropathy neutrophils nexium nicotine nifedipine night nitrofurantoin nitroglycerin node nodes nodule
  none normal norvasc nose not no never nothing numb numbness nursing nutrition nystatin obese obesity occlusion
  ocular olanzapine omeprazole oncology ondansetron opioid optic oral orthopedic osteoarthritis osteoporosis otitis
  ovarian ovary overdose oxycodone oxygen pacemaker pain palate pale pallor palpitations palsy pancreas pancreatitis
  panel pantoprazole paracetamol paralysis paroxetine patch patella patent pelvic pelvis penicillin penile peptic
  percocet perforation pericardial peripheral peritoneal pharynx phenytoin phlegm phosphate phosphatase photophobia
  pill pills pink pioglitazone plaque plasma plate platelet platelets plavix pleural pneumonia pneumothorax polyp
  polyps poor portal positive post posterior potassium pravastatin prazosin prednisolone prednisone pregabalin
  pregnancy pregnant pressure prilosec primary prn probiotic procedure prolapse promethazine propofol propranolol
  prostate prosthesis protein protonix prozac pruritus psoriasis psychiatric psychiatry psychosis pulmonary pulse
  pump pupil pupils pus pylori qid quetiapine quit radial radiation radiology radius ramipril range ranitidine rapid
  rash rate reaction reactive rectal rectum reflex reflexes reflux regular rehab remission renal repair resection
  respiration respiratory rest retina rhythm rib ribs right rigid ringing rivaroxaban room rosuvastatin rotator
  rupture sacral saline saliva scan scar scoliosis score screen screening sedation seizure seizures sepsis septic
  serotonin sertraline serum severe sexual shingles shock short shortness shot shoulder shoulders sick sildenafil
  simvastatin sinus sitagliptin skin sleep small smear smoke smoker smoking sober sodium soft sore spasm specimen
  spinal spine spironolactone spleen splint sprain sputum stable stage staph statin steady steatosis stenosis stent
  sternum steroid steroids stiff stiffness stimulant stoma stomach stone stones stool strain strength strep stress
  stroke sublingual sugar sulfa sulfamethoxazole sumatriptan supine supplement surgery surgical suture swab swelling
  swollen symptom symptoms syncope synthroid syphilis syringe systolic tablet tablets tachycardia tamoxifen tamsulosin
  temperature temporal tenderness tender tendon tenormin testicular testis testosterone tetanus therapy thigh thoracic
  throat thrombosis thrombus thumb thyroid tia tibia tibial ticagrelor tid tinnitus tissue titer tobacco toe
  toes tolerance tongue tonsil tonsils tooth topical topiramate torsemide torso toxic toxin trachea tract tramadol
  trauma traumatic trazodone tremor triage triamcinolone tricuspid triglycerides trimethoprim troponin tube
  tuberculosis tumor tylenol ulcer ulcers ultrasound umbilical units unit ureter urethra urgent urinalysis urinary
  urine uterine uterus vaccine vaccines vagina vaginal valacyclovir valium valproate valsartan valve vancomycin
  varices vascular vein veins venlafaxine venous ventilation ventolin ventricle ventricular verapamil vertebra
  vertebral vertigo viagra vicodin viral virus vision vital vitals vitamin vomiting vulva walker warfarin wart warts
  water weak weakness weight well wheezing white wound wounds wrist xanax xarelto yeast yellow zantac zinc zithromax
  zocor zofran zoloft zolpidem zyprexa zyrtec ozempic wegovy trulicity victoza januvia jardiance farxiga entresto
  brilinta humalog novolog toujeo tresiba basaglar lyrica cymbalta effexor wellbutrin seroquel abilify risperdal
  depakote dilantin tegretol lamictal topamax adderall ritalin concerta vyvanse suboxone nucynta dupixent enbrel
  stelara remicade rituxan herceptin keytruda opdivo avastin gleevec tagrisso singulair spiriva symbicort
  semaglutide liraglutide dulaglutide tirzepatide glargine lispro aspart detemir
  dander mite mites ragweed pollen factor cesarean section width distribution bengal violet persona biomet
  medtronic dexcom omnipod resmed stryker zimmer philips impella heartmate abiomed shiley nexplanon mirena libre
  watchman sapien triathlon aquacel mepilex allevyn tegaderm yankauer ambu bipap cpap airsense tandem insulet
  levine dobhoff questionnaire dressing nitrate alginate chlorhexidine betadine glucometer rollator
  smokers caregiver caregivers ultrasonography ophtho podiatry telemetry pharmacy pathology
  apgar cva dvt gerd uti uri mi chf cad ckd esrd hpi pmh ros cc fh sh nkda nka wnl rrr ctab perrla
  hep denies without absent present mcg ml kg lb mmhg bpm iu meq mmol gm cm mm
  imitrex nurtec ubrelvy aimovig emgality zepbound mounjaro rybelsus saxenda contrave qsymia belviq paxlovid
  lagevrio veklury tamiflu xofluza relenza biktarvy descovy truvada genvoya harvoni epclusa mavyret zytiga xtandi erleada
  ibrance kisqali verzenio lynparza imbruvica calquence venclexta revlimid pomalyst darzalex kyprolis velcade xgeva prolia
  forteo evenity fosamax boniva actonel evista premarin provera nuvaring clomid arimidex nolvadex cozaar diovan benicar
  micardis cardizem procardia lopressor toprol coreg bystolic bumex demadex aldactone inspra crestor pravachol zetia repatha
  praluent nexletol vascepa lovaza effient pradaxa savaysa nitrostat ranexa corlanor multaq tikosyn cordarone lanoxin
  glucophage tradjenta onglyza invokana steglatro amaryl glucotrol prandin starlix bydureon byetta adlyxin soliqua xultophy
  levemir apidra fiasp afrezza cytomel tapazole cortef deltasone medrol decadron breo trelegy anoro incruse tudorza atrovent
  combivent proair xopenex flovent pulmicort qvar asmanex arnuity nasonex claritin xyzal atarax pepcid dexilant carafate
  reglan phenergan compazine linzess amitiza trulance miralax colace cimzia simponi orencia actemra xeljanz rinvoq olumiant
  otezla taltz cosentyx tremfya skyrizi entyvio arava plaquenil azulfidine imuran cellcept prograf rapamune uloric krystexxa
  mobic toradol ultram norco duragesic belbuca vivitrol antabuse chantix nicorette paxil celexa pristiq remeron
  trintellix viibryd spravato auvelity buspar restoril lunesta belsomra rozerem geodon latuda rexulti vraylar caplyta invega
  clozaril lithobid trileptal vimpat briviact fycompa xcopri zonegran neurontin gralise sinemet requip mirapex neupro azilect
  namenda aricept exelon leqembi kesimpta ocrevus tysabri gilenya tecfidera aubagio copaxone avonex ampyra flomax proscar
  avodart cialis levitra detrol myrbetriq vesicare dysport juvederm restasis xiidra xalatan lumigan cosopt alphagan amoxil
  omnicef rocephin cipro avelox biaxin cleocin flagyl macrobid diflucan lamisil valtrex zovirax zyvox dificid
  shingrix gardasil prevnar pneumovax boostrix adacel fluzone comirnaty spikevax moderna novavax havrix twinrix menactra
  oxycontin percodan roxicodone subutex sublocade lucemyra zubsolv aleve excedrin mucinex robitussin sudafed dramamine
  prostatic hyperplasia myasthenia gravis erectile obsessive compulsive macular tardive dyskinesia whooping binge bulimia
  nervosa pes planus hallux valgus varus pityriasis lichen tinea pedis corporis cruris capitis versicolor molluscum
  contagiosum alopecia areata bullous pemphigoid pemphigus rosacea purpura vulgaris simplex obliterans suppurativa nigricans
  migrans dissecans schonlein preeclampsia eclampsia schizophrenia iliotibial dysfunction degeneration fistula malformation
  intermittent acquired idiopathic eosinophilic interstitial vasovagal myofascial sacroiliac femoroacetabular patellofemoral
  adhesive labral meniscal nonalcoholic hepatorenal cardiorenal nephrotic nephritic mesangial membranous focal tubular
  urticaria angioedema impetigo scabies vitiligo melasma lentigo keloid verruca paronychia intertrigo hyperhidrosis
  klebsiella pneumoniae pseudomonas aeruginosa proteus mirabilis candida albicans glabrata ehrlichia chaffeensis babesia microti
  bartonella henselae haemophilus influenzae moraxella catarrhalis neisseria gonorrhoeae meningitidis serratia marcescens
  morganella morganii enterobacter cloacae escherichia coli enterococcus faecalis faecium acinetobacter baumannii citrobacter
  freundii stenotrophomonas maltophilia legionella pneumophila mycoplasma chlamydia trachomatis treponema pallidum borrelia
  burgdorferi anaplasma rickettsia listeria monocytogenes campylobacter jejuni shigella sonnei yersinia vibrio cholerae
  clostridioides clostridium difficile perfringens bacteroides fragilis staphylococcus aureus epidermidis streptococcus
  pyogenes agalactiae pneumococcus mycobacterium avium plasmodium falciparum vivax toxoplasma gondii giardia lamblia
  cryptosporidium entamoeba histolytica trichomonas vaginalis aspergillus fumigatus cryptococcus neoformans pneumocystis
  jirovecii histoplasma capsulatum coccidioides norovirus rotavirus hantavirus ebola zika dengue chikungunya doppler cologuard
  fitbit genu coxa valgum varum vara cubitus gluteus medius minimus latissimus dorsi biceps triceps femoris brachii
  ductus arteriosus ovale cauda equina linea nigra corpus luteum callosum quantiferon
  epipen strabismus amblyopia nystagmus iritis uveitis blepharitis chalazion hordeolum pterygium drusen
  hospitalist intensivist nocturnist housestaff neurointerventional allergist chiropractor orthodontist
  naturopath neurosurgery periodontist hepatobiliary physiatry urogyn anticoag nephro neurocritical nurseline
  telepsych switchboard ombudsman housekeeping roommate stepmom housemates inlaws stepdad dispatcher meals
  applesauce leucovorin carbidopa versed urodynamics guardian coroner improvement floaters refill letter imodium
  gaviscon tums maalox mylanta voltaren salonpas lidoderm biofreeze fioricet pepto delsym benzonatate
  simethicone opioids nsaids dulcolax exparel sevoflurane diaphoresis paresthesias crepitus urgency melena
  hematemesis myalgias arthralgias tenesmus anosmia lightheadedness drooling fingerstick venipuncture mediport
  suprapubic midstream thoracentesis xray glidescope barcode callback timeout sequencing genotyping gavage
  ventouse autoinjector paramedics bystander janitor security dinamap computer algorithm machine rales membrane
  tympanic anion gap fundal height bibasilar capillary nasogastric bronchoscope enema careplan emar facesheet
  pathway unassigned preterm breastfed consanguineous childbearing activities bicaval sundowning lochia
  activation activity acuity airway ambulation anesthesia anterior anticipatory appliance approval arrival
  artifact aspirate aspiration assessment assignment attestation audit authorization axial barium baseline
  bedpan bedside bedtime bolus buprenorphine carb caudal cephalad checklist closure cognitive commode comparison
  complaint compliance complication complications contraindications copay coronal coverage crossmatch crutches
  cutoff decubitus deductible deescalation demonstrated departure description detection detox developmental
  device devices dietary differential directive directives discontinue dissection distal dosing draping duration
  electrode eligibility elopement empiric enrollment epidural evaluation excisional expectations extubation
  facilitator flowsheet fluoro followup formulary fundoscopic guidance gynecologic handoff handout
  handover hemostasis humidifier hygiene illness impedance implant implants impression incision
  incisional indication indications induction inject insight instill instructions instrument integrity
  interpretation interpreter interrogation interval intervention interventions intraop invasion irrigate
  isolation judgment kardex lactation lancets laterality lavage length ligature limitations linen localization
  lymphovascular maintenance mattress menstrual microscopic milestone milestones mobility
  modifier molecular monofilament nebulizer needles neuro oblique obstetric occurrence onset orientation
  orthostatic orthotic ostomy outcome outcomes output overlay oxytocin pacing percentile perineural period
  periop placement plateau postop precaution precautions preop prep priority procedures projection projections
  prone prophylaxis prosthetic protectors protocol proximal quantity quartile ratio rationale readiness
  reassessment receptor recertification recommendation recommendations reconciliation refills refractory regimen
  regression removal restraint restraints restriction restrictions retinal sagittal sensitivities sensitivity
  sequence sequences severity sheath showering siderails specimens sponge status substance
  substitution suction summary susceptible syringes teachback technique telehealth threshold timeline
  titrate titration toilet tourniquet transfusion tubing upright utilization variance vent ventilator verbalized
  virtual volume washout wheelchair withdrawal worksheet
  ambulates ambulating ambulated cultures tolerates tolerating ambulatory weaned extubated intubated stooling urinating sutures
  titrating taper advised counseled recheck refer breech
  agitated tearful comfortable anaphylaxis alcoholism healthy inactive unstable unchanged recurrent estranged widowed
  postpartum ventilated paralyzed unresponsive responsive arousable somnolent obtunded disoriented uncooperative
  combative anxious irritable restless delirious psychotic suicidal homicidal febrile hypotensive tachycardic
  bradycardic hypoxic tachypneic diaphoretic cyanotic jaundiced icteric flushed dehydrated malnourished cachectic
  bedbound supervised withheld discontinued tapered titrated migraines cataracts deafness blindness malaria nonsmoker
  miscarriage stillbirth equivocal purulent serous nontender distended edematous erythematous midline ketamine
  melatonin nightmares npo dnr dni adhd htn hld osa ptsd qhs hallucinations delusions paranoia euthymic dysphoric
  labile blunted nonverbal nonadherent noncompliant compliant adherent unsteady ataxic dysarthric aphasic hemiplegic
  paraplegic quadriplegic amputee bedridden incontinent continent constipated nauseated pruritic oliguric anuric
  polydipsia hypoglycemic hyperglycemic neutropenic bacteremic anemic thrombocytopenic coagulopathic immunocompromised
  postmenopausal premenopausal nulliparous multiparous contin tubal ligation neurosurg neurosurgical gastro bed beds commode
  celiac sciatica varicose fibroids hyperemesis rubella varicella
  chickenpox pertussis inpatient outpatient ambulance observation homemaker
`);

/** Word endings that belong to drugs, diseases and procedures. */
const clinicalEndings = wordSet(`
  mab nib pril sartan olol statin azole cillin mycin micin floxacin cycline ovir avir evir ivir uvir vudine gliptin gliflozin glutide
  glitazone parin xaban gatran triptan setron prazole tidine zepam zolam barbital caine curium dipine thiazide
  semide lukast terol sone solone nide fibrate dronate oxetine ipramine triptyline idone peridol azine itis emia
  aemia osis oses ectomy otomy ostomy oscopy plasty opathy algia uria plegia paresis trophy megaly rrhea rrhage
  phasia phagia pnea cardia tension genic lytic edema oma omas opia penia philia ology ologist ography ogram metry
  therapy ectasis uretic globin cyte cytes blast kinase amide azide oxide oride peptide ceride cerides
`);
/** Names of people that end so too. */
const namesEndingSo = wordSet(`
  olamide eufemia euphemia jeremia nehemia leonide mahavir raghuvir demetry dimetry onyeoma okoroma politis kalnitis
  berzitis ozolitis krumitis
`);
const lastThree = new Set([...clinicalEndings].map((ending) => ending.slice(-3)));
const endingLengths = [...new Set([...clinicalEndings].map(({ length }) => length))];
const shortestWithEnding = 7;

/** Whether a lower-case word ends as drugs, diseases and procedures do. */
export const endsClinically = (word: string): boolean =>
  word.length >= shortestWithEnding &&
  lastThree.has(word.slice(-3)) &&
  endingLengths.some((length) => clinicalEndings.has(word.slice(-length))) &&
  !namesEndingSo.has(word);

/** Whether a lower-case word belongs to the clinical vocabulary, by list or by its ending. */
export const isClinicalWord = (word: string): boolean => clinicalWords.has(word) || endsClinically(word);

/** People whose names live on in diseases, signs, scores and instruments. */
export const eponyms = wordSet(`
  kubler addison adson allen alzheimer alport apgar argyll arnold asherman asperger babinski baker barlow barre barrett
  bartter bartholin basedow battle beck becker behcet bell bence berger bishop blalock bowen bowman braden braxton
  breslow broca brown brudzinski bruce brugada budd buerger burkitt burton caroli castleman chadwick chagas charcot
  chiari cheyne child chvostek clark conn coombs cooley courvoisier creutzfeldt crohn cullen cushing dandy darier
  dercum down dressler duchenne dupuytren ebstein ehlers eisenmenger ewing fabry fallot fanconi felty fitzhugh foley
  fontan forrester fournier fowler franklin friedreich frank gardner gaucher giannotti gilbert glasgow gleason
  goodpasture gower graves grey guillain gram hageman hallpike hamilton hansen harris hartmann hashimoto heberden
  heimlich henoch hickman hill hirschsprung hodgkin hoffman holter homans horner horton hunt hunter huntington
  hurler hutchinson jackson jacob jaeger janeway johnson jones kaposi kartagener kawasaki kayser kegel kernig
  killip klinefelter klumpke koch koplik korotkoff korsakoff kussmaul lachman ladd lasegue leriche levine lewy
  lhermitte likert lisfranc lou gehrig lyme lynch mallory marcus marfan mcburney mcmurray meckel meniere mohs
  monro morgagni morton munchausen murphy myerson nissen noonan norton osgood osler paget pancoast papanicolaou
  parkinson patrick pearl pel peyronie phalen pick pickwick plummer pott potter pratt prader prinzmetal purtscher
  raynaud reed reiter reye reynolds rhys romberg ramsay ranson roux rinne rorschach roth rovsing sapphire schatzki
  scheuermann schilling schlatter schober seldinger sengstaken sever sheehan simmonds sims sister sjogren snellen
  spitz spurling starling stevens still stokes strauss sturge swan sweet sydenham takayasu tanner tay thomas tinel
  tourette trendelenburg trousseau turner valsalva vincent virchow volkmann von waldenstrom wallenberg warthin
  waterhouse weber wegener wells wenckebach werner wernicke whipple wiedemann willi williams willis wilms wilson
  wiskott wolff wood yergason zenker zollinger ellison epstein barr danlos willebrand jakob recklinghausen hippel
  hoffmann weiss marie ludwig lemierre robertson geneva ann arbor pugh lawrence kellgren richmond leiden
  deauville mallampati outerbridge garden rockall forrest blatchford cobb baxter parkland beighton salter brackmann
  fleischer kirschner kerley ganz fisher hoehn yahr epley dix fitzpatrick bosniak fuhrman ballard epworth
  karnofsky wagner morse maddrey geri fowlers janus hirsch schmidt haglund sudeck jod
  lambert eaton bair quintero glenn marshall norwood gartland schatzker conners peutz jeghers billroth congo taussig tapia tolosa edward klippel feil treacher collins
  lindau browder mcroberts ringer beers macconkey macintosh mcgill mcmaster mcgrath mccune
  fleischner raschke kattan tyrer cuzick balthazar khorana cockcroft gault lawton waterlow ishak knodell truelove
  rutgeerts lichtiger spetzler fazekas scheltens koedam gustilo lauge frykman ficat arlet pirani ponseti dimeglio risser
  ferriman gallwey amsel nugent dubowitz centor mcisaac binet durie sokal hasford rosai dorfman erdheim langerhans birbeck
  churg gitelman liddle vinson boerhaave toupet pfannenstiel fothergill uhthoff apley jobe semont schirmer amsler
  ishihara mantoux stroop asberg zung wechsler bayley achenbach cormack lehane aldrete dräger drager fresenius
  cobas siemens sysmex amplatzer groshong mahurkar tesio malecot pezzer kehr steinmann ilizarov bankart latarjet
  lapidus zadek syme chopart gritti krukenberg shouldice bassini kugel stoppa soave swenson duhamel ramstedt
  ravitch rastelli senning jatene waterston stansel konno alfieri wertheim shirodkar lefort barthel
  niemann sachs yates jarisch herxheimer schiff kock bennett colles smith monteggia galeazzi kocher
  mayo leopold mcdonald hegar goodell bacillus calmette guerin kimmelstiel swyer edwards patau angelman rett
`);

/** What follows an eponym. */
export const eponymNouns = wordSet(`
  disease diseases syndrome syndromes sign signs test tests phenomenon palsy maneuver manoeuvre position drain
  catheter score scale criteria classification procedure repair operation fracture lymphoma sarcoma tumor tumour
  esophagus oesophagus contracture ulcer node nodes spots lines law body bodies nucleus angle canal duct pouch
  hernia anemia anaemia thyroiditis vasculitis encephalopathy aphasia chorea ataxia dystrophy stage grade monitor
  protocol index respiration respirations breathing pulse murmur triad tetralogy reflex reaction stain virus
  granulomatosis macroglobulinemia gangrene purpura dementia cyst nails plasty infection antigen carcinoma
  abscess neuroma ligament tendon exercises chart lamp suture staging exam examination malformation
  attack attacks spray pupil pupils angina tear tears goal goals gait wires wire rings ring nodule nodules chair collar variant
  agitation anatomy wrap shunt circulation heterozygous mutation tube trial risk lift pattern
  solution method bladder apparatus rule equation formula dialysis bag anesthesia coma assessment questionnaire
  chromosome inventory consensus guideline guidelines fever diet calculator nomogram lesion deformity dissection
  encephalitis review reviews guide statement recommendations checklist interview battery antibody scoring rules anomaly wort valve vitus dance diaper band headache
  definition definitions triage category handicap needle forceps retractor clamp stent graft approach technique ratio rating prep hugger screen screener suicide severity hips sump
  brace hump pins paralysis
`);
