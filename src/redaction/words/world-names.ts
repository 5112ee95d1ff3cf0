const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/**
 * Given names of many languages that the lexicon, which is of English, does not hold. Only such as are no word of
 * English, of medicine or of trade: alone and capitalised each of them is taken for somebody. Those of four letters
 * are here where no acronym is written so.
 */
export const worldGivenNames = set(`
  aagot aarti abbas abdi abdirahman abdulaziz abdullahi abeba abena abhinav abhishek abimbola achille achilleas adaeze
  adamantia adaora adebayo adeel adelaida adelita adeola adesola adetokunbo aditi aditya adnan afia afsaneh afua agata
  agathe agnieszka ailsa aisyah aitana aiyana ajay akari akash akbar akemi akhil akihiro akiko akosua aksel akshay akua
  akwasi alapai alasdair alekos alemitu alexey alireza aliye almaz alofa alohilani alok alondra amadi amara amarachi
  amari amarion amaya amedeo ameena amelie amihan amineh amirah amparo amrita amritpal anabela anand ananya anastasios
  anatole andras anestis aneurin anfisa angeliki angharad aniket anirudh aniyah anjali ankit ankita anneke annelies
  anneliese annukka anoop anouk anselmo antje antonina antonis antti antwan anupama anuradha anzhela aoibhe aoibhinn
  aoife aparna apolline apostolos araceli arash aravind archana areeba argyro arief aristea aristidis ariyah arkady
  arnulf arpine arsen artyom arvind asami asbjorn ashok ashot ashwin aslaug astghik asuka atefeh athanasios athina
  atsuko attila aubin aurelie aurelio aurore avani aviva avraham ayaka ayame ayden aynur ayodele ayomide aysegul ayumi
  ayush azadeh aziza azubuike babajide babak babatunde bahar bahram bairbre baltasar bambang baolin baptiste
  bartholomeus bartosz baruch bashir basma bastiaan batool batsheva bayani beata behnaz behrouz bekele belen benedetta
  bengt benoit bente bentlee bereket berenice berit berkay bernarda beyza bhavana bhavesh bhavna birgit birgitta
  birgitte birte bjarne bjoern blathnaid blodwen boaz bodil bogumil bohdan bolanle boleslaw borje bozena branko braxtyn
  brayan brayden braylon brighid brigida brisa britta bronwen brunhilde brynlee bukola burak burkhard bushra busra
  caetano cahal callum calum camdyn canan candelaria caoimhe caolan capucine caradoc carsten carys catalina cathal
  catrin celestine celestino cemal cemile cerys chaim chandrika changming charalambos charisse chatchai chava chavela
  chayo chayton chenoa chetan cheveyo chiamaka chiara chibuzo chidera chidi chidinma chieko chihiro chike chima chinedu
  chinelo chinonso chinwe chioma chisom chiyo christel chrysoula chukwudi chukwuemeka cihan cillian clemence clodagh
  conall concetta conchita corentin cormac cosimo csaba cuauhtemoc cyrille czeslaw dagmar dagny dagoberto daichi
  daisuke dakotah dalisay damarion dameon damilola dangelo dania daniyal danuta daquan dariush darshan darya dashawn
  davion dawit dearbhla deepa deepika defne deiniol delyth demarcus demetra demond denisha deniz deonte deshaun
  desislava despina destinee detlef devansh devante devika devonte devorah dewi dhananjay dhruv didier diego dilip
  dilys dimitra dimitrios dinh divya dmitriy dobrila donal donatella dongmei donnacha dontae dorota dorottya dragana
  dragomir dubravka duong durga dusan duygu dvora dympna dzmitry eabha eamon eamonn ebele ebere eberhard ebonee ebrahim
  edeltraud edgardo edouard efraim efstathios ehsan eiji eilert eilidh eilis eilish eimear einar eirik eirini eirlys
  eithne ekene eleftheria eleri elfriede elham eliezer elisabet eliseo elisheva elodie eloisa elpidio elsbeth eluned
  elzbieta emanuele emberly emeka emrah emre emrys encarnacion endang eniola eoghan epifanio erdem erdogan erhan eriko
  erkan ermanno ermelinda erzsebet eskil espen esra eszter etsuko eugenio eulalia eulalie eunji eunju eurwen evangelia
  evangelos evaristo everleigh everly evgeni evgenia ewelina ezekiel ezequiel fabienne fabiola fadumo faiza faizan
  fangfang fardin farhan farhia faridah farideh farooq farrukh faruk farzaneh fateh fatih fatimah fatos faustine fausto
  federica feliciano femke ferenc fereshteh fergal ferhat feride fermin feyza ffion fiachra fialelei figen fikirte
  filipo filippa filippo filiz finbar fionnuala fiorella fitri flavio floortje folake folarin folasade folke fotini
  fouad frauke frederique freya fridtjof friso froylan fuad fumiko fumio funmilayo gabor gaetan gaetano galina gamze
  ganesh garegin gaspard gaurav gauthier gavriel gavril gayane gbenga gearoid geeta geetha genaro genji gennady gennaro
  geraint gerda gershon gethin ghada ghassan gheorghe ghislain ghislaine ghita giang gianluca giannis giesela gilad
  gilmar ginevra gioacchino giorgia giorgos girish girma giulia giuliano giulio giuseppina gizem glenys gokhan golnaz
  gonca gopal gordana goro govind gracelyn grainne graysen grazyna gregoire grethe grigoris grigory grzegorz guanghui
  gudrun guilhem guillemette guillermina gulay gulcan gulsen gulten gunilla guoqiang gurpreet gwenael gwenda gwendolen
  gwynfor gyula haakon hadi hadlee hadley hadrien hafsa haile haiyan hajra hakan hakim halfdan halide halil halime
  halina haluk halvard hamdi hamid hamide hamish hanako hanan hande haneen haneul hanneke hannelore hannes hannu harald
  harbhajan hardeep harish haroon harpreet hartono haruka haruko hasmik haunani hauwa havva haylee haylie hedda hedwig
  heidrun heike heikki heiko heiner heledd helge helmut hemant hemlata hendra henning henriette henya hercule heriberto
  herminia hernan herve hideaki hideki hideko hideo hien hikari hilario hilde hildur hillel hinto hiroaki hiroki hiroko
  hiromi hiroshi hiroto hisako hisashi hitesh hiwot hjalmar hoang hodan hohepa hokulani holger hongmei honore honorine
  horst hovhannes hripsime hristo huda hugues huifen humaira huong huyen hyejin hyunjoo hyunwoo hywel iarla ibtisam
  ichiro idris iestyn ieuan ifeanyi ifeoma ifeyinwa ifrah ihsan ikechukwu ikenna ildiko ileana ilhan ilmari immacolata
  imran inaya inessa ingeborg ingemar inger ingmar ingvar iniko inmaculada ioana ioane ioanna ioannis iolana ionela
  iorwerth iqbal iracema irmgard iryna isamu ishita isidro isikeli islwyn ismet isolde istvan itzel itzhak ivanka ivar
  ivica ivonne izabela jaakko jabari jacek jacinto jacopo jadranka jadwiga jadyn jaehyun jaelyn jagdish jaiden jakayla
  jakobe jaliyah jamarcus jamari jamila jamileh jandira janiya janiyah jannik janos janusz jaquan jarmo jaroslaw jasiah
  jasleen jasna jaspreet javad javed javon jaxon jaxson jaxton jayanti jaycee jayceon jayesh jayla jaylah jaylen jaylin
  jaylynn jazlyn jejomar jelani jeroen jerzy jesper jiahao jianguo jianhua jiaxin jignesh jihoon jihye jimena jimin
  jingjing jinhua jinping jinwoo jiri jisoo jitka jiwon jiwoo jiyoung jochen joergen joern joko jolanta jongsu jonna
  joohee joost jorgen joris josip jouko jovan jovita jozsef juhani jukka julita junaid junichi junjie junko jurandir
  jurgen jyoti kaarina kabir kachina kadek kaden kadence kadriye kaelyn kahiau kahurangi kaiden kailani kaimana kainoa
  kaisa kaito kajal kalani kaleb kaleo kaliska kalliope kalpana kalyani kamaka kamalei kamari kamau kamden kameron
  kamlesh kamran kamryn kanako kaori kapono karapet kareem karine karsten karsyn karthik kartik kashton katalin
  katarzyna kateri kateryna katja katrin katya kaveh kaveri kavitha kavya kawika kayden kaydence kaylin kazimierz
  kazuki kazuko kazuo kealoha keandre keanu kehaulani kehinde keiko keisuke kekoa kelechi kemal kemi kenichi kenji
  kenta kenzie kenzo keola keondre keoni kerem kerstin keshawn ketevan ketut keyshawn khadijah khalil khanh khloe
  kianna kianoush kidane kieu kimiko kinga kinley kinsley kirsi kirsty kirti kishore kivanc kiyoshi kjell kjersti klaas
  klaudia knarik kofi koichi kojo kolton komang konstantin konstantina konstantinos koray kosta kostas kotaro krishna
  kristjan kristof krystyna ksenia kubra kulwinder kumiko kunal kwabena kwadwo kwaku kwame kwasi kwesi kyler kyoko
  kyree kyriaki kyriakos kyrie kyung kyungsoo lachlan ladan ladarius laetitia lakeisha lakisha lakshmi laleh lalita
  lambros lamia laoise laquisha larysa lasha lashonda lasse latha latosha latrell latrice lawanda leokadia leonidas
  lerato lestari liban lidija liesbeth liesel lieselotte liesl ligaya lihua lijuan lilah lilou lindiwe linnea lisandro
  lisbeth liudmila ljiljana ljubica llewellyn llinos lokelani lorcan lothar lotta lourdes lowri lubin lubna lubov
  lucienne ludger ludmila ludovica lujain lukasz luningning lusine lyubov lyudmila maarit maarten macarena maddalena
  madhav madhu madhuri maelys maeve magali magdolna mahad mahala mahealani mahir mahnaz mahpiya maija maiko mairead
  mairi mairin majid makana makayla makenna makenzie makiko makoto makya malakai malathi malee malgorzata maliyah malka
  malosi mamoru manaaki manal mandla manisha manjit manjula manoj manoucher mansoor marceline marek margaux margit
  margreet maricela maricruz marieke marikit mariko marisela marit mariusz markku marleen marlies marloes marquez
  marquise marton martti marwan marzena masaaki masaki masako masao masaru masashi mataio mateusz maurizio mayank
  mayumi mckenna mckinley meena meenakshi meera megumi mehran mehtap mehul meihua meike meiling meinir mekdes melek
  melisande meltem menachem menashe mendel mengyao meral meredudd merve meseret mesut mette meurig mevlut mhairi
  michelangelo michiko mieczyslaw mieke mihaela mikael mikko miklos miloslav milosz minako minghui mingyu minho minji
  minjun minoru minseo mireille mirela mireya mirjam mirjana miroslav miroslaw misaki mitsuko miyoung miyuki mizuki
  mladen moana mohit mohsen momoka montel morag mordechai mosese mpho mthunzi muireann mukaddes mukesh mukhtar mulugeta
  mulyono munir murali murat mursel muzaffer myfanwy myung nabil nachman nadeem nadege nadezhda naftali nahid naira
  najwa nakia nalani nalini namrata nanako nandi nandini naoki naoko narayan nareh narine nashoba nasra nasreen nasrin
  nasser natasa natascha natia natividad natsuki natsuko nattaporn naveed naveen navjot nawal nayeli nazan nazanin
  nazim necati nechama neelam neeraj neeta neha nemanja nengah nermin nerys nesrin nevaeh nevin ngaio ngaire nghia ngoc
  ngozi nguyet nhung niall nicanor nidhi nienke nikolaos nilesh nilgun niloofar nilufer nimet ningsih niran niranjan
  nishant nissim nitin nizhoni njal nkechi nkiruka nkosana nnamdi nneka nobuko nobuo noelani noemie nohea nohemi
  nokomis nollaig nomsa nomvula nonhlanhla noortje norberto noriko norio nosipho noura nthabiseng ntombi nuala nunzia
  nurcan nurhan nyambura nyoman obaid obinna obioma oddvar odhran odile oisin okan olabisi oladele olanrewaju oleg
  oleksandra oleksiy olena olle olof olufemi olumide oluwadamilola oluwaseun oluwaseyi oluwatobi oluwatoyin olwen omari
  ombeline omolara onida onur onyeka onyinye oonagh orapin orazio orhan oriane orla orlaith orsolya osian oskari otavio
  othman otieno otilia ottavia ovidiu owain ozgur ozlem paavo padma padraic paislee paityn palani palesa pallavi palle
  paloma panagiota panagiotis panayiotis paraskevi parisa parminder parul parvin parviz pascale pascual pasquale
  patricio patryk pavlos pawel pdraig peadar pekka pelagia pelin perihan pernille perrine pesach petter phelim phuc
  phuong pilar pinchas pirjo pirkko piroska piyush placido pooja poonam porfirio pornthip pouya prabhakar pradeep
  pramod pranav prasad prashant prateek pratibha praveen predrag preeti prerna primitivo prisca prithvi priti priya
  priyanka proinsias przemyslaw pualani puanani purnima pushpa putri qasim qiana qiang qiaoling quadir quang quanisha
  quoc quyen quynh rabia radha radhika radmila radomir radoslaw raegan raekwon raelynn rafaela raffaele raffaella rafiq
  raghav raghu ragna ragnar ragnhild rahim rahima raija raimo raimundo raisa raizel rajani rajeev rajendra rajiv rajni
  rakesh ramazan ramesh ramin ramya rangi rangsey raphaelle rashawn rashid rashida rashmi rasool rastislav ravindra
  raylan raymonde rayshawn razvan regine rehana reijo reiko reinhard reinhold rekha renaud renuka renzo reshma revathi
  revaz reyhan rhodri ricarda rieko rigoberto rishi ritika ritva rivka rizky roald rodel roelof rohini rohit roisin
  roksana rokuro rolande romain romello rongrong ronnell rosalba rosalia rosangela rosaria rosaura roshanda rostislav
  rotimi ruairi ruaridh ruchi ruediger rufino ruolan rupali rupinder ruqayya ruslan rutger ruveyda ruzanna ryker rylan
  rylee ryleigh ryota ryszard ryuji saara sabri sachiko sachin sadao sadhana sadia sadik sadio safiya safiye sahkyo
  sahra saleh salih salim samar sameer samina samvel sander sandor sandrine sangeeta sangwoo saniye sanja sanjana
  sanjeev sanna sanne santiago santosh saoirse saraswati sargis sarit sarita sariyah saroja sarwar satoko satomi satoru
  satya savita savvas sayaka sayuri sedat sefina segun seiji selam selamawit selcuk selda selin semisi semyon senait
  senan seojun seoyeon seoyun seppo serafin serafina serap serdar serhat serhiy serkan setiawan setsuko seung severine
  sevgi sevim sevinc sezen shabnam shadi shahida shahnaz shahrzad shailesh shaista shakeel shalini shanice shanika
  shaniqua shaniya shankar shantanu shantel shaquan sharmila sharonda shashi shaul shavonne shaylee shazia sheela
  sheniqua shereen shigeko shigeru shilpa shimon shinji shinobu shiori shirin shivani shizuka shmuel shobha shoshana
  shota shreya shruti shubham shufen shuhua shulamit shweta siavash sibel sibusiso siddharth siegfried sieglinde
  sigbjorn sigfrid signe sigrid sigrun sigurd silje silke silvana silvestre simcha simisola simran sinan sindre sinead
  sione sioned sipho siranush sirpa siwoo siyu sjoerd sladjana slavica slavko slawomir sneha sohail soheila sokha
  sokhom solange soledad solene solveig somchai somsak sonali songul soojin sooyoung sopheap soraya sorcha sorin sosefo
  sotiris sovann spiros spyridon srdjan sreymom srinivas stamatis stanka stavros stavroula stefania steffen stefka
  steinar stelios stepan stergios stojan sture stylianos subhash sudha sudhir suheyla sujata sukarno sukhdeep
  sukhwinder suleiman suleyman sumaya sumayya sumiko sumitra sundar sungmin sunil supaporn surinder sushila sushma
  susumu sutrisno suwanna svein svenja sveta svetla svetlana svitlana swapna swati sylvain tadashi tadeusz tadhg
  taehyung tahira tahmina taiwo takahiro takako takashi takayuki takehiko takeshi takoda takumi talal tallulah tamas
  tamati tameka tamuna tamunotonye tancredi taner tanesha tanvi tapani taras tarik tariq tarja tarkan tarun tashawn
  tasneem tatiane tatjana tatsuo tatsuya tatyana tavion tavita tayen tayfun tayshaun teemu tegwen tejas temitope tendai
  teodoro teofilo terje teruko tesfaye tetsuya tevin tevita thabo thanasis thandeka thandiwe thanh themba theodoros
  thibault thida thien thierry thijs thiru thorbjorn thorsten thorvald thuan thuy tiare tibor tiernan tigist tigran
  timea timothee timur tinashe tionna tipene tjark tobenna toivo tolga tolulope tomislav tomoko tomomi tomos torben
  torgeir torkel torsten torunn toshiko toshio trang traudl treasa trevion trevon treyvon trinh trond truls trung
  truong trygve tsehay tsosie tsutomu tsvetan tuan tugba tuija tuilagi tulay tuncay tunde turan turgut turid tuula
  tuyen tuyet tyesha tynisha tyree tyreek tyreke tyrell tyrese tyshawn tzipora uche uchenna uday ufuk ugochi ugonna
  ugur ujjwal ulises ulrike umar umut upendra uriel urszula usama uschi vadim vahan vakhtang valdemar valentyna valeriu
  vandana vardan varsha vartan varun vasant vasil vasile vasiliki vassilis vasudha vasyl vedran veena veikko velimir
  venkat venkatesh veronique vibeke vidya vigdis viggo vijay vijaya vikas vikram viktoriya vildan vilhelm viliami vinay
  vincenza vineet vinh vinicius vinod violette vipul viraj virgilio vishal vishnu vitaly viviane vlado volkan volker
  vyacheslav waclaw wahid wahyu waimarie wakiza waldemar waleed walid waltraud wambui waneta wanjiku wanjiru waqas
  warsame wasim wayan weidong weihua weiming wenceslao wenjie wenjing widodo wiebke wieslaw wieslawa willem wiremu
  witold wladyslaw wojtek woojin wulan wyanet wynter xiang xiaohong xiaoli xiaoling xiaoming xiomara xiuying xochitl
  xueqin xzavier yaakov yadiel yadira yahaira yahya yair yanet yanling yanmei yannis yanti yasar yasemin yashoda yasin
  yasir yasmeen yasuko yasuo yavuz yegor yehoshua yehuda yehudit yejide yejin yeonwoo yerachmiel yetunde yewande
  yiannis yifan yigal yilmaz yingjie yishai yitzchak yitzhak yngve yocheved yogesh yoichi yoko yolonda yoona yoonji
  yoonseo yoshie yoshiko yoshio yosuke younes younghee youngho youngsoo yousef yuhan yukari yukiko yukio yulan yulia
  yuliya yumei yumiko yunus yuridia yusra yusuke yutaka yuxuan yves zacarias zahava zakai zalman zamir zander zanele
  zaniyah zariah zaruhi zayden zayn zaynab zbigniew zdenek zdravko zdzislaw zekiye zelie zeliha zeljko zenaida zendaya
  zerrin zewdu zhavia zhenhua zhiqiang zhong ziad zihan zipporah zitkala zlatan zlatko zodwa zohreh zoltan zoraida
  zorana zsolt zsuzsanna zubair zuhair zulema zurab zuri zuzana zuzanna zygmunt
`);

/** Family names of many languages that the lexicon does not hold; neither words nor eponyms. */
export const worldFamilyNames = set(`
  abara abdallah abdelrahman abdi abdulkadir abebe abiodun abiola aboagye acheampong achebe addo adebayo adekunle
  adeleke adeniyi adeyemi adeyinka adichie adjei adomako afolabi agbaje aguilera aguirre agyeman agyemang ahmadi akande
  akintola akpan alexopoulos alfaro alvarado amador amaral amoah amponsah anand andrade angelopoulos antonopoulos antwi
  appiah aquino arango arce arellano arguello arredondo arriaga asante asare asghar ashraf avakian avila awad azevedo
  azizi babatunde bajwa bakare balakrishnan balasubramanian balogun bamidele banerjee bangura barragan barreto
  barrientos barrios basak bastos batista bautista becerra bednarek begay begum behera beltran benally benavides
  benavidez bergeron bergstrom bernal bhandari bhardwaj bhat bhatia bhatt bhattacharya bhattacharyya bielak biswas
  boakye boateng bonsu borkowski borrego botello brandao bustamante bustos caballero cabello cabrera calvillo camacho
  camara camarena cameron campos canales cantu caraballo carbajal cardenas cardona carmona carranza carrasco
  carrasquillo carrillo casillas castaneda castellanos cavalcanti cazares ceballos cedillo ceja centeno cepeda
  cervantes cervantez chakrabarti chanda chandra chandrasekaran chaparro chaudhary chaudhuri chavarria chaves chikwanha
  chinwe choudhary chukwu cisneros cisse clemente cordero cordova corrales cortes cortez cotto coulibaly couto
  covarrubias crespo csonka cuellar cuevas dabrowski dacosta dahal dalal danso darko dasgupta dasilva davila deguzman
  delacruz delarosa deleon delgadillo delossantos desai deshmukh deshpande dhaliwal dhillon diallo dimitriou diop
  dlamini dobrowolski domagala donnelly dossantos doumbia dubey dudek duenas duong echevarria echeverria ekwueme elias
  elizondo ellingson emecheta enriquez escalante escamilla escobedo escudero esparza espinal espinosa esquivel estevez
  etcheverry fajardo farah farooqi farrokhzad fedorov felix ferguson ferrer fierro figueroa flanagan fofana fonoti
  fonseca franco francois fujii fujimoto gadkari galarza galindo gallardo gallegos galvan gamboa gaona garay gaspar
  gaytan gebremedhin georgiou ghosh giannopoulos giraldo godinez gopal gopalakrishnan govender goyal gracia granados
  greenberg grewal grigoryan grijalva grzelak guevara guillen gulati gunawardena gupta gustafson gyamfi habib haddad
  haider hakimi hamdan hanif hannigan harjo hashemi hashimi hashmi hassani hegde henriquez heredia hernandes higuera
  hinojosa hirano holguin hosseini houlihan huerta huerto hurtado hussain hussaini ibanez ibarra ibrahimi imamura iqbal
  ivanovic iyer jablonski jadhav jaimes jaiswal jankowski jaramillo jarosz jaworski jayawardena jeong joshi juarez
  jurado kaczmarek kahananui kalinowski kamara kannan karimi karwowski kasprzak kassab katsaros kawamura kebede keita
  khalil khanna khatri khatun kipchoge kiplagat kirkpatrick koroma kosinski kostopoulos kovach kozlowski krawczyk
  krishnamurthy krishnan kruger krupa kubiak kucharski kulkarni kumari kurtz kwiatkowski lachapelle landeros langevin
  lapointe lara leclerc lecuyer lemus leszczynski levesque lewandowski liang lieberman lindgren lindqvist lisowski
  llamas lobato lozada lozano lucero luevano lugo lundgren luong macias maciel madueno magallanes magana mahajan
  maheshwari mahlangu mahmood mahoney majewski majumdar makhlouf maldonado malhotra malinowski manandhar mancera
  manjarrez manzano marchand marciniak maroun marquez marrero masuda matos matsuda mazur mazurek mbeki mcdermott
  mcdonagh mcgee mcgrath mcintyre mckenna mcnamara medeiros medrano mehra mehrotra mehta melendez melgar mendieta
  menendez menon mercado merino meza michalak michalski mikhailov mirza mirzaei mishra misra mistry mkhize mohamud
  mohanty mohsin mokoena molloy monahan moncada mondal mondragon montalvo montanez montano montero montes montoya
  moodley moraes morello moriarty morimoto moshiri moyo mukherjee mulligan mungai murakami murillo muthusamy mwangi
  mwanza naicker naidoo naidu nair nakagawa nambiar naranjo narayanan nascimento navarrete nazari ndiaye ndlovu negron
  nesterenko neupane ngcobo nguyen niedzwiecki nieto nieves nigam nikolaidis nikolaou njoroge nkosi noriega nowicki
  nwachukwu nwosu nyambe nyong ocampo ochieng ochoa oconnell odonnell odriscoll oduya ofori ogunbanjo ogundipe oguntade
  ojeda okafor okamoto okeefe okeke okello okeowo okoli okonjo okonkwo okoro okoye okpara oladipo olivares olivera
  olmos omondi onwuka onyango opoku ordonez ornelas orosco orozco osagie osei oshaughnessy osorio ospina osullivan
  otero otieno ouedraogo ouellette owusu oyelaran oyelowo oyewole pacheco padilla padron pajak palacios palomino pandey
  pandit pandya pantoja papadakis papageorgiou paredes parekh parikh parmar pashayan pathak patil pawar pawlak
  pawlowski pedraza pedroza pelayo pelletier perales peralta perdomo peres persaud petersson petrenko petrosyan
  petterson phiri pierzchala pietrzak pillai pimentel pineda pinheiro piotrowski plascencia polanco popova poudel
  prabhu pradhan preciado prieto przybylski puente puentes pulido qadri quach quezada quigley quinones quintana
  quintanilla quiroga quiroz qureshi rafferty raghavan raghunathan rahimi rahman rajagopal rajan rajput
  ramachandran ramakrishnan ramanathan ramaswamy rambaran ramsaran ranganathan rangel rashid rastogi rathore rebollar
  reddy regmi reilly renteria resendez restrepo reyna reynoso riaz rincon riordan robledo rodarte roldan romanov romo
  rosado rosales rosario rosen rousseau rueda ruelas rutkowski rybak saavedra sadowski saeed saenz sahoo saini salazar
  salcedo salcido saldana saldivar salgado salinas samaniego samaras sanabria sanches sandhu sandoval sanghera sanogo
  santamaria sarkar sarmiento sawicki schaefer schreiber schultz sekhon sequeira shafer shah shahid shaikh sharif
  sharifi shih shinde shrestha shukla siddiqui sidhu sikora sikorski silveira simoes singhal sinha sithebe sithole
  skowronski soares sobczak sokolowski solano soliman solis solorio solorzano soriano sotelo souza srinivasan
  srivastava stavros stefanidis subramaniam subramanian sugimoto suleiman sundaram swaminathan syed szczepanski
  szymanska szymanski tabassum taddesse tamayo tamez tandon tariq tejada tejeda tellez tembo terrazas tesfaye thakkar
  thakur thapa thiruvengadam thorsen thwaite tiwari tolentino tomar tovar traore trejo trevino tripathi trivedi
  trujillo tsang tsegaye turay uddin ueda ulloa unger upadhyay urbina uribe usmani uwimana valadez valdes valdez
  valdivia valentin valladares vallejo vandenberg vanderberg vanderwal vaquero varela varga varghese varma vasilev
  vasiliou vega velarde velasco velazquez velez venegas venkataraman venkatesan ventura verma vieira viera villa
  villagomez villalpando villanueva villareal villarreal villasenor villegas vishwanathan vogel vora vuong wadhwa
  walczak waleed warsame wawrzyniak whitehorse wickramasinghe wilczek wisniewska wojciechowski wolanski woldemariam
  wongsakul wozniak wrobel yadav yazzie yeboah yousef yusuf zabala zacharias zaharieva zahedi zajac zakaria zalewski
  zamani zambrano zamudio zapata zarate zavala zawadzki zayas zepeda zielinski zimmerman zuniga
`);
