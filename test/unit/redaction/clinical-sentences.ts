const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** Sentences that identify nobody, by what must stay readable in them. */
export const clinicalSentences: Readonly<Record<string, readonly string[]>> = {
  drugs: lines(`
    Prednisone taper 40-30-20-10, then 60-50-40-30-20. APIXABAN 5 MG BID. EMPLOYER ST UNKNOWN.
    RIGHT FOOT ULCER, 2 X 3 CM. XARELTO 20 MG. PL; carbidopa-levodopa 25-100 TID. Dr. to call.
    TYLENOL 650 MG Q6H. DR. TO CALL. KCL 20 MEQ. DR. TO CALL.
    Preop Checklist: complete.
    Closure Technique: running suture. | Sheath Removal | 4
    Anticipatory Guidance: reviewed today.
    Developmental Milestones
    - Audit Period
    Barium Swallow | 4
    Neuro Checks | 4 | Vent Settings | 12 | Mattress Overlay | 3
    Capillary Refill: brisk. Tympanic Membrane: dull. Follow up with Neurosurgery; accompanied by Diaphoresis, given with Meals.
    Digit span forward: five eight two six nine four; lives with Roommate.
    Counts aloud one, two, three, four, five, six, seven; toes two, three, four and five are black, took one, then two tabs.
    Start Metformin 500 mg PO BID with meals, titrate to 1,000 mg BID after two weeks.
    Discontinue Lisinopril 20 mg because of cough; begin Losartan 50 mg daily.
    Continue Eliquis 5 mg BID, hold Plavix until after the procedure.
    Home meds: Synthroid 88 mcg qAM, Lipitor 40 mg qHS, Norvasc 5 mg daily, Protonix 40 mg daily.
    Received Rocephin 1 g IV and Zithromax 500 mg in the emergency department.
    Vancomycin trough 14.2 mcg/mL, next dose 1,250 mg at 18:00.
    Switched from Humira to Stelara for loss of response.
    Takes Tylenol Arthritis 650 mg two tabs q8h as needed and Aleve 220 mg at night.
    Depo Provera 150 mg IM every 12 weeks; Plan B discussed.
    Lo Loestrin Fe and Ortho Tri-Cyclen both caused spotting.
    Keytruda 200 mg every 3 weeks, cycle 4 of 35, tolerated well.
    R-CHOP cycle 2: rituximab, cyclophosphamide, doxorubicin, vincristine and prednisone.
    Insulin Glargine 22 units at bedtime, insulin lispro per sliding scale.
    Silver nitrate applied; wound dressed with Aquacel Ag and Mepilex Border.
    Patient given Narcan 4 mg nasal spray by EMS with good response.
    Advair Diskus 250/50 one puff BID, rinse mouth after use.
    Spiriva HandiHaler 18 mcg daily and ProAir HFA two puffs q4h prn.
    Trial of Cymbalta 30 mg daily for one week then 60 mg.
    Paxlovid held because of simvastatin; Molnupiravir given instead.
    Magnesium citrate 296 mL once, then MiraLAX 17 g daily.
    Lovenox 40 mg subcut daily for prophylaxis, Heparin gtt stopped.
    Ketorolac 15 mg IV push, Zofran 4 mg IV, 1 L normal saline bolus.
    Jardiance 10 mg was added to Entresto 49/51 mg BID and Coreg 12.5 mg BID.
    Prescribed Augmentin 875-125 mg for ten days, then Bactrim DS.
    Botox 155 units across 31 sites for chronic migraine.
    Sinemet 25-100 three tablets TID; Requip 1 mg added at night.
    Adderall XR 20 mg in the morning and 10 mg IR at noon.
    Tapazole 10 mg daily and propranolol 20 mg TID for thyroid storm risk.
    Ferrous sulfate 325 mg every other day with Vitamin C 500 mg.
    Ceftriaxone and Flagyl for diverticulitis, narrowed to Cipro 500 mg BID.
    Seroquel 50 mg qhs prn, Ativan 0.5 mg for agitation, avoid Haldol.
    Side effects of Nurtec reported by patients; prior authorization for Vraylar denied.
    Nurtec reported to help; she goes on with Otezla.
    Billing codes: 99214, J3301, J0696
    Prior auth for Ruxvorda denied again, side effects of Ruxvorda reported by many.
    Per Lexicomp, hold it for a day. Per Protocol, repeat in a week.
    It goes by Tylenol elsewhere. Call me STAT. From Orange juice to water, 12.50.100 mg.
    Ozempic 0.25 mg weekly for four weeks, then 0.5 mg weekly.
    Mylanta and Carafate did not help; Nexium 40 mg BID did.
    Restart Coumadin 5 mg Mon/Wed/Fri and 2.5 mg other days.
    Amoxicillin 400 mg/5 mL, give 7.5 mL by mouth twice daily.
    Nitro patch 0.4 mg/hr on 12 hours, off 12 hours.
    Prednisone taper: 40 mg x3d, 30 mg x3d, 20 mg x3d, 10 mg x3d, stop.
    Methotrexate 15 mg once weekly with folic acid 1 mg daily except on that day.
    Suboxone 8-2 mg film SL daily; UDS positive for buprenorphine only.
    Chantix started, nicotine patch 21 mg continued.
  `),
  measures: lines(`
    Goal was reached at 1200 1500 kcal; peak reached at 2500 3000 copies. BP 150 200 office visit, dose 001-5 mL.
    Peak flow 380 390 400, office 350. BP 120 80 office reading. Call for a glucose of 110 120, lactate 001-2.
    The patient, 98 and afebrile, walks with help.
    Peak flow 380 390 400 410 420 this week.
    Nurse line, 0700-1530, on call; (Aspirin, mother, 81) listed; Trauma ED full, Mobile ER van here.
    lactate 2.1. (468) patients; UTI San, noted; chart for acute gout, dob unknown; MD...Continue meds.
    Pt, 94 on RA, sits up; pt (98, 99, 97).
    MRN on file? Next question\\nSodium: 141
    Account\\nPatient: 120 mg daily
    BP 142/88, HR 96, RR 18, T 37.9 C, SpO2 94 % on 2 L NC.
    Na 138, K 4.1, Cl 102, HCO3 24, BUN 18, Cr 1.02, Glu 116.
    WBC 11.2 K/uL, Hgb 9.8 g/dL, Hct 29.4 %, Plt 150,000.
    HbA1c 8.6 % down from 10.1 %; fasting glucose 142 mg/dL.
    Troponin I <0.01 ng/mL x3, BNP 1250 pg/mL, D-dimer 0.42.
    INR 2.4, PT 26.1 s, aPTT 34 s, fibrinogen 310.
    TSH 2.31 mIU/L, free T4 1.1 ng/dL, anti-TPO 340 IU/mL.
    AST 45, ALT 62, ALP 110, T bili 1.8, albumin 3.1.
    ABG: pH 7.31, pCO2 52, pO2 68, HCO3 26, lactate 2.2.
    LDL 130, HDL 38, TG 220, total cholesterol 212 mg/dL.
    PSA 6.4 ng/mL in 2021, 7.9 ng/mL now; free PSA 12 %.
    Weight 76.4 kg, height 168 cm, BMI 27.1, BSA 1.87 m2.
    eGFR 41 mL/min/1.73 m2, urine albumin/creatinine 312 mg/g.
    CSF: protein 62, glucose 58, 3 WBC, 0 RBC, opening pressure 14 cm H2O.
    Echo: LVEF 35-40 %, LVIDd 6.1 cm, TAPSE 1.4, RVSP 48 mmHg.
    FEV1 1.42 L (54 %), FVC 2.6 L, FEV1/FVC 0.55, DLCO 48 %.
    Apgar 8 and 9, birth weight 3,240 g, length 51 cm.
    Fetal heart rate 142, fundal height 32 cm, GBS negative, G3P2.
    Ferritin 8, iron 22, TIBC 468, B12 212 pg/mL, folate 11.
    CK 12,400 U/L on arrival, 3,150 U/L after fluids.
    ESR 78 mm/h, CRP 112 mg/L, procalcitonin 0.9 ng/mL.
    Dobutamine 5 mcg/kg/min, norepinephrine 0.08 mcg/kg/min, MAP 66.
    Visual acuity 20/40 OD, 20/25 OS, IOP 18/17.
    Wound 3.2 x 2.1 x 0.4 cm, 80 % granulation, no tunneling.
    Drain output 120 mL overnight, urine output 0.6 mL/kg/h.
    Ventilator: AC 16/450/8/40 %, plateau 22 cm H2O.
    CA 19-9 4,870 U/mL, CEA 12.4, AFP 3, hCG 12,500.
    HIV viral load 48,000 copies/mL, CD4 310, HCV RNA 1,200,000 IU/mL.
    Ca 11.9, PTH 142 pg/mL, vitamin D 18 ng/mL, phos 2.1.
    O2 sat 88 % on room air, 93 % on 4 L, RR 28.
    Peak flow 320 (68 % of best), 410 after nebuliser.
    Serum osm 268, urine Na 54, urine osm 512.
    Calcium score 412, 87th percentile for age and sex.
    Pain 7/10 at rest, 9/10 with movement, goal 3/10.
    Temperature 101.4 F, heart rate 118, capillary refill 4 seconds.
    T-score -2.7 at the hip, -1.9 at the spine, FRAX 22 %.
    Cortisol 3.1 at 8 AM, 14.6 after cosyntropin 250 mcg.
    Digoxin level 1.8, lithium 0.9 mmol/L, valproate 74.
    Platelets 12,000 after cycle 3, transfused one unit.
    Copies were down (viral load, 150000), ferritin>300, MIC>16, charge >500 J.
    Chest X-Ray 2 View, 12 Lead ECG, 4 Trigger Point injections, 250 mL Green top tube.
    Given 20-50000 units twice; #2 of 4 vaccines; HPV #2 due.
    Is there a role for sacubitril in HFpEF? Sotalol in QTc 480 and ACEi in HFrEF; prognosis in AKIs.
    Assessment: Misty lens; Honor wishes on code status; Bone scan on Friday; Merit of biopsy debated.
    Sterling silver allergy, Royal jelly intake, Blood cultures drawn, Foot exam normal, Tongue midline.
    Hope is preserved; Hazard ratio 1.4; Opportunity for teaching; Slough in the wound bed; Peculiar gait; Boring pain.
    Allergic to Mesquite, Hickory and Whitefish; Mystic themes in speech; Friendship and Enterprise discussed.
    Open fracture; Fresh blood; Clear lungs; Second office visit planned.
    Reading and Speech were slow; Battle injuries of both hands; Paradise was his word for home.
    RN Home visit weekly; RN Call light answered; samples taken at 08:00 by syringe, drawn at 10 by PICC.
    Uses insulin.She feels well; uses a walker on the ward; policy CT 2026 unclear; member MRI 2025 done.
    Hope and Recovery were discussed; drug given: 500 mg; given at 0800; Rose and Ivy pollen; sponsor Visit 3 done.
    PSMA-617, KEYNOTE-189 and RTOG-0617 were read; IL-17-A blocked.
    Gestational age 34 weeks 2 days, AFI 9.4, BPP 8/8.
  `),
  frequencies: lines(`
    Next apt 12/3 at 10 am; apt 10 with cardiology; apt 2 weeks. Apt 3 pm, Apt 4 weeks. Apartment 2 floors up.
    One tablet twice a day with meals for 10 days.
    Apply a thin layer TID to the affected area until clear.
    2 puffs every 4 hours as needed for wheeze, max 8 puffs in 24 hours.
    Take at bedtime on Monday, Wednesday and Friday only.
    Infuse over 30 minutes q12h x 14 days, then reassess.
    Return to clinic in 6 weeks, labs every 3 months.
    10 units before breakfast, 8 units before lunch, 12 units before dinner.
    Check blood sugar four times daily, before meals and at night.
    May repeat every 5 minutes up to three doses; call if no relief.
    Dressing change every other day, sutures out in 7 to 10 days.
    Daily weights; call for gain of 3 lb in a day or 5 lb in a week.
    Physical therapy twice weekly for six weeks.
    Dialysis Tuesday, Thursday and Saturday, last run 3.5 hours.
    q6h scheduled for 48 hours, then q6h PRN.
    Give half a tablet in the morning and one tablet in the evening.
    Weekly on an empty stomach with a full glass of water, remain upright.
    Repeat ultrasound in 12 months; mammogram yearly.
    Day 1, 8 and 15 of a 28-day cycle.
    Titrate by 25 mg every week to a goal of 200 mg.
    Nil by mouth from midnight; clear fluids until 2 hours before.
  `),
  allergies: lines(`
    Allergies: Penicillin (hives), Sulfa (rash), Latex (contact dermatitis).
    NKDA. No known food or environmental allergies.
    Anaphylaxis to Shellfish in childhood, carries EpiPen.
    Intolerant of Codeine (nausea) and Morphine (itching).
    Allergic to Bee Stings, Peanuts and Tree Nuts; EpiPen renewed.
    Reaction to Iodine Contrast: flushing and throat tightness, premedicate.
    Statin intolerance: myalgia on Crestor and Zocor.
    Lisinopril caused angioedema; ACE inhibitors contraindicated.
    Adhesive tape gives blisters, use paper tape.
    Red Man syndrome with vancomycin, infuse slowly.
    Egg allergy is no reason to withhold the influenza vaccine.
    Stevens-Johnson syndrome with Lamictal, never rechallenge.
    Nickel and Balsam of Peru positive on patch testing.
    Cefazolin tolerated despite Penicillin Allergy label.
    Aspirin: bronchospasm, nasal polyps (Samter triad).
    No allergy to Eggs, Milk, Soy or Wheat was confirmed.
    Heparin: HIT, platelets fell to 42, argatroban used.
    Bactrim: drug rash with eosinophilia.
    Seasonal allergies to ragweed, Bermuda grass, oak and birch pollen.
    Dust Mite and Cat Dander 4+ on skin prick test.
  `),
  negations: lines(`
    Denies chest pain, dyspnea, orthopnea, PND, palpitations or syncope.
    No fever, chills, night sweats or weight loss.
    There is no evidence of acute intracranial hemorrhage.
    Without rebound or guarding; Murphy sign negative.
    Neither nausea nor vomiting since yesterday.
    Never smoked, does not drink, no illicit drugs.
    Not on anticoagulation; no longer taking Aspirin.
    Cultures no growth to date at 48 hours.
    Ruled out for MI by serial troponins.
    Unlikely to be malignant; cannot exclude infection.
    No family history of Breast Cancer, Ovarian Cancer or Lynch syndrome.
    Absent bowel sounds; no stool in the vault.
    Did not tolerate BiPAP; not a candidate for lysis.
    No suicidal ideation, no plan, no intent, no access to firearms.
    Negative for Influenza A, Influenza B, RSV and SARS-CoV-2.
    Fails to meet Duke criteria; endocarditis not suspected.
    Will not need a follow-up unless symptoms return.
    May not drive for 6 months. May shower, may not bathe.
    No DVT on Doppler; Homans sign absent.
    Patient cannot recall any trauma, fall or insect bite.
  `),
  relations: lines(`
    According to her daughter, MoCA 24/30; his sister, L4-L5 disc herniation; her son, McBurney point tenderness; her aunt, Babinski negative.
    Her daughter visited. PSA 4.2. His son visited. ICD-10 E11.9. HPI: ANA 1:160 speckled. FOLLOW-UP. ROSE IN CREATININE. PLAN: G2P1001 at 32w4d.
    Mother had breast cancer at 52, father died of MI at 61.
    Maternal aunt with Crohn disease, paternal grandfather with stroke.
    Her husband and two sons are healthy; daughter has asthma.
    Lives with his wife and mother-in-law; son is health care proxy.
    Sister: Type 1 Diabetes. Brother: Hodgkin Lymphoma, in remission.
    Family History: Mother Alive And Well; Father Deceased, Lung Cancer.
    The patient's wife reports snoring and witnessed apneas.
    Daughter at bedside, agrees with the plan of care.
    Caregiver states that intake has been poor since last week.
    Cousin with Sickle Cell Disease; no consanguinity.
    Twin pregnancy, monochorionic; partner present at the visit.
    Grandmother raised him; foster parents report nightmares.
    Son with Down Syndrome, daughter with Turner Syndrome.
    Neighbor found her on the floor and called 911.
    Mom says he has not had a wet diaper in 8 hours.
    Uncle, aunt and nephew all with Von Willebrand Disease.
    Spouse is the main support; adult children live nearby.
    Father has Huntington Disease, patient is at risk and untested.
    Paternal half-sister with MTHFR variant and one DVT.
    Guardian consented to the vaccine series.
  `),
  eponyms: lines(`
    Bruce Protocol to stage 3; scheduled for Ross Procedure.
    Benign Prostatic Hyperplasia and Macular Degeneration are stable; Myasthenia Gravis is suspected.
    Found by Doppler, recorded by Holter; lives with Crohn disease; Father of Twins.
    Klebsiella Pneumoniae: sensitive to all. Genu Varum | mild. Cauda Equina: intact.
    Room 4 Today Dr said it may go on. MD Notified. Notify MD if warm. Worker Compensation.
    I think we are looking at Rosacea. Erectile Dysfunction and Hallux Valgus are old.
    Bipolar Disorder Type I. Obsessive Compulsive Disorder, Pityriasis Rosea and Tinea Pedis are treated.
    Babinski absent, Hoffmann positive on the left, Romberg unsteady.
    Foley catheter draining clear urine, Jackson-Pratt drain with 30 mL.
    Swan-Ganz catheter floated, Hickman line flushed, Port-a-Cath accessed.
    Known Wolff-Parkinson-White syndrome, Charcot-Marie-Tooth disease excluded.
    Parkinson disease, Hoehn and Yahr stage 2.5; Lewy body dementia considered.
    Wilson's disease was excluded, Kayser-Fleischer rings absent.
    Guillain-Barré syndrome treated with IVIG, Miller Fisher variant unlikely.
    Ankle-brachial index 0.7; Allen test normal; Lachman and McMurray negative.
    Whipple procedure planned; Roux-en-Y anatomy noted; Nissen wrap intact.
    Crohn's colitis, Bechet disease and Sjögren syndrome were discussed.
    Glasgow Coma Scale 14 (E4 V4 M6), Mallampati II, ASA III.
    Positive Dix-Hallpike on the right; Epley maneuver performed.
    Colles fracture reduced, Kirschner wires placed; Salter-Harris II.
    Ehlers-Danlos hypermobile type with Beighton score 7.
    Barrett esophagus without dysplasia, Mallory-Weiss tear healed.
    Cushing reflex, Kussmaul breathing and Cheyne-Stokes respirations.
    Grave's ophthalmopathy, Hashimoto thyroiditis, Addison disease.
    Trendelenburg gait, Phalen and Tinel signs positive.
    Bell's palsy House-Brackmann grade III on the right.
    Dupuytren contracture, Heberden nodes, Osgood-Schlatter disease.
    McBurney point tenderness, Rovsing and psoas signs positive.
    Ludwig angina, Fournier gangrene and Lemierre syndrome are emergencies.
    Zollinger-Ellison syndrome, Peutz-Jeghers polyps, Meckel diverticulum.
    Hartmann procedure converted; Billroth II reconstruction.
    Ramsay Hunt syndrome; Horner syndrome; Argyll Robertson pupil.
    Tetralogy of Fallot repair, Blalock-Taussig shunt, Fontan circulation.
    Chiari I malformation, Dandy-Walker cyst, Arnold-Chiari II.
    Takotsubo, Brugada pattern and Kawasaki disease in the differential.
    Burkitt lymphoma, Ewing sarcoma, Wilms tumor, Kaposi sarcoma.
    Epstein-Barr virus IgM positive; Coombs negative; Heinz bodies seen.
  `),
  scores: lines(`
    CHA2DS2-VASc 4, HAS-BLED 2, Wells score 3, Geneva score low.
    NIHSS 12 on arrival, mRS 3 at discharge, ASPECTS 8.
    PHQ-9 17, GAD-7 12, MoCA 22/30, MMSE 24/30, AUDIT-C 6.
    Child-Pugh B, MELD-Na 19, FIB-4 2.9, Maddrey 38.
    Gleason 3+4=7, Grade Group 2, cT2a N0 M0, PI-RADS 4.
    Stage IIIA, T3 N1 M0, ECOG 1, Karnofsky 80.
    BI-RADS 4B left breast, Lung-RADS 3, LI-RADS 5, TI-RADS 4.
    Rai stage 0, Ann Arbor stage II, Deauville 2, IPI 1.
    APACHE II 18, SOFA 7, qSOFA 2, CURB-65 3.
    Ranson 3 at 48 hours, Bishop score 6, Centor 3.
    NYHA class III, CCS class II, Killip class I, TIMI 5, GRACE 140.
    Fitzpatrick type IV, Wagner grade 2 ulcer, Braden 14, Morse 55.
    Mayo score 8, CDAI 310, DAS28 4.6, EDSS 3.5.
    Kellgren-Lawrence grade 3, Outerbridge III, Garden IV.
    Bosniak IIF cyst, Fuhrman grade 2, Clark level IV, Breslow 1.2 mm.
    Ballard 36 weeks, Tanner stage 3, Snellen 20/30.
    ASCVD ten-year risk 14.2 %, Framingham 18 %, QRISK3 16 %.
    STOP-BANG 6, Epworth 14, AHI 42 events/h.
    RASS -2, CAM-ICU positive, Richmond goal 0.
    Rockall 4, Glasgow-Blatchford 9, Forrest IIa.
  `),
  genes: lines(`
    BRCA1 c.68_69delAG pathogenic, BRCA2 negative, PALB2 VUS.
    EGFR exon 19 deletion, ALK negative, ROS1 negative, PD-L1 80 %.
    HER2 3+, ER 95 %, PR 40 %, Ki-67 22 %, Oncotype DX 18.
    KRAS G12C mutated, NRAS wild type, BRAF V600E not detected, MSI-H.
    Factor V Leiden heterozygous, prothrombin G20210A negative.
    HLA-B27 positive, HLA-B*5701 negative, HLA-DQ2 present.
    BCR-ABL1 transcripts 0.02 %, JAK2 V617F positive, CALR negative.
    FLT3-ITD positive, NPM1 mutated, t(8;21) absent, del(5q) present.
    CYP2C19 *2/*2 poor metabolizer, avoid Plavix.
    CFTR F508del homozygous, sweat chloride 98 mmol/L.
    APOE e3/e4, MTHFR C677T heterozygous, HFE C282Y homozygous.
    TP53 loss, PTEN deleted, RB1 retained, MYC amplified.
    MLH1 and PMS2 loss by IHC, MSH2 and MSH6 intact.
    IDH1 R132H mutant, 1p/19q codeleted, MGMT methylated.
    SMN1 zero copies, SMN2 three copies.
    NOTCH3, LMNA and MYH7 sequenced without findings.
    Trisomy 21 by NIPT, 46,XX on karyotype, 22q11.2 deletion absent.
    COL1A1 variant c.2010delT, phenotype mild.
    GLA p.N215S, alpha-galactosidase A low.
    IgVH unmutated, CD38 positive, ZAP-70 negative, CD5+ CD23+.
  `),
  devices: lines(`
    2 View chest, no infiltrate. 4 View wrist. CXR 2 Views unchanged. 3 View knee series. 71046 Chest Views two.
    12 Port placement; 36561 Port insertion under fluoroscopy. 73030 Shoulder View. 72050 Cervical Spine Views.
    Room 3 Wall suction set to 80 mmHg. 12 Chest Wall nodules. 4 Abdominal Wall hernias repaired. 3 Canal Wall down.
    T1 T2 Flat affect. 3 Flat warts on the hand. 10 Flat Polyps removed. 24 Goldmann Fields. 450 Proton Beam Field.
    70491 CT Soft Tissue Neck with contrast. 70498 CTA Neck. 76536 Ultrasound Neck. 310 Femoral Neck fractures.
    532 nm Green Light laser; 400 Blue Light cystoscopy; 311 Narrowband Light; 10000 Lux Light. 120 W Green Light.
    ICU 12 Negative Pressure Wells. 96 Microtiter Wells. 384 Plate Wells. 512 Tuning Fork; 1 Tuning Fork test.
    400 Meter Walk test; 10 Meter Walk 9 s; 25 Foot Walk 5.2 s; 200 Meter Track. 12 Point ROS negative; 3 Point Gait.
    22 Fr 3 Way Foley; 3 Way Stopcock. 100 Normal Saline Flush; 100 Heparin Lock flush; 20 Gauge Lock; 2 Saline Lock.
    12 Delayed Union; 6 Non Union. 20 Hill Sachs lesion. 120 Peroneal Common. 100 Percent Rest. 12 Oval Window.
    2 Falls in 6 months; 3 Recent Falls; Morse Fall 45. 15 Pelvic Inlet; 2 Gastric Inlet patches. 3 Rubber Dam.
    Endoscopy Suite 4, OR Suite 2, suite 3. Suite 30 minutes later. STE 2 mm in V2-V4, STE 10 leads. Unit 4 West.
    Medtronic Micra leadless pacemaker, mode VVIR 60.
    Dexcom G7 and Omnipod 5 in use, time in range 71 %.
    Boston Scientific Watchman FLX 27 mm deployed.
    Edwards SAPIEN 3 valve 26 mm, gradient 9 mmHg.
    Bair Hugger warming and SCD boots on.
    Patient on BiPAP 14/6 with ResMed AirSense 11.
    Cochlear implant on the right; MRI conditional at 1.5 T.
    Impella CP at P-6, flows 3.2 L/min.
    Da Vinci robotic prostatectomy, blood loss 150 mL.
    Hoyer lift for transfers, Geri chair, bed alarm on.
    Wound VAC at -125 mmHg, foam changed.
    Zimmer Biomet Persona knee, size 8 femur, size F tibia.
    Yankauer suction at bedside, Ambu bag available.
    LVAD HeartMate 3 speed 5,400 rpm, PI 3.2, power 4.1 W.
    Stryker Triathlon tibial baseplate, size 5.
    Nexplanon in the left arm, Mirena removed.
    Shiley 8 cuffed tracheostomy, Passy-Muir valve trial.
    Freestyle Libre 2 sensor, Tandem pump with Control-IQ.
    Levine tube to low intermittent suction; Dobhoff placed.
    Miami J collar at all times; TLSO when out of bed.
  `),
  narrative: lines(`
    Will follow up with Cardiology and Endocrinology in two weeks.
    White Blood Cell Count trending down, Red Cell Distribution Width normal.
    The patient presents for follow-up regarding Chronic Obstructive Pulmonary Disease.
    Major Depressive Disorder, Recurrent, Severe Without Psychotic Features.
    Seen in the Emergency Department, admitted to the Intensive Care Unit, transferred to Telemetry.
    Discharged home in stable condition with Home Health and Physical Therapy.
    African American male, 58 years old, with hypertension and CKD stage 3b.
    A 34-year-old Hispanic female, G2P1, at 28 weeks presents with headache.
    An 88-year-old woman with COPD since 2019 and heart failure since 2021.
    What are the NICE guidelines for DVT prophylaxis after total knee replacement?
    According to the American Heart Association, the target is below 130/80.
    Should I stop Warfarin before Cataract Surgery in a 79-year-old man?
    Compare Apixaban and Rivaroxaban in patients like those of the ARISTOTLE trial.
    Patient Health Questionnaire completed; Patient Portal message sent.
    Advance Directive on file; Full Code; Power of Attorney documents reviewed.
    Chief Complaint: Shortness Of Breath. History Of Present Illness: as above.
    Past Surgical History: Appendectomy, Cholecystectomy, Cesarean Section x2.
    Social History: Former Smoker, quit in 2010, 30 pack-years.
    Review of Systems: Constitutional Negative; Cardiovascular Negative.
    Hospital Course By Problem: 1. Acute Hypoxic Respiratory Failure.
    Assessment And Plan: Community Acquired Pneumonia, improving.
    MRI Brain With And Without Contrast: no acute infarct.
    CT Abdomen Pelvis: Mild Hepatic Steatosis, Sigmoid Diverticulosis.
    ECG: Normal Sinus Rhythm, Left Axis Deviation, First Degree AV Block.
    Chest X-Ray: Left Lower Lobe Opacity, No Pleural Effusion.
    Patient Care Team updated; Interdisciplinary Rounds held.
    Male infant, Apgar 9, Vitamin K and Hepatitis B Vaccine given.
    The child, Type 1 Diabetes since age 4, uses a pump.
    Female patient, Stage II Breast Cancer, on Tamoxifen.
    65-year-old male, Current Smoker, with Peripheral Artery Disease.
    Woman, Late Stage Dementia, fed by hand.
    Guidelines like Surviving Sepsis recommend 30 mL/kg of crystalloid.
    Consult: Infectious Disease. Reason: Bacteremia With Gram-Positive Cocci.
    Re: Prior Authorization For Biologic Therapy.
    To: Primary Care. From: Emergency Medicine.
    Diet: Low Sodium, Heart Healthy, Carbohydrate Controlled.
    Activity As Tolerated; Weight Bearing As Tolerated On The Left.
    Return Precautions Given; Verbalizes Understanding.
    Hold Parameters: SBP below 100, HR below 55.
    Medical Decision Making: High Complexity.
    Rocky Mountain spotted fever, West Nile virus and Lyme disease were tested.
    Crystal violet stain, Rose Bengal and Congo Red were negative.
    Summer outbreak of Hand, Foot and Mouth disease in the day care.
    Grant MJ? No: the Grant criteria are not validated.
    Joint Commission and Clinical Laboratory standards were met.
    ED Course: Stable. Disposition: Home. Condition: Good.
    Neuro called with recommendations; Pharmacy called about the dose.
    Radiology reports a new nodule; Pathology reports benign tissue.
    Mark the site before surgery. Will the dose change? May increase to 40 mg.
    Faith and hope matter to her; she takes joy in gardening.
    At Baseline he walks with a cane; At Rest saturation is 93 %.
    From Admission to discharge he gained 2 kg; In Summary, improved.
    Past Tobacco Use, Current Alcohol Use, No Drug Use.
    Diagnosed in 2018, treated in 2019, relapsed in 2022.
    Visited by Palliative Care; seen by Wound Care and Case Management.
    SARS-CoV-2 PCR negative; COVID-19 booster given; Tdap due in 2029.
    In Phase III trials, at Week 12, response was 62 % vs 41 %.
    Dr visit needed. Nurse to call with results. Doctor aware.
    Prof of immunity reviewed; Ms diagnosis (multiple sclerosis) discussed.
    Sister Mary Joseph nodule absent; Virchow node not palpable.
  `),
  shapes: lines(`
    Zip 3 tabs; zip 10. Post code blue 2 rounds. PLZ 40. Switched from Guatemala coffee. Called from Triage. Originally from Somalia.
    Bed 312 Window View. Wound ut 3. Kidney ter 2. Glargine ter 3. 10 Lantus u. 15. Nerve gata 3. Cardiac gate 16. 12 Lead EKG, 5 Lead Holter.
    Conjugate 13 given, then Conjugate 20. Blockade 2. Aggregate 3. Auntie 84 helps. Hemophilia 8. Insulin u. 15 at noon.
    Unit 12 census 30; unit 4 box 3 of gloves. CMR EF 55, CMR 402. PSC 2 on imaging. USS Abdomen normal, USS Liver 14 cm.
    APO A1 120, APO B 90, APOE 4; APO AA genotype; FPO. AP 12345 views stored. TRG 150, Trg 150 mg/dL. Avenue 3 trial.
    LASIX 40 PER DR. SEEN AT 1400 BY DR. FOLLOW UP IN 2 WEEKS WITH DR. GLUCOSE 212 AND DR. SODIUM 138 AND CT HEAD.
    Patient: Febrile. Mother: HTN. Father: ADHD. Sister: Unstable. Name: Ketamine. Nurse: Tearful. Patient: NPO.
    Problems to address: pain, 2 falls. Address: 3 problems. Home address: Unknown. Address: continue lisinopril 20 mg.
    Home address: Lisinopril 20 mg daily. Current address: Not given. Address goals of care in 2 weeks. Strada 2 study.
    Address: Penicillin allergy\nMailing address: same\nBilling address: None
    RELEASED FROM CUSTODY. WORKS IN RETAIL. LIVES IN TRAILER. RESIDES IN FACILITY. HOME FROM COLLEGE. TRANSFERRED FROM STEPDOWN.
    RECEIVED IN FORMALIN. TAKEN FROM ILIAC CREST. BIOPSIES FROM ANTRUM AND FUNDUS. PLACED IN TRENDELENBURG. DIAGNOSED IN UTERO.
    PAIN IS FROM SCIATICA. PATIENT IS IN BIGEMINY. GRAFT IS FROM LIMA TO LAD. TENDERNESS IN EPIGASTRIUM.
    Issues to address: Blood Pressure, Insulin 10\nConcerns to address: Diet, Sleep, Stress 3\nAddress: Wound Care, 3
    Home address: Verified x2\nMailing address: Portal preferred, takes 3 days\nBilling address: Unchanged since 2019
    Current address: Patient could not recall after 3 attempts\nUser: Adherence to therapy\nUser: Infusion rate of heparin
    LOINC 4548-4, SNOMED CT 44054006, RxNorm 860975, ICD-10 E11.9.
    CPT 99214, HCPCS J1885, NDC 0093-7214-01, CVX 208.
    1. Aspirin 81 mg 2. Atorvastatin 40 mg 3. Metoprolol 25 mg
    Rate 1:1000, ratio 1/2, range 3.5-5.1, delta 12.5 %, pH 7.35-7.45.
    L4-L5, C5-C6, T12, S1; 2nd MTP; 5th metacarpal; MCA M1 segment.
    q.d., b.i.d., t.i.d., p.o., p.r.n., i.v., s.c., h.s., a.c., p.c.
    XRT 5040 cGy in 28 fractions, boost 1000 cGy in 5.
    Hb 13.4 (12.0-15.5), MCV 88 (80-100), RDW 13.1 (11.5-14.5).
    Lot of pain, ticket to recovery, plate and screws in place.
    Case closed, chart reviewed, card signed, group therapy at 10.
    pos 3+, trace 1+, 2/6 SEM, 4/5 strength, 2+ pulses, 10/10 plan.
    Insulin 1 unit per 15 g carbs, correction 1:50 above 150.
    1/2 NS with 20 mEq KCl at 75 mL/h; D5W 50 mL; LR 1,000 mL.
    12-lead ECG, 24-hour Holter, 72-hour fast, 6-minute walk 310 m.
    HPV 16/18, Hep B sAb 142, VZV IgG 1,450, MMR immune.
    A 3 month old, 7 kg, with 5 days of cough; 60 % intake.
    mg/dL, mmol/L, mcg, ng/mL, IU/L, mEq/L, cm H2O, mmHg, bpm.
    Day 3 of 7, cycle 4 of 6, dose 2 of 3, week 12 of 24.
    Group A strep positive, case mix 1.4, plan of care unchanged.
    O positive, Rh D positive, antibody screen negative, 2 units PRBC.
  `),
  namesakes: lines(`
    Milan criteria met; Boston criteria probable; Rotterdam criteria two of three.
    Edinburgh Postnatal Depression Scale 9, Montreal Cognitive Assessment 24/30.
    Kansas City Cardiomyopathy Questionnaire 58; Los Angeles classification grade B.
    Philadelphia chromosome positive ALL; May-Thurner syndrome on imaging.
    King's College criteria not met, Ann Arbor stage II, Stanford type B dissection.
    Chronic hepatitis C. Denies alcohol. Vitamin D. Continue.
    MS guidelines updated; relapse of MS. Call back with any weakness.
    Chest X-Ray was performed; T-Cell Marker is pending; C-Section Scar has healed.
    Strength 5/5, pain 7/10, one tablet 1/2 hour before meals.
    Is Dr. Google right about San Joaquin Valley fever? Ottawa ankle rules say no film.
    May Hegglin anomaly, West Nile in a hiker bitten in July, Dallas Pain Questionnaire 40.
    Should Chantix be stopped? She was switched from Chantix to a patch.
    Major Depressive Disorder, recurrent; Bear Hugger applied; St. John's wort stopped.
    He was diagnosed in spring. She was admitted. It says to rest. Return Precautions Given; platelets (150000), range 150-4000, 500-1200 mg.
    Children under five, daughters Two and Four years old, siblings Well; problem list for Heart Failure.
    Specimen from Left Breast, sample of Synovial Fluid; the caregiver is Home Health, the attending is In Surgery.
    Target heart rate at 120 BPM; oxygen saturation at 940 Pa.
    Version 10.2.33 of the software; see section 1.2.10.
    Temp 99F with chills, 98 F, HR 95 and SpO2 91, she is 95 kg; he's 96 % adherent; ninety percent of doses.
    Strength 3/5-4/5, 1/4-1/2 tablet, 3/17 nodes, 2/14 cores positive, ESS 8/24, GCS 11/15, IOP 12/14, BiPAP 12/5.
    G4P3013 at 39w2d, G2P1001; skin tag 12 mm; doses at 0600 1400 2200; plate 2 of 4; prescription 30 tablets; the last four doses.
    MR conditional device; Emblem S-ICD; Weber B fracture, Gartland III; anti-Hu, anti-Jo-1 and anti-Ri negative.
    Denver, Kocher and Ottawa rules; Tanner, Marshall and Ballard stages; Yale-Brown 24; fever in North Carolina; A&Ox4.
    Interventional Radiology and Child Neurology follow;.
    Steroids in Addisonian crisis, rest in Parkinsonian gait.
    Clark III melanoma, Quintero II; Stokes-Adams attacks, Lambert-Eaton, Bair Hugger on; penicillin G. Partner is well.
    CA-125 880, FIGO stage, CA-19-9; Glasgow-Blatchford 9, Oakland 14; independent in ADLs; TRANSFER CENTER: called.
    Review labs for sepsis; can insulin stop; should Metformin continue? T1DM, G3P2.
    H/H 9/28, Hgb/Hct 9/28 stable; Symbyax 6/25 nightly, Knodell 11/22; fecal fat 7/24.
    Took 10/14 doses, completed 5/18 fractions; cycle 2/14; week 7/16; balance 9/16; nodes involved 3/16; depression screen 11/27.
    Pain on Tuesday 6/10, mood today 6/10; yesterday 8/10, today 5/10; Friday 12/14 doses taken; Mon 1/2, Tue 1, Wed 1/2.
    VA 6/9-6/12; BiPAP 10/5-12/6; 3/8-5/16 inch; titrate from 5-10-15 mg; on 2-4-12 week schedule; sets of 8-10-12.
    Temp 95F with rewarming, 95 F with warm blankets; walked 100M with a walker, 90m with rest; 6MWT 100m, dyspneic.
    She's 92 and satting well; she is 93 today on room air; patient 93, 2 L; he's 94, was 96; pt 98 and afebrile.
    First described ninety years ago, after a hundred years of insulin.
    Echo, LA: dilated; Eyes, VA: 20/30; Electrolytes, CA: 9.1; Neuro, MS: alert.
    Colds are common in November; sutures 3-0 and 4-0; ratio 1-2-10; a score of 9/27, pain (4/10).
    The Ross procedure, the Harvey-Bradshaw Index, a Jessica scale; the Johns Hopkins fall risk assessment, the Hopkins Verbal Learning Test.
    Women's Health Initiative, National Comprehensive Cancer Network, Infectious Diseases Society of America, European Society of Cardiology.
    Dispensed NDC0591-3740-01; std::8 is no address; the token economy helped; Clinic: closed, hospital = unknown.
    Screening since the Affordable Care Act; INR for a St. Jude mechanical valve, a St. Jude bileaflet aortic valve.
    COMPREHENSIVE MEDICAL RECORD; FOCUSED HEALTH HISTORY; RN: Called back, no answer. NOK: unknown.
    Steinmann pin 100 mm, pin 316 removed; password reset 3 times. Seen at Urgent Care. IBAN not given.
    Women with CABG at 60; dx at age 40; stented at rest, delivered at 39w2d, infused at 150 ml/h, workup at ED.
    K 4.1 mmol/L. Compared with last time; TSH 2.1 mIU/L. Advised rest; 10^9/L. Patient well.
    INR 2.4. 43 cells counted; chronic kidney disease stage 3. x 10 days of antibiotics; pH 7.35. 43 of 50 cells.
    CT head without contrast, CT A/P with contrast; Reviewed, CT chest clear.
    Sydney classification, Atlanta 2012 classification, Berlin definition, Tokyo 2018 severity grade, Manchester triage category.
    European response, Ann Arbor IIB; N Engl J Med.
    Subject: RE: appointment; 54 F HTN HLD c/o pain; Ped clinic at noon; Employee health; Dr notified; Morbus Wilson.
    Lima bean allergy; Keytruda (4M); Stelara, 9 months; Ozempic stopped working; Lasix was started on Monday; Price is 43 kg.
    Should you start Humira, Stelara? Room 4 Cleaning, done; refer OB/GYN; a full-time employee; Works for 8 hours.
    On I-131 therapy; Karolinska sleepiness scale; Thanks team! Morning Tresiba, 10 units; Evening Seroquel! call her Monday.
    Lasix and I/O; girls, Gardasil at 11; Love Ozempic; Hey Siri can you; Atemwege frei; Thanks Cardiology.
    Worked for Crohn's; from mobile; moved to reading; In Crohn's disease, In Medicare patients, In Rotterdam criteria.
    Baby Aspirin daily; Baby Monitor on; she calls me Tuesday; follow up with cardiology in 2 months; with jessamine tea.
    Non-Hodgkin lymphoma, Prader-Willi syndrome, Charcot-Marie-Tooth disease, Epstein-Barr virus, Beta-Blocker, X-Ray.
    Wife (Tylenol, as needed), mother (Breast cancer); mr imaging shows, dr appointment.
    Elevation STE 200 ms, STE 300 mV, suite 400 mg; HLA-27-101 negative.
    CC: TPN HELD
    CC: MCBURNEY POINT TENDERNESS. WAS ADMITTED FROM HOME WITH PAIN 7/10. SEEN FOR APGAR 8/9. SLEPT AFTER 2 TO 7.4. DR. TO CALL.
    63 yo PT, CT ABDOMEN. CNA, PA NOTIFIED. PT IN ED, ID CONSULTED. ASSUMED CARE OF PATIENT M. ROM 0-120 DEGREES.
    Robert Jones bandage, Miller Fisher syndrome, Ivor Lewis esophagectomy, Todd paralysis.
    GABAPENTIN 300 MG THREE TIMES A DAY. DR. TO CALL. HPI: TPN HELD. 61 yo PT, SHELLFISH CAUSES ANAPHYLAXIS.
    5/5 strength in all extremities; mild COPD, GOLD 2.
    Policy 2024, plan 2025, record 2021; 0730-1545 shift, 1200-1800 kcal, 2019-2024; ICD10-2023.
    Strength 4/5 120/80; pain on the 5th and 6th ribs, on the 3rd, 4th, and 5th digits; a corn on the 5th toe; since the 2nd trimester.
    What can be eaten on Thanksgiving with diabetes? Weight is on the 50th percentile; Christmas tree pattern rash.
    Kaplan-Meier curves, Mann-Whitney test, Pearson correlation; Lennox-Gastaut and Loeys-Dietz syndromes; Montgomery-Asberg 22.
    Ivor Lewis esophagectomy, Denis Browne bar, Graham patch; Todd paralysis, Nelson syndrome, Hampton hump; Blake drain out.
    Mayfield pins, Milwaukee brace. Harvey-Bradshaw 9; Spetzler-Martin grade 2; Kelly clamp; Cameron erosions; Miami J; Z-Pak. Apply Preparation H; Retin-A nightly; MS CONTIN 30 mg, MS Contin 15 mg.
    Surgeries: Appendectomy, Tubal Ligation. Equipment: Hospital Bed, Bedside Commode. Neurosurg clinic soon. Address: Pain, 5
    Foley Catheter 16F; Cope Loop 10F; Cook Catheter 8F; Fosamax 10 y; Gleevec 12 mo; tylenol for fever, she is 22 lbs. Thx, ECG now.
    What did the Framingham study show? Explain the Helsinki declaration and the Bristol stool chart; the Utrecht cohort agrees.
    Does the Nurses' Health Study help, or the stages of Kubler-Ross? Reference 2019, request 1500 kcal, call 12345 cells, job 2.
    Plan for Keytruda (3), note for Epic. Exercise plan for Monday; words for Family. Custody of records (9).
    Which flu strain is Hong Kong flu? Monro-Kellie doctrine; Vaughan Williams classes; Grey Turner sign; Child-Pugh B in Child-Pugh C cirrhosis.
    How is the Norton scale different from Waterlow? Compare the Lausanne and Basel cohorts; the Kaiser Permanente cohort agrees.
    Does Xarelto need a dose change? Should Entyvio stop? Regarding Keytruda: none. First: take one. Last: normal. MI: none. PCN allergy.
    Is the Copenhagen City Heart Study enrolling? What is the Ghent nosology, and the Boston one? Batch 2 of tests; Metformin, BMI 39.
    Did the CAMILA trial change care? Mass General prognostic model, Mass General nomogram; Lamotrigine, weight 60 kg; Atorvastatin, LDL 90.
    Amoxicillin Clavulanate, 9 kg child. Goal weight, 60 kg. Therapy Band no. 2.
    Tracleer and Uptravi were denied. Should Wakix be taken early? Xywav has helped. Assigned to Placebo; crossover to drug.
    Fazekas 2, Scheltens 3; positive Thessaly and Apley. Amplatzer in place; Tyrer-Cuzick model; McGill Pain Questionnaire 22, MacConkey agar.
    14 Fr. Foley, Child Protective Services, Child-Pugh B. Cipro, a 7-day course; Prednisone, a 6-month taper. Keytruda needs her monitoring.
    1. Breast Cancer 2. Colon Cancer. Primary: Crohn Disease. McCune-Albright syndrome. Heparin per Raschke. Roche Cobas 8000.
    Is Xolair due for renewal? Did Zosyn fall short? Tell Staff that it is so. In-situ, Non-small, Pre-op; Mac-1 receptor, Le Fort II.
    Migraine with Aura, rate control for AFib; grew Fusobacterium with Prevotella; negative for Bartonella. Interpreter for Tagalog.
    Allergic to Mesquite and Balsam; rash from Bacitracin. When should Tdap be given? Trials of Vyepti; doses of Xiaflex. Send it to Walgreens at noon.
    Review of Systems: Respiratory: no cough. Former Smoker, Social Drinker. Give Ringer lactate 1 L. Imaging: CT Abdomen with Contrast. Return Precautions Given.
    Creat fell to 1.2, Sats fell overnight, Plts fell from 200. Lytes repleted; Abd soft; Extr warm. Vanc continues, Levo weaned; Trop fell.
    Pitocin was started; Macros are off; Hoarseness since noon. Positive for Cannabis. Is Impetigo contagious? Ketorolac scored better.
    Sildenafil for ED, Heart Failure in the ED; Ross Procedure; Hospital ED, Construction work; Bakery worker.
    The circle of Willis is patent. Hope for recovery, faith in treatment; Stone was seen and removed. With grace and joy. Can May be booked? Will this help?
    Osteopathy Referral. Started Remdesivir, Tecovirimat held. Lacosamide Taper, Retinopathy Screen.
    08:10 Infliximab given, 09:00 Zosyn infusion. Metformin, Lisinopril, reported as taken. Apixaban still indicated; total of 31 points.
    {"freq":"BID","last":"normal"}; {"system":"http://loinc.org","code":"4548-4"}; Nino de 4 anos; report.dcm attached.
  `),
};
