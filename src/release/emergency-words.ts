import { lookAlikes } from '../redaction/words/look-alikes.ts';
import { emergencyPhrases } from '../vocabulary/emergency-phrases.ts';

/** A text as its letters and figures alone, and where its words begin. */
interface Spoken {
  readonly letters: string;
  /** Beside each unit of `letters` and behind the last: whether a word begins or ends there. */
  readonly edges: Uint8Array;
}

const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}'`´ʹʻʼ‘’‛′]/gu;
const accents = /[\u0300-\u036f]/g;
/** Scripts without blanks between words: each sign may begin one. */
const words =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}])+/gu;

/** Whole phrases in one sign, of up to eighteen letters: a text of them alone would grow by as much. */
const ligatures = /[\ufdfa\ufdfb]/g;

/** Small letters of other scripts that look Latin, and those that NFKD leaves whole. */
const plain: ReadonlyMap<string, string> = new Map([
  ...[...lookAlikes].map(([from, to]): [string, string] => [from.toLowerCase(), to.toLowerCase()]),
  ['ß', 'ss'],
  ['œ', 'oe'],
  ['æ', 'ae'],
]);
const notPlain = new RegExp(`[${[...plain.keys()].join('')}]`, 'gu');

/**
 * Full-width and styled letters, and those that look like plain ones, become plain; what cannot be seen, apostrophes,
 * accents and case do not count.
 */
const folded = (text: string): string =>
  text
    .replace(unseen, '')
    .replace(ligatures, ' ')
    .normalize('NFKD')
    .replace(accents, '')
    .replace(unseen, '')
    .toLowerCase()
    .replace(notPlain, (letter) => plain.get(letter) ?? letter);

function spoken(text: string): Spoken {
  const found = folded(text).match(words) ?? [];
  const letters = found.join('');
  const edges = new Uint8Array(letters.length + 1);
  let at = 0;
  for (const word of found) {
    edges[at] = 1;
    at += word.length;
  }
  edges[at] = 1;
  return { letters, edges };
}

interface Node {
  readonly next: Map<string, Node>;
  ends: boolean;
}

const node = (): Node => ({ next: new Map(), ends: false });

/**
 * Looks for phrases in texts. Between the first and the last word of a phrase blanks and signs may stand anywhere or
 * nowhere (`chestpain`), before and behind it a word has to end. The time is that of the text: from each word on no
 * more is read than the longest phrase has.
 */
export class PhraseFinder {
  readonly #root = node();

  constructor(phrases: Iterable<string>) {
    for (const phrase of phrases) this.#add(spoken(phrase).letters);
  }

  #add(letters: string): void {
    if (letters === '') return;
    let at = this.#root;
    for (let unit = 0; unit < letters.length; unit += 1) {
      const sign = letters.charAt(unit);
      const known = at.next.get(sign) ?? node();
      at.next.set(sign, known);
      at = known;
    }
    at.ends = true;
  }

  isIn(text: string): boolean {
    const said = spoken(text);
    for (let start = 0; start < said.letters.length; start += 1)
      if (said.edges[start] === 1 && this.#from(said, start)) return true;
    return false;
  }

  #from({ edges, letters }: Spoken, start: number): boolean {
    let at: Node | undefined = this.#root;
    for (let unit = start; at !== undefined; unit += 1) {
      if (at.ends && edges[unit] === 1) return true;
      at = at.next.get(letters.charAt(unit));
    }
    return false;
  }
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** A phrase, and as keyboards without umlauts write it. */
const spellings = (phrase: string): readonly string[] => [
  phrase,
  phrase.normalize('NFC').replace(/[äöü]/gi, (letter) => umlauts[letter] ?? letter),
];

const shipped = new PhraseFinder(
  Object.values(emergencyPhrases).flatMap((kinds) => Object.values(kinds).flat().flatMap(spellings)),
);

/** Finders of the phrases that a tenant adds, one for each list that a configuration holds. */
const added = new WeakMap<readonly string[], PhraseFinder>();

function finderOf(phrases: readonly string[]): PhraseFinder {
  const known = added.get(phrases) ?? new PhraseFinder(phrases.flatMap(spellings));
  added.set(phrases, known);
  return known;
}

/** Whether a text speaks of an emergency, by the shipped phrases or those given. */
export const speaksOfEmergency = (text: string, phrases: readonly string[]): boolean =>
  shipped.isIn(text) || (phrases.length > 0 && finderOf(phrases).isIn(text));
