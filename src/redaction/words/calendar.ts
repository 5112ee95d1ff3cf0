const months = [
  'january jan',
  'february feb',
  'march mar',
  'april apr',
  'may',
  'june jun',
  'july jul',
  'august aug',
  'september sept sep',
  'october oct',
  'november nov',
  'december dec',
];

const monthNumbers = new Map(
  months.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

export const monthNames: ReadonlySet<string> = new Set(monthNumbers.keys());

/** All of them, for a pattern. */
export const anyMonth = [...monthNames].join('|');

/** Number of a month from its English name or abbreviation, in lower case. */
export const monthOf = (word: string): number | undefined => monthNumbers.get(word);

/** Months of other European languages, folded; they count only between a day and a year, or after `de`. */
const foreignMonths = [
  'enero janvier januar janner gennaio janeiro januari ene janv styczen stycznia',
  'febrero fevrier februar feber febbraio fevereiro februari fevr luty lutego',
  'marzo mars marz maerz marco maart mrz mrt marzec marca',
  'abril avril aprile abr avr kwiecien kwietnia',
  'mayo mai maggio maio mei maja',
  'junio juin juni giugno junho czerwiec czerwca',
  'julio juillet juli luglio julho juil lipiec lipca',
  'agosto aout augustus sierpien sierpnia',
  'septiembre setiembre septembre settembre setembro wrzesien wrzesnia',
  'octubre octobre oktober ottobre outubro okt pazdziernik pazdziernika',
  'noviembre novembre novembro listopad listopada',
  'diciembre decembre dezember dicembre dezembro dez dic grudzien grudnia',
];

const foreignNumbers = new Map(
  foreignMonths.flatMap((names, index) =>
    names.split(' ').map((name): [string, number] => [name, index + 1]),
  ),
);

/** Those that are long enough to be no other word with a space inside. */
export const longForeignMonths: readonly string[] = [...foreignNumbers.keys()].filter(
  ({ length }) => length > 5,
);

export const foreignMonthOf = (word: string): number | undefined => foreignNumbers.get(word);

const ordinals = new Map(
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
   fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`
    .split(/\s+/)
    .map((word, index): [string, number] => [word, index + 1]),
);
const cardinals = new Map(
  `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
   nineteen twenty`
    .split(/\s+/)
    .map((word, index): [string, number] => [word, index + 1]),
);
cardinals.set('thirty', 30);

/** Number of a word that counts, as far as days of a month go; compounds are two words. */
export const cardinalOf = (word: string): number | undefined => cardinals.get(word);

ordinals.set('thirtieth', 30).set('twenty-', 20).set('thirty-', 30);

/** Number of an ordinal word; the tens of a compound are asked for with a hyphen (`twenty-`). */
export const ordinalOf = (word: string): number | undefined => ordinals.get(word);
