/** A drug by its generic name, and behind the colon brands and other names of it; a brand of two drugs stands twice. */
const rows = `
abacavir: ziagen
acamprosate:
acarbose: precose
acetaminophen: tylenol paracetamol ofirmev panadol percocet vicodin norco apap
acetazolamide: diamox
acitretin:
acyclovir: zovirax aciclovir
adalimumab: humira
adenosine: adenocard
albuterol: salbutamol proair ventolin proventil combivent
alendronate: fosamax alendronic
alirocumab: praluent
allopurinol: zyloprim
alprazolam: xanax
alteplase: activase
amantadine:
amiodarone: pacerone cordarone
amitriptyline: elavil
amlodipine: norvasc lotrel exforge
amoxicillin: amoxil augmentin amoxycillin
amphetamine: adderall dextroamphetamine
ampicillin: unasyn
anakinra: kineret
anastrozole: arimidex
apixaban: eliquis
aprepitant: emend
argatroban:
aripiprazole: abilify
armodafinil: nuvigil
aspart: novolog fiasp novorapid
aspirin: acetylsalicylic asa ecotrin
atenolol: tenormin
atomoxetine: strattera
atorvastatin: lipitor caduet
atropine:
azathioprine: imuran
azelastine: astelin
azithromycin: zithromax
baclofen: lioresal
beclomethasone: qvar
bempedoic: nexletol
benazepril: lotensin lotrel
benzonatate: tessalon
benztropine: cogentin
bictegravir: biktarvy
bimatoprost: lumigan
bisoprolol: zebeta ziac
bivalirudin:
bleomycin:
bosentan: tracleer
brimonidine: alphagan
bromocriptine: parlodel
budesonide: pulmicort symbicort entocort
bumetanide: bumex
buprenorphine: suboxone subutex butrans
bupropion: wellbutrin zyban
buspirone: buspar
butalbital: fioricet
cabergoline: dostinex
calcitriol: rocaltrol
canagliflozin: invokana
candesartan: atacand
capecitabine: xeloda
captopril: capoten
carbamazepine: tegretol
carbidopa: sinemet
cariprazine: vraylar
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
chlordiazepoxide: librium
chloroquine:
chlorpromazine: thorazine
chlorthalidone: chlortalidone
cholestyramine: questran
cilostazol: pletal
cinacalcet: sensipar
ciprofloxacin: cipro
citalopram: celexa
clarithromycin: biaxin
clindamycin: cleocin
clobetasol:
clomiphene: clomid
clonazepam: klonopin
clonidine: catapres
clopidogrel: plavix
clotrimazole: lotrimin
clozapine: clozaril
codeine:
colchicine: colcrys
colesevelam: welchol
cromolyn:
cyanocobalamin:
cyclobenzaprine: flexeril
cyclophosphamide: cytoxan
cyclosporine: neoral sandimmune ciclosporin
cyproheptadine: periactin
dabigatran: pradaxa
danazol:
dantrolene:
dapagliflozin: farxiga forxiga xigduo
dapsone:
daptomycin: cubicin
deferasirox: exjade
degludec: tresiba
denosumab: prolia xgeva
desloratadine: clarinex
desmopressin: ddavp
desvenlafaxine: pristiq
detemir: levemir
dexamethasone: decadron
dextromethorphan: robitussin delsym
diazepam: valium
diclofenac: voltaren cataflam
dicyclomine: bentyl
digoxin: lanoxin
diltiazem: cardizem cartia
diphenhydramine: benadryl
dipyridamole: aggrenox
disulfiram: antabuse
divalproex: depakote
dobutamine:
docetaxel: taxotere
docusate: colace
dofetilide: tikosyn
dolutegravir: tivicay triumeq
donepezil: aricept
dopamine:
dorzolamide: trusopt cosopt
doxazosin: cardura
doxepin: silenor
doxycycline: vibramycin
doxylamine: unisom
dronedarone: multaq
drospirenone: yaz yasmin
dulaglutide: trulicity
duloxetine: cymbalta
dupilumab: dupixent
dutasteride: avodart
edoxaban: savaysa lixiana
empagliflozin: jardiance synjardy glyxambi
emtricitabine: emtriva truvada descovy
enalapril: vasotec
enoxaparin: lovenox clexane
entacapone: comtan
epinephrine: epipen adrenaline
eplerenone: inspra
eptifibatide:
erenumab: aimovig
ergotamine:
ertapenem: invanz
erythromycin: erythrocin
escitalopram: lexapro
esomeprazole: nexium
estradiol: estrace vivelle
estrogens: premarin
eszopiclone: lunesta
etanercept: enbrel
ethambutol:
ethinyl: ethinylestradiol
etodolac: lodine
etomidate:
etonogestrel: nexplanon
everolimus: afinitor
evolocumab: repatha
exenatide: byetta bydureon
ezetimibe: zetia vytorin
famotidine: pepcid
febuxostat: uloric
felodipine: plendil
fenofibrate: tricor
fentanyl: duragesic
ferrous: feso4
fexofenadine: allegra
filgrastim: neupogen
finasteride: proscar propecia
finerenone: kerendia
flecainide: tambocor
fluconazole: diflucan
fludrocortisone: florinef
fluorouracil:
fluoxetine: prozac
fluticasone: flonase flovent advair breo trelegy
fluvoxamine: luvox
fondaparinux: arixtra
formoterol: symbicort dulera
fosfomycin: monurol
fosphenytoin:
furosemide: lasix frusemide
gabapentin: neurontin
galantamine: razadyne
ganciclovir:
gemfibrozil: lopid
gentamicin:
glargine: lantus basaglar toujeo
glimepiride: amaryl
glipizide: glucotrol
glucagon:
glulisine: apidra
glyburide: glibenclamide micronase glynase
glycopyrrolate: robinul
griseofulvin:
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
hydroxyurea: hydrea
hydroxyzine: atarax vistaril
ibandronate: boniva
ibuprofen: advil motrin
icosapent: vascepa
imatinib: gleevec
inclisiran: leqvio
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
ketotifen:
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
levonorgestrel: mirena
levothyroxine: synthroid levoxyl eltroxin unithroid
lidocaine: lidoderm xylocaine
linaclotide: linzess
linagliptin: tradjenta
linezolid: zyvox
liothyronine: cytomel
liraglutide: victoza saxenda
lisdexamfetamine: vyvanse
lisinopril: zestril prinivil zestoretic qbrelis
lispro: humalog admelog
lithium: lithobid
loperamide: imodium
loratadine: claritin
lorazepam: ativan
losartan: cozaar hyzaar
lovastatin: mevacor
loxapine:
lurasidone: latuda
mavacamten: camzyos
mebendazole:
meclizine: antivert
medroxyprogesterone: depo-provera provera
megestrol: megace
melatonin:
meloxicam: mobic
memantine: namenda
mercaptopurine:
meropenem: merrem
mesalamine: asacol lialda pentasa mesalazine
metaxalone: skelaxin
metformin: glucophage janumet synjardy xigduo
methadone: dolophine
methimazole: tapazole thiamazole
methocarbamol: robaxin
methotrexate: trexall rheumatrex mtx
methyldopa: aldomet
methylphenidate: ritalin concerta
methylprednisolone: medrol solu-medrol
metoclopramide: reglan
metolazone: zaroxolyn
metoprolol: lopressor toprol
metronidazole: flagyl
midazolam: versed
midodrine: proamatine
milrinone:
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
mupirocin: bactroban
mycophenolate: cellcept
nabumetone: relafen
nadolol: corgard
naloxegol: movantik
naloxone: narcan suboxone
naltrexone: vivitrol revia
naproxen: aleve naprosyn
nateglinide: starlix
nebivolol: bystolic
niacin: niaspan
nicardipine: cardene
nifedipine: procardia adalat
nirmatrelvir: paxlovid
nitrofurantoin: macrobid macrodantin
nitroglycerin: nitrostat glyceryl ntg nitro
norepinephrine: levophed
norethindrone: aygestin
nortriptyline: pamelor
nystatin:
octreotide: sandostatin
ofloxacin:
olanzapine: zyprexa
olmesartan: benicar
omalizumab: xolair
omeprazole: prilosec
ondansetron: zofran
orlistat: xenical alli
orphenadrine:
oseltamivir: tamiflu
oxaliplatin:
oxcarbazepine: trileptal
oxybutynin: ditropan
oxycodone: oxycontin percocet roxicodone
oxymorphone: opana
paclitaxel: taxol
paliperidone: invega
pantoprazole: protonix
paroxetine: paxil
pembrolizumab: keytruda
penicillamine: cuprimine depen
penicillin: pen-vk pcn
perphenazine:
phenazopyridine: pyridium
phenelzine: nardil
phenobarbital:
phentermine: adipex
phenylephrine:
phenytoin: dilantin
phytonadione:
pioglitazone: actos
piperacillin: zosyn
pitavastatin: livalo
polyethylene: miralax
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
prucalopride:
pseudoephedrine: sudafed
pyridostigmine: mestinon
quetiapine: seroquel
quinapril: accupril
quinidine:
quinine:
rabeprazole: aciphex
raloxifene: evista
ramipril: altace
ranitidine: zantac
ranolazine: ranexa
rasagiline: azilect
remdesivir: veklury
repaglinide: prandin
rifampin: rifampicin rifadin
rifaximin: xifaxan
riluzole:
risedronate: actonel
risperidone: risperdal
rituximab: rituxan
rivaroxaban: xarelto
rizatriptan: maxalt
romosozumab: evenity
ropinirole: requip
ropivacaine:
rosuvastatin: crestor
sacubitril: entresto
salmeterol: serevent advair
saxagliptin: onglyza
scopolamine:
secukinumab: cosentyx
selegiline:
semaglutide: ozempic wegovy rybelsus
senna: senokot sennosides
sertraline: zoloft
sevelamer: renvela
sildenafil: viagra revatio
simvastatin: zocor vytorin
sirolimus: rapamune
sitagliptin: januvia janumet
solifenacin: vesicare
sotalol: betapace
spironolactone: aldactone
sucralfate: carafate
sulfamethoxazole: bactrim septra co-trimoxazole cotrimoxazole smx smz
sulfasalazine: azulfidine
sumatriptan: imitrex treximet
suvorexant: belsomra
tacrolimus: prograf
tadalafil: cialis
tamoxifen: nolvadex
tamsulosin: flomax
tapentadol: nucynta
telmisartan: micardis
temazepam: restoril
tenecteplase:
tenofovir: viread truvada descovy biktarvy
terazosin: hytrin
terbinafine: lamisil
testosterone: androgel
tetracycline:
theophylline:
thiamine:
thioridazine:
ticagrelor: brilinta
timolol: timoptic cosopt
tiotropium: spiriva
tirzepatide: mounjaro zepbound
tizanidine: zanaflex
tobramycin:
tofacitinib: xeljanz
tolterodine: detrol
topiramate: topamax
torsemide: demadex
tramadol: ultram
tranexamic: lysteda
tranylcypromine: parnate
trazodone: desyrel
treprostinil:
triamcinolone: kenalog
triamterene: dyazide maxzide
trientine: syprine
trimethoprim: bactrim septra co-trimoxazole cotrimoxazole tmp
trospium: sanctura
umeclidinium: anoro trelegy
ursodiol: actigall
ustekinumab: stelara
valacyclovir: valtrex
valbenazine: ingrezza
valproate: depakote depakene valproic
valsartan: diovan entresto exforge
vancomycin: vancocin
varenicline: chantix
vedolizumab: entyvio
venlafaxine: effexor
verapamil: calan isoptin
vericiguat: verquvo
vilanterol: breo trelegy
vildagliptin: galvus
vincristine:
voriconazole: vfend
vortioxetine: trintellix
warfarin: coumadin jantoven
zafirlukast: accolate
zidovudine: retrovir
zileuton:
ziprasidone: geodon
zoledronic: reclast zometa
zolpidem: ambien
zonisamide: zonegran
zopiclone: imovane
`;

/** Substances other than drugs to which people are allergic, and words for several of them. */
const allergenRows = `
adhesive: tape
bee: bees sting stings wasp hornet yellowjacket venom hymenoptera
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
  /^[a-z]{3,}(?:tinib|ciclib|gliptin|gliflozin|sartan|pril|statin|azepam|azolam|floxacin|cillin|penem|conazole|prazole|(?<!his)tidine|setron|triptan|parib|zomib|rolimus|glutide|xaban|gatran|tegravir|navir|previr|buvir|olol|dipine|azosin|oxicam|coxib|lukast|(?<!s)terol|tropium|dronate|rubicin|platin|taxel|curonium|fentanil|mab|thiazide|semide|grel|oxetine|fibrate|vaptan|gepant|lisib|cycline|bactam|glitazone|kinra|phylline|triptyline|barbital|relin|trexate|zolid|parin|mycin|micin|ciclovir)$/;
/** Words that end so and name no drug. */
const noDrugs: ReadonlySet<string> = new Set('somatostatin cystatin'.split(' '));

const singular = (word: string): string => word.replace(/'s$/, '').replace(/(?<=[a-z]{3})s$/, '');
type Names = ReadonlyMap<string, ReadonlySet<string>>;
const headsIn = (names: Names, word: string): ReadonlySet<string> | undefined =>
  names.get(word) ?? names.get(singular(word));

function genericsIn(lower: string): ReadonlySet<string> | undefined {
  const known = headsIn(drugs, lower);
  if (known !== undefined) return known;
  const plain = singular(lower);
  return stem.test(plain) && !noDrugs.has(plain) ? new Set([plain]) : undefined;
}

interface Named {
  readonly generics: ReadonlySet<string> | undefined;
  readonly families: ReadonlySet<string> | undefined;
}

/** Records and answers say the same words again and again. */
const kept = new Map<string, Named>();
const mostKept = 50_000;

function named(word: string): Named {
  const known = kept.get(word);
  if (known !== undefined) return known;
  const lower = word.toLowerCase();
  const found = { generics: genericsIn(lower), families: headsIn(allergens, lower) };
  if (kept.size >= mostKept) kept.clear();
  kept.set(word, found);
  return found;
}

/**
 * The generic names of the drug that a word names, in lower case: several where a brand has several; undefined where
 * it names none. A drug that is in no row is known by the ending of its generic name.
 */
export const genericsOf = (word: string): ReadonlySet<string> | undefined => named(word).generics;

/** The families to which something belongs that people are allergic to, other than by being a drug. */
export const allergenFamilies = (word: string): ReadonlySet<string> | undefined => named(word).families;
