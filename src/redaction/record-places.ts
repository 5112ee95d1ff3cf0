import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { table } from '../vocabulary/table.ts';
import type { TokenType } from '../vocabulary/token.ts';
import {
  endOf,
  gapAfter,
  isAllCapitals,
  isCapital,
  isNumber,
  type Lexemes,
  startOf,
  wordAt,
} from './lexemes.ts';
import { strengthOf } from './name-strength.ts';
import { addPhrase, type FoundPhrase, type PhraseIndex, phraseWords } from './record-phrases.ts';
import { namesScale } from './scales.ts';
import { shortWords } from './short-words.ts';
import { withoutUmlauts } from './spelled-out.ts';
import { kindOf } from './word-kinds.ts';
import { genericPlaceWords } from './words/facility-words.ts';
import { canonicalWord, states, streetTypes } from './words/street-words.ts';

export interface PlaceMeaning {
  readonly type: TokenType;
  readonly entity: string;
  /** `line` hides as it is; `town` in place context; `name` is an organisation's full name. */
  readonly part: 'line' | 'town' | 'name';
  readonly strong: boolean;
}

const canonicalTypes = new Set([...streetTypes].map(canonicalWord));
const legalForms = new Set('inc llc ltd corp corporation company co pc pllc llp gmbh the'.split(' '));
/** Written letter by letter, `P.A.`, they are one as well. */
const professional = new Set(['pa', 'ps', 'sc']);
/** Those of other countries, which are words besides: at the end of a name alone. */
const foreignForms = new Set('sa sas sarl sl srl spa ag kg ug ev bv nv ab as plc pty ltda mbh'.split(' '));
const isLegalForm = (word: string): boolean =>
  legalForms.has(word) || foreignForms.has(word) || professional.has(word);
const townCues = new Set(
  'in at from of near to lives living resides residing home city town born moved visiting county'.split(' '),
);

function addLine(index: PhraseIndex<PlaceMeaning>, line: string, entity: string): void {
  const words = phraseWords(line);
  const meaning: PlaceMeaning = { type: 'PLACE', entity, part: 'line', strong: true };
  if (words.length < 2) {
    if ((words[0]?.length ?? 0) >= 5 && strengthOf(words[0] ?? '') === 'strong')
      addPhrase(index, words, meaning);
    return;
  }
  addPhrase(index, words, meaning);
  for (const form of lineForms(words)) addPhrase(index, form, meaning);
  // "Flat 9, 32 Addleby Close": a flat and its street stand apart as well.
  for (const piece of line.split(pieces))
    for (const form of lineForms(phraseWords(piece))) addForms(index, form, meaning);
  // "Königsallee 201": a street in one word stands alone as well.
  const [street = '', figure] = words;
  if (
    words.length === 2 &&
    isFigure(figure) &&
    street.length >= leastAlone &&
    strengthOf(street) === 'strong'
  )
    addPhrase(index, [street], meaning, true);
  // "Via Roma, n. 35", "Calle Mayor, nº 85"
  const house = beginsWithWord.test(line) ? houseBehind.exec(line) : null;
  // "Piazza Garibaldi", where nobody asks for its number.
  if (house !== null && /^\d+\p{L}?(?:\/\d+)?$/u.test(words.at(-1) ?? ''))
    if (words.length > 2) addPhrase(index, words.slice(0, -1), meaning);
  if (house !== null)
    for (const sign of houseSigns)
      addForms(index, phraseWords(`${line.slice(0, house.index)} ${sign} ${house[1] ?? ''}`), meaning);
  // Haupt-Straße
  if (gluedType.test(line)) addForms(index, phraseWords(line.replace(gluedType, '-$1')), meaning);
}
/** Between a line and the flat or unit in it. */
const pieces = /,|\s(?=(?:apt|apartment|unit|suite|ste)\b|#)/i;
const leastAlone = 8;
const saint = /\bsaint\b/i;
const shortSaint = /(?:^|(?<=[\d,] ?))st\.? (?=\p{L}{3})/iu;

/** Other ways to write a place: `Duesseldorf`, `Saint Cloud` for `St. Cloud` and the other way round. */
function otherSpellings(place: string): string[] {
  const spelled = withoutUmlauts(place);
  if (spelled !== undefined) return [spelled];
  if (saint.test(place)) return [place.replace(saint, 'St.')];
  return shortSaint.test(place) ? [place.replace(shortSaint, 'Saint ')] : [];
}
const houseBehind = /(?<=\p{L})[ ,]{1,2}(\d{1,5}\p{L}?)(?![\p{L}\p{N}])/u;
const beginsWithWord = /^(?!p\.? ?o|post|rr|hc|county|apt|unit|suite|box)\p{L}/iu;
const houseSigns = ['no', 'n', 'num', 'nr'];
const gluedType = /(?<=\p{L}{3})(stra(?:ß|ss)e|gasse|allee|platz|weg)(?!\p{L})/iu;

/** `C/ Mayor`, `Pº de la Castellana`, `Avda. de Mayo`, `ulica Długa`; '' where the kind of street is left out. */
const otherKinds: Readonly<Record<string, readonly string[]>> = table({
  calle: ['c', 'cl'],
  carrer: ['c'],
  paseo: ['po', 'pso'],
  avenida: ['avenue', 'avda', 'avd'],
  plaza: ['pza', 'plza'],
  carretera: ['ctra'],
  rue: ['r'],
  chemin: ['ch', 'chem'],
  impasse: ['imp'],
  via: ['v'],
  viale: ['vle'],
  ul: ['ulica', ''],
  ulica: ['ul', ''],
  al: ['aleja', 'aleje', ''],
  aleja: ['al', ''],
  aleje: ['al', ''],
  os: ['osiedle', ''],
  osiedle: ['os', ''],
});
/** Left out between the kind of a street and its name: `C/ Montera` of the Calle de la Montera. */
const articles = new Set('de del la las los el du des'.split(' '));

const ordinalEnds = new Set(['st', 'nd', 'rd', 'th']);

/**
 * `71 kingsbury`: a long word that is no everyday one names a street without its kind, also in small letters; a shorter
 * one behind a number of two figures and more.
 */
const tellsStreet = (word: string, figures: number): boolean =>
  figures > 2 && word.length > 2
    ? strengthOf(word) !== 'clinical' && !isFigure(word)
    : word.length >= (figures > 1 ? leastNumbered : leastRunTogether) &&
      strengthOf(word) === 'strong' &&
      !isFigure(word);
const isFigure = (word: string | undefined): boolean => /^\d/.test(word ?? '');
const compass = new Set('north south east west northeast northwest southeast southwest'.split(' '));
const boxForms = ['box', 'pob', 'po box', 'p o box', 'post office box'].map((form) => form.split(' '));

/** Other ways to write a line: without the point of the compass, box numbers, short kinds of roads. */
function lineForms(words: readonly string[]): (readonly string[])[] {
  if (words.length < 2) return [];
  const box = words.indexOf('box');
  if (box >= 0 && isFigure(words[box + 1])) return boxForms.map((form) => [...form, ...words.slice(box + 1)]);
  const forms = [words];
  const numbered = isFigure(words[0]) ? 1 : 0;
  const plain = words.filter(
    (word, at) => !((at === numbered || at === words.length - 1) && compass.has(word) && words.length > 2),
  );
  if (plain.length < words.length && plain.length > numbered) forms.push(plain);
  const county = words.indexOf('county');
  if (county >= 0 && words[county + 1] === 'road')
    forms.push([...words.slice(0, county), 'cr', ...words.slice(county + 2)]);
  return [...forms, ...kindForms(words, numbered)];
}

/** A line with the kind of its street, which stands at `at`, written otherwise. */
function kindForms(words: readonly string[], at: number): (readonly string[])[] {
  const before = words.slice(0, at);
  const name = words.slice(at + 1);
  const named = name.findIndex((word) => !articles.has(word));
  return (otherKinds[words[at] ?? ''] ?? []).flatMap((kind) => {
    const begun = kind === '' ? before : [...before, canonicalWord(kind)];
    return named > 0
      ? [
          [...begun, ...name],
          [...begun, ...name.slice(named)],
        ]
      : [[...begun, ...name]];
  });
}

/** A line, and parts of it that tell where somebody lives. */
function addForms(index: PhraseIndex<PlaceMeaning>, words: readonly string[], meaning: PlaceMeaning): void {
  if (words.length < 2) return;
  addPhrase(index, words, meaning);
  if (!isFigure(words[0])) return;
  const type = words.findIndex((word, at) => at > 1 && canonicalTypes.has(word));
  addStreet(index, words, type, meaning);
  // Juniper Hollow Lane: also the last of them may be its kind.
  let last = type;
  while (last > 0 && canonicalTypes.has(words[last + 1] ?? '')) last += 1;
  if (last > type) addStreet(index, words, last, meaning);
}

/** A street by the place of its kind; -1 where none is known. */
function addStreet(
  index: PhraseIndex<PlaceMeaning>,
  words: readonly string[],
  type: number,
  meaning: PlaceMeaning,
): void {
  const street = type > 0 ? words.slice(0, type + 1) : words;
  addPhrase(index, street, meaning);
  // House number and name without the kind of street, and the street without its number.
  const name = street.slice(0, type > 1 ? type : street.length);
  if (name.length > 1 && name.slice(1).some((word) => word.length > 2))
    addPhrase(index, name, meaning, !name.some((word) => tellsStreet(word, (name[0] ?? '').length)));
  // "24 42nd"
  else if (name.length > 2 && name.slice(1).some((word) => ordinalEnds.has(word)))
    addPhrase(index, name, meaning);
  const unnumbered = street.slice(1);
  // "Elm Street 4417", as forms of other countries ask for it.
  if (unnumbered.length > 1 && (words[0] ?? '').length > 1)
    addPhrase(index, [...unnumbered, words[0] ?? ''], meaning);
  if (unnumbered.length > 1 && !unnumbered.every((word) => word.length < 3))
    addPhrase(index, unnumbered, meaning);
}

/** `form` is how the town is written. */
function addTown(index: PhraseIndex<PlaceMeaning>, form: string, town: string): void {
  const words = phraseWords(form);
  if (words.length === 0 || (words.length === 1 && (words[0]?.length ?? 0) < 3)) return;
  const strong = words.some((word) => word.length > 2 && ['strong', 'capital'].includes(strengthOf(word)));
  const meaning: PlaceMeaning = {
    type: 'PLACE',
    entity: `place:${phraseWords(town).join(' ')}`,
    part: 'town',
    strong,
  };
  // What stands beside it says whether a small one is the town: `normal il 61761`.
  addPhrase(index, words, meaning, false);
  addRunTogether(index, shortWords(form), meaning);
}

const leastRunTogether = 7;
const leastNumbered = 5;

/** `FortWayne`, `NorthgatePediatrics`: long enough to be no other word. */
function addRunTogether(
  index: PhraseIndex<PlaceMeaning>,
  words: readonly string[],
  meaning: PlaceMeaning,
): void {
  const word = words.join('');
  if (words.length > 1 && word.length >= leastRunTogether && strengthOf(word) === 'strong')
    addPhrase(index, [word], { ...meaning, strong: true });
}

/** Address parts and organisation names of a record. */
export function buildPlaceIndex(values: readonly IdentityValue[]): PhraseIndex<PlaceMeaning> {
  const index: PhraseIndex<PlaceMeaning> = new Map();
  // A clinic has one address in many places.
  const said = new Set<string>();
  for (const value of values) {
    if (value.kind === 'address') {
      const lines = value.address?.line ?? value.text.split(/[,\n]/).slice(0, 1);
      const { city = '', district = '' } = value.address ?? {};
      const parts = JSON.stringify([lines, city, district, lines[0] ?? value.text]);
      if (said.has(parts)) continue;
      said.add(parts);
      const base = phraseWords(lines[0] ?? value.text).join(' ');
      for (const line of lines)
        for (const form of [line, ...otherSpellings(line)]) addLine(index, form, `place:${base}`);
      for (const town of [city, district])
        for (const form of [town, ...otherSpellings(town)]) addTown(index, form, town);
    }
    if (value.kind === 'organization') addOrganisation(index, value);
  }
  return index;
}

/** Whether a word of an organisation's name says which one it is, in small letters too. */
const isTelling = (word: string): boolean =>
  strengthOf(word) === 'strong' && word.length >= leastTelling && !genericPlaceWords.has(word);
const saysMuch = (word: string): boolean => ['strong', 'capital'].includes(strengthOf(word));
const ofCare = new Set('internal behavioral behavioural interventional occupational pediatric'.split(' '));
/** What is done in a house, behind an everyday word: `Internal Medicine`, `Physical Therapy`. */
const specialties = new Set(
  'medicine therapy surgery care health joint pain radiology imaging rehabilitation oncology cardiology'.split(
    ' ',
  ),
);
/** Whether a word is of no kind of place and of no kind of care: `Good Shepherd`, not `Family Medicine`. */
const saysAny = (word: string): boolean => !genericPlaceWords.has(word) && strengthOf(word) !== 'clinical';

function addOrganisation(index: PhraseIndex<PlaceMeaning>, value: IdentityValue): void {
  const words = phraseWords(value.text);
  const written = shortWords(value.text);
  const core = words.slice(0, coreLength(written)).filter((word) => !legalForms.has(word));
  const strong = words.length > 1 || strengthOf(words[0] ?? '') === 'strong';
  const meaning: PlaceMeaning = { type: 'ORG', entity: value.entity, part: 'name', strong };
  const spelled = value.text.includes('&') ? phraseWords(value.text.replaceAll('&', ' and ')) : core;
  for (const form of [words, core, spelled.filter((word) => !legalForms.has(word))]) {
    if (form.length > 1 || (form[0]?.length ?? 0) > 2) addPhrase(index, form, meaning);
  }
  const spelledName = withoutUmlauts(value.text);
  if (spelledName !== undefined) addPhrase(index, phraseWords(spelledName), meaning);
  // "Maddens Pharmacy" for Madden's
  if (value.text.search(possessive) > 0)
    addPhrase(
      index,
      phraseWords(value.text.replaceAll(possessive, 's')).filter((word) => !legalForms.has(word)),
      meaning,
    );
  addRunTogether(index, written.slice(0, core.length), meaning);
  if (written.length > core.length) addRunTogether(index, written, meaning);
  // `Kestrel Valley MC`, and `Kestrel Valley` where that says enough.
  if (core.at(-2) === 'medical' && core.at(-1) === 'center')
    addPhrase(index, [...core.slice(0, -2), 'mc'], meaning);
  const [first = '', second = ''] = core;
  // `stonebridge oncology`, `saint odile`: a long word that says which one needs no capital.
  if (
    core.length > 2 &&
    (saysMuch(first) || (saysMuch(second) && [first, second].every(saysAny))) &&
    !((kindOf(first).plain || ofCare.has(first)) && specialties.has(second))
  )
    addPhrase(index, [first, second], meaning, ![first, second].some(isTelling));
  // `seen at Northlake`: its first word alone.
  if (core.length > 1 && isTelling(first) && !states.has(first)) addPhrase(index, [first], meaning);
}
const leastTelling = 8;
const possessive = /['’]s(?!\p{L})/gu;

/** Words of an organisation before its legal form and the number of its branch: "Larkspur Pharmacy #12", "Roe & Co." */
function coreLength(written: readonly string[]): number {
  let length = written.length;
  for (;;) {
    const rest = written.slice(0, length);
    const last = rest.at(-1) ?? '';
    // Of "Cardiology 2" the number is all that tells.
    const ends = (length > 1 && legalForms.has(last)) || (length > 2 && isFigure(last));
    const dropped = ends ? 1 : legalWords(rest);
    if (dropped === 0) return length;
    length -= dropped;
  }
}

/** How many words at the end are a legal form, also one of single letters: "Associates, P.C.", "Clinic L.L.C.". */
function legalWords(words: readonly string[]): number {
  if (words.length > 1 && foreignForms.has(words.at(-1) ?? '')) return 1;
  for (const count of [2, 3])
    if (words.length > count && words.slice(-count).every((word) => word.length === 1))
      if (isLegalForm(words.slice(-count).join(''))) return count;
  return 0;
}

/** Whether a found phrase really stands for its place. `before` ends the place of the record that stands before it. */
export function placeStands(lex: Lexemes, found: FoundPhrase<PlaceMeaning>, before: number): boolean {
  const { meaning, first, last } = found;
  if (meaning.part === 'line') return true;
  // 's-Hertogenbosch
  const small = last > first && endOf(lex, first) - startOf(lex, first) === 1;
  const capital = isCapital(lex, small ? first + 1 : first);
  // "Glasgow Coma Scale", whoever lives in Glasgow.
  if (meaning.part === 'town' && namesScale(lex, last, false)) return false;
  if (meaning.part === 'name') return meaning.strong || (capital && townCues.has(wordAt(lex, first - 1)));
  if (inAddress(lex, first, last, meaning.strong || capital) || (meaning.strong && capital)) return true;
  if (besidePlace(lex, found, before)) return true;
  if (
    (meaning.strong || (capital && endOf(lex, last) - startOf(lex, first) >= leastRunTogether)) &&
    (meaning.strong && !isWordOfCode(lex, last + 1) ? stateGap : townGap).test(gapAfter(lex, last)) &&
    isStateCode(lex, last + 1)
  )
    return true;
  // `hope, arkansas`, `orange, nj`: nothing else has a state behind its comma.
  if (townGap.test(gapAfter(lex, last)) && isStateName(lex, last + 1)) return true;
  const cued = townCues.has(wordAt(lex, first - 1)) && /^\s$/.test(gapAfter(lex, first - 1));
  if (cued && (capital || meaning.strong)) return true;
  return (
    capital &&
    states.has(wordAt(lex, last + 1)) &&
    (isWordOfCode(lex, last + 1) ? townGap : stateGap).test(gapAfter(lex, last))
  );
}

/**
 * Right behind a line or postal code of the record, whatever divides them: `12 elm st | hope | ar`, `4711 ab zwolle`. An
 * everyday word needs its state or code behind it as well.
 */
function besidePlace(
  lex: Lexemes,
  { meaning, first, last }: FoundPhrase<PlaceMeaning>,
  before: number,
): boolean {
  const start = startOf(lex, first);
  if (before < 0 || start - before > mostBetween) return false;
  if (!placeGap.test(lex.view.lower.slice(before, start))) return false;
  if (meaning.strong) return true;
  const next = last + 1;
  return placeGap.test(gapAfter(lex, last)) && (isNumber(lex, next) || states.has(wordAt(lex, next)));
}
const mostBetween = 8;
const placeGap = /^[\s,;|.>'^]{1,8}$/;

/** Before its state and postal code, or beside a code alone: there a town needs no capital. */
function inAddress(lex: Lexemes, first: number, last: number, sure: boolean): boolean {
  const behind = lex.view.lower.slice(endOf(lex, last), endOf(lex, last) + 14);
  if (ukCode.test(behind)) return true;
  if (states.has(wordAt(lex, last + 1)) && isNumber(lex, last + 2) && stateGap.test(gapAfter(lex, last)))
    return wordAt(lex, last + 2).length === 5;
  return (
    sure &&
    isNumber(lex, first - 1) &&
    wordAt(lex, first - 1).length === 5 &&
    gapAfter(lex, first - 1) === ' '
  );
}

const townGap = /^,\s{1,3}$/;
const stateGap = /^(?:,?\s{1,3}|\^)$/;

/** `tuscaloosa, al` */
const isStateCode = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at).length === 2 && states.has(wordAt(lex, at));

/** A state by its name, or by letters that are no word of a sentence. */
const isStateName = (lex: Lexemes, at: number): boolean =>
  (states.has(wordAt(lex, at)) &&
    !wordsOfCodes.has(wordAt(lex, at)) &&
    !lettersBesides.has(wordAt(lex, at))) ||
  (firstOfStates.has(wordAt(lex, at)) &&
    secondOfStates.has(wordAt(lex, at + 1)) &&
    gapAfter(lex, at) === ' ');
/** Behind a comma they are a degree, a scan or a department. */
const lettersBesides = new Set('md ms ct ca va sc pr nd'.split(' '));
const firstOfStates = new Set('new north south west rhode'.split(' '));
const secondOfStates = new Set('hampshire jersey mexico york carolina dakota virginia island'.split(' '));

/** "Bath in bed", "Orange or yellow": small, codes of states that are words. */
const isWordOfCode = (lex: Lexemes, at: number): boolean =>
  wordsOfCodes.has(wordAt(lex, at)) && !isAllCapitals(lex, at);
const wordsOfCodes = new Set('in or me hi ok oh la ma pa de al id'.split(' '));

const ukCode = /^,?\s{1,3}[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?![a-z\d])/;
