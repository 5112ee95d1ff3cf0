/**
 * Everyday words that are also given or family names. Together with the clinical vocabulary and the verbs,
 * adjectives and nouns of the lexicon they need name context before they count as a name.
 */
export const ordinaryNameWords: ReadonlySet<string> = new Set(
  `able ace alba amber an angel angels april art ash august autumn ball banks bar barber bark barn baron basil bass
   bay beach bean bear beech bell belle berry best bill bird bishop black blank bliss block bloom blue bond book booker
   booth boss bow bowl boy boys brand branch brave bread breeze brick bridge bright brisk broad brook brooks brown buck
   bud burden burn burns bush butcher butler call can candy car care carol carpenter carry carter case cash castle
   champion chance chancellor charity chase chip christian church city clay clear cliff close cloud coal coast coffee
   cole comfort constant cook cool cooper corn cotton court crane cross crow crown  curry daily daisy dale
   dark darling dawn day dean dear dell desert dew diamond dick do dolly don dove down drake draper drew drum dusty duke
   early east easter eden ember eve ever every fair faith falcon fall farmer farrow favor field fields finch fine
   fish fisher flint flood flora flower flowers fly forest forth foster fountain fox frank free freeman french frost
   gale garden gardener gene gift gill ginger given glass glen gold golden good goodman grace grand grant grave graves
   gray green greens grey grove guy hale hall hammer hand handy happy harbor hardy harmony harp harper hart haven hawk
   hawks hay hays hazel head heard heath heather heaven held high hill hills hinds holiday hollow holly honey honor
   hood hook hope horn house how hunt hunter ice inn iris iron ivy jack jade jam jasmine jay jean jersey jet job 
   joy judge june just justice keen key kid king kings kitchen knight lady lake lamb lance land lane large lark laurel
   law lawn leaf league lee left less lever li light lily lime lin line link little lo loan long lord lot love low
   loyal luck lucky lynx mace maker man manor maple marble march mark marks marsh marshal    mason
   master max may mays mean meadow meadows melody mercer mercy merry  miles mill miller mills mine ming mint
   miss misty mon monk moon moor moore more moss mountain my myrtle nail neat new nick night noble noon nor north
   nova nurse oak oaks olive olives one opal orange ore outlaw overall owl owens page pages paige paint palm palmer
    park  parks  parsons pat patience patient pay peace peach pearl pen penny pepper perch perry
   person pete peters  pine pink piper pitt place plant plum pole pollen pond pool pope porter post
    pound power powers  price pride prime prince prior proper prudence pure quick quill quiet rain rains
   ray read reading ready red reed reeds reef rest rich rider ring rios rise river rivers rob robin rock rocky rod
   roller  rook root roots rose rosemary roses round row royal ruby rule run rush russet rust sable sage sailor
   saint salmon salt sand sands  savage say scarlet school scott sea see self senior serene shade
    sharp shell shepherd shore short shy sierra silk silver simple singer  sky slack slaughter  small
   smart smith snow so solo song sons soon south spark sparks sparrow spear speed spring star stark stars start steel
   steep stern steward  still stone stones storm story stout strange stream street strong su sue summer summers
   sun sung sunny swan sweet swift tan tanner  teal temple thorn tiger tiller timber tin to  top tower town
   trace trader  travel tree trinity true truth  turner  underwood van venus viola violet virtue wade
   waiter walk walker wall walls ward ware warm  waters watts way weaver webb weeks weller wells west wheat
   wheeler white whites wild wilder will willow wills wind winds wine wing winner winter winters wise wolf wonder wood
   woods work worth wren  yin you young yu zen as at be by he hi ho in is it me no of oh ok on or up us
   we she her his him who why all any but for had has not now old out own per the too two use was
   electronically digitally verbally cannon cannons cases current fast hero home host hour jewel journey legend lesson liberty major
   method minor model muse nation native navy onyx pace pan paradise  pilgrim pilot pitch pitcher pledge
   poet point pointer posh present pretty process proud quest race rafter rally ranger raven rebel regal remedy
   renown reward ridge rife riddle robust  rover  sender serenity session shadow shields shine
   signal singleton smoker soldier spirit spice splendor square staff stable standard stanza station
   steady stocks  style summit supreme  talent tempest thyme tide tomb topaz treasure triumph trust tull
   unity usher vale valentine valor victor victory vine virgin vista vital vogue voice wake walks  wave
   weather whistle whole winsome wisdom wish witness worthy yale year years zeal zephyr chronic acute mild
   dry wet hot cold sore weak pain rash cough polish german english spanish irish scotch welsh danish dutch turkish
   roman greek pacific islander islanders rusty rice crystal chan banner barrow boyd brewer chandler collier crabtree
   crouch fairbanks feather fletcher goodwill gunn hatcher hitch hornsby hull jolly
   lakes lovelace mead moody nutter peel pike plank poole potts proctor pryor quail rand sadler salter
   sawyer sellers shoemaker sloan spicer tabor tinker tuck vickers wagoner
   waterman weir whitehead winn norm dang
   baker battle box bridges buss cage cave childs counts cousin cowboy crisp dash deal dice dodge dollar earl    flake frame freed friend fry garlic gates gather gear glad goose groom gross guest gully hack halls ham
   hang harness hatch hedge hide hooks hurt hush jacks junior knocks lass laughter leach
   lively loud means meek mellow merchant mock money mould mull nobles parish pastor pate
   peer pipe pounds ruin sack sails seal seals sells shed
   shivers shoe shook shorts sink slick slim smalls smiles sole speaks split sprinkle stack stacks stall stamp
   staples starks stoop sweets swing tall tart tough trout weathers
   whisper wick wool word yard
   blessing blood bone cake chambers foot friday irons leech merit pill sterling sunday thunder tongue`
    .trim()
    .split(/\s+/),
);
