/**
 * Towns and health systems that readers know by name and that the lexicon does not list. A town that is an everyday
 * word or a person's name too hides only where something says that a place is meant.
 */
const lines = (names: string): ReadonlySet<string> =>
  new Set(
    names
      .trim()
      .split(/\s*[,\n]\s*/)
      .filter((name) => name !== ''),
  );

/**
 * Towns called by words of every day, or by what else could be meant: they hide only after a word that leads to a place.
 */
export const cuedTowns = lines(`
  barrow, bath, battle, big rapids, big spring, blue earth, boring, bountiful, buffalo, bury, butte, carefree,
  celebration, commerce, convent, deal, defiance, due west, durango, eagle, earth, embarrass, enterprise, fair haven,
  fair play, friendship, frostproof, gold coast, good hope, coldwater, licking, goose bay, hatfield, hazard, hickory, homestead,
  hood river, hope, hull, hurricane, independence, iron mountain, jupiter, last chance, liberal, liberty, limerick,
  mesquite, mobile, moose jaw, mystic, north pole, oil city, opportunity, orange, orient, paradise, peculiar,
  picayune, plain city, poole, price, reading, red deer, rifle, rising star, rock springs, rugby, rye, sale,
  sandwich, santa claus, seaside, show low, slough, speed, storm lake, surprise, sweetwater, swift current, tightwad,
  two egg, westerly, whitefish, worthing
`);

/** Towns with small words inside, by their first words. */
export const joinedTowns = lines(`
  barrow in furness, bird in hand, burton upon trent, coeur d alene, croton on hudson, cut and shoot, fond du lac,
  hastings on hudson, henley on thames, isle of palms, isle of wight, king of prussia, lac du flambeau, lake in the hills,
  lake of the woods, newcastle upon tyne, newcastle under lyme, point of rocks, prairie du chien, rough and ready,
  south of the border, southend on sea, stoke on trent, stratford upon avon, truth or consequences, stockton on tees,
  weston super mare, city of industry, stow on the wold, berwick upon tweed
`);

const listedTowns = lines(`
  leeds, kassel, nurnberg, mannheim, karlsruhe, augsburg, wiesbaden, freiburg, lubeck, erfurt, rostock, saarbrucken,
  wuppertal, bielefeld, munster, aachen, braunschweig, chemnitz, magdeburg, innsbruck, bordeaux, lille, grenoble,
  dijon, nimes, rouen, limoges, amiens, perpignan, besancon, malaga, valladolid, gijon, alicante, oviedo, pamplona,
  almeria, salamanca, badajoz, bilbao, santander, donostia, braga, coimbra, aveiro, setubal, torino, padova,
  brescia, livorno, bergamo, perugia, lecce, katowice, lublin, szczecin, bydgoszcz, bialystok, brno, ostrava, plzen,
  debrecen, szeged, cluj, iasi, plovdiv, adana, antalya, konya, gaziantep, odense, goteborg, uppsala, linkoping,
  orebro, stavanger, oulu, groningen, nijmegen, bruges, leuven, namur, charleroi, pune, vadodara, nashik, varanasi,
  amritsar, coimbatore, kochi, mysore, madurai, vellore, multan, peshawar, sialkot, guiyang, fukuoka, hiroshima,
  sendai, gwangju, haiphong, davao, iloilo, baguio, semarang, ipoh, kuching, mombasa, kisumu, nakuru, eldoret,
  entebbe, kumasi, enugu, port harcourt, abeokuta, onitsha, owerri, calabar, douala, yaounde, bouake, bamako,
  freetown, lusaka, ndola, harare, bulawayo, maputo, bloemfontein, polokwane, gqeberha, asmara, hargeisa, kismayo,
  luxor, basra, erbil, shiraz, herat, cartagena, bucaramanga, cuenca, arequipa, cusco, barquisimeto, cochabamba,
  salvador, porto alegre, campinas, belem, monterrey, ciudad juarez, morelia, culiacan, hermosillo, saltillo,
  matamoros, reynosa, nuevo laredo, san pedro sula, managua, mayaguez, caguas, nassau, darwin, napier, gatineau,
  laval, juneau, coeur d alene,
  abilene, akron, alameda, albany, alexandria, alhambra, allentown, altoona, amarillo, anaheim, anchorage, annapolis,
  ann arbor, antioch, appleton, arlington, arvada, asheville, athens, auburn, augusta, aurora, austin, bakersfield,
  bangor, baton rouge, bayonne, beaumont, beaverton, bellevue, bellingham, bend, berkeley, bethesda, bethlehem, billings,
  biloxi, bismarck, bloomington, boca raton, boise, bossier city, boulder, bowie, bowling green, bozeman, bradenton,
  bridgeport, brockton, bronx, brownsville, bryan, buffalo, burbank, burlington, cambridge, camden, canton, cape coral, carlsbad,
  carrollton, casper, cedar rapids, champaign, chandler, charleston, charlotte, charlottesville, chattanooga, cherry hill,
  chesapeake, cheyenne, chula vista, cicero, cincinnati, clarksville, clearwater, clovis, college station, columbia,
  columbus, concord, coral gables, coral springs, corpus christi, corvallis, costa mesa, council bluffs, cranston, daly city, danbury,
  danville, davenport, dayton, daytona beach, dearborn, decatur, denton, des moines, dothan, dover, downey, dubuque,
  duluth, durham, eau claire, edison, el cajon, el paso, elgin, elizabeth, elkhart, elk grove, erie, escondido, eugene, evanston,
  evansville, everett, fairbanks, fairfax, fairfield, fall river, fargo, fayetteville, flagstaff, flint, florence, fontana,
  fort collins, fort lauderdale, fort myers, fort smith, fort wayne, fort worth, fremont, fresno, frisco, fullerton,
  gainesville, galveston, garland, gary, gastonia, gilbert, glendale, grand forks, grand island, grand junction,
  grand rapids, great falls, greeley, green bay, greensboro, greenville, greenwich, gresham, gulfport, hagerstown, hampton, harlem,
  harrisburg, hartford, hattiesburg, hayward, helena, henderson, hialeah, high point, hilo, hoboken, hollywood,
  houston, huntington beach, huntsville, idaho falls, independence, inglewood, iowa city, irvine, irving, ithaca, jackson, jacksonville,
  janesville, jersey city, johnson city, joliet, jonesboro, joplin, kalamazoo, kansas city, kennewick, kenosha, killeen,
  kirkland, knoxville, kokomo, la crosse, lafayette, lake charles, lakeland, lakewood, lancaster, lansing, laredo,
  las cruces, las vegas, lawton, lewiston, lexington, lincoln, little rock, livonia, long beach, longmont, longview, lorain,
  louisville, lowell, lubbock, lynchburg, macon, madison, manchester, manhattan, marietta, mcallen, mckinney, medford, melbourne,
  merced, meridian, mesa, mesquite, metairie, midland, minneapolis, minot, miramar, missoula, mobile, modesto, moline, monroe, montgomery,
  moreno valley, muncie, murfreesboro, muskegon, nampa, naperville, naples, nashua, new haven, new rochelle, newport news,
  norfolk, norman, norwalk, oceanside, ocala, odessa, ogden, olathe, olympia, omaha, ontario, orem, orlando,
  oshkosh, overland park, owensboro, oxnard, paducah, palm bay, palm springs, palmdale, palo alto, pasadena, paterson,
  pawtucket, pembroke pines, pensacola, peoria, pflugerville, pittsfield, plano, pocatello, pomona, pontiac,
  port arthur, port st. lucie, poughkeepsie, prescott, providence, provo, pueblo, queens, quincy, racine, reading, redding,
  redmond, redwood city, reno, renton, richardson, riverside, roanoke, rochester, rock hill, rockford, rockville, round rock, saginaw,
  saint paul, salem, salinas, san angelo, san bernardino, san leandro, san marcos, san mateo, sandusky, sandy springs, santa ana, santa barbara, santa clara,
  santa clarita, santa cruz, santa maria, santa monica, santa rosa, sarasota, savannah, schaumburg, schenectady, scottsdale, scranton,
  shreveport, simi valley, sioux city, sioux falls, south bend, sparks, spartanburg, spokane, springfield, st. cloud, st. george, st. louis,
  st. paul, st. petersburg, stamford, staten island, stockton, sugar land, sunnyvale, syracuse, tacoma, tallahassee, tampa, temecula, tempe,
  terre haute, texarkana, thousand oaks, toledo, topeka, torrance, trenton, troy, tucson, tulsa, tuscaloosa, twin falls, tyler, utica,
  vacaville, vallejo, vancouver, ventura, victorville, virginia beach, visalia, waco, warwick, waterbury, waterloo, waukegan,
  west palm beach, west valley city, wheeling, white plains, wichita falls, wilkes-barre, wilmington, winston-salem, worcester, yakima, yonkers,
  york, youngstown, yuma, ypsilanti,
  aberystwyth, aiken, alamogordo, alliance, alpena, alpharetta, americus, anniston, apopka, ardmore, arkadelphia,
  ashland, ashtabula, aspen, astoria, atascadero, atmore, attleboro, auburndale, avondale, azusa, bald knob,
  ballarat, barrie, barstow, bartlesville, bastrop, batavia, batesville, battle ground, baytown, beckley, belleville,
  bellflower, beloit, bemidji, bendigo, benicia, bennington, bentonville, berlin center, bessemer, biddeford,
  big bear lake, binghamton, bisbee, blacksburg, bloomfield, bloomsburg, bluefield, blytheville, boaz, bogalusa,
  bonham, bonita springs, borger, bournemouth, boynton beach, brainerd, brantford, brattleboro, brawley, brea,
  bremerton, brenham, bromley, brookhaven, brookings, brookline, brownwood, brunswick, bucyrus, bunbury, bundaberg,
  burien, burleson, burnley, buttonwillow, cadillac, cairns, calexico, camarillo, camberley, camdenton, canandaigua,
  cape girardeau, carbondale, carson city, cartersville, casa grande, catonsville, centralia, chambersburg, chanute,
  chapel hill, chelan, chesterfield, chickasaw, chickasha, chico, chillicothe, chilliwack, chino hills, claremore,
  clarksburg, clarksdale, cleburne, clewiston, coarsegold, coatesville, coffee creek, coffeyville, conroe,
  conway, cookeville, coos bay, coralville, coronado, corsicana, cortez, cortland, coshocton, covington,
  crawfordsville, crestview, crewe, crossville, cullman, cumberland, cupertino, cuyahoga falls, dalton,
  deerfield beach, dekalb, del rio, deland, delano, delray beach, deming, derby, derby line, devils lake, dinuba,
  dodge city, douglasville, drogheda, dubbo, dundalk, dundee, dunedin, dyersburg, eagle pass, easley, east lansing,
  eastbourne, eastpoint, eau gallie, edinburg, effingham, el centro, el dorado, el reno, elephant butte,
  elizabethtown, elko, ellensburg, elmhurst, elmira, ely, emporia, encinitas, ennis, ephrata, escanaba, eufaula,
  eureka springs, eveleth, excelsior springs, fairmont, falkirk, faribault, farmington, fergus falls,
  fernandina beach, findlay, fitchburg, florissant, forrest city, fort dodge, fort kent, fort pierce, fostoria,
  framingham, frankfort, fredericksburg, fredericton, freeport, french lick, gadsden, gaffney, galesburg, gallipolis,
  gallup, garberville, gardnerville, gateshead, gatlinburg, gaylord, geelong, georgetown, gettysburg, gillingham,
  glendora, glens falls, gloucester, goldsboro, goshen, grand haven, grants pass, greensburg, greenwood, gretna,
  griffin, guildford, guthrie, guymon, hackettstown, hanford, hannibal, harlingen, harrisonburg, harrogate,
  hartlepool, havre, hazleton, hendersonville, hermiston, hesperia, hibbing, hillsboro, hillsdale, hinesville,
  hobart, homosassa, hopkinsville, hoquiam, horseheads, hot springs, houma, huddersfield, hyannis, hyattsville,
  immokalee, indio, international falls, invercargill, ionia, ironwood, ishpeming, issaquah, jamestown,
  jefferson city, johnstown, kahului, kailua, kalispell, kamloops, kaneohe, kankakee, kearney, keene, kelowna, kelso,
  kenai, kennebunk, keokuk, kerrville, ketchikan, kettering, key largo, key west, kidderminster, kilgore, kilkenny,
  kilmarnock, kingman, kingsport, kinston, kirkcaldy, kirksville, kissimmee, klamath falls, kodiak, la grande,
  la junta, la mesa, la porte, la quinta, laconia, lagrange, laguna beach, lahaina, lake havasu city, lake wales,
  lakeview, laramie, latrobe, launceston, laurinburg, lawrenceburg, leamington spa, leavenworth, leesburg,
  leominster, lethbridge, letterkenny, lewisburg, lewistown, lichfield, lihue, litchfield, livermore, llandudno,
  llanelli, lodi, logansport, lompoc, los alamos, los gatos, loughborough, lowestoft, lufkin, lumberton, luton,
  macclesfield, mackay, macomb, madera, madisonville, malden, malone, mandan, manhasset, manistee, manitowoc,
  mankato, marinette, marquette, marshalltown, martinsburg, martinsville, marysville, mason city, massillon, mattoon,
  mayfield, mcalester, mccomb, mcminnville, meadville, medicine hat, menomonie, meriden, methuen, mexia, miami beach,
  michigan city, middlebury, middlesbrough, middletown, milledgeville, millville, milton keynes, minden, mineola,
  mishawaka, moab, moberly, moncton, monessen, monmouth, monterey, montpelier, montrose, morehead, morgantown,
  morristown, moses lake, moultrie, mount pleasant, mount vernon, mountain home, murrieta, muscatine, muskogee,
  myrtle beach, nacogdoches, nanaimo, nanticoke, natchez, natchitoches, needham, neenah, neosho, new bedford,
  new bern, new braunfels, new britain, new castle, new iberia, new london, new philadelphia, new ulm, newberry,
  newburgh, newburyport, newnan, newport beach, newquay, niceville, ninety six, nogales, norristown, north adams,
  north platte, northfield, novato, nuneaton, oak ridge, oakdale, oakhurst, oconomowoc, ogallala, ogdensburg,
  okeechobee, okmulgee, oldham, olean, oneida, oneonta, opelika, opelousas, oroville, osceola, oshawa, oskaloosa,
  oswego, ottumwa, owatonna, ozark, pahrump, painesville, painted post, paisley, palatka, pampa, panama city,
  paragould, parkersburg, parsippany, pascagoula, pasco, paso robles, pawhuska, payson, pecos, pekin, pendleton,
  perth amboy, petaluma, peterborough, petoskey, phenix city, phillipsburg, pie town, pikeville, pine bluff,
  pinehurst, pittsburg, plainfield, plaquemine, plattsburgh, plymouth, ponca city, pontotoc, poplar bluff,
  port angeles, port huron, port townsend, portage, portales, porterville, portsmouth, potsdam, pottstown,
  pottsville, presque isle, prineville, pullman, punta gorda, punxsutawney, puyallup, quakertown, quantico,
  rapid city, ravenna, rawlins, red bluff, redditch, redlands, reidsville, reigate, rexburg, rhinelander, rialto,
  ridgecrest, rio rancho, ripon, riverton, rochdale, rockhampton, rockland, rocky mount, rolla, roseburg, roseville,
  roswell, rotherham, rotorua, ruidoso, runcorn, ruston, rutland, safford, saguenay, saint albans, salford, salida,
  salina, salisbury, sanford, saratoga springs, saskatoon, saugus, scarborough, scottsbluff, scunthorpe, sebring,
  sedalia, sedona, seguin, seneca falls, sequim, sevierville, seward, shawnee, sheboygan, shelbyville, shoreline,
  shrewsbury, sierra vista, sikeston, silver city, sitka, skowhegan, sleepy eye, sligo, smackover, smyrna, snohomish,
  socorro, solihull, somerville, south hadley, southport, spearfish, statesboro, statesville, staunton,
  steamboat springs, sterling heights, steubenville, stevenage, stillwater, stillwell, stirling, stockport,
  stroudsburg, sturgis, sugar hill, sulphur springs, sumter, sunbury, susanville, swansea, swindon, sylacauga,
  tahlequah, talladega, tamworth, taos, tarpon springs, tauranga, telford, telluride, temple terrace, thibodaux,
  thief river falls, thomasville, thousand palms, thunder bay, tifton, tillamook, titusville, tonopah, toowoomba,
  townsville, towson, tralee, traverse city, trinidad, truckee, tucumcari, tupelo, turlock, twentynine palms, ukiah,
  union city, uniontown, upland, urbana, uvalde, valdez, valdosta, valparaiso, van buren, vero beach, vicksburg,
  vidalia, vincennes, vineland, wagga wagga, wahpeton, walla walla, wallingford, walsall, wapakoneta, warner robins,
  warrensburg, warrington, watertown, waterville, waukesha, waupaca, wausau, waxahachie, waycross, waynesboro,
  weatherford, weehawken, weirton, wenatchee, west bend, west memphis, westfield, wewoka, whangarei, wheaton,
  white river junction, white salmon, whitehorse, whittier, wigan, williamsport, williamstown, willmar, winnemucca,
  woburn, wollongong, wolverhampton, woodbury, woonsocket, wooster, worthington, wrexham, xenia, yazoo city,
  yellowknife, yeovil, yreka, yuba city, yucaipa, zanesville
`);

/** All of them but those with small words inside. */
export const knownTowns: ReadonlySet<string> = new Set([...listedTowns, ...cuedTowns]);

/** Health systems and hospitals by the words that stand for them without any further word. */
export const knownFacilities = lines(`
  adventhealth, advocate lutheran, allegheny general, allina, ascension seton, ascension st, atrium health, atrium, aurora, aurora st, avera,
  baptist health, banner, barnes-jewish, barnes jewish, baylor, baylor scott, bayhealth, baystate, beaumont, ben taub, beth israel,
  beth israel deaconess, bellevue, boston children, boston children's, boston medical, brigham, brigham and women's, brigham & women's,
  bwh, carilion, carle, cedars-sinai, cedars sinai, cedar sinai, cedar-sinai, centura, children's mercy, children's national,
  christiana, christianacare, christus, cincinnati children's, city of hope, cleveland clinic, commonspirit, cook county, cooper university, corewell,
  cottage, covenant health, dana farber, dana-farber, dartmouth hitchcock, dartmouth-hitchcock, dell seton, denver health, dignity health, duke,
  duke raleigh, emory, essentia, fairview, froedtert, geisinger, good samaritan, grady, grady memorial, hackensack,
  harborview, harbor-ucla, hartford healthcare, hca, henry ford, hennepin county, hennepin, holy cross, holy name, houston methodist,
  honorhealth, indiana university, inova, integris, intermountain, jackson memorial, jefferson, johns hopkins, ku med, kaiser, kaiser permanente,
  lac+usc, lahey, lahey clinic, lankenau, legacy emanuel, legacy good samaritan, lehigh valley, loma linda, loyola, lurie children's,
  maimonides, maine medical, marshfield, mass general, massachusetts general, massachusetts eye and ear, mayo, mayo clinic, mclaren, md anderson, medstar, memorial hermann,
  memorial sloan kettering, memorial sloan-kettering, mercy, methodist, mgh, moffitt, montefiore, mount auburn, mount sinai, mt. sinai, mt sinai, mskcc, multicare,
  musc, nationwide children's, nebraska medicine, nemours, newton-wellesley, northshore, northwell, northwestern, northwestern memorial, novant, nyu, nyu langone,
  nyp, ny presbyterian, new york presbyterian, newyork-presbyterian, ochsner, ohsu, orlando health, ou health, our lady of lourdes, our lady of the lake, overlake,
  parkland, peacehealth, penn presbyterian, penn medicine, piedmont, presbyterian, prisma, promedica, providence, queens hospital, rady children's, regions,
  renown, riley, roswell park, rush, rwjbarnabas, sacred heart, saint francis, saint luke's, st. luke's, st luke's, saint mary's, st. mary's, st mary's,
  st. joseph's, st joseph's, saint joseph's, st. jude, st jude, st. jude's, st. vincent's, st vincent's, st. vincent, st. francis, st. alphonsus, st. elizabeth's, st. john's, st. anthony's, st. agnes,
  sanford, san francisco general, scripps, sentara, sharp memorial, sloan kettering, sloan-kettering, spaulding, spectrum health, ssm, stanford, stony brook,
  sutter, swedish, tampa general, temple university, texas children's, thedacare, thomas jefferson, trihealth, trinity health, tufts, tulane, ucla, ucsd, ucsf, uchealth,
  uc davis, uc irvine, uc san diego, unc, unc chapel hill, uf health, uihc, umass, umass memorial, unitypoint, university hospitals, upmc, usc keck, keck, ut health, ut southwestern, utmb, utsw,
  uw health, uw medicine, va palo alto, valleywise, vanderbilt, vcu, virginia mason, vumc, wakemed, wake forest baptist, walter reed, weill cornell, wellspan, wellstar,
  erlanger, eskenazi, lenox hill, lebonheur, le bonheur, norton children's, park nicollet, sibley, carolinas medical, gundersen, aspirus, kootenai health,
  bayfront, winthrop, nationwide, phoenix children's, seattle children's, cook children's, akron children's, dell children's, children's hospital colorado, chop, chla,
  westchester medical, yale, yale new haven, yale-new haven, zuckerberg
`);

/** Of these the ones that are also words, people, towns, makers or terms: they need a word that leads to a place. */
export const ambiguousFacilities = lines(`
  aurora, atrium, aurora st, banner, beaumont, bellevue, cook county, cottage, fairview, jefferson, mayo, mercy, methodist,
  presbyterian, providence, regions, riley, rush, sanford, stanford, swedish, good samaritan, loyola, piedmont, baylor, parkland,
  holy name, covenant health, denver health, university hospitals, indiana university, advocate lutheran, brigham, duke, northshore,
  baptist health, keck, sutter, nyu, unc, vcu, hca, ssm, trinity health, ascension st, chop, winthrop, nationwide, bayfront, cleveland clinic, johns hopkins, prisma
`);
