import { spellToken } from '../vocabulary/token.ts';
import { keyed, seal } from './envelope-encryption.ts';
import { boundTo, type OpenScope, type UnitOptions } from './open-scope.ts';
import type { TokenRequest } from './ports.ts';
import { randomCharacters } from './random-characters.ts';
import type { TokenRow } from './store.ts';

/** As many as the token syntax can spell; an entity with more forms has another stem for them. */
const maxForms = 999;
/**
 * Of a million entities of a tenant, chance gives some two the same 38.8 bits: they would be one token with two values
 * to whoever lays two conversations side by side, so it is drawn again. Many times in a row chance never does.
 */
const draws = 8;

/** What stands of one entity: its rows by exact request, and where its next form goes. */
interface Entity {
  readonly byLookup: Map<string, TokenRow>;
  random: string | undefined;
  last: number;
}

function entityOf(rows: readonly TokenRow[]): Entity {
  const entity: Entity = {
    byLookup: new Map(rows.map((row) => [row.lookup, row])),
    random: undefined,
    last: 0,
  };
  const lastOf = new Map<string, number>();
  for (const { random, form } of rows) lastOf.set(random, Math.max(form, lastOf.get(random) ?? 0));
  for (const [random, last] of lastOf) {
    if (last >= maxForms) continue;
    entity.random = random;
    entity.last = last;
  }
  return entity;
}

/** Random characters that are no other entity's of this tenant, in this scope or another. */
function freshStem({ rows, randomness }: UnitOptions, tenant: string): string {
  for (let draw = 0; draw < draws; draw += 1) {
    const random = randomCharacters(randomness);
    if (!rows.taken(tenant, random)) return random;
  }
  throw new Error('the randomness repeats itself');
}

/** Tokens for values, in the order asked for; rows that do not stand yet are added. */
export function issueInto(
  options: UnitOptions,
  into: OpenScope,
  requests: readonly TokenRequest[],
): readonly string[] {
  const { rows, keys, randomness } = options;
  const { tenant, row: scope } = into;
  const entities = new Map<string, Entity>();
  return requests.map(({ type, entity: named, form, epochDay }) => {
    const day = type === 'DATE' && epochDay !== undefined ? epochDay - into.anchor : undefined;
    const name = keyed(keys.index, 'entity', scope.scope, type, named);
    const lookup = keyed(keys.index, 'form', scope.scope, type, named, form, day ?? '');
    const entity = entities.get(name) ?? entityOf(rows.forms(tenant, scope.scope, name));
    entities.set(name, entity);
    let row = entity.byLookup.get(lookup);
    if (row === undefined) {
      if (entity.random === undefined || entity.last >= maxForms) {
        entity.random = freshStem(options, tenant);
        entity.last = 0;
      }
      const { random } = entity;
      entity.last += 1;
      const bound = boundTo(tenant, scope, `${type}-${random}.${entity.last}`);
      const plain = JSON.stringify(day === undefined ? [form] : [form, day]);
      const sealed = seal(into.key, randomness.bytes(12), plain, bound);
      row = { entity: name, lookup, type, random, form: entity.last, sealed };
      rows.addToken(tenant, scope.scope, row);
      entity.byLookup.set(lookup, row);
    }
    return spellToken({
      type,
      random: row.random,
      form: row.form,
      ...(day === undefined ? {} : { day }),
    });
  });
}
