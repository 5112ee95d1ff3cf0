/**
 * Words that are written with a capital letter wherever they stand and name nobody, as no word list of everyday language
 * holds: organisms, what people react to, languages, peoples, faiths, products of care, and shorthand.
 */
const organisms = `
  abiotrophia abscessus achromobacter actinomyces adenovirus aerogenes aeromonas aeruginosa agalactiae
  aggregatibacter albicans alcaligenes alternaria anginosus arcanobacterium aureus auris avium
  bifidobacterium bipolaris blastocystis blastomyces bordetella bovis brucella burgdorferi burkholderia
  capnocytophaga cardiobacterium cepacia chelonae chlamydophila cladosporium cloacae corynebacterium
  coxiella coxsackie curvularia cutibacterium cyclospora cystoisospora dermatophagoides difficile
  echinococcus echovirus eikenella elizabethkingia enterobacterales enterobacteriaceae enterobius
  enterocolitica enterovirus epidermidis erysipelothrix exophiala faecalis faecium falciparum finegoldia
  fragilis francisella fumigatus fusarium fusobacterium gallolyticus gardnerella gemella glabrata
  gonorrhoeae granulicatella hafnia helicobacter influenzae israelii jejuni jirovecii kansasii
  kingella krusei lactobacillus lassa leishmania leprae leptospira leuconostoc lugdunensis malariae
  malassezia maltophilia marcescens marinum meningitidis microsporum microti mirabilis mitis
  monkeypox monocytogenes mpox mucor naegleria neoformans nipah orientia ovale paracoccidioides parapsilosis
  parvimonas parvovirus pasteurella penicillium peptostreptococcus perfringens pneumoniae porphyromonas
  powassan prevotella propionibacterium pylori pyogenes raoultella rhizopus rhodococcus rothia
  salmonella sanguinis sarcoptes scedosporium shewanella sporothrix stercoralis streptobacillus
  strongyloides taenia toxocara trachomatis trichinella trichophyton trichosporon tropheryma 
  tuberculosis ureaplasma veillonella viridans vivax vulgaris wuchereria
`;
const allergens = `
  albumen anchovy annatto apricot aspartame bacitracin balsam banana bananas blueberries 
  brazilnut buckwheat calamari cantaloupe casein cashew cherries chickpea chickpeas chromium
  clams cobalt coban cockroach cogentin coriander cumin dander demerol dermabond dotarem
  durabond eggplant feathers flaxseed flounder formaldehyde fragrance fructose gadavist gadolinium
  galactose haddock halibut herring horsehair hymenoptera ioban isovue kiwi lanolin
  lentil lentils lodine macadamia mackerel magnevist mango mannitol mastisol mellaril mesquite
  mussels mustard oats octopus omnipaque optiray ovomucoid oysters papaya paprika paraben
  peaches pigweed pineapple pistachio poppyseed quaternium quinoa raspberries ryegrass
  scallops sorbitol splenda squid stevia strawberries sulfite talwin thimerosal tilapia
  tomatoes turmeric ultravist visipaque watermelon whey whitefish xylitol
`;
const languagesAndFaiths = `
  swedish finnish hebrew flemish burmese arabic kosher islam garmin samsung
  aadhaar amharic bangla bengali bluetooth braille burmese cantonese
  caucasian cebuano creole diwali doxy eritrean farsi filipina flemish fujianese
  fulani gujarati halal halloween hanukkah hausa hebrew hmong igbo ilocano iphone
  judaism juneteenth kannada khmer kinyarwanda kosher kurdish kwanzaa
  latina latino latinx lingala lyft malayalam mandarin mandinka marathi medicare
  mixtec mychart nepali oromo pashto passover 
  quechua ramadan rohingya shabbat sikh sinhala skype somali
  swahili tagalog tamil telugu tibetan tigrinya tongan tricare uber urdu wolof xhosa yiddish yoruba
`;
const productsOfCare = `
  accuchek afrin alaris alimentum ambu amplatzer aquaphor aspercreme atellica aveeno bactroban
  benefiber beneprotein bengay bonine bougie budweiser calmoseptine cepacol cerave cetaphil chloraseptic
  citrucel cmac cobas coflex coricidin dayquil depends dermoplast desitin dexa duoderm ecstasy
  elecare enfamil essure eucerin fibroscan fluidotherapy gatorade glidescope glucerna hemodialyzer
  hillrom icyhot inogen intellivue invacare jevity juul juven kangaroo kaopectate kerlix kinesio
  kratom lifepak lifevest lubriderm marlboro medihoney mediport mitraclip neilmed neocate neosporin nepro
  nicoderm nustep nutramigen nyquil omnicell onetouch osmolite pedialyte pediasure peptamen polysporin
  portacath powerport prevena profore prosource purewick pyxis respironics ricola roho rolaids santyl
  senokot silvadene similac smirnoff steri suplena sysmex theraband theraflu thermacare thickit
  twocal unisom unna vaseline vicks vitros vivonex watchman whiteclaw xeroform zoll zoster zzzquil
`;
/** What a chart writes short, with a capital letter where a sentence begins. */
const chartShorthand = `
  abd abdo abx accuchecks acyclo adeno adls aflutter alb amio ampho antibx appy ards azithro bands basos bcx
  bcxs bicarb bilat bilaterally bili bmt brbpr cabg calc cardene cardio cath cdiff cefaz ceftri chlam chole
  clinda clonid clopi cmv cns coags compl const constip creat creats crit crits cxr cxrs cyclo cysto dapto
  dbili diarr dilt dimer dispo diuril dobuta dysur ebv egd electrolytes entero eomi eos epi ercp
  ertapenem esmo etomidate eus extr extrem exts famhx fent ferritins fibrin fibrinogen fio fluc fsbg gancy
  gluc gono gtt gtts gvhd hav hbv hct hcv heent hematem hematur hemopt hepgtt hgb hida hmpv hsv hydral
  hydrocort iadls incont inrs interp keto kub kubs labet lact lactates lami levo lido lymphs lytes mag
  masses meropenem methylpred metolaz metop midaz milri mmf monos mrcp msk nad ncat nipride nitro noct
  norepi noro nstemi ntnd nvd orif pacer peep perrl phos plat platelets plts polys posa ppm prasu pred
  pressors procal procalcitonin ptts pulm rads remdes resp retent retic retics rhino rota rsv sats segs shx
  siro solu spiro spo stemi stents supple svt symm syph tachy tacro tavr tazo tbili temp tfs tica tka tmax
  torse tpn trach transl transpl trich trop troponins trops tte turp ucx ucxs urg vanc vaso vents vfib vori
  vtach vzv warf wbcs xrt
`;

/** Of medicine. */
export const clinicalCapitals = `${organisms}${chartShorthand}`;
/** Of everyday life: nobody is guessed at by them alone, but somebody may be called so, and a hospital. */
export const everydayCapitals: readonly string[] = `${allergens}${languagesAndFaiths}${productsOfCare}`
  .trim()
  .split(/\s+/);
