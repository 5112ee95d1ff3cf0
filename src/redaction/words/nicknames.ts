/**
 * Given names, English ones first, and their usual short forms, one family of forms a line. No form that is a word of a
 * chart: `Heinz` bodies, `max`, `concha`.
 */
const families = `
abigail abby abbie gail
alexander alex sandy xander alec sasha al
alexandra alex sandra lexi sandy sasha
alfred al fred alfie
amanda mandy
andrew andy drew
anthony tony
antonio tony tonio
barbara barb babs
benjamin ben benny benji
carolyn carol carrie
catherine cathy kate cate katie
charles charlie chuck chas
christina chris tina christy
christine chris tina chrissy
christopher chris kit topher
cynthia cindy
daniel dan danny
david dave davey
deborah deb debbie debby
dolores lola
donald don donnie
dorothy dot dottie dolly
edward ed eddie ted ned teddy
eleanor ellie nell nora
elizabeth liz lizzie beth betty betsy eliza libby elsie bess
eugene gene
florence flo flossie
frances fran franny
francis frank
francisco paco pancho
franklin frank frankie
frederick fred freddy freddie fritz
gabriel gabe
gabriela gabby
george georgie
gerald gerry jerry
gregory greg
guadalupe lupe
harold hal harry
helen nell ellen
henry hank harry
isabel izzy bella isa belle
isabella izzy bella
jacob jake
james jim jimmy jamie
janet jan
jeffrey jeff
jennifer jen jenny jenn
jessica jess jessie
jesus chuy
john jack johnny jon
jonathan jon jonny
jose pepe pepito
joseph joe joey
josephine jo josie
joshua josh
judith judy
katherine kate kathy katie kat kay kitty
kathleen kathy kate katie kathie
kenneth ken kenny
kimberly kim
lawrence larry
leonard leo len lenny
lillian lily lil
lucille lucy
margaret maggie meg peg peggy marge margie greta daisy
maria mary mia
martha marty patty
matthew matt matty
michael mike mikey mick mickey
michelle shelly
mohammed mohamed muhammad mo
nancy nan
natalie nat
nathaniel nate nathan
nicholas nick nicky
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phil
phillip phil
raymond ray
rebecca becky becca
richard rick dick rich ricky richie
robert bob bobby rob robbie bert
roberto beto
ronald ron ronnie
rosemary rose rosie
russell russ
samantha sam
samuel sam sammy
sandra sandy
sarah sally sadie
stephanie steph steffi
stephen steve stevie
steven steve
susan sue susie suzy
suzanne sue suzie
thaddeus tad thad
theodore ted teddy theo
theresa terry tess tessa teri
thomas tom tommy
timothy tim timmy
valentina val tina
veronica ronnie
victoria vicky tori vicki
vincent vince vinny
virginia ginny ginger
walter walt wally
william will bill billy willie liam
zachary zach zack
athanasios thanos thanasis nasos
konstantinos kostas costas gus dinos
georgios giorgos yorgos
dimitrios dimitris mitsos jimmy
ioannis yannis giannis
panagiotis panos takis
anastasia tasia natasa
ignacio nacho
rosario chayo charo
concepcion conchita concha
jesus chuy chucho
guadalupe lupe lupita
francisco paco pancho kiko
jose pepe chepe
josefa pepa pepita
enrique quique kike
eduardo lalo
manuel manolo manny
rafael rafa
roberto beto bobby
alberto beto
luis lucho
alejandro alex jandro
alejandra jandra
gabriela gaby gabi
mercedes meche merche
dolores lola loli
rosa rosita
teresa tere
isabel chabela
maria marita mary
graciela chela
consuelo chelo
ricardo rick ricky richie
fernando nando
santiago santi chago
sebastian bastian sebas
malgorzata gosia malgosia
katarzyna kasia kaska
aleksandra alex sasha
aleksander alek alex olek sasha
elzbieta elka
joanna joasia
krzysztof krzys
stanislaw staszek stan
wojciech wojtek wojtus
tadeusz tadek
zbigniew zbyszek zbysiu
dmitri dima mitya
dmitry dima mitya
aleksandr sasha alex
alexei alyosha lyosha alex
ivan vanya
mikhail misha
nikolai kolya nick
vladimir volodya vova
yevgeny zhenya
sergei seryozha
svetlana sveta lana
tatiana tanya
ekaterina katya
anastasiya nastya
natalia natasha
olga olya
yelena lena
chukwuemeka emeka
oluwaseun seun
mohammed mohamed
abdulrahman abdul rahman
abdullah abdul
venkatesh venkat venky
priyanka priya
rajesh raj
krishna kris
lakshmi laxmi
subramanian subbu
friedrich fritz
wilhelm willi willy
johannes hannes hans jo
margarete grete gretel gretchen
katharina kathi kati
elisabeth lisa liesl sissi lisl elli
josef sepp
wolfgang wolfi
ursula uschi ulla
heinrich heini heiner
siegfried siggi
sieglinde siggi
michaela michi
matthias matze hias
barbara barbi babsi basia
agnieszka aga agusia agnisia
zofia zosia
piotr piotrek
jan janek jasiek
andrzej jedrek
jakub kuba
tomasz tomek
jerzy jurek
henryk heniek
wladyslaw wladek
stanislawa stasia
jadwiga jadzia
grazyna grazka
bozena bozenka
lukasz lukaszek
frederic fred
giuseppe beppe peppe
giovanni gianni
francesco franco
jacqueline jackie jacqui
penelope penny
frank frankie
victor vic
oliver ollie
albert al bert
stanley stan
grzegorz grzes grzesiek
venkataraman venkat
subramaniam subbu
douglas doug
mitchell mitch
beatrice trixie
marjorie marge
mildred millie
melissa missy mel
melanie mel
allison allie
vanessa nessa
wilhelmina minnie mina
gustavo gus
augustus gus
bartholomew bart
tyrone ty
arthur artie
bradley brad
cecilia cece celia
clifford cliff
clinton clint
edgar eddie
edmund ned eddie
edwin ed eddie
emily emmy
ernest ernie
geoffrey geoff
gilbert gil
gwendolyn gwen
harriet hattie
herbert bert
howard howie
irving irv
jeremiah jerry
jerome jerry
julia julie
kristin kris kristy
leonardo leo
louis lou louie
louise lou
madeline maddie
marvin marv
maurice maury
melvin mel
priscilla cilla
randall randy
reginald reggie
rudolph rudy
terrence terry
tobias toby
wallace wally
wesley wes
winifred winnie
yolanda yoli
zachariah zach
antoinette toni
bernadette bernie
bernard bernie
clarence clare
constance connie
cornelia nell
crystal crys
dominic nick
ferdinand ferdie
georgina georgie gina
gertrude trudy gert
henrietta hettie etta
jefferson jeff
josiah joe
katarina kat
lorraine lori
lucinda cindy lucy
lynette lynn
marcella marcy
marcus marc mark
matilda tilly mattie
millicent millie
nathan nate
roberta bobbie robbie
rosalind roz
roxanne roxy
shirley shirl
sylvia sylvie
tamara tammy
ulysses uly
vivian viv
charlotte charlie lottie
carlos carlitos
hannelore hanne
karlheinz kalle
siobhan shiv
padraig paddy pat
diarmuid dermot
`;

const related = new Map<string, Set<string>>();
for (const line of families.trim().split('\n')) {
  const [full = '', ...short] = line.split(' ');
  for (const form of short) {
    related.set(full, (related.get(full) ?? new Set()).add(form));
    // From the short form only back to the full one: Alex may be Alexander, but Alexander is not Sandra.
    related.set(form, (related.get(form) ?? new Set()).add(full));
  }
}

/** Other forms under which a given name may be written, lower case. */
export const nicknamesOf = (given: string): ReadonlySet<string> => related.get(given) ?? new Set();

export const isNicknamed = (word: string): boolean => related.has(word);

/** Every word that has other forms. */
export const nicknamedWords = (): Iterable<string> => related.keys();
