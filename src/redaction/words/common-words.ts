/**
 * Common words that the lexicon inside compromise does not spell out, because it takes what it does not know for a noun.
 * None of them is a name: those that are besides stand in `ordinaryNameWords`.
 */
export const commonWords: readonly string[] = `
  aura entirely annual healthcare currently squamous papillary wallet probably email emails mellitus gastroesophageal effectiveness visual
  hazard slough peculiar intolerant unlikely maternal paternal cochlear originally cannabis malignancy originals duplicates hoarseness
  goals goal consistent remind summarize summarise crossover surgeries informant prescriber sincerely applicant deponent erythematosus
  orthopedics query addr quasi advise flush opacity complexity postnatal peroneal synovial sclerosing friction stool stools
  urinary oral nasal dental renal hepatic gastric cardiac pelvic spinal cranial lumbar thoracic cervical facial ocular aural vocal
  weekly monthly yearly nightly hourly quarterly initially previously recently formerly finally eventually generally normally
  typically occasionally frequently rarely often seldom slightly mildly moderately severely acutely chronically
  abbreviate abbreviations ability absence accommodation accomplishment accuracy achievement acronym
  acrostics action actions addition adjustment administration adoption adventure adverbs advertisement
  adviser advisories affair affection afresh afternoon afterwards agenda agreement aide airline airplane
  airport aisle album algorithms alias aliases allergen allergens alliance allowance alphabet alphabets
  ambition amended amount analyzer anew angle animal annex anniversary announcement ant anticoagulate
  anywhere apartment apostrophe apostrophes appearance append appended appending appends application
  applications appointment appointments appraisal approvals approver approvers apps architecture area
  argument arrangement article articles asker assembly asset assistance assumption assurance asymmetric
  atmosphere attachment attachments attacker attendance attended attending attention attitude attraction
  attribute attributes audience audio auditor authenticate authorities authority awareness background
  backpack backup backups badge bag bakery balcony balloon ballot bandage bandwidth bankruptcy baseball
  basement basis basket basketball batch batches bath bathroom bathtub battery beast beauty bedroom beer
  beforehand behalf behavior behaviours belief bench beverage bicycle binary binder birth birthday biscuit
  blanket bloke bookcase bookstore born boundaries boundary bracket brackets briefcase brochure broom brow
  browser browsers bucket bug bulb bulletin bumper bunk burger business button buttons buyer cab cabinet
  cable cafeteria calculation calculator calendar calendars caller callers camera campaign cancellation
  candidate candle cannot capability capacity capitalise carbon cardboard career careless cargo carpet
  carriage cart cartoon cartridge cat catalogue categories category cattle celebration cellphone cement
  cemetery census censuses ceremony chalk chamber championship chapter charger checkout checkpoint
  checkpoints cheek chemical chemist childhood chimney choice choices choir chore chores chorus cigar
  cigarette circuit circumstance citations civilian clarity class classes classroom clause clearance climate
  clinically clinician clinicians clock clocks closet clue cluster cocktail coincidence collection
  collections collector colony column columns combination comma commas commerce commitment commitments
  commodity communication community compact comparative compare compared compares comparing compartment
  compass compatibility compensation competition competitor completions component components compressed
  compute computed computes computing concentration concept conclusion condition conditions conference
  confidence confidentiality connect connected connecting connection connections conscience consensus
  consequence consideration consistency constitution constraint construction consumer consumption container
  contest context contexts contract contractor contradict contradiction contradicts contribution controversy
  convenience convention conversation conversations conversion conviction cooperation copilot correction
  correspondence corridor costume couch counters countries country coupon courage course courtesy coverages
  cradle cream creation creature crime criminal criticality criticism cuisine cupboard curiosity curtain
  cushion custody custom cylinder danger darkness data daylight deadline deadlines dealership debris debt
  decision decisions deck declaration decoration deed deeply default defaults defendant defense definition
  definitions degree degrees delegation delete deleted deletions democracy demonstration density dentist
  department depend dependence dependency depot depth describe described describes descriptors desk desks
  despair dessert destination destroyed destroying destroys destruction detector detention detergent
  determination development devil diagram dialogue diary dictionary difference differences different
  differentially difficulty digit digits dignity dilemma dimension dimensions direction directions directory
  dirt disability disadvantage disagreement disappointment disaster disclosures discovery discretion
  discrimination discussion diseases dishwasher disk dismissal disorders disposal distance distinction
  disturbance diversity division docs doctrine dog doll domain domains dominance donation donor doorbell
  doorway dosage dots dotted dough downstream downward drama drawer dresser driveway drought dryer durations
  dusk dust duty earthquake ease edition editorial efficacy efficiency effort election element elemental
  elements elephant elevator elimination elsewhere embarrassment embedded emergency emotion
  emphasis empire employed employment encouragement endless engagement engine engines enquiry enthusiasm
  entitlement entity entrance entries entry envelope envelopes environment equality equation equity era eras
  erasure error errors essay essence establishment evaluations evaluator everywhere evidence evolution
  exactly exception exceptions excerpt excitement exclusion execution exhibition expansion expectation
  expedition expense expiry explanation explicitly exploration explosion exposure expression expressions
  extensions exterior external eyebrow facilities facility fact factory facts faculty failures fame fantasy
  fashion fault faults feast federation fee feedback festival fewest filler fillers fingerprint fireplace
  fisherman fist fitness fixture flashlight flaw fleet flexibility flight flipped floor flyer folder folders
  folk football footnote footstep forehead foreigner formation formerly founder fraction fractions frailty
  framework fraud freezer freight frequencies freshman friendship frog front fruit frustration fundraiser
  furnace gaps garage garbage garment gasoline gauge gender generation generations generator generosity
  gesture glance glimpse glove government governor graduation grants graph gratitude gravity grease grief
  grocery group grouping groups guideline guidelines guilt guitar gut habit habitat haircut hallway halt
  handler handwriting hanger harassment hardship hardware harmless hat hatred haul header headers headline
  heartbeat helicopter hell helmet herself hesitation hierarchy himself holder holders holidays homeland
  homeowner honeymoon horror hostel household housewife humanity humidity humor hurricane hut hypothesis
  idea identification identified identifier identifiers identifies identify identifying identities identity
  illusion illustration image images imagination imitate immunizations immunodeficiency implementation
  implication imprisonment impulse inbox incidence inclusion income incompleteness independence indicator
  industry inequality infer inference inflation info infrastructure ingredient injustice inmate innovation
  input inquiry insertion insertions inspection inspiration installation instance instances instinct
  institution instruction instruments insurance insurer integration intelligence intensity intention
  interaction interior internal internship interruption interruptions intersection intervals introduction
  intuition invention inventory investigation investment investor invisibly invitation involvement items
  itinerary itself jacket jail jar jealousy journalism junction jungle jurisdiction jurisdictions
  justification kettle keyboard keyboards keyword keywords killer kindness kingdom kite knife knob labelled
  labeller ladder landscape language languages laptop latency laundry laws lawsuit layout lazily leadership
  learnt lecturer ledger legislation legislature lengths letters liability librarian libraries licence lid
  lifecycle lifeguard lifestyle lifetime lighter likelihood likened likening limitation linear liquor
  listener listeners literacy litter local locally location locations locker logo lone loneliness loosely
  lottery loyalty lumber luxury machines magnitude mailbox majority makeup malformed management manual
  manufacturer manuscript marathon margin marker markers marketplace marriage massacre massage maximum meal
  measurement measurements mechanism mediation medicine meds member members membership memo memoir memory
  messenger methods metro microphone microwave middle midnight midst migration mileage minimum minority
  minted misbehave misbehaves misery misspelled misspellings misspelt mistaken misunderstanding mixture
  modal modalities moderation modification modifiers molar moment momentum monarchy monster monument
  morality mortality mortgage mostly motel motion motivation motorcycle movement mud mug municipality
  mushroom mutations myself mystery myth nap napkin nationality nature nearly necessity necklace needless
  negotiation neighborhood neighbour neighbours nest newborn newborns newcomer newsletter newspaper
  nicknames nightmare nodules noise nomination nonetheless normalising notebook notification notion nought
  noun nouns novelist nowhere nuisance numeric objection obligation observations observer obstacle occasion
  occupation offence offender office omission onion opaque openness operation operations opinion opponent
  opportunity opposition optimises option optionally options orchestra ordinals ordinary organ organisation
  organisations organism organization organizations organs origin origins ours ourselves outage outages
  outbox outbreak outfit outlast outlive outlived outlives outlook outrage outsider overflow ownership
  packet pad padded paddle painkillers pajamas pamphlet paper papers parade paragraph paragraphs parcel
  parenthood parole participant participation particle particles partnership passage passages passenger
  passion passport passports password passwords pasta pastry paths pattern patterns pavement paycheck payer
  payment payor payroll peasant pedestrian penalties penalty pension perception perfection performance
  periods permission permissions perpetrator persistence persistent personality personas personnel petition
  philosophy photo picture piece pieces pipeline pipelines pizza plague plainly plane planet plantation
  platform platforms plea pleasure plot plumbing plurals pocket podcast poem poetry policies policy politely
  pollution pony popcorn popularity porch portion portrait ports possession possessives possibility postage
  postal postcard poster pot potato pottery pouch poultry poverty powder practically prayer preauthorization
  precedent precision predecessor preference prejudice preliminary preparation prescribers prescribes
  prescription presence presentation preservation presidency prevalence prevention principle principles
  printer prison privacy privilege prize probabilities probability probation procession processor processors
  product production productivity products profession prohibition promotion proof proofs propaganda
  properties property proportion proposal prose prosecution prosecutor prosperity protection prothrombin
  protocols provenance provider providers provision provisioning provisions publication publications
  publicity publisher pulses punishment purge purged purges purse pursuit qualification quality quarrel
  queue quilt quota quotation racism radar radiator radio raid rail railing railroad railway rainfall ramp
  randomness ratios razor reactions reader readers reality realization realm rebellion rebuilt receipt
  receipts receiver reception recession recipe recognise reconstruction recorder recovery recruitment
  recurrence redirect reduction refers reflection refrigerator refuge refusal refusals regardless region
  registration regulation regulator rehearsal rejection relapse relation relations relationship relevance
  reliability relief religion reluctance remainder reminder removals rename renamed renaming renewal
  renovation repetition replacement replacements replay representation reproduction reputation requirement
  rescue resemblance reservation reservoir reset residence residency residual resignation resistance
  resolution resource resources respondent response responses responsibility restaurant restoration retail
  retailer retirement retreat retries retrieval retry revelation revenge revenue reviewer revision revival
  revolution rewrite rewrote ribbon riddles rifle rightly robbery robot rocket role roles romance roster
  rosters rotation rotations rubber rug rumor runway saddle sake salad salesman sanction sandbox satellite
  satisfaction sauce saucer sausage scandal scenario scene scheme scholarship science scope scrap screenplay
  script scripted scripts sculpture seatbelt sections sector segment selection sensation sentiment
  separation separator separators sessions setback settlement settler sexuality sexually shaft shame shampoo
  shareholder shark sheet sheets shelving shipment shirt shopkeeper shortly shovel shower sidewalk sigh
  sight signature signatures signer significance silent silently similarity sin singly singulars situation
  sketch skew skipped skirt skull slave slavery sleeve slot snack sock sofa software soil solidarity
  solution sometime somewhere soup source sources space spaced spaces speaker speakers specialty
  specification spectacle spectrum speech sphere spider spoon sport squad stair staircase stance statement
  statements statue statuses steak sticker sticky stock storage stories stove strap straw streets strengths
  strictly strictness stripe strongly structure structures submission subscriber subscription subsidy
  substances substitute suburb subway success succession successor suggestion suicide suitcase summaries
  sunlight supermarket supersede superseded supersedes supervision supper supplementary supplementation
  supplier supporter surely surplus surrender surveillance survival suspicion sweater symbol symbols
  symmetric sympathy symphony syndrome tab table tablecloth tables tabs tail takeover tale tap tape tariff
  task tasks tattoo taxation taxi taxpayer teammate telephone telephones television teller temptation
  tendency tent term terminologies terms territory terror terrorism testament testimony textbook texture
  theft theme themselves theory thirst threat throne throughput ticket tickets title titles toast tomato
  tool tools toothbrush tortoise tourism tournament towel towns toy toys traced traces tracing tradition
  trailing trails trainee trainer trait traitor tram transaction transcript transformation transit translate
  translation translator transmission transmitted transmitter transportation trash tray treasurer treatment
  treaty triaged triangle troop trophy truck trustee tuition turnover typewriter typo umbrella uncertainty
  unclear unconfirmed underscore underscores unemployment unfiltered uniform universe unlabelled unless
  unlimited unpacked unprocessed unread unrest unsafe unusual upwards usage usages usefulness usually
  utility vacancy vacation vaccination vaccinations valid validity variation vault vector vectors vegetarian
  vehicle vehicles velvet vendor vendors venue verb verse version versioned versions vicinity victim video
  viewer viewpoint violation violent violin volleyball voter vouch vouched voucher vouches voyage
  vulnerability wage waitress waiver wallpaper wardrobe warranty washer waterfall wealth weapon website
  weekday weekdays weights welfare wetland whiskey wholly whomever widow widower wilderness willingness
  window windshield withhold withholding withholds workforce workout workplace workup world wrongly yarn
  yogurt yolk youngster yourself zebra zeroes zipper
`
  .trim()
  .split(/\s+/);
