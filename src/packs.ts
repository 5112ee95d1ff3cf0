import { join } from 'node:path';
import { isPackName, type PackName } from './config/pack-names.ts';
import { findDataFolder } from './config/product-folder.ts';
import { strictestOf } from './redaction/actions.ts';
import { type Pack, rulesOfPack } from './redaction/pack.ts';
import { loadPack } from './redaction/pack-loader.ts';
import { type DataReader, fromDisk } from './vocabulary/data-reader.ts';

/** One shipped pack with everything that it extends. */
export function loadShippedPack(name: PackName, reader: DataReader = fromDisk): Pack {
  const rules = findDataFolder('redaction-rules');
  return loadPack(join(rules, `${name}.yaml`), join(rules, 'pack.schema.json'), rules, reader);
}

/** A shipped pack by its name, or the pack of a file, which extends shipped ones only. `tasks` are all that it may name. Throws PackFault. */
export function loadNamedPack(
  named: string,
  reader: DataReader = fromDisk,
  tasks?: ReadonlySet<string>,
): Pack {
  if (isPackName(named)) return loadShippedPack(named, reader);
  const rules = findDataFolder('redaction-rules');
  return loadPack(named, join(rules, 'pack.schema.json'), rules, reader, tasks);
}

/**
 * The packs in force for every envelope: `hipaa-safe-harbor` whatever is named, and those named beside it, so that a
 * configuration can only tighten. One whose rules all stand in another is not read twice; what is done with what they
 * find is for all of them the strictest that any of those named does.
 */
export function loadPacksInForce(
  named: readonly string[] = [],
  reader: DataReader = fromDisk,
  tasks?: ReadonlySet<string>,
): readonly Pack[] {
  const all = ['hipaa-safe-harbor', ...named].map((one) => loadNamedPack(one, reader, tasks));
  const actions = all.map((pack) => pack.actions).reduce(strictestOf);
  return all
    .filter(
      (pack, at) =>
        !all.some(
          (other, place) => place !== at && holds(other, pack) && (place > at || !holds(pack, other)),
        ),
    )
    .map((pack) => ({ ...pack, actions }));
}

const rulesOf = (pack: Pack): Set<string> =>
  new Set(
    rulesOfPack(pack).map((rule) =>
      JSON.stringify(rule, (_, value: unknown) => (value instanceof RegExp ? String(value) : value)),
    ),
  );

/** Whether a pack does all that another does. */
function holds(pack: Pack, other: Pack): boolean {
  if ((other.dates && !pack.dates) || (other.names && !pack.names)) return false;
  const rules = rulesOf(pack);
  return [...rulesOf(other)].every((rule) => rules.has(rule));
}
