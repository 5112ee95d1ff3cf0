const pairs = (table: string): [string, string][] =>
  table
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)]);

/** Cyrillic, Greek and other letters that look like a Latin one, each followed by it. NFKD handles the rest. */
export const lookAlikes: ReadonlyMap<string, string> = new Map(
  pairs(`
    аa бb вb еe ёe зz иu йu кk лl мm нh оo пn рp сc тt уy хx ѕs іi їi јj һh ԁd ԛq ԝw ґr ӏl
    АA ВB ЕE ЗZ ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG ԛq ԜW ԚQ ҺH Ӏl
    αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj
    ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC
    սu հh ռn ցg զq աw յj ՕO ՏS ԼL ՍU ᎠD ᎡR ᎢT ᎥI ᎩY ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᎽY ᏀG ᏃZ ᏔW ᏕS ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᏮB ᏒR ᏴB ᎾO ᏂH
    ıi ɑa ɡg ʟl ɩi ոn օo ѵv ԍg łl ŁL øo ØO đd ĐD ħh ĦH ŧt ŦT ɪi ʏy ɴn ʀr ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜱs
  `),
);

/** Typographic punctuation and what it becomes. */
export const punctuation: ReadonlyMap<string, string> = new Map([
  ...Array.from('‘’‚‛′ʼʹ´`＇', (mark): [string, string] => [mark, "'"]),
  ...Array.from('“”„‟″«»', (mark): [string, string] => [mark, '"']),
  ...Array.from('‐‑‒–—―−﹣－', (mark): [string, string] => [mark, '-']),
  ['⁄', '/'],
  ['∕', '/'],
  ['․', '.'],
  ['。', '.'],
  ['٫', '.'],
  ['，', ','],
  ['：', ':'],
  ['∶', ':'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'Ae'],
  ['œ', 'oe'],
  ['Œ', 'Oe'],
  ['þ', 'th'],
  ['ð', 'd'],
]);
