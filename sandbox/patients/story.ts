import type { AllergyRow } from './codes/allergens.ts';
import type { ConsentKind } from './codes/consent-kinds.ts';
import type { DrugCourse } from './codes/courses.ts';
import type { DrugKey } from './codes/drugs.ts';
import type { ProblemKey } from './codes/problems.ts';
import type { schedules } from './codes/vaccines.ts';
import type { HouseholdKey } from './households.ts';
import type { PersonName } from './person-name.ts';
import type { StaffKey } from './staff.ts';

/** v3-RoleCode relationships that the stories use. */
export type Relationship = 'MTH' | 'FTH' | 'DAUC' | 'SONC' | 'HUSB' | 'WIFE' | 'SIS' | 'BRO';

interface RelativeRow {
  readonly relationship: Relationship;
  readonly name: PersonName;
  /** A fixed id, where an account of the sandbox points at this person. */
  readonly id?: string;
}

/** One row a patient: everything else follows from these columns, the seed and `now`. */
export interface Story {
  /** Name of the row, stable for ever: it seeds the patient's own random stream and names the story in tests. */
  readonly key: string;
  readonly about: string;
  readonly name: PersonName;
  readonly gender: 'female' | 'male' | 'other';
  /** Years at `now`. */
  readonly age: number;
  /** Days since the last birthday; with `age` 0, since birth. */
  readonly sinceBirthday: number;
  readonly home: HouseholdKey;
  /** Last four digits of the mobile, inside the range 555-0100 to 555-0199; none for small children. */
  readonly mobile?: string;
  readonly language?: { readonly code: string; readonly display: string };
  readonly relatives: readonly RelativeRow[];
  readonly problems: readonly ProblemKey[];
  readonly resolved?: readonly ProblemKey[];
  readonly drugs?: readonly (readonly [DrugKey, DrugCourse])[];
  readonly allergies: readonly AllergyRow[];
  readonly vaccines: keyof typeof schedules;
  readonly admission?: ProblemKey;
  /** `empty` has a Patient, a consent and a team; `long` adds quarterly visits over ten years. */
  readonly record: 'empty' | 'usual' | 'long';
  /** An encounter that runs at `now`. */
  readonly running?: true;
  readonly consent: ConsentKind;
  readonly team: readonly StaffKey[];
  /** The source system labels sensitive resources itself (meta.security); real ones almost never do. */
  readonly labelled?: true;
  /** A document after the last visit that no reader can open. */
  readonly unreadable?: true;
  /** Sensitivity of the whole record (v3-ActCode): celebrity, employee. */
  readonly whole?: 'CEL' | 'EMP';
  /** Offset in which the site writes its times, in minutes. */
  readonly offset?: number;
}
