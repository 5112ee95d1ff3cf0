import type { Config } from '../config/config.ts';
import { type RosterState, rosterFile } from '../policy/roster.ts';
import type { Clock } from '../vocabulary/time.ts';

/** The rosters of all tenants. */
export interface Rosters {
  of(tenant: string): RosterState;
  readonly files: readonly string[];
  /** Reads the files again. */
  reload(): void;
}

/** Throws where a file is missing or cannot be used: a gateway does not start on a roster that nobody can read. */
export function openRosters(
  config: Pick<Config, 'tenants'>,
  readFile: (path: string) => string | undefined,
  clock: Clock,
  onFault: () => void,
): Rosters {
  const held = new Map(
    config.tenants.flatMap(({ id, roster }) =>
      roster === undefined ? [] : [[id, rosterFile(roster, readFile, clock, onFault)] as const],
    ),
  );
  for (const { path, state } of held.values())
    if (state().roster !== 'read') throw new Error(`roster ${path} is missing or not usable`);
  return {
    of: (tenant) => held.get(tenant)?.state() ?? { roster: 'none' },
    files: [...held.values()].map(({ path }) => path),
    reload: () => {
      for (const { reload } of held.values()) reload();
    },
  };
}
