import type { TokenType } from '../vocabulary/token.ts';
import type { PackActions } from './actions.ts';
import { isEuropeanNumber } from './european-numbers.ts';
import { canBeName } from './name-words.ts';
import { holdsLuhn, isDea, isImei, isMbi, isNpi, isUdi, isVin } from './number-checks.ts';
import type { SignStart, StartIndex } from './pattern-starts.ts';
import type { CharacterSet } from './pattern-syntax.ts';
import type { SafeHarborClass } from './safe-harbor.ts';
import { isNoDose, isStreet, isUnspoken } from './street-names.ts';
import type { WordKeys } from './word-keys.ts';
import { kindOf, weekdays } from './word-kinds.ts';
import { credentials } from './words/context-words.ts';
import { clinicalAcronyms } from './words/facility-words.ts';

const placesOfPatterns = ['number', 'word', 'either', 'person'] as const;
export type PlaceOfPattern = (typeof placesOfPatterns)[number];

/** Where a pattern is tried, as a pack says it. */
export const placeOf = (said: string): PatternRule['at'] =>
  placesOfPatterns.find((place) => place === said) ?? { characters: said };

/** One compiled rule. Patterns are anchored where they are tried (`y`) and bounded, so matching is linear. */
export interface PatternRule {
  readonly id: string;
  readonly class: SafeHarborClass;
  readonly type: TokenType;
  /** Reads the text with its case; otherwise the lower-case view. */
  readonly cased: boolean;
  readonly pattern: RegExp;
  /** The pattern names what of a match is the value; otherwise all of it is. */
  readonly valued: boolean;
  /**
   * Where the pattern is tried: where a number, a word or either begins, where the name of a person ends, or at one
   * character of this string.
   */
  readonly at: PlaceOfPattern | { readonly characters: string };
  /** First characters of any match, as the pattern reads them. */
  readonly starts: string | undefined;
  /** Words of which one must stand within the 40 characters before. */
  readonly near: RegExp | undefined;
  /** The match begins before the character, with the run of address characters that leads to it. */
  readonly back: boolean;
  readonly check: CheckName | undefined;
}

/** A rule that reads the value after announcing words. */
export interface CueRule extends Omit<PatternRule, 'at' | 'near' | 'starts' | 'back'> {
  /** Announcing phrases, each as its lower-case words. */
  readonly after: readonly (readonly string[])[];
}

/** A phrase that announces a value, and what tells whether one can begin at a place. */
export interface Cue {
  readonly words: readonly string[];
  readonly rule: CueRule;
  /** Characters with which the value begins, as the rule reads them; undefined where it may be any. */
  readonly begins: CharacterSet | undefined;
}

/** A rule that reads the cells below a heading. */
export interface ColumnRule extends Omit<PatternRule, 'at' | 'near' | 'starts' | 'back'> {
  /** Labels of columns, as their lower-case words: `last name` is `Last_Name` and `lastName` too. */
  readonly columns: readonly string[];
  /** Labels of which another column must have one; empty where none must. */
  readonly beside: readonly string[];
}

/** What a pack says: data, that may go from one thread to another. */
export interface Pack {
  readonly id: string;
  /** What it covers and what it does not, in the pack's own words. */
  readonly covers: string;
  readonly patterns: readonly PatternRule[];
  readonly cues: readonly CueRule[];
  readonly columns: readonly ColumnRule[];
  /** Hide full dates, and dates without a year. */
  readonly dates: boolean;
  /** Recognise names, facilities and places by context and word lists. */
  readonly names: boolean;
  /** What is done with what is found. */
  readonly actions: PackActions;
}

/** A pack as texts are read with it; see pack-index.ts. */
export interface IndexedPack extends Pack {
  /** The patterns by where they are tried. */
  readonly atNumber: StartIndex;
  readonly atWord: StartIndex;
  readonly atSign: readonly SignStart[];
  readonly behindPerson: readonly PatternRule[];
  /** Cue rules by the first word of their phrases. */
  readonly cueIndex: ReadonlyMap<string, readonly Cue[]>;
  /** The first words of all phrases, as keys that a text's words are asked for. */
  readonly cueKeys: WordKeys;
  /** Column rules by their labels, and the first words of these. */
  readonly columnIndex: ReadonlyMap<string, readonly ColumnRule[]>;
  readonly columnKeys: WordKeys;
}

/** All rules of a pack, in the order in which they are tried. */
export const rulesOfPack = ({
  patterns,
  cues,
  columns,
}: Pick<Pack, 'patterns' | 'cues' | 'columns'>): readonly (PatternRule | CueRule | ColumnRule)[] => [
  ...patterns,
  ...cues,
  ...columns,
];

/** How many digits a text holds. */
function digitsIn(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}

/** Whether all digits of a text are the same. */
const isOneDigit = (text: string): boolean => {
  const first = /\d/.exec(text)?.[0] ?? '';
  return digitsIn(text.replaceAll(first, '')) === 0;
};

const beforeState = /(?:^|[^a-z'-])([a-z'-]+)\s?,\s{0,2}[a-z]{2}\.?$/;

/** Range and checksum checks by name; the text is the match, lower case. */
export const checks = {
  ssn: (text: string): boolean => {
    const digits = text.replaceAll(/\D/g, '');
    return digits.length === 9 && !/^(?:000|666)/.test(digits) && !/^\d{3}00|0000$/.test(digits);
  },
  ipv4: (text: string): boolean => text.split('.').every((part) => Number(part) <= 255),
  luhn: (text: string): boolean => {
    const digits = text.replaceAll(/\D/g, '');
    return digits.length >= 12 && holdsLuhn(digits);
  },
  iban: (text: string): boolean => {
    const bare = text.replaceAll(/[^a-z0-9]/g, '');
    if (bare.length < 15 || bare.length > 34) return false;
    let rest = 0;
    for (const character of bare.slice(4) + bare.slice(0, 4)) {
      const value = Number.parseInt(character, 36);
      rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    return rest === 1;
  },
  /** Fifteen digits at most (ITU-T E.164); an extension is none of them. */
  phone: (text: string): boolean => {
    const [number = ''] = text.split('x', 1);
    const digits = digitsIn(number);
    return digits >= 7 && digits <= 15 && !isOneDigit(number);
  },
  over89: (text: string): boolean => {
    const age = Number(/\d{2,3}/.exec(text)?.[0]);
    return age > 89 && age < 125;
  },
  /** A code of letters and digits, five digits at least, or three between two groups of letters. */
  code: (text: string): boolean =>
    digitsIn(text) >= 5
      ? /[a-z]/.test(text)
      : /^(?:[a-z]{3,6}-\d{3,4}|[a-z]{2}-\d{4})-[a-z]{1,2}$/.test(text),
  /** Letters and three digits at least. */
  mixed: (text: string): boolean => digitsIn(text) > 2 && /[a-z]/.test(text),
  /** Seven digits that are no range of round figures and none of one digit. */
  unround: (text: string): boolean => !/(?:00|50)$/.test(text) && !/^(\d)\1{2}-\1{4}$/.test(text),
  /** Two numbers of which the second is smaller: no range. */
  falling: (text: string): boolean => {
    const [first = 0, second = 0] = text.split('-').map(Number);
    return second < first && second % 50 !== 0;
  },
  eightDigits: (text: string): boolean => digitsIn(text) >= 8,
  /** Holds a digit, and three letters or digits at least: what is shorter counts something. */
  digit: (text: string): boolean => /\d/.test(text) && text.replaceAll(/[^a-z\d]/g, '').length > 2,
  /** A line of a machine-readable document: filled up with `<`. */
  mrz: (text: string): boolean => /<</.test(text) && !/^<+$/.test(text),
  /** Letters and digits with no word in them: eight digits and eight letters at least. */
  opaque: (text: string): boolean => digitsIn(text) > 3 && text.replaceAll(/\d/g, '').length > 7,
  street: isStreet,
  noDose: isNoDose,
  unspoken: isUnspoken,
  european: isEuropeanNumber,
  npi: isNpi,
  mbi: isMbi,
  dea: isDea,
  vin: isVin,
  imei: isImei,
  udi: isUdi,
  /** Four digits at least that are no year, for values after a word that also announces other things: plan, group, order. */
  fourDigits: (text: string): boolean => digitsIn(text) > 3 && !/^(?:19|20)\d\d$/.test(text),
  /** No code of what was billed: J3301. */
  unbilled: (text: string): boolean => !/^[gjq]\d{4}$/.test(text),
  /** A town before its state, and no drug before something in the next field: `Plavix,ID`. */
  town: (text: string): boolean => {
    const word = beforeState.exec(text)?.[1] ?? '';
    if (word === '') return true;
    // "PT, CT", "IN ED, ID": no town has two letters, and none those of a profession.
    // "TEE Monday, ID following": who follows.
    if (word.length < 3 || credentials.has(word) || weekdays.has(word)) return false;
    // "GERD Zhang, PA": the town begins behind it.
    const [first = '', ...others] = text.split(' ');
    if (others.length > 1 && clinicalAcronyms.has(first)) return false;
    const { clinical, place } = kindOf(word);
    return !clinical || place;
  },
  /** An address of the net that is not of a standards body: those name formats, not people. */
  site: (text: string): boolean =>
    !/^(?:https?:\/\/)?(?:[a-z]{1,20}\.)?(?:w3|hl7|loinc|unitsofmeasure|snomed)\.(?:org|info)(?![\w.-])/.test(
      text,
    ),
  /** Words of which one can be a name, and none is a measured value: what stands below the heading of a name. */
  named: (text: string): boolean => {
    const words = text.split(/[^\p{L}\p{M}'-]+/u).filter((word) => word.length > 1);
    return words.length < 7 && words.some((word) => canBeName(word));
  },
} as const satisfies Record<string, (text: string) => boolean>;

export type CheckName = keyof typeof checks;
