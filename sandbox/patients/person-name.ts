/** A name as the stories write it; notes and FHIR HumanName are made of the same row. */
export interface PersonName {
  readonly given: readonly [string, ...string[]];
  readonly family: string;
  /** Courtesy or professional title before the family name: `Mrs.`, `Dr.`. */
  readonly title?: string;
  /** Degree after the name: `MD`, `RN`. */
  readonly suffix?: string;
  readonly nickname?: string;
  /** Family name before marriage. */
  readonly maiden?: string;
  /** A whole name borne before. */
  readonly former?: { readonly given: readonly [string, ...string[]]; readonly family: string };
  /** The name in its own script, as one text. */
  readonly native?: string;
  /** Where the family name is written first, as in Vietnamese and Chinese. */
  readonly familyFirst?: true;
}

export const fullName = (name: PersonName): string =>
  name.familyFirst === true ? [name.family, ...name.given].join(' ') : [...name.given, name.family].join(' ');

/** The name one is called by: with the family name first, the last given name (`Mai` of `Nguyễn Thị Mai`). */
export const calledName = (name: PersonName): string =>
  name.familyFirst === true ? (name.given.at(-1) ?? name.given[0]) : name.given[0];
