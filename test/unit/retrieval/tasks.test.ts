import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { dryRun, scopesOf } from '../../../src/retrieval/smart-scopes.ts';
import { taskPermits } from '../../../src/retrieval/task.ts';
import { checkTasks, loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import { taskTable } from '../../../src/retrieval/task-table.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(root, 'tasks');
const tasks = loadTasks(folder);
const task = (name: string): NonNullable<ReturnType<typeof tasks.get>> => {
  const found = tasks.get(name);
  if (found === undefined) throw new Error(`no task ${name}`);
  return found;
};

const copies: string[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});
function changed(file: string, from: string, to: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'tasks-'));
  copies.push(copy);
  cpSync(folder, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
}

describe('the catalogue', () => {
  test('holds the tasks of this release and no others', () => {
    expect(tasks.list().map((one) => one.name)).toEqual([
      'allergies',
      'care.team',
      'changes.since_last_visit',
      'cholesterol.latest',
      'coverage.check',
      'discharge.summary',
      'emergency.summary',
      'encounter.brief',
      'immunizations',
      'medication.reconciliation',
      'note.lookup',
      'problem.list',
      'result.trend',
      'support.case',
      'visit.prep',
      'vitals.recent',
    ]);
    expect(tasks.get('cohort.count')).toBeUndefined();
    expect(tasks.get('__proto__')).toBeUndefined();
    expect(checkTasks(folder)).toEqual([]);
  });

  test('has a hash that any byte of any file changes', () => {
    expect(tasks.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(loadTasks(folder).hash).toBe(tasks.hash);
    expect(loadTasks(changed('allergies.yaml', 'cap: 50', 'cap: 49')).hash).not.toBe(tasks.hash);
  });

  test('says of which steps an answer leaves out nothing: drugs, allergies and what an emergency needs first', () => {
    expect(
      tasks.list().flatMap(({ complete, name }) => (complete === undefined ? [] : [[name, complete]])),
    ).toEqual([
      ['allergies', ['allergies']],
      ['emergency.summary', ['allergies', 'orders', 'statements', 'problems', 'code-status', 'flags']],
      [
        'medication.reconciliation',
        ['orders', 'ended-orders', 'statements', 'ended-statements', 'dispenses', 'allergies'],
      ],
    ]);
  });

  test('says which roles may ask for which purposes', () => {
    expect(taskPermits(task('cholesterol.latest'), 'patient', 'PATRQT')).toBe(true);
    expect(taskPermits(task('cholesterol.latest'), 'patient', 'TREAT')).toBe(false);
    expect(taskPermits(task('medication.reconciliation'), 'patient', 'PATRQT')).toBe(false);
    expect(taskPermits(task('problem.list'), 'billing', 'HPAYMT')).toBe(false);
  });

  test('errs on the side of telling: no status filter hides allergies, refusals of vaccines or stopped drugs', () => {
    for (const step of task('allergies').steps)
      expect(Object.keys({ ...step.search, ...step.local })).toEqual(['patient', '_count']);
    expect(task('immunizations').steps[0]?.search['status']).toBeUndefined();
    const drugs = task('medication.reconciliation').steps;
    expect(drugs.find((step) => step.id === 'ended-orders')?.local).toEqual({ 'x-activity': 'ge{now-90d}' });
    expect(drugs.map((step) => step.type)).toContain('MedicationStatement');
    expect(task('changes.since_last_visit').roles.patient).toEqual(['PATRQT']);
    const lipids = task('cholesterol.latest').steps[0]?.search['code'] ?? '';
    for (const molar of ['14647-2', '14646-4', '22748-8', '14927-8'])
      expect(lipids).toContain(`http://loinc.org|${molar}`);
  });

  test.each([
    ['a typo in a parameter', 'cholesterol.latest.yaml', 'code:', 'cod:', 'is unknown'],
    [
      'everything of a type',
      'cholesterol.latest.yaml',
      /code:[\s\S]*?_sort/,
      '_sort',
      'newestPerCode needs codes',
    ],
    ['another patient', 'allergies.yaml', 'Patient/{patient}', 'Patient/7', 'must be equal to constant'],
    [
      'a placeholder that nothing binds',
      'problem.list.yaml',
      "_count: '50'",
      'encounter: Encounter/{encounter}',
      'bound by no other step',
    ],
    [
      'an unknown placeholder',
      'problem.list.yaml',
      "_count: '50'",
      'code: x|{name}',
      'placeholder {name} is unknown',
    ],
    [
      'an element that is never projected',
      'allergies.yaml',
      'keep:\n  AllergyIntolerance: [code,',
      'keep:\n  AllergyIntolerance: [recorder,',
      'not projected',
    ],
    [
      'an unknown key',
      'allergies.yaml',
      'delivery: whole',
      'delivery: whole\nshell: rm',
      'additional properties',
    ],
    ['an unknown purpose', 'allergies.yaml', 'ETREAT', 'MARKETING', 'allowed values'],
    ['a huge cap', 'allergies.yaml', 'cap: 50', 'cap: 5000', '<= 200'],
    [
      'types that are not declared',
      'allergies.yaml',
      'dataTypes: [AllergyIntolerance]',
      'dataTypes: [Observation]',
      'dataTypes must be exactly',
    ],
    ['YAML that is none', 'allergies.yaml', 'steps:', 'steps: [', 'this is not valid YAML'],
    [
      'a step that is none',
      'allergies.yaml',
      'complete: [allergies]',
      'complete: [drugs]',
      'complete names drugs, which is no step',
    ],
    [
      'a stream of which nothing may be missing',
      'allergies.yaml',
      'delivery: whole',
      'delivery: stream',
      'complete needs an answer that leaves whole',
    ],
    [
      'passages of which none may be missing',
      'discharge.summary.yaml',
      'delivery: whole',
      'delivery: whole\ncomplete: [summary]',
      'of which passages are shown',
    ],
    [
      'a stream of a document',
      'vitals.recent.yaml',
      'delivery: stream',
      'delivery: stream\noutput: {schema: {type: object, properties: {}, additionalProperties: false}}',
      'output needs an answer that leaves whole',
    ],
    [
      'a schema of a document that is open',
      'allergies.yaml',
      'delivery: whole',
      'delivery: whole\noutput: {schema: {type: object, properties: {}}}',
      'output.schema is open: an object needs additionalProperties: false',
    ],
    ['another name', 'allergies.yaml', 'name: allergies', 'name: allergy', 'must be named'],
  ])('refuses %s', (_what, file, from, to, fault) => {
    const copy = mkdtempSync(join(tmpdir(), 'tasks-'));
    copies.push(copy);
    cpSync(folder, copy, { recursive: true });
    const text = readFileSync(join(copy, file), 'utf8');
    const bad = text.replace(from, to);
    expect(bad).not.toBe(text);
    writeFileSync(join(copy, file), bad);
    const faults = checkTasks(copy).map((one) => `${one.file}: ${one.fault}`);
    expect(faults.join('\n')).toContain(fault);
    expect(() => loadTasks(copy)).toThrow(file);
  });

  test.each([
    [
      'keep more than 1,000 resources',
      /cap: \d+/g,
      'cap: 200',
      'the caps of all steps are 2800 resources together',
    ],
    ['read more than 4,000 rows', /rows: \d+/g, 'rows: 1000', 'all steps together read 1'],
  ])('refuses steps that together %s, each within its own limit', (_what, from, to, fault) => {
    const file = 'changes.since_last_visit.yaml';
    const copy = changed(file, 'cap: 50', 'cap: 50');
    const text = readFileSync(join(copy, file), 'utf8');
    writeFileSync(join(copy, file), text.replace(from, to));
    expect(checkTasks(copy).map((one) => one.fault)).toEqual([expect.stringContaining(fault)]);
    expect(() => loadTasks(copy)).toThrow(file);
  });

  test('refuses a step that would fetch everything of a type', () => {
    const copy = changed('problem.list.yaml', '      clinical-status: [active, recurrence, relapse]\n', '');
    expect(checkTasks(copy)).toEqual([]);
    const open = changed('immunizations.yaml', 'type: Immunization', 'type: Procedure');
    expect(checkTasks(open).map((one) => one.fault)).toContain(
      'step immunizations: fetches everything of a type',
    );
  });
});

test('names the line of each fault, also of what only the whole task says', () => {
  const { text, faults } = ((file: string) => {
    const copy = changed(file, 'cap: 50', 'cap: 5000\n    colour: red');
    return { text: readFileSync(join(copy, file), 'utf8'), faults: checkTasks(copy) };
  })('allergies.yaml');
  const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
  expect(faults.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([
    lineOf('cap: 5000'),
    lineOf('colour: red'),
  ]);
  const unsound = changed('allergies.yaml', 'dataTypes: [', 'dataTypes: [Observation, ');
  const [fault] = checkTasks(unsound);
  const written = readFileSync(join(unsound, 'allergies.yaml'), 'utf8');
  expect(fault).toEqual({
    file: 'allergies.yaml',
    line: written.slice(0, written.indexOf('dataTypes')).split('\n').length,
    fault: expect.stringContaining('dataTypes must be exactly'),
  });
});

describe('scopes and dry run', () => {
  test('scopes are SMART v2, narrow where categories allow it', () => {
    expect(scopesOf(task('cholesterol.latest'))).toEqual([
      'patient/DiagnosticReport.rs',
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
    ]);
    expect(scopesOf(task('allergies'))).toEqual(['patient/AllergyIntolerance.rs']);
    expect(scopesOf(task('discharge.summary'))).toEqual(
      expect.arrayContaining(['patient/Binary.rs', 'patient/DocumentReference.rs', 'patient/Medication.rs']),
    );
    expect(scopesOf(task('problem.list'))).toEqual(['patient/Condition.rs']);
    for (const one of tasks.list())
      for (const scope of scopesOf(one))
        expect(scope).toMatch(/^patient\/[A-Z][A-Za-z]+\.rs(\?category=[^ ]+)?$/);
  });

  test('a dry run shows what would be sent', () => {
    const now = Date.parse('2026-05-31T10:00:00Z');
    const [first] = dryRun(task('medication.reconciliation'), { now, patient: 'p1' });
    expect(first?.params).toMatchObject({
      patient: 'Patient/p1',
      intent: 'order,plan',
      status: 'active,on-hold,unknown',
    });
    const planned = dryRun(task('changes.since_last_visit'), { now });
    expect(planned.find((one) => one.step === 'labs')?.params['date']).toBe('ge{anchor}');
    expect(planned.find((one) => one.step === 'visit')?.params['date']).toBe('le2026-05-31T10:00:00.000Z');
    expect(planned.flatMap((one) => Object.keys(one.params)).filter((name) => name.startsWith('x-'))).toEqual(
      [],
    );
  });

  test('docs/retrieval.md says what the tasks say', () => {
    const file = join(root, 'docs/retrieval.md');
    const part = /(?<=<!-- tasks -->\n)[\s\S]*?(?=\n<!-- end of tasks -->)/;
    if (process.env['WRITE_TASK_TABLE'] === '1')
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(part, () => taskTable(tasks)),
      );
    const page = readFileSync(file, 'utf8');
    const [, table] = /<!-- tasks -->\n([\s\S]*?)\n<!-- end of tasks -->/.exec(page) ?? [];
    expect(table).toBe(taskTable(tasks));
  });
});
