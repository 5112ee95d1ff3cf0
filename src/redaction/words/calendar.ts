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

/** Number of a month from its English name or abbreviation, in lower case. */
export const monthOf = (word: string): number | undefined => monthNumbers.get(word);

const ordinals = new Map(
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
   fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`
    .split(/\s+/)
    .map((word, index): [string, number] => [word, index + 1]),
);
ordinals.set('thirtieth', 30).set('twenty-', 20).set('thirty-', 30);

/** Number of an ordinal word; the tens of a compound are asked for with a hyphen (`twenty-`). */
export const ordinalOf = (word: string): number | undefined => ordinals.get(word);
