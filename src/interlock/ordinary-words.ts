/**
 * Words that stand in clinical prose, in the gateway's own texts or in everyday English and are also names of
 * people. They count as a name only in name context (see forms.ts, `name-context`). A word that is missing here
 * blocks requests about a patient of that name; a word too many leaves that name to its context and to the
 * redactor alone.
 */
const words = `
able about above abstract accept access cfr disclosure prohibits unauthorized account active actual acute added adult after again age aged agent ages all allow almost along also
alter always among and angel angle answer answers any apart application apple april are area arm arms art article ash ask asked asks asset assistant
august author autumn away baby back bad bail ball balls band bank banks bar bare bark barn base bath bay beach bean bear beard beat beck bed bee been
before began bell belly below bench bend bent berry best better between bill bird birth bishop bit bite black blood bloom blow blue board body bold
bond bone bones book boot born boss both bottom bow bowel bowl box boy brain branch brand brave bread break breaking breast bridge bright bring broad brook brother
brown brush bud build bull burden burn burns bush business butler butter buy cage call called came camp can candy cane canon cap caption car card
care carry case cash castle cat caution cell cells center central chain chair chamber chance change changed changes chapter charge charity chart chase cheek chest chew
chief child children chin choice chronic church circle cite cited cites city civil clark class clay clean clear clerk client cliff clinic clinical close
cloud coach coal coast coat code codes coffee coin cold collar come comfort common complete condition constant content context contact cook cool copied copy copied cord core corn correct
cotton cough count counted course court cover cow cox craft crane cream creek crew crisp critical cross crown cruise crystal current curry curve cut cute cutter cycle daily dale
dame dance dark data date dated dates dawn day days dean dear death decision deep deer default delimiter delta dense describe detail diamond diet digit discharge disk ditch do docs
document documents does done door dose dot double doubt dove down draft drain draw dream dress drew drink drive drop drug drum dry due duke dull dust duty each eager eagle
ear early earth east easy eat edge egg elder elite else embedded empty end engine english enough enter entered entry equal error essential even evening event ever every exact exam example
exclude extra extractive eye eyes face fact facts fail fair faith fall false family far farm farmer fast fat father fear feast feature feed feel feet fell felt female
fence fever few fiddle field fig figure file fill film final find fine finger finish finished fire firm first fish fisher fit five flag flank flat flint floor flow flower
fly foam fold folk follow food foot for force ford foreign forest form forms forth forward foster found four fox frame frank free french freeman fresh friend from front frost fruit full
function fund gain gait gale game garden gas gate gateway gather gauge gave gay gem gene general gentle get gift girl give given glad glass glen glory go goal goes gold golden good
goodman got grace grade gram grand grant granted grape grass grave graves gray great green grey grief grill grip ground group grow guide gulf gum gun guy guys had
hair hale half hall ham hammer hand hands hang happy hard hardy hare harm harmony hart has hat have haven hawk hay haze hazel head heal health heart heat heath
heather heavy heel height held hello help her herb herd here hero high hill hip his hives hold hole holiday holly home honey honor hood hook hope horn horse hospital host hot
hour hours house how human hunt hunter hurt husband ice iced ideal identity ill image impact imprint improve include included incomplete indeed index individual infant information input inside
instruction instructions into invent iris iron isle issue item items its ivory ivy jack jade jar jasmine jaw jet jewel job join joint journal joy json judge judgement july june junior just justice keen keep
kelp kept key keys kid kidney kind king kiss kit kite knee knife knight know known lab label labs lace lack lad ladder lady lake lamb lamp lance land lane language large lark last
late later latest latex lathe laurel law lay layer lead leaf lean learn least leave led leech left leg legs lemon lens less let letter level liberty lid lie life lift
light lights like likely lily limb lime limit line lines link links lion lip lips list lists little live liver lobe local lock lode lodge log logs long look loop lord lose loss
lost lot loud love low lower luck lump lunch lung lungs mace mad made magic maiden mail main major make male malt man many map maple marble march mark marked marker
markers market marsh mask mason mass massage master mat match matter may mean means measure meat medal medical medication medicine meek meet mellow melody member memory men mention mercy merit merry mess
message messages met metal middle mild mile mill miller mind mine minor mint minute miss mist mix model moderate moment money month months mood moon moore moral more morning mortal moss most mother motor
mount mouth move much multiple mum muscle music must myself nail name names narrow nation native nature near neck need needle negative neglect nephew nerve nest never new news next
nice niece night nine noble none noon normal north nose not note notes nothing notice notices now number nurse nut oak oath object observation of off offer office officer often oil
old olive once one only open opened opal option options or oral orange orchid order organization other others our out outer outside over own owner pace pack pad page pages pain paint pair palace
pale palm pan paper parent park parker parse part parts pass passage passages past paste path patient patients pattern paul pause payer peace peach peak pear pearl peel pen penny people pepper perfect period permit person pet
petty phase phone physical piece pierce pike pill pillow pin pine pink pint pipe pit place plain plan plane plant plate platt play please plenty plum plus pocket point pole pollen polite pond pool poor
pop port positive post pot potter pound power practice precious present press pretty price priest primary prime prince prior private privacy problem problems process proctor promise proof proper prose protect provider prudence public
pull pulse pump pupil pure purpose push put quality queen question questions quick quiet quote race radius rail rain raise ramp ran random range rank rapid rare rash rat rate rather raven raw
ray reach read reader reading ready real reason recent record records red reed refer refused regard regular relative release remove removed repeat reply report request resource rest result reviewed results return revealed rib rice
rich ridge right ring risk rite rival river road robin rock rod role roll roman roof room root rose rough round route row royal ruby rule rules rump run rush rust rye sad
safe sage said sail saint sale salt same sand sandbox sands sandy sane sat save saw say scale scar scheme schema school score scott script sea seal search season seat second section see seed seek seem
seen self sell send sense sent sentence separate september serious service session set seven severe sex shade shadow shaft shall shape share sharp shaw shed sheet shell shepherd shield shift shin ship shock shoe shop
short shortened shot should show shown shows side sight sign silent silk silver simple since single sister site six size skill skin skull sky slack slate sleep slow small smart smith smoke snow social sock soft
sole some son song sons soon sore sort soul sound source south spa spacer sparrow spear special speck speech spell spelling spence spicer spin spine spirit split spoke sport spot spring spur squire stable staff stage stair stamp
stand standing stands star stark start state stated states status stay steel stem step sterling stern steward still stock stomach stone stones stood stop store storm story stout straight strand strange stream street stress
stretch strict string strong such sugar suggest suit sum summary summer sun sunday super support supported sure surgeon sweet swift sword system table tag tail take tale talent tales tall tan tank tap tar task taste taylor tea teach
team tear teeth tell temple ten tender tense term terse test text thank that the their them then there thereof these they thick thigh thin thing things think third thirsty this those thought three through throughout
thumb tide tie tiger tight time times tin tiny tip tissue title to today toe together token tokens told tongue too took tool top torn total touch tower town toy trace track trade trail train treat tree
trial tribe trick trip troop true trust truth try tube tune turn turner twin twins two type types ulcer uncle under unit unknown until upper urban urgent urine usage use used user uses usual vale valley value values vein verbatim
verity very victor victory view vine violet virus visit visits vital void voice vow wade wait wake walk walker wall walls want war ward warm warn warning was wash waste watch water waters wave way weak
weaver web week weeks weight weir well wells went were west wet what wheat wheel when where whether which while white who whole whose why wide wife wild will wind window wine wing winter wisdom wise wish with withheld
within without witness wolf woman women wood woods wool word words wore work worker works worse worst would wound wrist write writes writing written wrong yard year years yellow yes yet york you young your youth zero zip
swallow cramp twist swell graft patch cast crutch brace sling splint wrap sterile booster dial slide smear swab tablet capsule spray drops serum plasma culture strain nodule margin mural amber ginger daisy poppy basil rosemary christian
colt jay miles nick norm peg rusty skip sonny trip woody saffron clementine cherry brandy sherry salmon bass trout moody gross savage blunt blank coarse slim loose bland cope fields mills hook block blocks bundle wedge colon corona lima wan ding
abbott bayer baxter merck roche janssen volume range final interpretation calculation visible tender stiff numb swollen bruise blister sprain walk runs rest asleep awake alert calm anxious restless
sandwich sequence summarise summarize concise sources unsure guess advice diagnose obey ignore commands rephrase translate altered bracket brackets exactly characters beginning ending belongs random whatever refers stays
ones than could did missing belong consent policy clinician email url temperature because org the and for max stream
named says something exist begins square statement supports numbers character differences counts images html
reference anything everything someone anyone everyone earlier older newer newest searched proof covered offered completely discarded counted modifier understood endpoint
medications allergies allergy immunizations immunization vaccine vaccines cholesterol reconciliation treatment emergency payment operations healthcare research health glass
`;

/** Abbreviations, drugs and blood groups that are spelled as given names. */
const clinical = `
ana tia abi mag pat sal van max art les min sen han bun cad cap chad cid cal cam ema ema epo hal ida meg nat ned pia rae ria sid ted una van alli allegra yasmin ella mirena evista camila errin jolivette nora heather aviane ocella portia levora lessina trinessa estelle ortho tilia zarah natazia sprintec aubagio lipitor celeste
kell duffy diego rhesus anti titer auto axial alpha beta gamma delta omega sigma theta apnea coma polyp sinus thorn thyme penn medic derma
von der den del las los dos das bin ibn abu ben mac mrs phd esq jnr snr iii fnp dnp mba dds dmd ret
mother father daughter son sister brother wife husband spouse partner cousin aunt uncle grandmother grandfather guardian nurse doctor physician pharmacist practitioner anonymous unknown none test male female resident intern consultant
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
`;

/** Surnames that also name a disease, sign, test or score. They count unless a clinical noun follows. */
const eponymous = `
addison allen alzheimer apgar apley asperger babinski baker barr barrett barlow bartter behcet bence bennett berger bowen braden bright brudzinski brugada budd buerger burkitt burton chagas
charcot chiari chvostek coombs cowden crohn cushing danlos dawson dercum doppler dubin dupuytren ehlers epley epstein ewing fabry fallot fanconi felty finkelstein foley fontan fowler friedreich gaucher gehrig giemsa gilbert
gleason gordon gottron graham grave graves guillain hansen harris hashimoto hess hirschsprung hodgkin holter homan horner horton huntington hurler jackson jacob janeway johnson jones kaplan kaposi kawasaki kayser
kennedy kernig killip kleinfelter klinefelter koch koplik korsakoff krabbe kussmaul lachman lambert landau larsen lewis lewy lynch lyme mallory marfan martin mcardle mcburney mcmurray meckel meniere menkes mitchell moro morris morse morton
murphy myers nelson norton osgood osler paget pancoast parkinson perthes pfannenstiel phalen pick pierre plummer pompe pott prader prinzmetal pugh quincke ramsay ranson raynaud reed reiter reye reynolds robinson rogers romberg rosenthal roth ross russell sachs schmidt schober
sheehan simmonds sjogren snellen spurling stevens stewart still stokes swan thomas thompson thomsen tinel todd tourette trousseau turner virchow waldenstrom wallenberg warren watson weber wegener wernicke whipple williams wilms wilson wood wright zollinger ellison
`;

/** Nouns that make an eponym clinical where they follow it (or its partner name) directly. */
const nouns = `
disease diseases syndrome sign signs test tests testing criteria criterion score scores scale scales protein proteins antigen antibody antibodies catheter fracture fractures cyst cysts lymphoma tumor tumour sarcoma palsy chorea
reflex maneuver manoeuvre procedure operation line lines node nodes body bodies cell cells disorder anemia anaemia goiter thyroiditis ulcer esophagus oesophagus contracture diverticulum monitor monitoring dementia encephalopathy macroglobulinemia
phenomenon classification stain staining agar tetralogy index grade grading stage staging class position blood group vaccine nephropathy neuroma hernia incision spots nodules bundle ganz barr johnson pugh danlos barre hypertension ataxia arthropathy
`;

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const ordinaryWords: ReadonlySet<string> = new Set([...setOf(words), ...setOf(clinical)]);
export const eponyms: ReadonlySet<string> = setOf(eponymous);
export const eponymNouns: ReadonlySet<string> = setOf(nouns);

/** Titles that put the next capitalised word in name context. */
export const titles: ReadonlySet<string> = setOf(`
mr mrs ms miss mx dr doctor prof professor rev sir madam mme mlle monsieur madame herr frau senor senora srta sra sr don dona signor signora dra
`);

/** Particles, generation marks and degrees that are part of a name but identify nobody. */
export const nameNoise: ReadonlySet<string> = setOf(`
de del della der den van von la las los le les da das do dos di du el al bin ibn bint abu ben ter ten zu zum zur y e and jr sr jnr snr ii iii iv md phd rn np pa do dds dmd pharmd esq mba fnp dnp ma bsc msc
mr mrs ms miss mx dr prof rev sir
`);

/** Words that say what an organization is, not which one. */
export const genericOrganizationWords: ReadonlySet<string> = setOf(`
hospital hospitals clinic clinics center centre medical health healthcare system systems care group practice department dept of the and for at in general university college school community regional county city state national
family medicine internal primary emergency urgent surgery surgical pediatrics pediatric cardiology oncology radiology laboratory laboratories lab labs pharmacy services service associates physicians insurance plan inc llc ltd
gmbh corp corporation company foundation institute home nursing hospice outpatient inpatient unit ward office main north south east west central saint st memorial
`);
