import { lookAlikes } from './words/look-alikes.ts';

/** One spelling of the source and what it becomes; several where the standards differ. */
type Table = ReadonlyMap<string, readonly string[]>;

/** As the view shows letters of other scripts: the marks off, and those that look Latin as the Latin ones. */
function asViewed(word: string): string {
  let viewed = '';
  for (const letter of word.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
    viewed += lookAlikes.get(letter) ?? letter;
  return viewed;
}

const table = (text: string): Table =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((entry): [string, readonly string[]] => {
        const [from = '', to = ''] = entry.split(':');
        return [from, to.split(',')];
      }),
  );

/** Latin to Cyrillic, the way back of BGN/PCGN and of passports (ICAO 9303). */
const cyrillic = table(
  `
  shch:щ sch:ш sh:ш ch:ч zh:ж kh:х ts:ц tz:ц ya:я ia:ия,я ja:я yu:ю iu:ю ju:ю yo:ё ye:е ph:ф th:т ck:к x:кс q:к
  a:а b:б v:в w:в g:г d:д e:е,э z:з i:и j:дж,й y:и,ы k:к l:л m:м n:н o:о p:п r:р s:с t:т u:у f:ф h:х,г c:к,ц`,
);

/** Letter by letter, with little regard to how a name is said. */
const cyrillicLetters = table(
  `
  sh:ш ch:ч kh:х ts:ц ya:я yu:ю
  a:а b:б c:к d:д e:е f:ф g:г h:х i:и j:й k:к l:л m:м n:н o:о p:п q:к,q r:р s:с t:т u:у v:в w:в x:кс y:ы,й z:з`,
);

/** Latin to Greek, the way back of ELOT 743. */
const greek = table(
  `
  th:θ ph:φ ch:χ kh:χ ps:ψ ks:ξ x:ξ ou:ου ff:φ mp:μπ nt:ντ gk:γκ a:α b:μπ,β v:β g:γ d:δ,ντ e:ε z:ζ i:ι,η j:τζ y:υ,ι k:κ
  l:λ m:μ n:ν o:ο,ω p:π r:ρ s:σ t:τ u:ου f:φ h:χ w:β c:κ q:κ`,
);

/** Cyrillic and Greek to Latin. */
const latin = table(
  `
  щ:shch ш:sh ч:ch ж:zh х:kh,h ц:ts я:ya,ia ю:yu,iu ё:e,yo э:e ы:y й:y,i ь: ъ: а:a б:b в:v г:g д:d е:e з:z и:i к:k л:l
  м:m н:n о:o п:p р:r с:s т:t у:u ф:f і:i ї:yi є:ye ґ:g ј:j љ:lj њ:nj ћ:c ђ:dj џ:dz
  ου:ou μπ:b,mp ντ:d,nt γκ:g,gk θ:th φ:f,ph χ:ch,h ψ:ps ξ:x α:a β:v γ:g δ:d ε:e ζ:z η:i ι:i κ:k λ:l μ:m ν:n ο:o π:p ρ:r
  σ:s ς:s τ:t υ:y,i ω:o`,
);

/** A word small, capitalised and in capitals, as a view has it in small letters: what looks Latin is not so in every case. */
const written = (word: string): string[] =>
  [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((form) =>
    asViewed(form).toLowerCase(),
  );

const longest = 4;
/** Spellings of one word that are looked for. */
const mostForms = 8;

function spellings(word: string, rules: Table): string[] {
  let forms = [''];
  let at = 0;
  while (at < word.length) {
    let length = Math.min(longest, word.length - at);
    while (length > 0 && !rules.has(word.slice(at, at + length))) length -= 1;
    if (length === 0) return [];
    const choices = rules.get(word.slice(at, at + length)) ?? [];
    forms = forms.flatMap((form) => choices.map((choice) => form + choice)).slice(0, mostForms);
    at += length;
  }
  return forms;
}

const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Whether a stretch of other than Latin letters is more than the sign of a millionth: a name may be written in it. */
export const hasOtherLetters = (stretch: string): boolean => stretch !== '\u03bc' && foreign.test(stretch);

/**
 * A Latin word, lower case, as Cyrillic and Greek write it, in the letters of the view. A form that looks Latin
 * throughout counts from five letters on: shorter ones could be words.
 */
export function inOtherScripts(word: string): string[] {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return [];
  const greekForms = spellings(word, greek).map((form) => form.replace(/σ$/, 'ς'));
  const byLetter = spellings(word, cyrillicLetters).slice(0, mostForms / 2);
  const forms = new Set([...byLetter, ...spellings(word, cyrillic), ...greekForms].flatMap(written));
  return [...forms].filter((form) => foreign.test(form) || (form.length > 4 && form !== word));
}

/** Words of a Cyrillic or Greek name as Latin writes them, lower case. */
export function inLatin(name: string): string[] {
  if (!foreign.test(name)) return [];
  return name
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => foreign.test(word))
    .flatMap((word) => spellings(stripped(word), latin))
    .filter((word) => word.length > 3);
}

/** Without the accents of Greek; й and ё keep theirs. */
const stripped = (word: string): string =>
  Array.from(word, (letter) =>
    /\p{Script=Greek}/u.test(letter) ? letter.normalize('NFD').charAt(0) : letter,
  ).join('');
