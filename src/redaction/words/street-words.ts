/** Words of addresses whose spellings are one: the first of each line is the canonical one. */
const spellings = `
street st str
avenue ave av aven
road rd
drive dr drv
lane ln
court ct
place pl
boulevard blvd boul bd bvd
terrace ter terr
circle cir circ
junior jr
highway hwy
parkway pkwy pky
square sq
trail trl
way wy
crossing xing
heights hts
mount mt
mountain mtn
fort ft
saint
north n
south s
east e
west w
northeast ne
northwest nw
southeast se
southwest sw
apartment apt
suite ste
unit
floor fl
building bldg
room rm
route rte
county cnty co
alley aly
bayou byu
beach bch
bend bnd
bluff blf
branch br
bridge brg
brook brk
bypass byp
camp cp
canyon cyn
causeway cswy
cliff clf
common cmn
corner cor
cove cv
creek crk
crescent cres
crest crst
curve curv
estate est
estates ests
expressway expy
falls fls
ferry fry
field fld
fields flds
ford frd
forest frst
forge frg
fork frk
freeway fwy
garden gdn
gardens gdns
gateway gtwy
glen gln
green grn
grove grv
harbor hbr harbour
haven hvn
hill hl
hills hls
hollow holw
island isl
junction jct
knoll knl
lake lk
lakes lks
landing lndg
lodge ldg
manor mnr
meadow mdw
meadows mdws
mill ml
mills mls
mission msn
orchard orch
overpass opas
passage psge
pines pnes
plain pln
plains plns
plaza plz
point pt
port prt
prairie pr
ranch rnch
ridge rdg
river riv
shoal shl
shore shr
spring spg
springs spgs
stream strm
summit smt
trace trce
track trak
tunnel tunl
union un
valley vly
view vw
village vlg
vista vis
walk wlk
wells wls
wharf whf
yard yd
hospital hosp
center centre ctr
university univ
medical med
regional reg regl
memorial meml
general genl
pharmacy pharm
department dept
close cl
imaging img
institute inst
associates assoc assocs
caddesi cad cd
sokak sok sk sokagi
bulvari blv bulv
mahallesi mah
`;

const canonical = new Map<string, string>();
for (const line of spellings.trim().split('\n')) {
  const [first = '', ...rest] = line.split(' ');
  for (const other of rest) canonical.set(other, first);
}
// "St" is street and saint: both sides of a comparison fold the same way.
canonical.set('saint', 'street');

const germanStreet = /^[a-z]{4,}str$/;

/** One spelling for the words of addresses and facilities. */
export const canonicalWord = (word: string): string =>
  canonical.get(word) ??
  (word.endsWith('str') && germanStreet.test(word) ? `${word.slice(0, -3)}strasse` : word);

const others = new Map<string, string[]>();
for (const [other, first] of canonical) others.set(first, [...(others.get(first) ?? []), other]);

/** The other spellings of a word that `canonicalWord` gave. */
export const spellingsOf = (word: string): readonly string[] =>
  others.get(word) ?? (word.endsWith('strasse') && word.length > 10 ? [word.slice(0, -4)] : []);

/** Words that end a street line. */
export const streetTypes: ReadonlySet<string> = new Set(
  `street st avenue ave road rd drive dr lane ln court ct place pl boulevard blvd terrace ter circle cir highway
   hwy parkway pkwy square sq trail trl way crossing xing loop run path pike plaza row walk alley bend cove
   creek crescent ridge view vista hollow glen grove park meadow landing station turnpike expressway manor
   point shore hill hills heights gardens green mews close broadway bypass causeway commons estate estates
   extension field fields flat flats ford forest forge fork gateway harbor haven island isle junction key knoll
   lake lakes light loaf lodge mall mill mission orchard oval overpass parkways pass passage pine plain plains
   port prairie ramp ranch rapid rest river route rue shoal shores skyway spring springs spur stravenue stream
   summit throughway trace track trafficway tunnel union valley via viaduct village ville wall well wells wharf yard`.split(
    /\s+/,
  ),
);

/** States and territories of the USA, by name and by letters, in lower case. */
export const states: ReadonlySet<string> = new Set(
  `al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or
   pa ri sc sd tn tx ut vt va wa wv wi wy dc pr vi gu alabama alaska arizona arkansas california colorado
   connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine
   maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon
   pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming`.split(/\s+/),
);
