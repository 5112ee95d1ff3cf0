import { caps, NotUnderstood } from './reading.ts';

/** Kinds of references that stand for several persons. */
const groupTypes: ReadonlySet<string> = new Set(['Group', 'CareTeam', 'Organization', 'PractitionerRole']);

/** Under which groups that consents name the asker is meant too. */
export interface Membership {
  /** The named groups that the asker belongs to. */
  readonly belongs: readonly string[];
  /** All named groups whose members are known, down to the last one. */
  readonly settled: ReadonlySet<string>;
}

/**
 * Whether the asker is a member of the named groups, through groups within groups, which may name each other in a
 * circle. `membersOf` answers what a group names, undefined where it cannot be read or is not understood: whoever is
 * in there stays unknown. Throws NotUnderstood beyond the caps: a group is never read in part.
 */
export async function resolveMembership(
  named: readonly string[],
  asker: readonly string[],
  membersOf: (group: string) => Promise<readonly string[] | undefined>,
): Promise<Membership> {
  const members = new Map<string, readonly string[] | undefined>();
  let left: number = caps.members;
  let level = [...new Set(named)].filter(isGroup);
  const groups = level;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= caps.depth || members.size + level.length > caps.groups) throw new NotUnderstood();
    const found = await Promise.all(level.map(async (group) => [group, await membersOf(group)] as const));
    for (const [group, list] of found) {
      left -= list?.length ?? 0;
      if (left < 0) throw new NotUnderstood();
      members.set(group, list);
    }
    const next = found.flatMap(([, list]) => list ?? []).filter(isGroup);
    level = [...new Set(next)].filter((group) => !members.has(group));
  }
  const persons = new Set(asker);
  const within = groups.map((group) => ({ group, ...reach(group, members, persons) }));
  return {
    belongs: within.filter(({ belongs }) => belongs).map(({ group }) => group),
    settled: new Set(within.filter(({ belongs, complete }) => belongs || complete).map(({ group }) => group)),
  };
}

export const isGroup = (reference: string): boolean =>
  groupTypes.has(reference.slice(0, reference.indexOf('/')));

/** Walks one group with all groups inside it, each once. */
function reach(
  from: string,
  members: ReadonlyMap<string, readonly string[] | undefined>,
  persons: ReadonlySet<string>,
): { readonly belongs: boolean; readonly complete: boolean } {
  const seen = new Set([from]);
  let complete = true;
  // A set grows while it is walked: each group's own groups come after it.
  for (const group of seen) {
    if (persons.has(group)) return { belongs: true, complete };
    const list = members.get(group);
    if (list === undefined) complete = false;
    for (const member of list ?? []) {
      if (persons.has(member)) return { belongs: true, complete };
      if (isGroup(member)) seen.add(member);
    }
  }
  return { belongs: false, complete };
}
