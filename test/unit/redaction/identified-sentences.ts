/**
 * Invented sentences with what identifies somebody in double brackets, with its Safe Harbor letter. People, places
 * and numbers are made up; none is taken from a data set.
 */
export const identifiedSentences: readonly string[] = `
We discussed it with [[A:Robert Jones]]. Saw [[A:Miller Fisher]] and called [[A:Foster Kennedy]].
Please have [[A:Linda]] sign the form; [[A:Bruce Ross]] procedure at nine.
As [[A:Quynh]] reported, pain is worse. [[A:Thuy]] reported by phone that she is well.
She is looking at [[B:Shady Pines]] nursing home. Transferred from [[B:City General]]. Seen by [[A:Chism]].
He goes by [[A:Mac]]; plan made with [[A:Vukasin Nastic]] and left.
| MRN | [[H:H1234]] |
Dictated: reference [[R:one three zero three four four two six one eight]], call back.
Her cell is [[R:five five five, oh one four, two double seven one]].
Saw [[A:Oluwaseun Adeyinka]] in clinic today for his knee.
[[A:Xiomara Quiñonez]] is a 52-year-old woman with new atrial flutter.
Pt: [[A:Thandeka Mkhize]], 34 y/o F, here for a wound check.
Patient name: [[A:Joy Hill]]. Reason: cough.
72-year-old man, [[A:Miles Stone]], seen after a fall.
A 6yo boy, [[A:Ravi Shankaran]], with otitis media.
Spoke with Mr. [[A:Dong-hyun Bae]] about his results.
Mrs. [[A:Day]] will bring her inhaler next time.
Dr. [[A:Strong]] recommended surgery; Dr. [[A:A. Vishwanathan]] agreed.
Called daughter [[A:Mei-Ling]] to arrange transport.
Her sister, [[A:Marguerite]], holds the power of attorney.
Son [[A:Tiago]] at bedside; wife [[A:Anneliese]] on the phone.
[[A:NAKAMURA, HIROKO]] - follow up in two weeks.
Name: [[A:FITZWILLIAM, GEORGE T]]
Patient: [[A:Abernathy, Roscoe]]
Signed electronically by [[A:Perpetua Ndlovu]], MD
Sincerely,\\nDr. [[A:Gwendolyn Fairweather]]
Dictated by: [[A:Ilse Brandt]], PA-C
cc: Dr. [[A:Ezekiel Okorie]]
Referred by Dr. [[A:Van der Merwe]] for a second opinion.
Thank you, nurse [[A:Philomena]], for the update.
dr [[A:kowalczyk]] will call tomorrow.
My patient, [[A:Grace Park]], needs a refill.
Discussed with [[A:Hannelore Vogt]] and her husband [[A:Detlef]].
[[A:Yetunde Bankole]] reports less pain.
[[A:Bjorn]] denies chest pain.
Attending: [[A:Siobhan O'Malley]]; resident: [[A:Ji-woo Han]].
Next of kin: [[A:Summer Blackwood]], phone [[D:(312) 555-0147]].
Emergency contact [[A:Demetrius Holloway]] [[D:404.555.0119]].
Interpreter: [[A:Nguyen Thi Lan]].
The witness, [[A:Rosalind Achebe]], called an ambulance.
Seen with her mother [[A:Concepcion Duarte]].
Hello [[A:Ms. Kalinowska]], your results are in.
Hi Dr. [[A:Ferreira]], please review.
Guarantor: [[A:Winifred Osgoode]]
For patients like [[A:Ignacio B.]], is apixaban safe?
male, [[A:Tariq W.]], on dialysis
Prescriber [[A:Lakshmi Raghunathan]], NPI [[K:1234567893]].
RN [[A:Castellano]] gave report to RN [[A:Mbeki]].
[[A:Zofia Wiśniewska]] (DOB [[C:04/17/1961]]) presented with fever.
[[A:Kwabena Asamoah]], MRN [[H:0048213]], room 4.
The baby of [[A:Leilani Kahananui]] was born at term on [[C:3 May 2024]].
Mr [[A:Singh]] and Mrs [[A:Kaur]] attended together.
Case of [[A:Pádraig Ó Súilleabháin]], reviewed by the board.
Admitted to [[B:Willowmere Regional Hospital]] with sepsis.
Transferred from [[B:St. Columba's Hospital]] by air.
Followed at [[B:Pine Hollow Family Clinic]] since 2019.
Labs drawn at [[B:Quest Diagnostics Tulsa]].
Seen at [[B:Kensington General]] on [[C:June 3rd, 2024]].
Surgery at [[B:Harlan & Reeves Medical Center]] went well.
He lives in [[B:Grand Junction]] with his dog.
She moved from [[B:Chattanooga]] to [[B:Sioux Falls]] last year.
Resident of [[B:Coral Springs, FL 33065]].
Address: [[B:4127 Larkspur Lane, Apt 6B, Dayton, OH 45402]]
Lives at [[B:19 Old Mill Road]], [[B:Burlington, VT]].
Mail to [[B:PO Box 4471, Helena, MT 59604]].
Home address [[B:88-12 Queens Blvd, Elmhurst, NY 11373]].
Works at [[B:Lincoln High School]] as a teacher.
Visited our clinic in [[B:Cedar Falls]] on [[C:2/11/2024]].
ZIP code [[B:60614]], county of [[B:Cook]].
Pharmacy: [[B:Walgreens, 1200 N State St, Chicago]].
Treated at [[B:Our Lady of Lourdes Hospital]] in [[C:April 2023]].
Born in [[B:Guadalajara]], raised in [[B:El Paso]].
Inpatient at [[B:UNM Hospital]] from [[C:1/4/24]] to [[C:1/9/24]].
Last seen at [[B:Brookhaven Heart Institute]] on [[C:12 Sept 2022]].
Referred to [[B:Meridian Sleep Center]], [[B:Boise]].
DOB: [[C:1958-11-02]]; age 66.
Date of birth [[C:7 Feb 1983]].
Admitted [[C:03/09/2024]], discharged [[C:03/14/2024]].
Biopsy on [[C:Nov. 8th]] showed adenocarcinoma.
Surgery scheduled for [[C:the 21st of August 2025]].
Collected [[C:2024-05-30T08:14:00Z]] and resulted [[C:2024-05-31]].
Vaccinated on [[C:10.06.2021]] and [[C:08.07.2021]].
Symptoms began [[C:14-Mar-2024]].
Seen [[C:5/6]] and again on [[C:5/20]].
A [[C:94]]-year-old woman with hip fracture.
He turned [[C:101]] years old and lives alone.
Aged [[C:92]], independent in all activities.
She lives alone, aged [[C:97]].
[[A:Mark Hill]], [[C:97]], of [[B:Kennewick]], died in his sleep.
[[A:Ada Roe]] ([[C:94]]) is here for refills. Her mother, [[C:91]], is well; [[A:Ada Roe]] ([[C:94F]]) came.
Mrs. [[A:Ada Roe]], [[C:93]], has hypertension.
The patient ([[C:94]]) presents with chest pain; her aunt, [[C:95]], fell.
Resident is male, [[C:96]], with CHF.
Member number?\\nCaller: It's [[I:9043-3485-14]].
[10:05] Sam: MRN?\\n[10:06] Lee: [[H:32302452]]
bot: last 4 of SSN\\nvisitor: [[G:5878]]
bed 6 is [[A:Bautista]], asthma
[[A:Thandiwe]]'s A1c went from 7.1 to 9.4.
Her name is spelled [[A:T R A S K]], she says.
Our patient [[A:Despina]] ([[H:7136-9606]]) was exposed to measles.
Crossmatched for [[A:Deborah Nguyen]], [[H:56472201]], ABO A neg.
[[A:Aoife Park]], a retired teacher, has ITP.
can someone pull the chart for [[A:linda rivers]], dob [[C:06/15/1982]]
can someone pull the chart for [[A:minh ong]], dob [[C:06/15/1982]]
Brought in by [[B:Fresno]] PD, seen at [[B:Ballarat]] ED before.
Lives in [[B:Leipzig]] w/ [[A:Ray]], her partner. Family ([[A:Bill]], son, [[D:368.835.4173]]) notified.
Pt name......[[A:Angharad King]]
Call [[D:617-555-0172]] with results.
Cell: [[D:(480) 555-0163]]; home [[D:480 555 0190]].
Phone [[D:+1 206 555 0134 ext 22]].
Text her at [[D:9175550188]].
Reach me on [[D:+44 7700 900123]].
Pager [[D:555-0143]].
Fax results to [[E:(703) 555-0155]].
Fax: [[E:1-800-555-0199]]
Email [[F:t.mkhize74@mailbox.example]] for the form.
Write to [[F:frontdesk@pinehollow-clinic.org]].
His address is [[F:ravi.shankaran+health@example.co.in]].
SSN [[G:212-09-4418]].
Social security number: [[G:319 55 8802]]
SSN ending in [[G:4418]].
MRN [[H:7783-221]], bed 12.
MRN: [[H:A00918237]]
Medical record number is [[H:55-90-13]].
Chart no. [[H:C-118842]]
Patient ID [[H:PX-4471-09]]
Hospital number [[H:K772310]]
Account [[J:8830-1142-77]] is past due.
Acct # [[J:00912883]]
Visit ID [[H:V-20240311-88]]
Accession [[H:24-118-00231]]
Specimen ID [[H:SP-77120]]
Encounter number [[H:900441823]]
Member ID: [[I:W90 4417 223]]
Policy number [[I:GHX-7710-442]]
Insurance ID [[I:ZGP881204471]]
Medicare number [[I:1EG4-TE5-MK73]]
Medicaid [[I:AB12345C]]
Group no [[I:0088123]], subscriber [[I:J4471028]].
Claim [[I:CLM-88120-4]] was denied.
Prior authorization number [[I:PA4471902]]
IBAN [[J:DE89 3704 0044 0532 0130 00]]
Card [[J:4111 1111 1111 1111]] on file.
Routing [[J:021000021]], account [[J:7741920033]].
Billed [[R:$240]] to account [[J:BA-771-0042]].
License [[K:RN-204418]], expires 2027.
NPI: [[K:1093817465]]
DEA number [[K:BF1234563]]
Driver's license [[K:D447-1902-8831]]
Passport [[K:X8812047]]
Badge [[K:44192]]
Plate number [[L:7KXR 204]]
VIN [[L:1HGCM82633A004352]]
License plate [[L:BLT-4471]].
Vehicle registration [[L:KA-05-MH-1234]]
Pacemaker serial number [[M:PJN442019S]]
Device ID [[M:INS-88204-X]]
UDI [[M:(01)00844588003288(17)141120(10)7654321D(21)10987654D321]]
Implant lot number [[M:L20417B]]
IMEI [[M:490154203237518]]
Pump S/N [[M:TD-0044192]]
MAC [[M:3c:22:fb:41:9a:0e]]
Posted at [[N:https://portal.example.org/u/4471]].
Her blog: [[N:www.leilani-knits.example.com]]
See [[N:pinehollow-clinic.org/results?id=8812]].
Logged in from [[O:203.0.113.77]].
IPv6 [[O:2001:db8:85a3::8a2e:370:7334]].
Fingerprint ID [[P:FP-88120-CC]]
Face photo: [[Q:IMG-FACE-20331]]
Username [[R:lkahananui74]]
Her handle is [[R:@leilani_knits]].
Study ID [[R:ONC-044-0192]]
Employee ID [[K:E-44192]]
Rx number [[R:RX-7741920]]
Trial number [[R:TRN-00442]]
Order ID [[H:ORD-2024-7741]]
Student ID [[K:S20174419]]
User: [[R:mfairweather2]]
Case number [[H:2024-CV-11820]]
QR token [[R:eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HACGpVUMN_a9IV7pAx]]
Confirmation number [[R:H7KQ2P]]
Amount due [[R:$1,240.50]] for the visit.
NAME=[[A:Odalys Ferrer]]; POSTAL_CODE=[[B:30318]]; PHONE_NUMBER=[[D:404-555-0188]];
"patient_name": "[[A:Ingvar Solheim]]", "mrn": "[[H:88120447]]", "birth_date": "[[C:1949-03-12]]"
FULL_FACE_PHOTO=[[Q:PHOTO-7712-AB]]; DEVICE_ID=[[M:DV-00912]]; AMOUNT=[[R:310 dollars]];
LOCATION=[[B:Eastgate clinic]]; BANK_NAME=[[J:First Harbor Bank]]; USER_NAME=[[R:osolheim9]];
| [[A:Efua Darko]] | [[C:1990-08-15]] | [[D:312-555-0166]] | [[F:efua.d@example.net]] |
For [[A:Joy Rice]] at the clinic: is a lower dose enough?
Hi team, [[A:Desta Green]] in room 12 spiked 39.1 overnight.
[[A:Temuera Obuya]]'s pacemaker was interrogated today.
[[A:Isolde Marrack]] missed her last refill.
[[A:Q. Strong]] (69F) was started on an inhaler.
Pt initials [[A:K.V.]], seen in clinic.
Discussed with [[A:Karim el-Masry]] today.
[[A:Grant]] (wife) updated by phone.
[[A:Brooks]] slept well, tolerating diet.
Thanks,\\n[[A:Norm]]
last_name=[[A:Page]]
Re: [[A:Rich, Malakai]], here for a visit.
CARE TEAM: [[A:Ottoline Frayne]] (RN), [[A:Art Tinker]] (PT)
Discharged; [[A:Hui Tavares]]; [[B:Norfolk]]; cough.
Transferred from [[B:Geisinger]] to [[B:Ochsner]] overnight.
Records from [[B:Mass General]] were faxed.
[[A:Edda Koll]], 71 y/o, [[B:Duke]] icu, day 3.
Seen at [[B:Baylor Scott & White]] for asthma.
Lives in [[B:Travis County]] with her sons.
Moved to [[B:Golden Acres Nursing Home]] in spring.
<city>[[B:Flint]]</city>
pt# [[H:E1504]], stable
MRN#: [[H:NR/1944/260]]
insurer # [[I:H640-22340]]
[[C:12/9]] visit at [[B:Lakeside Clinic]].
I saw [[A:Anneke Winters]] yesterday in the office.
Discharge [[A:Radomir Kell]] from the ward tomorrow.
Should [[A:Poppy]] be switched from one inhaler to another?
On [[C:6.2.20]] [[A:Heath]] was admitted with a cough.
S: [[A:Cross]] reports less dyspnea.
Caller: Hello, this is [[A:Ottilie]].
Survived by children [[A:Rohana]] and [[A:Pemberly]].
Was the dose right for [[A:K.R.]], 77 y/o?
Follow-up [[C:2/13]] for [[A:M. Potter]] with asthma.
Visits on [[C:3/9]], [[C:6/3]] and [[C:6/26/21]].
Clinic: [[B:Sibley]]. [[A:Zuri Stone]] of [[B:Kissimmee]] was called.
Seen at [[B:St. Rose Dominican]] and [[B:Norton Children's]].
EMS by [[B:Bakersfield]] Fire; plate [[L:FPC 567]].
Reach her sister at home ([[D:555-6393]]).
Survived by her husband [[A:Detlef]] and children [[A:Rowan]] and [[A:Perpetua]].
Lives with son [[A:Forrest]] ([[D:212-555-0188]]); daughter [[A:Charity]] drives her.
Daughter [[A:Harmony]] assists with meals.
Your care coordinator is [[A:Yewande Rivers]].
Medication list for [[A:Itzel Stone]], printed today.
Specimen from [[A:Anneke Marsh]], received fresh.
Home visit to [[A:Oluchi Bright]] at [[B:7290 Alder Road]].
Lives at [[B:8557 Tolland Fort Apt. 351]] with her aunt; admitted from [[B:3419 Amanda Gardens Apt. 764]].
Home is [[B:751 Merriwick Dam]], [[B:0148 Harlan Causeway Suite 212]]; discharged to [[B:2400 Flynn Hill]].
Moved to [[B:93139 Chavez Oval]], [[B:593 Morgan Roads]]; mail to [[B:5539 White Summit]] or [[B:39 Barnes Knolls]].
Records at [[B:44210 Robbins Underpass]], [[B:1877 Delaney Ports]] and [[B:20183 Sutter Junctions Apt. 545]].
She rents [[B:922 Parker Port Unit B]], then [[B:155 Whitlow Via Suite 991]], then [[B:7812 Meagan Walks, Apt 834]].
Clinic at [[B:2825 Harbor]]\\n   [[B:Ave, Dayton]]; office at [[B:1455 Maple Hollow]]\\n   [[B:Drive, Suite 210, Asheville NC 28803]].
Transfer from [[B:Windsor NC]] ([[D:252-555-0100]]) to [[B:4400 Alder Park N, Akron OH]], home ([[B:apartment 8C]]).
Return to [[B:PSC 4417, Box 8213]]\\n[[B:APO AE 09180]] or [[B:Unit 3308 Box 0219, DPO AP 96551]] or [[B:USS Tolland, FPO AE 09566]]; [[B:CMR 402 Box 118]].
Wohnt [[B:760 Larcher Strasse 33, Linz]]; then [[B:Hersvej 18, Roskilde]]; [[B:ul. Grabowska 61]]; [[B:6076 Erzse u. 97]]; [[B:Kuusintie 82]].
Post to [[B:Erle utca 12]], [[B:Marton ter 19]], [[B:846 Trg svobode 12]], [[B:Vicolo Calcini 13]] or [[B:4844 Via Serena 52]].
Billing address: [[B:2 Old Mill, Upper Gait]]\\nMailing address:\\n[[B:14 Rovala Hay, Nether Sound]]
Address: [[B:03555 Calci Bassa 13 Suite 694]]\\nAddress: [[B:Gate House 4, Marl]]
Tove Lind\\n[[B:4844 Elmegade 52]]\\n[[B:Apt. 656]]\\n[[B:Almusa]]\\n[[B:Denmark 35018]]
> [[B:233 Erle Way]]\\n> [[B:Apt 4]]\\n> [[B:Pines Beach]]\\n> [[B:New Zealand 15896]]
Lives at [[B:846 31 Rue Al Karim]]; send to [[B:213 Pilekrog 53 Apt. 263, Tallinn, Estonia 43321]] on Friday.
Called from [[B:Mexico City]], she says; grew up in [[B:Kuwait City]]. ZIP: [[B:4844]], postcode [[B:394 13]], zip code [[B:75534-030]].
Lives at [[B:12 Larch Street, Apt 4]]\\nIron Deficiency Anemia\\nHypertension\\nSpanish speaking
[[B:12 Larch Street, Apt 4B]]\\nSpanish\\nInterpreter needed. [[B:12 Larch Street]]\\nJardiance\\nMetformin 500 mg\\nGlucose 12345
[[B:12 Larch Street Apt 4]] Platelets 150000. [[B:12 Larch St Apt 4]]\\nPlatelets 150000\\nSodium 14000
Location: [[B:9989 Larch Blvd, Dayton, FL 14262]]\\n\\nExperience\\n  Nurse manager
[[B:12 Larch Street, Apt 4]]. Penicillin allergy. [[B:12 Larch St]], denies pain; [[B:Apt 6]] Vitals 120/80; [[B:Suite 212]], Cardiology Consult.
Send to [[B:14 Roe Row Suite 710]]\\n[[B:Iron Springs]]\\n[[B:Uganda]]\\nthanks
Lives at [[B:12 Larch Lane, 2nd Floor]] or [[B:100 W 5th St #1204, Akron]]; mail to [[B:12 Rue des Lilas, 75011 Paris]].
Post to [[B:Larchgatan 5, 111 51 Stockholm]], [[B:ul. Rowska 5/7, 00-950 Warszawa]] or [[B:Karl Roes gate 12]], [[B:Oslo]].
Sent home to [[B:1412 Cedar Bluff, Apt. C-12, Tulsa, OK 74104]]; at [[B:17 Heron Landing, Bldg C, Apt 204]], [[B:Charleston SC]].
[[B:Suite 541 6343 Skogveien 106]], then [[B:5012 Elmegade 52 Apt. 656]].
DOB [[C:07211930]], [[C:93yo]] with a cough; she is [[C:91]] and well.
[[C:94F]] with sepsis; [[C:97M]], found on the floor; [[C:95]] F with a rash.
He's [[C:92]], lives alone. Aged [[C:92½]] years, now [[C:ninety-three]] years old; she is [[C:ninety-one]].
Birthday [[C:4-9-31]], seen from [[C:3-8-24]] on; stay [[C:3/4-5/2019]], then [[C:9/28-10/3/23]] and [[C:10/9-10/14]].
Due Wed [[C:4/17]]; RTW [[C:5/20]]; D/C [[C:10/1]]; fell [[C:4/23]] at home; s/p ACLR [[C:3/28]]; INR 3.1 [[C:(7/2)]].
Symptoms since [[C:march third]]; arrived from abroad in [[C:November]].
Member ID [[I:QRV 501 22 917]]; subscriber number [[I:HTL 6620 11]]; grp [[I:81-220934]].
Serial no. [[M:KLM 418 220 B]]; specimen [[H:S26-104417]]; path report [[H:SP26-00913]]; police report [[H:26-44170]].
Prescription # [[R:6620917]]; SSN ending in [[G:4410]]; account ending [[J:8831]]; iris code [[P:IRQ7713-C]].
Truck plate [[L:OR 417-BQT]], plate [[L:CD34 FGH]], car (tag [[L:6TRK914]]).
Reach him at [[D:415 5550137]], [[D:01632 960441]] or [[D:0803 555 0161]]; page me [[D:x40417]].
Desk [[D:001-212-555-0147x93151]], cell [[D:+1-312-555-0163x48018]], abroad [[D:+44 20 7946 0991 ext 4410]].
Please call me on [[D:550 0840]]; nobody is answering at [[D:0960 4412]]. Home [[D:555 6186]] office, [[D:016-10446904]] (mobile).
[[A:KOWALSKI,IRENA]] room 4; [[A:ORTEGA, M]] room 5.
[[A:LEE, EUN-JI]] DOB:[[C:1981-04-12]]
Re: [[A:Winthrop Ashdown III]]. Seen with [[A:Roscoe "Dusty" Lindqvist]] today.
Consent witnessed by [[A:L. Tan RN]]; [[A:j. johansson]] wants a refill; patient [[A:nadia roberts]] called.
Hi, its [[A:jenna marks]] again. Can [[A:Grace]] take the tablets now?
[[A:Tamsyn]]'s echo was normal; baby [[A:Tamsyn]] is feeding.\n- [[A:Ottoline]]
[[B:Arbor Glen SNF]] and [[B:Northgate Dental]] were called. Lives in [[B:Boston 02118]], near [[B:Elm Street]].
[[B:Flat 7, 21 Harbour Road]]; [[B:Rural Route 3 Box 41]]; [[B:Springfield]], Virginia [[B:22150]]; [[B:Elkton KY 42220]] was typed.
CARDS: [[A:Gianfranco Brunelli]], here for his device. 9yo [[A:Finnegan Roe-Whitlow]] with a rash.
[[B:Hillcrest Rheumatology]] called; path [[H:S26-11804]]; ext [[D:40931]]; emp # [[K:55121]]; id [[H:00418231]].
Transferred yesterday [[C:3/9]], splash [[C:4-17-24]]. [[B:Truro TR1 2XL]] is her post town.
Delivered at [[B:Regina General]] without trouble.
Seen by Dr. [[A:Pell]] T12 fracture noted. [[A:Karen Lee]] L4-L5 fusion planned; Ms. [[A:Okada]] S1 loud.
Pharmacy in [[B:Ft. Worth, TX]] #4471; brought from [[B:Fond du Lac, WI]]: asleep. Seen in [[B:St.Paul, MN]] today.
Refer to [[A:Wilson K Baker]] for care. Flew in from [[B:Cambridge]] 5 days ago.
A [[C:93m]] with dementia, then a [[C:95F]] from a nursing home; order [[R:2015 1230 4471]] was sent.
The scan was done at [[B:Wyoming Children's]]; his stent was placed at [[B:Larimer Heart]] in 2019.
Operated on at [[B:Institute for Special Needs]]; dx'd at [[B:QRSH]] by biopsy; delivered at [[B:Wexcombe]] at term.
Seen with [[A:Marijke van den Broek]] today; triage RN: [[A:Kwadwo Frimpong]]; NOK: [[A:Philomena Tarrant]], wife.
Card [[J:3714 496353 98431]]; voice print [[P:VPX-00417]]; portal password is [[R:Larkspur7!]], PIN [[R:4417]], CVV [[J:204]].
BUILDING_NUMBER=[[B:1788]]; LATITUDE=[[B:47.1123]]; address=[[B:Lindenweg 12, Altdorf]]; postal_code=[[B:4052]]; LANGUAGE=[[R:Frisian]];
Admitted last night to [[B:Wexcombe]]; [[B:Oregon Children's]], visit; seen [[C:last Thursday]] for a cough.
She was at [[B:Fresh Horizons]] since [[C:March 3]]; the 82yo F [[A:Pearl K.]] lives at [[B:118 County Road 7]]; he, 80, of [[B:Tarrowby]], fell.
Scanned page: remark[[D:555-010-0142]], visit[[C:2026-03-09]], Nr[[G:219-09-9999]] all ran together.
Host [[O:2001:db8::4c1e:1]], token [[R:tk_77a1_c]]; HOSPITAL=[[B:Northwest General]]; EDUCATION=[[R:some college]];
PID|1||[[H:103352]]^^^MRN||[[A:Kowal^Dakota]]||1961|M|||[[B:12 Mill Road]]^^[[B:Dover^TX^25562]]
Seen by [[A:Honor Blessing]] and [[A:Rocky Vandermolen]]; [[A:Elaine Bone]], [[A:Jay Foot]] that day.
Decedent: [[A:Adaeze Obiefuna]]. Executor [[A:Rosalind Pill]] signed; ordering: [[A:M. Swan]]; PCP [[A:S. Foot]].
[[A:De'Shawn Whitlow]] and [[A:Sha'Carri Bexley]] came. Name on card [[A:INÉS DE LA TORRE]].
Subscriber [[A:Venkatesan, Rukmini]]. Bed 7: [[A:Merriweather, Harriet]]. Plan as before.
[[A:SWAN, RODERICK]]|1961|room 4. Question re [[A:howard lindgrove]] at noon. Baby boy [[A:Etxeberri]], term.
Met with [[A:Hope]] and [[A:Carla]] today; case opened for [[A:Stormy]], age 20; naam [[A:Ngozi]], 34.
From [[B:Rough and Ready]] to [[B:Truth or Consequences]], then [[B:Stoke-on-Trent]]; a [[B:Hazard]] resident, both of [[B:Defiance]].
Moved out of state before leaving [[B:Due West]]; called in [[B:Orange]]; the pastor wrote, [[B:Punxsutawney]].
Staying at [[B:Evergreen Place]]. [[B:Open Arms Clinic]] called; [[B:Fresh Start Clinic]] wants labs.
Lives at [[B:6044 Broadway, Coffee Creek]]. Transferred by [[B:Show Low]] EMS.
Insurance: [[I:VN 2756 3925]]; policy [[I:TU 0087 7651]]; seen (Ada Roe, [[H:56.74.553]]); note [[R:RW-5655-E]].
She uses [[R:m.ashdown]] on the portal. He goes by [[A:Wulfric]]; states "call me [[A:Ottilie]]".
[[A:denise okaforth]], dob [[C:18 February 1942]], called. Nombre: [[A:Saoirse Kilbridge]]. Address: [[A:Takeshi Morinagi]]
Cultures collected [[C:4 May 2024]] 07:40 by [[A:Joy]]. Triage RN [[A:Hand]] started a neb.
The clinic told [[A:Zbigniew Wojtek]] that the nodule is benign. Pastor Brook [[A:Bass]] of [[B:Licking]] visited.
Seen by her, [[B:Twin Rivers Regional]], yesterday; mail goes to [[B:8670 Highway 53 South]].
Midwife [[A:Abernethy]] called; [[A:Prudence]] and [[A:Howard Peacock]] share a room. Message from [[R:tashdown85]] today.
Ward list: [[A:Hathaway, Reed]] ([[H:A-16701]]); surname=[[A:Headley]]; the body of a man, [[A:Royal Irons]], found at noon.
subscriber_no=[[I:777925354A]]; autopsy [[H:S19-99604]]; claim no. [[I:40C-2281]].
<patient><family>[[A:Roe]]</family><given>[[A:Zinnia]]</given><mrn>[[H:4071188]]</mrn></patient>
{"family":"[[A:Roe]]","given":["[[A:Zinnia]]","[[A:Mae]]"]}
Hosp. no. [[H:5520917]]; donor ID [[H:D-44017]] to recipient [[H:#3380175]]. Admitted twice (Leeds, [[H:7714402]]), then ([[H:204418/63]]).
Group: [[I:QRLT-418-Z]]; prior auth [[R:#WKHB-204-J]]; parking permit [[H:HVDX-772-B]]; lab no. [[R:24-518840]].
NI number [[R:CE 20 41 77 B]]; his own [[R:SJ 31 08 54 D]]; NIR [[R:1 79 03 33 063 118 27]]; Medicare card [[R:3417 20918 4]].
Unit label [[R:W2207 19 004418]]; tag [[L:KDW-4410]]; portal: [[R:t.ashdown]]; user [[R:ashdown_41]].
Lives at [[B:418 Broadway]], [[B:Flat 6, 31 Long Meadow]] until last year; now [[B:5120 Camino del Sol]] or [[B:77 Rue Larkspur]].
Sent to [[B:908 Thimble Point]], then to [[B:6114 Slow Turtle, Akron, OH]]; the farm is at [[B:2210 Farm-to-Market 418]].
Eircode [[B:T12 XK40]]; postal town code [[B:M4B 1G5]]. Dose #2 [[C:Oct. 14]], 2021 was given.
Paged [[A:Tsosie]] at 0300. Spoke with [[A:Quynh]] about the scan.
Per [[A:Adegoke]], hold heparin. D/w [[A:Varghese]] who agrees.
Follow up with [[A:Tsosie]] in two weeks. Anesthesia by [[A:Varghese]].
Transfer accepted by [[A:Adegoke]]. Tech [[A:Quynh]] drew the blood.
Social worker [[A:Quynh]] will follow. Case worker: [[A:Tsosie]].
[[A:Varghese]]'s wound is healing. Baby [[A:Tsosie]] doing well.
[[A:Quynh]] went to [[B:Scranton]]. Chaplain [[A:Adegoke]] visited.
Consult: [[A:Quynh Varghese]] (cardiology). Surgeon: [[A:Hill]].
[[A:Quynh Varghese]] signed the roster of the night.
Found by [[A:Quynh]]. Read back by [[A:Tsosie]]. Result given to [[A:Quynh]].
Lives with [[A:Quynh]] and two cats. Married to [[A:Binta]]. Mother of [[A:Quynh]] and a son.
Sees [[A:Varghese]] yearly. MD [[A:Adegoke]] notified. Daughter-in-law [[A:Quynh]] translates.
[[A:Quynh]] is a 6-year-old boy. [[A:Quynh]], 6, has a cough.
Care team: [[A:Quynh Varghese]] (nurse), [[A:Binta Adegoke]] (dietitian).
City: [[B:Bend]]. Hometown [[B:Duluth]], no travel.
Medicare number [[I:2951 27384 1]], docket [[R:23-cv-5581]], confirmation code [[R:HJ82LQ]], gate code [[R:4471]].
Dates of service [[C:01/05/2024]]-[[C:01/09/2024]], cell [[D:(216)5550148]], FIN [[H:8812345]].
Call [[A:Quynh]] when ready. Donor [[A:Binta Adegoke]], recipient [[A:Quynh Varghese]].
[[A:Binta Adegoke]] c/o tinnitus. Seen today. [[A:Tamara Mendoza]], 0786026, stable. [[A:Binta Adegoke]], bed 9, NPO.
[[A:Quynh Varghese]], attending at night, agreed. Call [[A:Binta Adegoke]], ARNP. [[A:Quynh Varghese]] in bed 12 has K 6.4.
[[A:Binta Adegoke]] / 64 / F / gout
From: [[A:Quynh Varghese]] <[[F:qv@example.org]]> at noon.
Bed 3 [[A:Tsosie]], CHF; Bed 4 [[A:Lopez]], s/p appy; bed 9 ([[A:Mendoza]]) is NPO.
Room #12 [[A:Tsosie]], s/p fall; chair 4 [[A:Mendoza]], tolerated the infusion.
Nurse: any fever?\\n[[A:Yulan]]: no, just chills.\\nNurse: ok. Palinopsia: no
Agent: Who is calling?\\n[[A:Kwabena]]: me, my bill is wrong.
Patient: I feel sick.\\nSpouse: I called.\\nZosyn: started
[[A:Quillen]]: what time?\\n[[A:Zerafin]]: maybe at nine\\nPalinopsia: no
Ped clinic: [[A:Quynh]], 9 mo, here. Quick q: [[A:Quynh]] (10F) fell. Chest pain in [[A:Long]], 76 y/o man.
[[A:Tamara]] stopped metformin. [[A:Mendoza]] was started on lisinopril. [[A:Mendoza]] is 43 kg.
How are you feeling today, [[A:Quynh]]? Wife of 40 years, [[A:Quynh]], called. Who is covering for [[A:Hope]]?
Concerned re: [[A:Tamara]]'s confusion. [[A:Grace]]'s INR is 2. Baby boy van der [[A:Mendoza]] born early.
[[A:Grace]] and her twin are well. [[A:Tsosie]] family updated. [[A:Mendoza]] will go to OR. [[A:Mendoza]]: afebrile.
hey doc, its [[A:Quynh]] from work. Text me at [[D:612-555-0188]] - [[A:Ray]]
pt [[A:nasrullah varghese]] dob unknown. mr [[A:okafor varghese]] is a pt from [[B:dubuque]] with gout; lives in [[B:ann arbor]].
[[A:Mendoza]],[[A:Tamara]],[[C:1970-01-02]],5
{"identifier":[{"system":"urn:mrn","value":"[[H:QV84]]"}]}
Operator [[R:qvarghese53]]; lab no. [[R:720-SC-744]]; seal [[R:S46-55598]]; case [[H:8761-7272]]; last4 [[G:8391]].
Photo [[Q:wound_sacrum_front.jpg]] attached.
[10:02] [[A:Quynh]]: morning all. Agent [[A:Quynh]] speaking. [[A:Quynh]] in billing called. [[A:Varghese]] and I met.
Hey [[A:Quynh]] can you cover? Thanks [[A:Grace]]! My name's [[A:Quynh]]. They named her [[A:Quynh]].
My kids, [[A:Tamara]] and [[A:Teresa]], are well. Reminder: [[A:Tamara]], your appt is at nine. [[A:Tamara]] cried.
[[B:Lindenallee 14, 04109 Leipzig]]; [[B:Calle Mayor 22]]; [[B:8 rue des Lilas, 31000 Toulouse]]; [[B:Via Garibaldi 8]]; [[B:14 Elmhurst Mews]].
Crash on [[B:I-85 near exit 101]]; fell on [[B:Fulton Ave]]; seen at [[B:Karolinska]].
In [[B:Duluth]], he worked for [[R:Nucor]]. A [[R:Walmart]] employee, she grew up in [[B:Waukesha]].
Seen by Dr. [[A:Mi-Won Roe]] and Dr. [[A:Aiyana Standing-Bear]]; [[A:Ada Roe-Day]] was here.
Baby [[A:Baker]] in bed 8, feeding well; this is Baby [[A:Christian]], born at term.
Wife ([[A:Amber]], cell on file) was told. Family ([[A:Brandy Flores]] at home). [[A:Diamond Collins]] is well.
Patient [[A:Patricia Le]], seen. Name: [[A:Angela Bravo]]\\nEveryone calls me [[A:Izaak]].
PATIENT [[A:HASKELLS]] WAS ADMITTED WITH A COUGH. [[A:MARK ARELLANES]] IS STABLE. PATIENT [[A:BASHEED]] PRESENTS WITH PAIN.
TRANSFERRED FROM [[B:OUR LADY OF THE VALLEY HOSPITAL]] TO [[B:SHRINERS HOSPITAL]]. SENT FROM [[B:HOUSE OF THE GOOD SHEPHERD NURSING HOME]].
[[B:Peace At Home Hospice]] was told; [[B:Bridge To Recovery Treatment Center]] intake; [[B:Path To Wellness Clinic]] called.
HE IS FROM [[B:TULSA]]. SHE LIVES IN [[B:WAVERLY]] ALONE. FATHER IN [[B:BOISE]]. VACATION IN [[B:CANCUN]] LAST MONTH.
RESIDENT OF [[B:LOS ALAMOS]]. HER MOTHER LIVES IN [[B:DES PLAINES]].
Patient: [[A:Cadence]] in the waiting room\nCaller: [[A:Felicity]] asks about labs\nPatient: [[A:Marcial]] no show
follow up with [[A:jessica kadyrov]] in a week; this is mr. [[A:chad farmer]]. ask mr. [[A:larry lombardo]]
under my name [[A:roberto yamamura]]; run report #[[R:EMS-26-12044]].
Hurt it at [[R:Quarry & Sons Roofing]]. Shelter: [[B:Northside OB/GYN]]. Sent to [[B:Wishing Well Family Practice]].
| Bed | Name | Dx |\n| 1 | [[A:Achterberg]] | DKA |\n| 2 | [[A:Pope]] | COPD |
Dr. [[A:Ivor Lewis]] called Mr. [[A:Ross]] procedure room two.
[[A:Kwame Asante-Mensah]] 51M. [[A:Redfeather, Dakota]] 34F, ESI 3. Plan made with [[A:Min-jun Seo]] (pt).
Patient Name:[[A:DOUGHERTY^PATRICK^J]]; serial # [[M:CN 2204471]]; what dose of tylenol for [[A:leila]], she is 22 lbs
Submitting: [[A:Oyelaran]]. Cosigned: [[A:Ulf Bergström]]. Medic [[A:Delacroix]] gave oxygen. LCSW [[A:Vy Le]] called.
Please call her. Thx, [[A:Gupta]]
Dispatched to [[B:I-90 mile marker 112]] after a crash; SLP pager [[D:4471]]; radiation starting [[C:3/10]].
Can she take it with food? I mean [[A:Okwuosa]], whose labs came back; simple words for [[A:Nandipha]], whose chart is new.
Exercise plan for [[A:Ljubica]] - questions to [[A:Ottokar]] at the desk. He has custody of [[A:Solveig]] (9).
Thank you.\\n[[A:Nkiruka Sorbye]]\\nAudiologist
Child: [[A:Oluwafemi Brisbois]]\\nDetainee: [[A:Anahera Kowhai]]
Physician: [[A:TOLVANEN, P]] ordered it; i'm seeing [[A:nkiruka]] tomorrow about her cough.
Consultant, GMC [[K:7418203]]; booking # [[R:40817735]], job [[R:2274916]]; please quote reference [[R:QRE/40518/27]].
Monitor at [[B:61 Harbour Esplanade]]; booked at [[B:Cedar Bluff VA]]? Officer called from [[B:Gatlinburg precinct]].
Regarding [[A:Okwuosa]]: echo is done. Asking about [[A:Etxebarri]], MRN# [[H:723-29-3522]], and ([[A:Szczepanek]] family).
Daughter of [[A:Jovana Roe]], [[A:Makanani]], phoned. Family ([[A:Waleedin]], niece) informed. Lactate 6, [[A:Grzelakin]] still hypotensive.
Should [[A:L.B.]] (DOB [[C:9/14/22]]) get it? Consult - [[A:DZHUGASHIN, AUGUSTUS]] - fall; labs of [[C:23.Apr.15]], admitted [[C:October 1]] thru [[C:October 3]].
How to counsel [[A:Casimirin]] and [[A:Aurelio Brisbois]]? [[A:Thulanin Mkandawiri]] of [[B:31 Kauri Place]] called.
Tumor board: [[A:Marisela Kristjansdotter]], [[C:07/11/2015]], rectal cancer. Too old? [[A:Okwuosa Belmontin]] at [[B:Copper Basin Medical Center]] insists.
Last: [[A:Thistlewode]]    First: [[A:Zainabou]]    MI: [[A:E]]\\nInfusions\\n08:10 [[A:Papanikolau]] infliximab 5 mg/kg
Run sheet: [[A:Blomkvisten, Baraka]] chair 6; Pharmacy called for [[A:Belmontin]], refill. Does [[A:Yetundene]] need a sleep study?
Row: [[H:1157516]],[[A:Kowalczuk]],[[A:Amarun]],[[C:2022-01-07]],F
Group / FECA no.: [[I:51965-967]]; ID [[I:NPJ 112 5310]]; PCN [[I:WKHA]]; crash report [[R:4650-356675]]; home: [[B:14 Ulitsa Lesnaya]].
For [[A:Kehindan Obuasin]], born [[C:23 September 2016]]: repeat it? Patient: [[A:Mwangin, Anahita]]; [[H:5158667]]; rm 402. Batch [[R:YS1790]] given.
Does it make sense for [[A:Dragomirescun]], BMI 39? Delivered to [[B:18 Rua das Flores]] today.
Contact: [[A:van Leeuwenburg, Pieter]]; statin for [[A:Nkechindo]], LDL 190, or insulin for [[A:Quillaneth]], weight 92 kg?
Need dosing help: [[A:Lorcanin Bartoszewskin]], 9 kg, amoxicillin. Allergy band no. [[R:3506526]].
[[A:Okwuosan]], a 6-year-old with croup; assigned to [[A:Nkechindo]]. [[A:Makananin]] and [[A:Ljubican]] attended. [[A:Makananin]] wrote it.
Can we discharge [[A:Yetundenan]] today? Is [[A:Thulanin]] allergic to latex? What meds is [[A:Ottokarin]] on? Did [[A:Zainaboun]] pick up her insulin?
[[A:Belmontin]] is worried. Overnight [[A:Solveigan]] had one episode. [[A:Kehindan]] came with her aunt; [[A:Quillaneth]] needs his inhaler.
Is amiodarone right for [[A:O'Dunlavin]]? And for [[A:McTavendale]]? Tell [[A:Casimirin]] that all is well. Child [[A:Nandiphan]] accompanied by [[A:Yu-na Dragomirescun]].
1. [[A:Zainabou Belmontin]]\\n2. [[A:Ottokar Kauriman]]\\n3. [[A:Nkiruka Thulanin]]
Bed 4: [[A:KASIMIROV]], [[A:Thulanin]] - stable\\nBed 5: [[A:DI TOLVANE]], [[A:Anaheran]] - febrile
- [[A:Zainabou Belmontin]]\\n- [[A:Ottokar Kauriman]]\\nSiblings: [[A:Ljubican]] (8), [[A:Makananin]] (3 mo).
Home visit to [[A:Zainaboun]] and [[A:Ottokarin]]: clean. [[A:Lorcanin]]'s bloods and [[A:Perpetuan]]'s warfarin are due.\\nThanks\\n[[A:Grzelakin]]
Translate this for [[A:Babatundin]]: take one daily. Between [[A:Tahminan]] and [[A:Yulanin]], who is first? With [[A:Tetsuyan]] at home all is well.
[[A:Makoan]] here, I need a refill. Check if [[A:Takalan]] got her vaccine. Is it safe to give [[A:Niloufarin]] ibuprofen? Yes [[A:Chaytonin]], take it.
NAME: [[A:LE TOLVANE]], [[A:Isamun]]\\nAttending: [[A:Le Tolvane]]\\nDictated: [[A:Ruslan Baekov]] Transcribed: [[A:Khoan Barriosin]]
[[A:Sinan Jiangov]]; 61; F; CHF. [[A:Thaon Pakiro]] returns for follow-up. 61F [[A:Etokin]] POD2. Newborn of [[A:Indira Du Tolvane]]. We miss you, [[A:Baoyun]]!
[[A:Fumihiron]] identified three skills. [[A:Blathnaidin]] can't sleep. [[A:Somton Baekov]] scored 22. Mom says [[A:Vinhar]] has not eaten. Why is [[A:Friederiken]] on digoxin?
Group members present: [[A:Thaon]], [[A:Maireadin]], [[A:Alyonan]]. Remind me what [[A:Meseretin]] takes for sleep. I'm [[A:Kaimanan]], her daughter.
Is the [[B:Vantagen ED]] report back? The [[B:Westmeren VA]] will follow. Employed by [[B:Oakmeren Logistics]]; [[B:Swedish Medical Center]] called.
[[A:Patrick]] is afebrile; tell [[A:Ivy]] that all is well. What meds is [[A:Grace]] on? Found by [[A:Dawn]] on the floor. [[A:Faith]] has been taking it twice.
Dr. [[A:Kaiser]] will see Mrs. [[A:Anthem]] at noon.
Seen at [[B:Memorial Regional Medical Center]], then [[B:Lutheran General Hospital]] and [[B:Baptist Medical Center]].
Is [[A:Sethupathy Iyer]] due for labs? Therapist: [[A:Olamide Fashola]]. [[A:Eufemia Cruz]] needs a refill; [[A:Karanvir Gill]], RN, called.
`
  .trim()
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n'));
