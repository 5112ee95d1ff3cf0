const pairs = (table: string): [string, string][] =>
  table
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)]);

/** Letters or digits in a row from the first one on, in circles, squares and brackets, wherever such a row begins. */
const rows = (
  table: readonly (readonly [first: string, count: number, ...starts: number[]])[],
): [string, string][] =>
  table.flatMap(([first, count, ...starts]) =>
    starts.flatMap((start) =>
      Array.from({ length: count }, (_, at): [string, string] => [
        String.fromCodePoint(start + at),
        String.fromCharCode(first.charCodeAt(0) + at),
      ]),
    ),
  );

/** Cyrillic, Greek and other letters that look like a Latin one, each followed by it. NFKD handles the rest. */
export const lookAlikes: ReadonlyMap<string, string> = new Map(
  pairs(`
    аa бb вb еe ёe зz иu йu кk лl мm нh оo пn рp сc тt уy хx ѕs іi їi јj һh ԁd ԛq ԝw ґr ӏl
    АA ВB ЕE ЗZ ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG ԛq ԜW ԚQ ҺH Ӏl
    гr ьb ЬB ѴV
    αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj
    ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC
    սu հh ռn ցg զq աw յj ՕO ՏS ԼL ՍU ᎠD ᎡR ᎢT ᎥI ᎩY ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᎽY ᏀG ᏃZ ᏔW ᏕS ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᏮB ᏒR ᏴB ᎾO ᏂH
    ıi ɑa ɡg ʟl ɩi ոn օo ѵv ԍg łl ŁL øo ØO đd ĐD ħh ĦH ŧt ŦT ɪi ʏy ɴn ʀr ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜱs ɢg ʙb ꜰf ʜh ʟl ǀl ҽe
    Ƅb ƃb ƈc ɗd ɖd ƒf ɠg ɦh ƙk ɭl ɱm ƞn ɲn ɴn ᴑo ɵo ƥp ɋq ɽr ɾr ʂs ƭt ʈt ʋv ᴠv ѡw ʍw ƴy ƶz ʐz ɐa ɘe ɯm ᴉi
    ⲁa ⲃb ⲉe ⲏh ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx ⲀA ⲂB ⲈE ⲎH ⲒI ⲔK ⲘM ⲚN ⲞO ⲢP ⲤC ⲦT ⲨY ⲬX
    ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ
  `).concat(
    rows([
      // Those in brackets too, which there are of one case only.
      ['A', 26, 0x1_f1_50, 0x1_f1_70, 0x1_f1_e6, 0x24_9c],
      ['1', 9, 0x24_88, 0x24_f5, 0x27_76, 0x27_80, 0x27_8a],
    ]),
    pairs('〇0 一1 二2 三3 四4 五5 六6 七7 八8 九9 ⓿0 \u{1f10b}0 \u{1f10c}0'),
  ),
);

/** Letters that a digit is read for, by eye or by choice. */
export const letterForDigit: ReadonlyMap<string, string> = new Map(pairs('0o 1i 3e 4a 5s 7t 8b 9g'));

/** Typographic punctuation and what it becomes. */
export const punctuation: ReadonlyMap<string, string> = new Map([
  ...Array.from('‘’‛′ʼʹ´`＇', (mark): [string, string] => [mark, "'"]),
  ...Array.from('“”„‟″«»', (mark): [string, string] => [mark, '"']),
  ...Array.from('‐‑‒–—―−﹣－', (mark): [string, string] => [mark, '-']),
  ['⁄', '/'],
  ['∕', '/'],
  ...Array.from('․·‧∙⋅・･', (mark): [string, string] => [mark, '.']),
  ['。', '.'],
  ['٫', '.'],
  ...Array.from('，‚、､', (mark): [string, string] => [mark, ',']),
  ['：', ':'],
  ['∶', ':'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'Ae'],
  ['œ', 'oe'],
  ['Œ', 'Oe'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ð', 'd'],
  ['Ð', 'D'],
]);
