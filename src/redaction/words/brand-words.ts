/**
 * Trade names of medicines and vaccines. They end as no substance does and stand in no word list, so that a sentence about
 * one reads like a sentence about somebody.
 */
export const brandWords = `
  abecma abraxane abrysvo aciphex actos acuvail adakveo adbry adcetris adcirca adempas adlyxin admelog
  aduhelm advate advil afinitor afrezza aggrastat airsupra ajovy akeega aldurazyme alecensa alhemo alimta
  alprolix altoprev altuviiio alunbrig amaryl amjevita amtagvi amvuttra andexxa angiomax aphexda apidra
  apokyn apretude aptiom aranesp arexvy argatra arixtra aromasin asparlas atacand atripla augtyro auryxia
  austedo avandia avapro azopt azstarys bafiertam balfaxar balversa banzel baraclude basaglar bavencio
  benefix benicar bentyl beovu besivance besponsa besremi betapace betimol bevespi bevyxxa bexsero beyfortus
  bimzelx bkemv blincyto bosulif braftovi brenzavvy breyanzi breztri brineura briumvi brixadi bromday
  brukinsa buphenyl bydureon byetta bynfezia bystolic byvalson cabenuva cablivi cabometyx caduet camzyos
  carbaglu cardura carvykti casgevy catapres celontin ceprotin cequa cerdelga cerezyme cervidil chenodal
  cholbam cibinqo ciprodex cleviprex cobenfy colestid columvi combigan cometriq complera comtan conjupri
  consensi copiktra cortisporin cotellic cotempla crenessity creon crysvita ctexli cycloset cyltezo cyramza
  cystagon cytotec dacogen daliresp datroway dayvigo delstrigo demser dengvaxia depomedrol diacomit diastat
  dibenzyline ditropan dojolvi donnatal doptelet dovato droxia dukoral duopa durezol edarbi edarbyclor
  edurant elahere elaprase elelyso elfabrio elitek eloctate elrexfio empaveli emsam endari engerix enhertu
  enspryng epidiolex epivir epkinly epogen epysqli epzicom eraxis erbitux erivedge erleada ervebo erwinaze
  esbriet estrace evekeo evkeeza evotaz evrysdi evusheld exforge exjade exkivity eylea fabhalta fabrazyme
  famvir fanapt fasenra faslodex feiba felbatol femara fenoglide feraheme ferriprox fetzima fiasp filspari
  fintepla firmagon flexeril floxin fluad flublok flucelvax fosrenol fragmin fruzaqla gabitril galafold
  gattex gavreto gazyva gemzar genotropin giapreza gilotrif gliadel glucotrol glynase glyset glyxambi
  gocovri golytely gomekli hadlima halaven hectorol hemangeol hemlibra heplisav hetlioz humatrope humulin
  hycamtin hympavzi hyrimoz hytrin iclusig idelvion idhifa ilumya imcivree imfinzi imjudo imlygic imovax
  inbrija increlex inflectra ingrezza injectafer inlyta innohep innopran inpefa inqovi inrebic integrilin
  intelence intuniv invokamet invokana iqirvo iressa isentress isturisa ixempra ixiaro izervay jadenu jakafi
  janumet javygtor jemperli jentadueto jevtana juluca juxtapid jynarque jynneos kadcyla kaletra kapvay
  katerzia kcentra kenalog kengreal kerendia kimmtrak kinrix kisunla kombiglyze korlym koselugo kovaltry
  krazati kuvan kyleena kymriah kynamro lamzede lastacaft latisse lazcluze lemtrada lenvima leqvio lescol
  letairis levophed levoxyl levsin librax libtayo livalo livdelzi livtencity lokelma lonsurf lopid loqtorzi
  lorbrena lotemax lotrel lotronex lucentis lumakras lumizyme lunsumio lupron lutathera lyfgenia lyumjev
  margenza marplan mavenclad mayzent mekinist mektovi menveo mepsevii mesnex metamucil micardis miebo
  minipress motegrity movantik mulpleta mycapssa mydayis mylotarg mysoline myxredlin naglazyme nardil
  natpara navelbine nayzilam nerlynx nesina neulasta neumega neupogen nexavar nexlizet nexviazyme ngenla
  niaspan nicardipine norditropin norliqva northera norvir nourianz novolin novoseven nplate nubeqa nucala
  nuedexta nuplazid nutropin nuvigil nuwiq nymalize ocaliva odefsey odomzo ofev ojjaara omnitrope oncaspar
  onfi onglyza onivyde onpattro onureg opdualag opfolda opsumit opzelura orenitram orfadin orgovyx orserdu
  orvaten osmolex oxbryta oxlumo pacerone padcev palynziq pancreaze paragard parnate parsabiv pataday
  pediarix pemazyre pemgarda pentacel perjeta phoslo pifeltro piqray plegridy pluvicto polivy pombiliti
  ponvory portrazza prandin praxbind precose prevacid prevymis prezcobix prezista probuphine procrit
  procysbi prolensa promacta proquad provenge provigil pylera qalsody qelbree qtern quadracel quviviq
  rabavert radicava ravicti rayaldee razadyne rebif rebinyn reblozyl reclast recorlev relistor relyvrio
  remodulin renvela reopro retevmo revatio reyataz rezdiffra rezvoglar rhopressa rilutek rivfloza robaxin
  rocklatan romvimza rotarix rotateq rozlytrek rubraca rukobia rybrevant rydapt rylaze rystiggo rytary
  rytelo sabril saizen samsca sandostatin saphris savaysa scemblix sectral segluromet selzentry semglee
  sensipar sephience sevenfact signifor siklos silenor simbrinza skysona skytrofa sogroya soliqua soliris
  solumedrol somatuline somavert sotyktu sovaldi spinraza sprycel stalevo starlix steglatro steglujan
  stiolto stivarga strattera strensiq stribild sunlenca sunosi susvimo sutent syfovre symfi symlin sympazan
  symproic symtuza synagis synjardy tabrecta tafinlar talicia talvey talzenna tarceva tarka tarpeyo tasigna
  tavalisse taxotere tecartus tecentriq tecvayli tegsedi tekturna temodar tenex tenormin tepmetko teveten
  tezspire thiola thrombate tibsovo tivdak tivicay tracleer travatan tribenzor trijardy trikafta trilipix
  triumeq trodelvy trogarzo trumenba truqap truseltiq tryngolza tukysa turalio twynsta tykerb typhim tyrvaya
  tyvaso ukoniq ultomiris uplizna uptravi urso ursodiol vabysmo valtoco vanrafia vaprisol vaqta varivax
  vasostrict vaxelis vaxneuvance vectibix velphoro veltassa vemlidy venofer verquvo vfend viberzi victoza
  vidaza vigamox vimizim viokace viread visken vitrakvi vivotif vizimpro vonjo voquezna vosevi votrient
  voxzogo voydeya vpriv vumerity vyepti vyndamax vyndaqel vyvgart vyzulta wainua wakix welchol welireg
  winrevair xadago xalkori xenpozyme xiaflex xifaxan xigduo xofigo xolair xospata xphozah xromi xultophy
  xyntha xyrem xywav yervoy yescarta yorvipath yosprala yuflyma yupelri zaditor zaltrap zanaflex zarontin
  zavesca zebeta zegerid zejula zelboraf zemplar zenpep zepatier zeposia zestril ziac ziagen zilbrysq
  zinecard zoladex zolgensma zorbtive zortress zostavax zosyn zulresso zurzuvae zydelig zykadia zymaxid
  zynlonta zynteglo zynyz zypitamag
`;

/** Substances and conditions that do not end as others do. */
export const substanceWords = `
  abaloparatide abiraterone abscesses acetylcysteine achalasia acromegaly alfuzosin alopecia alteplase
  amantadine amblyopia amikacin amphetamine amphotericin amyloidosis anakinra anaplasmosis anastrozole
  angiotensin anidulafungin anthrax apremilast aprepitant argatroban armodafinil artemether artesunate
  asenapine asparaginase aspergillosis atogepant atovaquone atropine avibactam azathioprine azelastine
  aztreonam babesiosis baclofen bedaquiline belatacept bempedoic bendamustine benztropine bisacodyl
  bivalirudin blastomycosis blister bortezomib botulism brivaracetam bromocriptine brucellosis bunion
  bursitis buspirone cabazitaxel cabergoline calcitriol callus cangrelor capecitabine carboplatin carbuncle
  carfilzomib carisoprodol caspofungin cefdinir cefiderocol cefixime cefoxitin cefpodoxime ceftaroline
  ceftazidime ceftolozane cefuroxime cellulitis cenobamate cetirizine chalazion chancroid chloramphenicol
  chloroquine chlorpheniramine cholecalciferol cholera cholesteatoma cholestyramine cilostazol cinacalcet
  cisplatin cladribine clavulanate clobazam clofazimine clozapine cobicistat coccidioidomycosis colchicine
  colesevelam colistin conivaptan crofab croup cryptococcosis cyanocobalamin cyclobenzaprine cyclosporine
  cytarabine dalbavancin dantrolene darbepoetin darifenacin daunorubicin decitabine deferasirox degarelix
  desmopressin dexmedetomidine dexmethylphenidate dexrazoxane dextrose dicyclomine digifab dimenhydrinate
  dimercaprol dimethyl diphenoxylate dipyridamole docetaxel docusate dofetilide doravirine doripenem doxepin
  doxorubicin dronabinol dronedarone drospirenone dutasteride eczema edaravone edetate efavirenz
  efgartigimod ehrlichiosis emtricitabine enfuvirtide entacapone epirubicin epistaxis eplerenone epoetin
  ergocalciferol eribulin erysipelas eszopiclone ethambutol ethosuximide etodolac etoposide etravirine
  everolimus exemestane exenatide ezetimibe febuxostat felbamate ferrous fexofenadine filgrastim finasteride
  finerenone fingolimod flucytosine fludarabine flumazenil fluorouracil fomepizole fondaparinux
  fosaprepitant foscarnet fosphenytoin fulvestrant furuncle galantamine gemcitabine gemfibrozil glatiramer
  glimepiride glucagon glyburide glycopyrrolate goiter gonorrhea goserelin gout griseofulvin guanfacine
  hallux hemochromatosis histoplasmosis hives hordeolum hydromorphone hydroxocobalamin hydroxyurea
  hyoscyamine icosapent idarubicin imipenem impetigo inclisiran indomethacin intussusception ipratropium
  iptacopan irinotecan isavuconazonium isoniazid ivabradine ivermectin ixazomib keratoconus ketorolac
  ketotifen kyphosis labyrinthitis lactulose lanreotide lanthanum lasmiditan ledipasvir leflunomide
  lemborexant lenalidomide leprosy leptospirosis letrozole leuprolide levodopa levonorgestrel lice
  linaclotide liothyronine lisdexamfetamine listeriosis lordosis lubiprostone lumefantrine maraviroc measles
  meclizine medroxyprogesterone mefloquine megestrol melphalan memantine mercaptopurine mesalamine mesna
  metaxalone methocarbamol methylnaltrexone methylphenidate mexiletine micafungin milrinone minoxidil
  mirabegron mitoxantrone modafinil molluscum mucormycosis mumps mycophenolate nabumetone naloxegol
  naltrexone neostigmine niacin niraparib nirmatrelvir nitroprusside norepinephrine norethindrone nystagmus
  obeticholic octagam octreotide olaparib olopatadine oritavancin oxaliplatin oxcarbazepine oxybutynin
  oxymorphone paclitaxel pancrelipase patiromer pegcetacoplan pegloticase pemetrexed penicillamine
  pentoxifylline perampanel permethrin phenazopyridine phenylephrine physostigmine pibrentasvir pimavanserin
  pinworm pitolisant polyethylene polymyxin pomalidomide pralidoxime pramipexole pramlintide prasugrel
  praziquantel pretomanid primaquine probenecid progesterone proguanil propafenone propylthiouracil
  prucalopride pseudogout pterygium quinine quinsy quinupristin rabies raloxifene ramelteon rasagiline
  rasburicase relugolix rezafungin ribavirin rifabutin rifampin rifapentine rifaximin rilonacept rilpivirine
  riluzole rimegepant ringworm rivastigmine rocuronium roflumilast ropinirole rosacea rotigotine sacubitril
  sarcoidosis scabies sciatica scleroderma scoliosis scopolamine selegiline selinexor sevelamer silodosin
  siponimod sirolimus solifenacin solriamfetol sotalol spondylolisthesis strabismus succimer succinylcholine
  sucralfate sugammadex sulbactam suvorexant syphilis tacrolimus tadalafil tafenoquine tapentadol tazobactam
  tedizolid telavancin temozolomide tendinopathy tenecteplase terbinafine teriflunomide teriparatide tetanus
  thalidomide theophylline thiamine thrush thymoglobulin tiagabine tinnitus tiotropium tizanidine
  tolterodine tolvaptan topotecan toxoplasmosis tretinoin trichomoniasis trientine trihexyphenidyl trospium
  tularemia typhoid ubrogepant umeclidinium urticaria vaborbactam vasopressin vecuronium velpatasvir
  venetoclax vertigo vibegron vigabatrin vilazodone vinblastine vincristine vinorelbine vitiligo volvulus
  whiplash zoledronic
`;
