/**
 * Words as names of drugs, allergens and problems are compared with an answer: without case, accents and plural; and of a
 * name what tells it from others, without strength, form and salt.
 */
const listed = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const units = listed(
  'mg mcg ug µg g kg ml l iu unt unit meq mmol nmol mol percent hr h hour min actuat cell vial dose puff drop',
);

const joining = listed('a an and as at by for in of on or s the to with per each');

const forms = listed(
  `tablet tab capsule cap oral orally solution suspension injection injectable cream ointment patch inhaler inhalation spray
   lozenge powder syrup elixir gel lotion suppository extended prolonged delayed release immediate er xr xl sr cr dr ec hfa
   metered dry film coated enteric chewable disintegrating topical transdermal ophthalmic otic nasal rectal vaginal
   intravenous intramuscular subcutaneous sublingual iv im po sc prefilled syringe pen cartridge kit pack device
   hydrogenated anhydrous`,
);

const salts = listed(
  `acetate besylate bitartrate bromide calcium carbonate chloride citrate dihydrate disodium fumarate gluconate
   hemihydrate hydrobromide hydrochloride hcl magnesium maleate mesylate monohydrate nitrate phosphate potassium sodium
   succinate sulfate sulphate tartrate trihydrate tromethamine`,
);

/** Say that a name is of an allergy, which stands above it in most answers. */
const allergies = listed('allergy allergic intolerance hypersensitivity adverse reaction');

/** With one of these the words of an allergy are what is said: `No known allergy`. */
const negations = listed('no not none without negative');

/** Codes behind a display, and the tag of its hierarchy (SNOMED CT). */
const codes = /\((?:LOINC|SNOMED CT|RxNorm|ICD-10-CM|CVX) [^()]{1,200}\)/g;
const tags =
  /\((?:disorder|finding|substance|product|medicinal product|clinical drug|situation|procedure|event)\)/gi;

const isNumber = (word: string): boolean => /^\p{N}/u.test(word);

/** `tablets`, `doses`, `allergies` and their singulars come to one; a short word stays as it is. */
function stemOf(word: string): string {
  if (word.length < 4 || isNumber(word)) return word;
  const one = word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  if (one.length < 4) return one;
  if (one.endsWith('y')) return `${one.slice(0, -1)}i`;
  return one.endsWith('e') ? one.slice(0, -1) : one;
}

const stems = (words: ReadonlySet<string>): ReadonlySet<string> => new Set([...words].map(stemOf));
const unitStems = stems(units);
const saltStems = stems(salts);
const allergyStems = stems(allergies);
const skipped: ReadonlySet<string> = new Set(
  [units, joining, forms, salts].flatMap((words) => [...stems(words)]),
);

/** Words of a text in order, as they are compared; figures are words too: `25mg` is two. */
export const wordsIn = (text: string): readonly string[] =>
  (
    text
      .replaceAll('%', ' percent ')
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .match(/\p{L}+|\p{N}[\p{N}.,]*/gu) ?? []
  ).map((word) => (isNumber(word) ? word.replace(/[.,]+$/, '') : stemOf(word)));

/** What may stand between the words of a name without parting them. */
export const isPassedOver = (word: string): boolean => isNumber(word) || skipped.has(word);

/** Words without the numbers of strengths: `25 MG/5 ML`. */
const withoutStrength = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => !(isNumber(word) && unitStems.has(words[at + 1] ?? '')) && !unitStems.has(word));

/** The first of these that is not empty: a name of nothing but salts (`Potassium chloride`) is told by them. */
const firstOf = (...choices: readonly (readonly string[])[]): readonly string[] =>
  choices.find((words) => words.length > 0) ?? [];

/** Words that tell a name from others; none where it has none (`500 MG tablet`). */
export function nameWords(name: string): ReadonlySet<string> {
  const written = withoutStrength(wordsIn(name.replace(codes, ' ').replace(tags, ' ')));
  const told = written.filter((word) => !skipped.has(word));
  const named = firstOf(
    told,
    written.filter((word) => saltStems.has(word)),
  );
  if (named.some((word) => negations.has(word))) return new Set(named);
  return new Set(
    firstOf(
      named.filter((word) => !allergyStems.has(word)),
      named,
    ),
  );
}

/** Figures of a text, as written but for the sign of thousands. */
export const figuresIn = (text: string): ReadonlySet<string> => new Set(wordsIn(text).filter(isNumber));
