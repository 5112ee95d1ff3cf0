import { type FaultKind, faultKinds } from '../../sandbox/fhir/faults.ts';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import {
  hurried,
  type ModelDouble,
  patience,
  startModelDouble,
} from '../integration/hardening/model-double.ts';
import { collectIdentifiers, type Hit, type Identifiers } from './matcher.ts';
import { othersThan } from './others.ts';
import { habitNames, parrot } from './parrot.ts';
import { add, emptyReport, hitLines, type Report, search, searchFiles } from './report.ts';

const isFault = (text: string): text is FaultKind => Object.hasOwn(faultKinds, text);
const values: Partial<Readonly<Record<FaultKind, string | number>>> = {
  slow: patience + 1000,
  oversized: 4_000_000,
  redirect: 'http://127.0.0.1:9/',
  'status-429': 0,
  'status-503': 0,
};

interface Round {
  readonly patient: string;
  readonly task: string;
  readonly fault: FaultKind | undefined;
  readonly habit: string;
  readonly isLie: boolean;
}

/** Faults that lie rather than fail: the request goes on, which is where something could leak. */
const lies = new Set<FaultKind>(['ignore-filters', 'foreign-patient', 'wrong-type', 'endless-paging']);

/** Every type that a request reads except Patient: another patient in its place ends the request at once. */
const lieTypes = [
  'Consent',
  'CareTeam',
  'RelatedPerson',
  'Coverage',
  'Encounter',
  'Observation',
  'Condition',
  'MedicationRequest',
  'AllergyIntolerance',
  'Immunization',
  'DocumentReference',
];

function* rounds(
  patients: readonly string[],
  tasks: readonly string[],
  everyHabit: boolean,
): Generator<Round> {
  let n = 0;
  for (const patient of patients)
    for (const fault of [undefined, ...Object.keys(faultKinds).filter(isFault)]) {
      const isLie = fault !== undefined && lies.has(fault);
      const slow = fault === 'slow' || fault === 'hang';
      const all = fault === undefined || (everyHabit && !slow);
      const count = isLie ? 2 : 1;
      const habits = all
        ? habitNames
        : Array.from({ length: count }, (_, k) => habitNames[(n + k) % habitNames.length] ?? '');
      for (const habit of habits) {
        n += 1;
        const task = tasks[n % tasks.length];
        if (task !== undefined) yield { patient, task, fault, habit, isLie };
      }
    }
}

const line = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, n]) => `${name} ${n}`).join(', ') || 'none';

function faultsOf({ fault, isLie }: Round): readonly object[] {
  if (fault === undefined) return [];
  const value = values[fault];
  const one = { fault, ...(value === undefined ? {} : { value }) };
  return isLie ? lieTypes.map((type) => ({ ...one, when: { type } })) : [{ ...one, when: {}, times: 1 }];
}

async function ask(
  at: { readonly sandbox: SandboxUnderTest; readonly double: ModelDouble; readonly report: Report },
  round: Round,
  identifiers: { readonly all: Identifiers; readonly others: Identifiers },
): Promise<void> {
  const { sandbox, double, report } = at;
  const { patient, task, habit } = round;
  double.play = parrot(habit);
  await sandbox.faults(faultsOf(round));
  const reply = await sandbox.ask({ patient, task, body: { model: 'double' } });
  report.requests += 1;
  if (reply.status === 200) {
    report.answered += 1;
    add(report.items, habit, 1);
    search(report, 'answer about another', reply.text, identifiers.others);
  } else {
    add(report.refused, /"code":"(\w+)"/.exec(reply.text)?.[1] ?? String(reply.status), 1);
    search(report, 'error body', reply.text, identifiers.all);
  }
}

/**
 * Asks about patients while every fault of the record system strikes and the model does its worst. Answers what of
 * any patient reached the model, the log, the trail and the errors, and what of anybody else reached an answer.
 */
export async function runFaultLeakTest(options: {
  /** Which of the patients are asked about: from this place, up to that one. */
  readonly patients: readonly [number, number];
  readonly everyHabit: boolean;
}): Promise<{ readonly hits: readonly Hit[]; readonly report: Report }> {
  const double = await startModelDouble();
  const sandbox = await SandboxUnderTest.start({ configure: hurried({ double: double.baseUrl }) });
  const report = emptyReport();
  try {
    const { store } = sandbox.running;
    const all = collectIdentifiers(store.types().flatMap((type) => store.all(type)));
    const patients = sandbox.ready.patients.slice(...options.patients).map(({ id }) => id);
    const others = new Map(patients.map((id) => [id, othersThan(store, id)]));
    const tasks = loadTasks(findDataFolder('tasks'))
      .list()
      .map(({ name }) => name);
    for (const round of rounds(patients, tasks, options.everyHabit))
      await ask({ sandbox, double, report }, round, { all, others: others.get(round.patient) ?? all });
    await sandbox.clearFaults();
    for (const received of double.received) search(report, 'model', received, all);
    searchFiles(sandbox, report, all);
    console.log(
      [
        `leak test with faults: ${patients.length} patients, ${Object.keys(faultKinds).length} faults, ${report.requests} requests, ${double.received.length} at the model, ${report.answered} answered`,
        `  refused: ${line(report.refused)}`,
        `  answered by a model that: ${line(report.items)}`,
        ...hitLines(report, all),
      ].join('\n'),
    );
    return { hits: [...report.hits.values()].flat(), report };
  } finally {
    await sandbox.close();
    await double.close();
  }
}
