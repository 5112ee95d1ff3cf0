/** Month names and short forms, folded, to their number. */
const monthWords = [
  'january jan enero ene janvier janv januar gennaio gen janeiro',
  'february feb febrero fevrier fev februar febbraio fevereiro fevr',
  'march mar marzo mars marz maerz marco',
  'april apr abril abr avril avr aprile',
  'may mayo mai maggio mag maio',
  'june jun junio juin juni giugno giu junho',
  'july jul julio juillet juil juli luglio lug julho',
  'august aug agosto ago aout',
  'september sep sept septiembre septembre settembre set setembro',
  'october oct octubre octobre oktober okt ottobre ott outubro out',
  'november nov noviembre novembre novembro',
  'december dec diciembre dic decembre dezember dez dicembre dezembro',
];

export const months: ReadonlyMap<string, number> = new Map(
  monthWords.flatMap((line, index) => line.split(' ').map((word): [string, number] => [word, index + 1])),
);

/** Words that may stand inside a written date: `4th of March, 2026`, `4 de marzo de 2026`. */
export const dateFillers: ReadonlySet<string> = new Set([
  'of',
  'de',
  'del',
  'the',
  'st',
  'nd',
  'rd',
  'th',
  'er',
  'd',
]);

/** Street types and directions, long to short; both sides of a comparison are shortened. */
const streetWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    street: 'st',
    avenue: 'ave',
    av: 'ave',
    road: 'rd',
    drive: 'dr',
    lane: 'ln',
    boulevard: 'blvd',
    court: 'ct',
    place: 'pl',
    square: 'sq',
    terrace: 'ter',
    highway: 'hwy',
    parkway: 'pkwy',
    circle: 'cir',
    trail: 'trl',
    strasse: 'str',
    apartment: 'apt',
    suite: 'ste',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
  }),
);

export const shorten = (word: string): string => {
  const short = streetWords.get(word);
  if (short !== undefined) return short;
  return word.length > 8 && word.endsWith('strasse') ? word.slice(0, -4) : word;
};

export const postalCues: ReadonlySet<string> = new Set(
  'zip zipcode postal postcode plz cp cep cap code'.split(' '),
);

/** Units after which five or six digits are a quantity, not an identifier. */
export const unitWords: ReadonlySet<string> = new Set(
  `mg g kg mcg ug ng pg ml l dl ul mmol umol nmol pmol mol meq iu u units unit mm cm m km kcal kj steps cells copies
  per percent cfu hpf lpf x k mmhg bpm hz ms s sec min h hours days weeks years platelets leukocytes`.split(
    /\s+/,
  ),
);
