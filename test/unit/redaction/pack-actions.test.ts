import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { createActing } from '../../../src/redaction/acting.ts';
import {
  type Action,
  type ActionCell,
  type ActionTable,
  actionAt,
  actionKeys,
  actions,
  cellsOf,
  isLooser,
  strictest,
  strictestOf,
} from '../../../src/redaction/actions.ts';
import type { Pack } from '../../../src/redaction/pack.ts';
import { parsePack } from '../../../src/redaction/pack-loader.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { tokenTypes } from '../../../src/vocabulary/token.ts';
import fc from '../../fixtures/properties.ts';

const schema: unknown = JSON.parse(readFileSync('redaction-rules/pack.schema.json', 'utf8'));

/** A pack of actions alone, over one that it extends. */
const pack = (more: string, base?: Pack, tasks?: ReadonlySet<string>): Pack =>
  parsePack(
    `id: site\ntitle: Site\ncovers: own\n${base === undefined ? '' : `extends: ${base.id}\n`}${more}`,
    schema,
    'site.yaml',
    base === undefined ? undefined : () => base,
    tasks,
  );
const doing = (said: string, base?: Pack): Pack => pack(`actions: {${said}}\n`, base);
const acting = (of: Pack, task?: string) => createActing([of])(task);
const hipaa = loadShippedPack('hipaa-safe-harbor');

const withRule = (letter: string): Pack =>
  pack(
    `rules: [{id: site.number, class: ${letter}, type: ID, pattern: 'zz\\d{6}', at: word}]\nactions: {H: remove}\n`,
    hipaa,
  );

describe('actions of a pack', () => {
  test('four more lines make a site pack', () => {
    const own = doing('PHONE: remove, DATE: generalise', hipaa);
    expect(acting(own).of({ type: 'PHONE', rule: 'phone.us' })).toBe('remove');
    expect(acting(own).of({ type: 'DATE', rule: 'date' })).toBe('generalise');
    expect(acting(own).of({ type: 'PATIENT', rule: 'record.name' })).toBe('token');
    expect(own.patterns).toEqual(hipaa.patterns);
  });

  test('dates may be shifted, where no pack in force says more', () => {
    const own = doing('DATE: shift', hipaa);
    expect(acting(own).ofToken('DATE')).toBe('shift');
    expect(acting(own).ofToken('AGE')).toBe('token');
    expect(createActing([hipaa, own])().ofToken('DATE')).toBe('shift');
    expect(createActing([doing('C: generalise', hipaa), own])().ofToken('DATE')).toBe('generalise');
  });

  test('the stricter of type and letter holds', () => {
    const own = doing('C: generalise, DATE: remove');
    expect(acting(own).of({ type: 'DATE', rule: 'date' })).toBe('remove');
    expect(acting(own).of({ type: 'AGE', rule: 'age.over89' })).toBe('generalise');
  });

  test('a number goes by the letter of its rule, one of the record by the strictest letter', () => {
    const own = doing('G: remove', hipaa);
    expect(acting(own).of({ type: 'ID', rule: 'ssn' })).toBe('remove');
    expect(acting(own).of({ type: 'ID', rule: 'code.long' })).toBe('token');
    expect(acting(own).of({ type: 'ID', rule: 'record.id' })).toBe('remove');
    expect(acting(own).of({ type: 'ID', rule: 'recogniser' })).toBe('remove');
    expect(acting(own).ofToken('ID')).toBe('remove');
  });

  test('a rule of an id that another pack in force has as well goes by the letters of both', () => {
    for (const letters of [
      ['H', 'M'],
      ['M', 'H'],
    ]) {
      const of = createActing(letters.map(withRule))();
      expect(of.of({ type: 'ID', rule: 'site.number' })).toBe('remove');
    }
  });

  test('a fax number is told from no telephone', () => {
    expect(acting(doing('E: remove', hipaa)).of({ type: 'PHONE', rule: 'phone.us' })).toBe('remove');
  });

  test.each([
    ['DATE: keep', 'line 5: DATE: keep is less strict than token, and a pack may only tighten'],
    ['A: keep', 'line 5: A: keep is less strict than token'],
    ['PHONE: generalise', 'line 5: PHONE: generalise: it has no coarser form'],
    ['C: shift', 'line 5: C: shift: only DATE can be shifted'],
    ['ID: shift', 'line 5: ID: shift: only DATE can be shifted'],
    ['A: generalise', 'line 5: A: generalise: it has no coarser form'],
    ['DATE: hide', 'line 5: /actions/DATE must be equal to one of the allowed values'],
    ['FAX: remove', 'line 5: /actions: FAX must be equal to one of the allowed values'],
  ])('%s is refused with line and reason', (said, reason) => {
    expect(() => doing(said, hipaa)).toThrow(`site.yaml, ${reason}`);
  });

  test.each([
    ['DATE: remove', 'DATE: generalise', 'DATE: generalise is less strict than remove'],
    ['DATE: generalise', 'DATE: shift', 'DATE: shift is less strict than generalise'],
    ['DATE: shift', 'DATE: token', 'DATE: token is less strict than shift'],
    ['C: generalise', 'AGE: token', 'AGE: token is less strict than generalise'],
    ['AGE: remove', 'C: generalise', 'C: generalise is less strict than remove'],
    ['ID: remove', 'G: token', 'G: token is less strict than remove'],
    ['DATE: keep, AGE: token', 'C: keep', 'C: keep is less strict than token'],
  ])('over %s, %s is refused', (below, said, reason) => {
    const base = doing(below);
    expect(() => doing(said, base)).toThrow(`site.yaml, line 5: ${reason}, and a pack may only tighten`);
  });

  test('the line is that of the faulty key', () => {
    expect(() => pack('actions:\n  PHONE: remove\n  DATE: keep\n', hipaa)).toThrow('site.yaml, line 7: DATE');
  });

  test('what a parent keeps may be kept', () => {
    const base = doing('DATE: keep');
    expect(acting(doing('DATE: keep, PHONE: remove', base)).of({ type: 'DATE', rule: 'date' })).toBe('keep');
    expect(acting(doing('DATE: token', base)).of({ type: 'DATE', rule: 'date' })).toBe('token');
  });

  test('a pack without rules, actions and tasks says nothing and is refused', () => {
    expect(() => pack('')).toThrow('site.yaml, line 1');
  });

  test('the schema lists types, letters and actions of the code', () => {
    const defs = isRecord(schema) ? schema['$defs'] : undefined;
    expect(isRecord(defs) ? defs['actions'] : undefined).toMatchObject({
      propertyNames: { enum: actionKeys },
      additionalProperties: { enum: actions },
    });
  });
});

describe('actions for a task', () => {
  const own = pack('actions: {PHONE: remove}\ntasks:\n  note.lookup:\n    actions: {DATE: remove}\n', hipaa);

  test('hold for that task beside those of the pack', () => {
    expect(acting(own, 'note.lookup').of({ type: 'DATE', rule: 'date' })).toBe('remove');
    expect(acting(own, 'note.lookup').of({ type: 'PHONE', rule: 'phone.us' })).toBe('remove');
    expect(acting(own, 'vitals.recent').of({ type: 'DATE', rule: 'date' })).toBe('token');
    expect(acting(own).of({ type: 'DATE', rule: 'date' })).toBe('token');
  });

  test('a task may not do less than its pack, nor than what the pack extends does for it', () => {
    expect(() =>
      pack('actions: {DATE: remove}\ntasks:\n  note.lookup:\n    actions: {DATE: generalise}\n', hipaa),
    ).toThrow('site.yaml, line 8: DATE: generalise is less strict than remove');
    expect(() => pack('tasks:\n  note.lookup:\n    actions:\n      DATE: token\n', own)).toThrow(
      'site.yaml, line 8: DATE: token is less strict than remove',
    );
  });

  test('years of one task would date the day counts of another', () => {
    for (const key of ['DATE', 'C'])
      expect(() => pack(`tasks:\n  note.lookup:\n    actions: {${key}: generalise}\n`, hipaa)).toThrow(
        'site.yaml, line 7: years are for all tasks or for none',
      );
    const years = pack(
      'actions: {DATE: generalise}\ntasks:\n  note.lookup:\n    actions: {C: generalise}\n',
      hipaa,
    );
    expect(acting(years, 'note.lookup').of({ type: 'AGE', rule: 'age.cued' })).toBe('generalise');
  });

  test('what a later pack does for all, it does for tasks of the pack that it extends', () => {
    const later = doing('EMAIL: remove', own);
    expect(acting(later, 'note.lookup').of({ type: 'EMAIL', rule: 'email' })).toBe('remove');
    expect(acting(later, 'note.lookup').of({ type: 'DATE', rule: 'date' })).toBe('remove');
  });

  test('a task that there is not is refused where tasks are known', () => {
    const lost = 'tasks:\n  constructor:\n    actions: {DATE: remove}\n';
    expect(() => pack(lost, hipaa, new Set(['note.lookup']))).toThrow(
      'site.yaml, line 6: there is no task constructor',
    );
    expect(acting(pack(lost, hipaa), 'constructor').of({ type: 'DATE', rule: 'date' })).toBe('remove');
    expect(acting(hipaa, 'constructor').of({ type: 'DATE', rule: 'date' })).toBe('token');
  });

  test('nothing but actions is said of a task', () => {
    expect(() => pack('tasks:\n  note.lookup: {actions: {}, names: false}\n', hipaa)).toThrow(
      'must NOT have additional properties',
    );
  });
});

const cells: readonly ActionCell[] = tokenTypes.flatMap((type) => cellsOf(type));
const table: fc.Arbitrary<ActionTable> = fc
  .array(fc.tuple(fc.constantFrom(...cells), fc.constantFrom(...actions)))
  .map((rows) => Object.fromEntries(rows));
const never = (a: ActionTable, b: ActionTable): boolean =>
  cells.every((cell) => !isLooser(actionAt(a, cell), actionAt(b, cell)));

describe('the order', () => {
  test('keep, token, shift, generalise, remove', () => {
    expect(actions).toEqual(['keep', 'token', 'shift', 'generalise', 'remove']);
    for (const [at, one] of actions.entries())
      for (const [place, other] of actions.entries()) expect(isLooser(one, other)).toBe(at < place);
  });

  test('of packs in force the strictest wins, in any order', () => {
    fc.assert(
      fc.property(table, table, (one, other) => {
        const both = strictest(one, other);
        expect(never(both, one) && never(both, other)).toBe(true);
        expect(strictest(other, one)).toEqual(both);
        expect(strictest(both, one)).toEqual(both);
      }),
      { numRuns: 200 },
    );
  });

  test('a pack that extends nothing and keeps all keeps nothing beside hipaa-safe-harbor', () => {
    const loose = pack(
      `actions: {${actionKeys.map((key) => `${key}: keep`).join(', ')}}\ntasks: {allergies: {actions: {DATE: keep}}}\n`,
    );
    expect(acting(loose, 'allergies').of({ type: 'DATE', rule: 'date' })).toBe('keep');
    const inForce = strictestOf(loose.actions, hipaa.actions);
    expect(inForce.all).toEqual({});
    expect(inForce.tasks.get('allergies')).toEqual({});
  });

  test('a task that one pack names is held to the actions of the other as well', () => {
    const one = { all: {}, tasks: new Map([['a', { 'DATE.C': 'remove' } as const]]) };
    const other = { all: { 'PHONE.D': 'remove' } as const, tasks: new Map<string, ActionTable>() };
    expect(strictestOf(one, other).tasks.get('a')).toEqual({ 'DATE.C': 'remove', 'PHONE.D': 'remove' });
  });

  test('whatever a chain of packs says, no link is less strict than the one before', () => {
    const said = fc
      .uniqueArray(fc.tuple(fc.constantFrom(...actionKeys), fc.constantFrom(...actions)), {
        selector: ([key]) => key,
        maxLength: 6,
      })
      .map((rows) => rows.map(([key, action]: [string, Action]) => `${key}: ${action}`).join(', '));
    let loaded = 0;
    fc.assert(
      fc.property(said, said, (first, second) => {
        let base: Pack;
        let above: Pack;
        try {
          base = doing(first);
          above = doing(second, base);
        } catch {
          return;
        }
        loaded += 1;
        expect(never(above.actions.all, base.actions.all)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(loaded).toBeGreaterThan(5);
  });
});
