/**
 * Words that are written with a capital letter wherever they stand and name nobody, as no word list of everyday language
 * holds: organisms, what people react to, languages, peoples, faiths, and products of care.
 */
const organisms = `
  abiotrophia abscessus achromobacter actinomyces adenovirus aerogenes aeromonas aeruginosa agalactiae
  aggregatibacter albicans alcaligenes alternaria anginosus arcanobacterium aureus auris avium
  bifidobacterium bipolaris blastocystis blastomyces bordetella bovis brucella burgdorferi burkholderia
  capnocytophaga cardiobacterium cepacia chelonae chlamydophila cladosporium cloacae corynebacterium
  coxiella coxsackie curvularia cutibacterium cyclospora cystoisospora dermatophagoides difficile
  echinococcus echovirus eikenella elizabethkingia enterobacterales enterobacteriaceae enterobius
  enterocolitica enterovirus epidermidis erysipelothrix exophiala faecalis faecium falciparum finegoldia
  fortuitum fragilis francisella fumigatus fusarium fusobacterium gallolyticus gardnerella gemella glabrata
  gonorrhoeae granulicatella hafnia helicobacter influenzae israelii jejuni jirovecii kansasii
  kingella krusei lactobacillus lassa leishmania leprae leptospira leuconostoc lugdunensis malariae
  malassezia maltophilia marburg marcescens marinum meningitidis microsporum microti mirabilis mitis
  monkeypox monocytogenes mpox mucor naegleria neoformans nipah orientia ovale paracoccidioides parapsilosis
  parvimonas parvovirus pasteurella penicillium peptostreptococcus perfringens pneumoniae porphyromonas
  powassan prevotella propionibacterium pylori pyogenes raoultella rhizopus rhodococcus rothia
  salmonella sanguinis sarcoptes scedosporium shewanella sporothrix stercoralis streptobacillus
  strongyloides taenia toxocara trachomatis trichinella trichophyton trichosporon tropheryma tropicalis
  tuberculosis ureaplasma veillonella viridans vivax vulgaris wuchereria
`;
const allergens = `
  albumen anchovy annatto apricot aspartame bacitracin balsam banana bananas blueberries bluegrass
  brazilnut buckwheat calamari cantaloupe casein cashew cherries chickpea chickpeas chromium
  clams cobalt coban cockroach cogentin coriander cumin dander demerol dermabond dotarem
  durabond eggplant feathers fescue flaxseed flounder formaldehyde fragrance fructose gadavist gadolinium
  galactose haddock halibut herring horsehair hymenoptera ioban isovue kiwi lanolin
  lentil lentils lodine macadamia mackerel magnevist mango mannitol mastisol mellaril mesquite
  mussels mustard oats octopus omnipaque optiray ovomucoid oysters papaya paprika paraben
  peaches pigweed pineapple pistachio poppyseed quaternium quinoa raspberries rye ryegrass
  scallops sorbitol splenda squid stevia strawberries sulfite talwin thimerosal tilapia
  tomatoes tumbleweed turmeric ultravist visipaque watermelon whey whitefish xylitol
`;
const languagesAndFaiths = `
  aadhaar amharic arabic bangla bengali bluetooth braille burmese cantonese
  caucasian cebuano creole diwali doxy eritrean farsi filipina finnish flemish fujianese
  fulani garmin gujarati halal halloween hanukkah hausa hebrew hmong igbo ilocano iphone
  islam judaism juneteenth kannada khmer kinyarwanda kosher kurdish kwanzaa
  latina latino latinx lingala lyft malayalam mandarin mandinka marathi medicare
  mixtec mychart nepali oromo pashto passover peloton
  quechua ramadan rohingya samsung shabbat sikh sinhala skype somali
  swahili swedish tagalog tamil telugu tibetan tigrinya tongan tricare uber urdu wolof xhosa yiddish yoruba
`;
const productsOfCare = `
  accuchek afrin alaris alimentum ambu amplatzer aquaphor aspercreme atellica aveeno bactroban
  benefiber beneprotein bengay bonine bougie budweiser calmoseptine cepacol cerave cetaphil chloraseptic
  citrucel cmac cobas coflex coricidin dayquil depends dermoplast desitin dexa duoderm ecstasy
  elecare enfamil essure eucerin fibroscan fluidotherapy freestyle gatorade glidescope glucerna hemodialyzer
  hillrom icyhot inogen intellivue invacare jevity juul juven kangaroo kaopectate kerlix kinesio
  kratom lifepak lifevest lubriderm marlboro medihoney mediport mitraclip neilmed neocate neosporin nepro
  nicoderm nustep nutramigen nyquil omnicell onetouch osmolite pedialyte pediasure peptamen polysporin
  portacath powerport prevena profore prosource purewick pyxis respironics ricola roho rolaids santyl
  senokot silvadene similac smirnoff steri suplena sysmex theraband theraflu thermacare thickit
  twocal unisom unna vaseline vicks vitros vivonex waffle watchman whiteclaw xeroform zoll zoster zzzquil
`;

export const capitalWords = `${organisms}${allergens}${languagesAndFaiths}${productsOfCare}`;
