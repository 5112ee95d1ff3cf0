import { intervalOf } from '../consent/instants.ts';
import { mentionsOf, resourceFacts } from '../consent/resource-facts.ts';
import type { Label } from '../vocabulary/context-item.ts';
import { codeSystems, isRecord, nameOf, type Resource } from '../vocabulary/fhir.ts';
import { type Mention, PhraseFinder } from './phrases.ts';
import { type LabelTable, systemsOf } from './table.ts';
import { tellingOf } from './telling.ts';

/** Labels the resources and texts of one patient. */
export interface Labeller {
  /**
   * Security labels of a resource: those that its source put into `meta.security`, and the gateway's own by code and by
   * wording. `named` are resources that it draws its meaning from, such as the Medication of an order.
   */
  readonly ofResource: (resource: Resource, named?: readonly Resource[]) => readonly Label[];
  /** Labels of a text that stands in a resource, without those of the resource. */
  readonly ofText: (text: string, within?: Resource) => readonly Label[];
  /** Labels that a note has as a whole, by what it begins with. */
  readonly ofNote: (text: string, within?: Resource) => readonly Label[];
}

/** Characters of a note in which its title stands. */
const headCharacters = 300;

/** What about a patient and an organisation bears on labels. */
export interface Circumstances {
  /** FHIR date; may be partial. */
  readonly birthDate?: string | undefined;
  /** References of programs under 42 CFR Part 2, and of encounters there. */
  readonly part2?: ReadonlySet<string>;
}

const ageOfMajority = 18;
const ranks = ['U', 'L', 'M', 'N', 'R', 'V'];

const label = (system: string, code: string): Label => ({ system, code, origin: 'gateway' });
const isConfidentiality = ({ system }: Label): boolean => system === codeSystems.confidentiality;
const rankOf = ({ code }: Label): number => ranks.indexOf(code);

/** ICD codes are written with and without their dot. */
const plain = (code: string): string => code.replace('.', '');

interface CodeIndex {
  readonly exact: ReadonlyMap<string, readonly LabelTable[]>;
  readonly below: ReadonlyMap<string, readonly LabelTable[]>;
}

function indexOf(tables: readonly LabelTable[]): CodeIndex {
  const exact = new Map<string, LabelTable[]>();
  const below = new Map<string, LabelTable[]>();
  for (const table of tables)
    for (const row of table.codes)
      for (const system of systemsOf[row.system])
        for (const code of Object.keys(row.codes)) {
          const map = row.below === true ? below : exact;
          const key = `${system}|${plain(code)}`;
          map.set(key, [...(map.get(key) ?? []), table]);
        }
  return { exact, below };
}

function tablesOf({ exact, below }: CodeIndex, system: string, written: string): readonly LabelTable[] {
  const code = plain(written);
  const found = [...(exact.get(`${system}|${code}`) ?? [])];
  for (let length = 2; length <= Math.min(code.length, 8); length += 1)
    found.push(...(below.get(`${system}|${code.slice(0, length)}`) ?? []));
  return found;
}

/** The compiled tables: which kinds of sensitive information a resource or text shows. */
export class LabelTables {
  readonly tables: readonly LabelTable[];
  readonly #codes: CodeIndex;
  readonly #phrases: PhraseFinder<LabelTable>;

  constructor(tables: readonly LabelTable[]) {
    this.tables = tables;
    this.#codes = indexOf(tables);
    this.#phrases = new PhraseFinder(
      tables.flatMap((table) => table.words.map((words) => [words, table] as const)),
      tables.flatMap(({ except = [] }) => except),
    );
  }

  /** Kinds of sensitive information that a code belongs to. */
  topicsOf(system: string, code: string): readonly LabelTable[] {
    return tablesOf(this.#codes, system, code);
  }

  /** Where a text speaks of what. */
  mentions(text: string): readonly Mention<LabelTable>[] {
    return this.#phrases.find(text);
  }

  /** A labeller for one patient in one organisation. */
  about({ birthDate, part2 = new Set() }: Circumstances): Labeller {
    const grownUp = birthDate === undefined ? undefined : majority(birthDate);
    const labelsFor = (found: readonly LabelTable[], within: Resource | undefined): readonly Label[] => {
      const tables = [...new Set(found)];
      if (tables.length === 0) return [];
      const minor =
        tables.some(({ minors }) => minors === true) && grownUp !== undefined && wasBefore(within, grownUp);
      const high = tables.some(({ confidentiality }) => confidentiality === 'V') ? 'V' : 'R';
      const codes = new Set([
        ...tables.flatMap(({ sensitivity }) => sensitivity),
        ...(minor ? ['ADOL'] : []),
      ]);
      return [
        label(codeSystems.confidentiality, high),
        ...[...codes].map((code) => label(codeSystems.actCode, code)),
      ];
    };
    const ofPart2 = (resource: Resource): readonly Label[] =>
      part2.size > 0 && isOf(part2, resource) ? [label(codeSystems.actCode, '42CFRPart2')] : [];
    const topicsIn = (text: string): readonly LabelTable[] => this.mentions(text).map(({ topic }) => topic);
    return {
      ofText: (text, within) => labelsFor(topicsIn(text), within),
      ofNote: (text, within) =>
        labelsFor(
          topicsIn(text.slice(0, headCharacters)).filter(({ whole }) => whole === true),
          within,
        ),
      ofResource: (resource, named = []) => {
        const { codings, texts } = tellingOf(resource, ...named);
        const found = [
          ...codings.flatMap(({ system, code }) => tablesOf(this.#codes, system, code)),
          ...topicsIn(texts.join('\n')),
        ];
        return merged(sourceLabels(resource), [...labelsFor(found, resource), ...ofPart2(resource)]);
      },
    };
  }
}

/** Labels of the source stay as they are; the gateway adds what they do not say, and one confidentiality at the least. */
export function merged(given: readonly Label[], added: readonly Label[]): readonly Label[] {
  const highest = Math.max(-1, ...given.filter(isConfidentiality).map(rankOf));
  const own = added.filter((one) =>
    isConfidentiality(one)
      ? rankOf(one) > highest
      : !given.some(({ system, code }) => system === one.system && code === one.code),
  );
  const marked = highest >= 0 || own.some(isConfidentiality);
  return [...given, ...(marked ? [] : [label(codeSystems.confidentiality, 'N')]), ...own];
}

function sourceLabels(resource: Resource): readonly Label[] {
  const { meta } = resource;
  const security: unknown = isRecord(meta) ? meta['security'] : undefined;
  return (Array.isArray(security) ? security : [])
    .filter(isRecord)
    .flatMap(({ system, code }): readonly Label[] =>
      typeof code === 'string'
        ? [{ system: typeof system === 'string' ? system : '', code, origin: 'source' }]
        : [],
    );
}

const isOf = (programs: ReadonlySet<string>, resource: Resource): boolean =>
  programs.has(nameOf(resource)) ||
  mentionsOf(resource).some((reference) => programs.has(reference.split('/').slice(-2).join('/')));

/** The first moment at which somebody born then is of age, at the latest that the date can mean. */
function majority(birthDate: string): number | undefined {
  const born = intervalOf(birthDate)?.end;
  if (born === undefined) return undefined;
  const day = new Date(born);
  return day.setUTCFullYear(day.getUTCFullYear() + ageOfMajority);
}

/** A resource without a date may be from then. */
function wasBefore(resource: Resource | undefined, moment: number): boolean {
  const date = resource === undefined ? undefined : resourceFacts(resource, []).date;
  const at = intervalOf(date)?.start;
  return at === undefined || at < moment;
}
