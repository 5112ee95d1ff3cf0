import { fold } from '../../interlock/folding.ts';

/** Figures that words say, in six languages, folded: no accents, lower case. */
const rows: readonly (readonly [from: number, step: number, words: string])[] = [
  [0, 1, 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'],
  [16, 1, 'sixteen seventeen eighteen nineteen'],
  [20, 10, 'twenty thirty forty fifty sixty seventy eighty ninety hundred'],
  [1, 1, 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth'],
  [14, 1, 'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'],
  [30, 1, 'thirtieth'],
  [0, 1, 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince'],
  [16, 1, 'dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro'],
  [25, 1, 'veinticinco veintiseis veintisiete veintiocho veintinueve treinta'],
  [40, 10, 'cuarenta cincuenta sesenta setenta ochenta noventa cien'],
  [100, 100, 'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos'],
  [800, 100, 'ochocientos novecientos mil'],
  [1, 1, 'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'],
  [20, 10, 'vingt trente quarante cinquante soixante'],
  [100, 900, 'cent mille'],
  [1, 1, 'uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici'],
  [16, 1, 'sedici diciassette diciotto diciannove venti'],
  [30, 10, 'trenta quaranta cinquanta sessanta settanta ottanta novanta cento'],
  [1, 1, 'um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis'],
  [17, 1, 'dezessete dezoito dezenove vinte'],
  [30, 10, 'trinta quarenta cinquenta sessenta setenta oitenta noventa cem'],
  [100, 100, 'cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'],
  [0, 1, 'null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn'],
  [16, 1, 'sechzehn siebzehn achtzehn neunzehn'],
  [20, 10, 'zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert'],
];

/** From zero to ten, of languages in which a number is read out figure by figure at the most. */
const figures: readonly string[] = [
  'nul een twee drie vier vijf zes zeven acht negen tien',
  'noll ett två tre fyra fem sex sju åtta nio tio',
  // `en` is the letter n as well.
  'nul ett to tre fire fem seks syv otte ni ti',
  'nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen',
  'zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć',
  'nula jedna dva tři čtyři pět šest sedm osm devět deset',
  'ноль один два три четыре пять шесть семь восемь девять десять',
  'нуль один два три чотири п’ять шість сім вісім дев’ять десять',
  'sıfır bir iki üç dört beş altı yedi sekiz dokuz on',
  'μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα',
  'không một hai ba bốn năm sáu bảy tám chín mười',
  'rei ichi ni san yon go roku nana hachi kyuu juu',
  'shunya ek do teen chaar paanch chhah saat aath nau das',
  'nulla unus duo tres quattuor quinque sex septem octo novem decem',
  'sifr wahid ithnan thalatha arbaa khamsa sitta saba thamaniya tisa ashara',
  'صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة',
  'शून्य एक दो तीन चार पांच छह सात आठ नौ दस',
  'nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh',
  'sero isa dalawa tatlo apat lima anim pito walo siyam sampu',
  'sifuri moja mbili tatu nne tano sita saba nane tisa kumi',
  'nulla egy kettő három négy öt hat hét nyolc kilenc tíz',
  'sero un dau tri pedwar pump chwech saith wyth naw deg',
  'nul unu du tri kvar kvin ses sep ok naŭ dek',
  // As telephonists and pilots say them.
  'zero wun too tree fower fife six seven ait niner ten',
];

const alone: readonly (readonly [string, number])[] = [
  ['oh', 0],
  ['zeroth', 0],
  ['ku', 9],
  ['chhe', 6],
  ['catorze', 14],
  ['thousand', 1000],
  ['tausend', 1000],
  ['mila', 1000],
  ['vingts', 20],
  ['cents', 100],
  ['primero', 1],
  ['premier', 1],
  ['primo', 1],
  ['ein', 1],
  ['eine', 1],
  ['una', 1],
  ['une', 1],
  ['zwo', 2],
  ['erste', 1],
  ['ersten', 1],
];

const words: ReadonlyMap<string, number> = new Map([
  // What two languages share is said as the first of them has it.
  ...figures
    .toReversed()
    .flatMap((line) => line.split(' ').map((word, at): [string, number] => [fold(word).text, at])),
  ...rows.flatMap(([from, step, line]) =>
    line.split(' ').map((word, at): [string, number] => [word, from + at * step]),
  ),
  ...alone,
]);

/** A figure in one language and a letter in the alphabet of pilots: a figure behind another one. */
export const figureOrLetter: ReadonlySet<string> = new Set(['lima']);

const germanUnits = 'ein zwei drei vier funf sechs sieben acht neun'.split(' ');
const germanParts = ['hundert', 'tausend'];
const germanEnds = ['zig', 'ssig', 'te', 'ten', 'ter'];
const mayBeGerman = (word: string): boolean =>
  germanEnds.some((end) => word.endsWith(end)) || germanParts.some((part) => word.includes(part));

/** `neunzehnhundertachtzig`, `achtundzwanzig`, `funfzehnte`: undefined where a word is no German number. */
function german(word: string): number | undefined {
  const known = words.get(word) ?? (word === '' ? 0 : undefined);
  if (known !== undefined) return known;
  for (const [scale, value] of [
    ['tausend', 1000],
    ['hundert', 100],
  ] as const) {
    const at = word.indexOf(scale);
    if (at < 0) continue;
    const [many, rest] = [german(word.slice(0, at)), german(word.slice(at + scale.length))];
    return many === undefined || rest === undefined ? undefined : (many === 0 ? 1 : many) * value + rest;
  }
  const unit = germanUnits.findIndex((each) => word.startsWith(`${each}und`));
  if (unit >= 0) {
    const tens = words.get(word.slice((germanUnits[unit]?.length ?? 0) + 3));
    return tens === undefined || tens < 20 ? undefined : tens + unit + 1;
  }
  const ordinal = /^(.{3,}?)s?te[nrs]?$/.exec(word)?.[1];
  return ordinal === undefined ? undefined : words.get(ordinal);
}

const longestNumber = 48;
/** What a folded word says as a number; undefined for any other word. */
export const numberSaid = (word: string): number | undefined =>
  words.get(word) ??
  (word.length > 7 && word.length <= longestNumber && mayBeGerman(word) ? german(word) : undefined);

/** Words of one number one after the other: `four hundred twelve`, `quatre vingts`, `nineteen` and then `eighty`. */
export class NumberBeingSaid {
  #whole = 0;
  #rest = 0;
  /** The least place that is taken: 1000, 100, 10 or 1; none yet. */
  #place = 0;

  get begun(): boolean {
    return this.#place > 0;
  }

  /** Takes a word's value; false where it begins a number of its own. */
  takes(value: number): boolean {
    if (this.#place === 0) return this.#begin(value);
    const tens = this.#rest % 100;
    if (value === 1000) {
      if (this.#whole > 0) return false;
      this.#whole = this.#rest * 1000;
      this.#rest = 0;
      this.#place = 1000;
      return true;
    }
    // Nineteen hundred.
    if (value === 100 && this.#rest > 0 && this.#rest < 100 && this.#place < 100) {
      this.#rest *= 100;
      this.#place = 100;
      return true;
    }
    // Quatre-vingts, and what is counted on from sixty and eighty.
    if (value === 20 && tens === 4 && this.#place === 1) {
      this.#rest += 76;
      this.#place = 10;
      return true;
    }
    const teens = value >= 10 && value < 20;
    const free = teens && (tens === 60 || tens === 80) ? this.#place === 10 : value < this.#place;
    const fits = value > 0 && (value < 10 ? this.#place >= 10 : free && (teens || this.#place >= 100));
    if (!fits || (value >= 100 && this.#place !== 1000)) return false;
    this.#rest += value;
    // Soixante-dix-huit.
    if (value === 10) this.#place = 10;
    else this.#place = teens ? 1 : placeOf(value);
    return true;
  }

  #begin(value: number): boolean {
    if (value >= 1000) this.#whole = value;
    else this.#rest = value;
    this.#place = value >= 10 && value < 20 ? 1 : placeOf(value);
    return true;
  }

  /** The number in figures; another may begin. */
  end(): string {
    const said = String(this.#whole + this.#rest);
    this.#whole = 0;
    this.#rest = 0;
    this.#place = 0;
    return said;
  }
}

const placeOf = (value: number): number => {
  if (value >= 1000) return 1000;
  if (value >= 100) return value % 100 === 0 ? 100 : 1;
  return value >= 20 && value % 10 === 0 ? 10 : 1;
};
