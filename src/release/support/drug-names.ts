/** A drug by its generic name, and behind the colon brands and other names of it; a brand of two drugs stands twice. */
const rows = `
abacavir: ziagen
acarbose: precose
acetaminophen: tylenol paracetamol ofirmev panadol percocet vicodin norco
acyclovir: zovirax aciclovir
adalimumab: humira
albuterol: salbutamol proair ventolin proventil combivent
alendronate: fosamax alendronic
allopurinol: zyloprim
alprazolam: xanax
amantadine:
amiodarone: pacerone cordarone
amitriptyline: elavil
amlodipine: norvasc lotrel exforge
amoxicillin: amoxil augmentin amoxycillin
amphetamine: adderall dextroamphetamine
ampicillin: unasyn
anastrozole: arimidex
apixaban: eliquis
aripiprazole: abilify
aspirin: acetylsalicylic asa ecotrin
atenolol: tenormin
atomoxetine: strattera
atorvastatin: lipitor caduet
azathioprine: imuran
azithromycin: zithromax
baclofen: lioresal
beclomethasone: qvar
benazepril: lotensin lotrel
benzonatate: tessalon
benztropine: cogentin
bictegravir: biktarvy
bisoprolol: zebeta ziac
brimonidine: alphagan
budesonide: pulmicort symbicort entocort
bumetanide: bumex
buprenorphine: suboxone subutex butrans
bupropion: wellbutrin zyban
buspirone: buspar
butalbital: fioricet
canagliflozin: invokana
candesartan: atacand
carbamazepine: tegretol
carbidopa: sinemet
carisoprodol: soma
carvedilol: coreg
cefazolin: ancef
cefdinir: omnicef
cefepime: maxipime
cefpodoxime:
ceftriaxone: rocephin
cefuroxime: ceftin
celecoxib: celebrex
cephalexin: keflex cefalexin
cetirizine: zyrtec
chlorpromazine: thorazine
chlorthalidone: chlortalidone
cholestyramine: questran
cilostazol: pletal
ciprofloxacin: cipro
citalopram: celexa
clarithromycin: biaxin
clindamycin: cleocin
clobetasol:
clonazepam: klonopin
clonidine: catapres
clopidogrel: plavix
clotrimazole: lotrimin
clozapine: clozaril
codeine:
colchicine: colcrys
colesevelam: welchol
cyanocobalamin:
cyclobenzaprine: flexeril
cyclophosphamide: cytoxan
cyclosporine: neoral sandimmune ciclosporin
dabigatran: pradaxa
dapagliflozin: farxiga forxiga xigduo
denosumab: prolia xgeva
desloratadine: clarinex
desvenlafaxine: pristiq
dexamethasone: decadron
diazepam: valium
diclofenac: voltaren cataflam
dicyclomine: bentyl
digoxin: lanoxin
diltiazem: cardizem cartia
diphenhydramine: benadryl
dipyridamole: aggrenox
divalproex: depakote
docetaxel: taxotere
docusate: colace
dolutegravir: tivicay triumeq
donepezil: aricept
dorzolamide: trusopt cosopt
doxazosin: cardura
doxepin: silenor
doxycycline: vibramycin
dronedarone: multaq
dulaglutide: trulicity
duloxetine: cymbalta
dutasteride: avodart
edoxaban: savaysa lixiana
empagliflozin: jardiance synjardy glyxambi
emtricitabine: emtriva truvada descovy
enalapril: vasotec
enoxaparin: lovenox clexane
entacapone: comtan
epinephrine: epipen adrenaline
eplerenone: inspra
ertapenem: invanz
erythromycin: erythrocin
escitalopram: lexapro
esomeprazole: nexium
estradiol: estrace vivelle
eszopiclone: lunesta
etanercept: enbrel
ethambutol:
etonogestrel: nexplanon
exenatide: byetta bydureon
ezetimibe: zetia vytorin
famotidine: pepcid
febuxostat: uloric
felodipine: plendil
fenofibrate: tricor
fentanyl: duragesic
fexofenadine: allegra
finasteride: proscar propecia
flecainide: tambocor
fluconazole: diflucan
fludrocortisone: florinef
fluoxetine: prozac
fluticasone: flonase flovent advair breo trelegy
fluvoxamine: luvox
fondaparinux: arixtra
formoterol: symbicort dulera
furosemide: lasix frusemide
gabapentin: neurontin
gemfibrozil: lopid
gentamicin:
glargine: lantus basaglar toujeo
glimepiride: amaryl
glipizide: glucotrol
glyburide: glibenclamide micronase glynase
guaifenesin: mucinex
guanfacine: intuniv
haloperidol: haldol
heparin:
hydralazine: apresoline
hydrochlorothiazide: hctz microzide hyzaar zestoretic
hydrocodone: vicodin norco
hydrocortisone: cortef solu-cortef
hydromorphone: dilaudid
hydroxychloroquine: plaquenil
hydroxyzine: atarax vistaril
ibandronate: boniva
ibuprofen: advil motrin
imatinib: gleevec
indapamide: lozol
indomethacin: indocin
infliximab: remicade
insulin: lantus humalog novolog levemir tresiba basaglar toujeo humulin novolin apidra
ipratropium: atrovent combivent duoneb
irbesartan: avapro
isoniazid:
isosorbide: imdur isordil
isotretinoin: accutane
ivabradine: corlanor
ivermectin: stromectol
ketamine: ketalar
ketoconazole: nizoral
ketorolac: toradol
labetalol: trandate
lacosamide: vimpat
lactulose:
lamivudine: epivir
lamotrigine: lamictal
lansoprazole: prevacid
latanoprost: xalatan
leflunomide: arava
letrozole: femara
leucovorin:
levetiracetam: keppra
levocetirizine: xyzal
levodopa: sinemet
levofloxacin: levaquin
levothyroxine: synthroid levoxyl eltroxin unithroid
linagliptin: tradjenta
linezolid: zyvox
liothyronine: cytomel
liraglutide: victoza saxenda
lisinopril: zestril prinivil zestoretic qbrelis
lispro: humalog
lithium: lithobid
loperamide: imodium
loratadine: claritin
lorazepam: ativan
losartan: cozaar hyzaar
lovastatin: mevacor
lurasidone: latuda
meclizine: antivert
medroxyprogesterone: depo-provera provera
melatonin:
meloxicam: mobic
memantine: namenda
meropenem: merrem
mesalamine: asacol lialda pentasa mesalazine
metformin: glucophage janumet synjardy xigduo
methadone: dolophine
methimazole: tapazole
methocarbamol: robaxin
methotrexate: trexall rheumatrex
methyldopa: aldomet
methylphenidate: ritalin concerta
methylprednisolone: medrol solu-medrol
metoclopramide: reglan
metolazone: zaroxolyn
metoprolol: lopressor toprol
metronidazole: flagyl
midazolam: versed
midodrine: proamatine
minocycline: minocin
minoxidil: rogaine
mirabegron: myrbetriq
mirtazapine: remeron
misoprostol: cytotec
modafinil: provigil
mometasone: nasonex dulera
montelukast: singulair
morphine: roxanol kadian
moxifloxacin: avelox
mycophenolate: cellcept
nabumetone: relafen
nadolol: corgard
naloxone: narcan suboxone
naltrexone: vivitrol revia
naproxen: aleve naprosyn
nebivolol: bystolic
niacin: niaspan
nicardipine: cardene
nifedipine: procardia adalat
nitrofurantoin: macrobid macrodantin
nitroglycerin: nitrostat glyceryl
norethindrone: aygestin
nortriptyline: pamelor
nystatin:
olanzapine: zyprexa
olmesartan: benicar
omeprazole: prilosec
ondansetron: zofran
oseltamivir: tamiflu
oxcarbazepine: trileptal
oxybutynin: ditropan
oxycodone: oxycontin percocet roxicodone
paclitaxel: taxol
paliperidone: invega
pantoprazole: protonix
paroxetine: paxil
pembrolizumab: keytruda
penicillin: pen-vk
phenazopyridine: pyridium
phenobarbital:
phentermine: adipex
phenytoin: dilantin
pioglitazone: actos
piperacillin: zosyn
pitavastatin: livalo
pramipexole: mirapex
prasugrel: effient
pravastatin: pravachol
prazosin: minipress
prednisolone: orapred
prednisone: deltasone
pregabalin: lyrica
primidone: mysoline
probenecid:
prochlorperazine: compazine
promethazine: phenergan
propafenone: rythmol
propofol: diprivan
propranolol: inderal
propylthiouracil: ptu
pseudoephedrine: sudafed
pyridostigmine: mestinon
quetiapine: seroquel
quinapril: accupril
rabeprazole: aciphex
raloxifene: evista
ramipril: altace
ranitidine: zantac
ranolazine: ranexa
rifampin: rifampicin rifadin
rifaximin: xifaxan
risedronate: actonel
risperidone: risperdal
rituximab: rituxan
rivaroxaban: xarelto
rizatriptan: maxalt
ropinirole: requip
rosuvastatin: crestor
sacubitril: entresto
salmeterol: serevent advair
saxagliptin: onglyza
semaglutide: ozempic wegovy rybelsus
senna: senokot sennosides
sertraline: zoloft
sevelamer: renvela
sildenafil: viagra revatio
simvastatin: zocor vytorin
sitagliptin: januvia janumet
solifenacin: vesicare
sotalol: betapace
spironolactone: aldactone
sucralfate: carafate
sulfamethoxazole: bactrim septra co-trimoxazole cotrimoxazole
sulfasalazine: azulfidine
sumatriptan: imitrex
tacrolimus: prograf
tadalafil: cialis
tamoxifen: nolvadex
tamsulosin: flomax
telmisartan: micardis
temazepam: restoril
tenofovir: viread truvada descovy biktarvy
terazosin: hytrin
terbinafine: lamisil
theophylline:
thiamine:
ticagrelor: brilinta
timolol: timoptic cosopt
tiotropium: spiriva
tirzepatide: mounjaro zepbound
tizanidine: zanaflex
tofacitinib: xeljanz
tolterodine: detrol
topiramate: topamax
torsemide: demadex
tramadol: ultram
trazodone: desyrel
triamcinolone: kenalog
triamterene: dyazide maxzide
trimethoprim: bactrim septra co-trimoxazole cotrimoxazole
trospium: sanctura
umeclidinium: anoro trelegy
ustekinumab: stelara
valacyclovir: valtrex
valproate: depakote depakene valproic
valsartan: diovan entresto exforge
vancomycin: vancocin
varenicline: chantix
venlafaxine: effexor
verapamil: calan isoptin
vilanterol: breo trelegy
vildagliptin: galvus
warfarin: coumadin jantoven
zidovudine: retrovir
zoledronic: reclast zometa
zolpidem: ambien
zonisamide: zonegran
zopiclone: imovane
`;

/** Substances other than drugs to which people are allergic, and words for several of them. */
const allergenRows = `
adhesive: tape
bee: wasp hornet yellowjacket venom hymenoptera
cat: dander
cephalosporin: cephalexin cefazolin ceftriaxone cefuroxime cefepime cefdinir
chlorhexidine:
contrast: iodinated gadolinium iodine
crab: shellfish crustacean
dairy: milk lactose casein
dog: dander
dust: mite
egg: eggs ovalbumin
fish: salmon cod tuna
gluten: wheat
kiwi:
latex: rubber
lobster: shellfish crustacean
mold: mould
mustard:
nickel:
nsaid: nsaids ibuprofen naproxen diclofenac ketorolac aspirin
opioid: opioids codeine morphine oxycodone hydrocodone
peanut: peanuts
penicillin: amoxicillin ampicillin
pollen: ragweed grass
sesame:
shellfish: shrimp crab lobster crustacean prawn
soy: soya soybean
strawberry: strawberries
sulfa: sulfonamide sulphonamide sulfamethoxazole bactrim septra
walnut: walnuts nut nuts
almond: almonds nut nuts
cashew: cashews nut nuts
hazelnut: hazelnuts nut nuts
pecan: pecans nut nuts
pistachio: pistachios nut nuts
wheat: gluten
`;

/** What a word stands for: the heads of the rows in which it stands. */
function headsOf(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const heads = new Map<string, Set<string>>();
  for (const line of text.trim().split('\n')) {
    const [head = '', others = ''] = line.split(':');
    for (const word of [head, ...others.split(' ')].filter((one) => one !== ''))
      heads.set(word, new Set([...(heads.get(word) ?? []), head]));
  }
  return heads;
}

const drugs = headsOf(rows);
const allergens = headsOf(allergenRows);

/** Endings that the World Health Organization gives to kinds of substances (INN stems). */
const stem =
  /^[a-z]{3,}(?:tinib|ciclib|gliptin|gliflozin|sartan|pril|statin|azepam|azolam|floxacin|cillin|penem|conazole|prazole|(?<!his)tidine|setron|triptan|parib|zomib|rolimus|glutide|xaban|gatran|tegravir|navir|previr|buvir|olol|dipine|azosin|oxicam|coxib|lukast|(?<!s)terol|tropium|dronate|rubicin|platin|taxel|curonium|fentanil|mab)$/;
/** Words that end so and name no drug. */
const noDrugs: ReadonlySet<string> = new Set('somatostatin cystatin'.split(' '));

const singular = (word: string): string => word.replace(/'s$/, '').replace(/(?<=[a-z]{3})s$/, '');
type Names = ReadonlyMap<string, ReadonlySet<string>>;
const headsIn = (names: Names, word: string): ReadonlySet<string> | undefined =>
  names.get(word) ?? names.get(singular(word));

/**
 * The generic names of the drug that a word names, in lower case: several where a brand has several; undefined where
 * it names none. A drug that is in no row is known by the ending of its generic name.
 */
export function genericsOf(word: string): ReadonlySet<string> | undefined {
  const lower = word.toLowerCase();
  const known = headsIn(drugs, lower);
  if (known !== undefined) return known;
  const plain = singular(lower);
  return stem.test(plain) && !noDrugs.has(plain) ? new Set([plain]) : undefined;
}

/** The families to which something belongs that people are allergic to, other than by being a drug. */
export const allergenFamilies = (word: string): ReadonlySet<string> | undefined =>
  headsIn(allergens, word.toLowerCase());
