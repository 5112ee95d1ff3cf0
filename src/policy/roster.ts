import { intervalOf } from '../consent/instants.ts';
import { isFhirId, isRecord } from '../vocabulary/fhir.ts';
import { dayMs } from '../vocabulary/time.ts';

/** One stretch of cover: who stands in for whom. References of the tenant's own record system. */
export interface Cover {
  readonly by: string;
  readonly of: string;
  /** Milliseconds since the epoch, both ends included. */
  readonly from: number;
  readonly until: number;
}

/** What the roster says now. `unreadable`: there should be one, and nobody is covered. */
export type RosterState =
  | { readonly roster: 'none' | 'unreadable' }
  | {
      readonly roster: 'read';
      readonly covers: readonly Cover[];
      /** Milliseconds since the epoch when what it says now was read first. */
      readonly since: number;
    };

const most = 20_000;
/** Cover for longer is a relation that the record system has to show. */
const longest = 7 * dayMs;
const staff = /^(Practitioner|PractitionerRole)\/(.{1,64})$/;

const isStaff = (value: unknown): value is string =>
  typeof value === 'string' && isFhirId(staff.exec(value)?.[2]);
/** A time with its zone: what a day means would depend on where one is. */
const instantOf = (value: unknown) =>
  typeof value === 'string' && /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? intervalOf(value) : undefined;

function coverOf(row: unknown): Cover | undefined {
  if (!isRecord(row) || Object.keys(row).length !== 4) return undefined;
  const { by, of } = row;
  const [from, until] = [instantOf(row['from'])?.start, instantOf(row['until'])?.end];
  if (!isStaff(by) || !isStaff(of) || by === of || from === undefined || until === undefined)
    return undefined;
  return until < from || until - from > longest ? undefined : { by, of, from, until };
}

/**
 * Reads a roster, `{"covers": [{"by": "Practitioner/9", "of": "Practitioner/7", "from": …, "until": …}, …]}`. Undefined where
 * any row of it is none: a roster is taken as a whole or not at all.
 */
export function readRoster(text: string): readonly Cover[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const rows = isRecord(parsed) && Object.keys(parsed).length === 1 ? parsed['covers'] : undefined;
  if (!Array.isArray(rows) || rows.length > most) return undefined;
  const covers = rows.map((row: unknown) => coverOf(row)).filter((cover) => cover !== undefined);
  return covers.length === rows.length ? covers : undefined;
}

/** For whom one of these stands in now. Cover is not handed on: who is covered by somebody covers nobody for them. */
export const coveredNow = (state: RosterState, actors: readonly string[], now: number): readonly string[] =>
  state.roster === 'read'
    ? state.covers
        .filter(({ by, from, until }) => actors.includes(by) && from <= now && now <= until)
        .map(({ of }) => of)
    : [];

/** The roster that a file holds. One that is gone, or that cannot be used, covers nobody, and `onFault` hears of it once. */
export function rosterFile(
  path: string,
  readFile: (path: string) => string | undefined,
  clock: { now(): number },
  onFault: () => void,
) {
  let held: { readonly text: string | undefined; readonly state: RosterState } | undefined;
  const textNow = (): string | undefined => {
    try {
      return readFile(path);
    } catch {
      return undefined;
    }
  };
  const reload = (): void => {
    const text = textNow();
    if (held !== undefined && held.text === text) return;
    const covers = text === undefined ? undefined : readRoster(text);
    if (covers === undefined) onFault();
    held = {
      text,
      state: covers === undefined ? { roster: 'unreadable' } : { roster: 'read', covers, since: clock.now() },
    };
  };
  reload();
  return { path, reload, state: (): RosterState => held?.state ?? { roster: 'unreadable' } };
}
