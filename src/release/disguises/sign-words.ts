import { fold } from '../../interlock/folding.ts';
import { months } from '../../interlock/spellings.ts';
import { monthOf } from '../../redaction/words/calendar.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz'.split('');
const namesOfLetters = [
  'ah be ce di e efe ge hache i jota ka ele eme ene o pe cu erre ese te u uve wee equis ye zeta',
  'aye bea see dea e ef gee eych eye jay kay ell emm enn owe pea queue are ess tea you vea dublyu eks wye zee',
  'alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu',
  'alpha bee cee dee ee eff gee aitch eye jay kay ell em en oh pee cue ar ess tee you vee doubleu ex why zee',
  'ay boy see david edward frank george henry ida juliet king lincoln mary nora ocean peter queue robert sam tom union vee william ecks young zed',
  'anton berta casar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias',
  'anatole berthe celestin desire eugene francois gaston henri irma joseph kleber louis marcel nicolas oscar pierre quintal raoul suzanne therese ursule victor wagon xavier yvonne zoe',
];

/** Words that say one letter. */
export const letterSaid: ReadonlyMap<string, string> = new Map(
  namesOfLetters.flatMap((line) =>
    line.split(' ').map((word, at): [string, string] => [word, alphabet[at] ?? '']),
  ),
);

/** Words that stand between what is spelled and say nothing. */
export const spellingFillers: ReadonlySet<string> = new Set(
  'and then letter letters capital upper lower case uppercase lowercase digit digits number figure is the dash hyphen space dot point slash of de del d th st nd rd y et und e year month day date birth'.split(
    ' ',
  ),
);

/** After these stands a word for the letter before: `Q as in Quebec`, `Q wie Quelle`. */
export const likening: ReadonlySet<string> = new Set('as like for wie comme como'.split(' '));

export const repeated: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['triple', 3],
  ['doble', 2],
  ['doppel', 2],
]);

const slavic = [
  'января stycznia ledna',
  'февраля lutego unora',
  'марта marca brezna',
  'апреля kwietnia dubna',
  'мая maja kvetna',
  'июня czerwca cervna',
  'июля lipca cervence',
  'августа sierpnia srpna',
  'сентября wrzesnia zari',
  'октября pazdziernika rijna',
  'ноября listopada listopadu',
  'декабря grudnia prosince',
];
/** Of further languages, a line each. */
const further = [
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu',
  'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
  'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर',
  'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
];
const others: ReadonlyMap<string, number> = new Map([
  ...further.flatMap((line) =>
    line.split(' ').map((word, at): [string, number] => [fold(word).text, at + 1]),
  ),
  ...slavic.flatMap((line, at) => line.split(' ').map((word): [string, number] => [fold(word).text, at + 1])),
]);

/** Number of a month by its name in full or short; `sept` is seven in French as well. */
export const monthSaid = (word: string): number | undefined =>
  word.length < 3 || word === 'sept' ? undefined : (monthOf(word) ?? months.get(word) ?? others.get(word));
