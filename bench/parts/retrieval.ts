import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadRecords } from '../../sandbox/records.ts';
import { findDataFolder } from '../../src/config/product-folder.ts';
import { loadShippedLabels } from '../../src/label-tables.ts';
import { LabelTables } from '../../src/labels/labeller.ts';
import { createFhirReader } from '../../src/retrieval/fhir-reader.ts';
import { passagesOf } from '../../src/retrieval/notes.ts';
import { project } from '../../src/retrieval/projection/project.ts';
import { projections } from '../../src/retrieval/projection/projections.ts';
import { rankPassages } from '../../src/retrieval/rank-passages.ts';
import { retrieve } from '../../src/retrieval/retrieve.ts';
import type { Task } from '../../src/retrieval/task.ts';
import { loadTasks } from '../../src/retrieval/task-catalogue.ts';
import { isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
import type { Part, PartOptions } from '../part.ts';
import { Child, textIn } from '../processes/child.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** CPU time of this process in milliseconds. */
const cpu = (): number => {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1000;
};

/** Six searches that go at the same time. */
function sixSearches(): Task {
  const task = loadTasks(findDataFolder('tasks')).get('medication.reconciliation');
  if (task === undefined) throw new Error('no task medication.reconciliation');
  return { ...task, steps: task.steps.slice(0, 6) };
}

/** The whole of a plan, with its checks, labels and projection; only the FHIR server runs elsewhere. */
async function plans(rounds: Rounds, options: PartOptions): Promise<void> {
  const child = new Child(join(here, '..', 'processes', 'fhir.js'));
  try {
    const at = await child.ask('start');
    const [base, patient] = [textIn(at, 'base'), textIn(at, 'patient')];
    const task = sixSearches();
    const labels = new LabelTables(loadShippedLabels()).about({});
    const capabilities = await createFhirReader({
      server: 'bench',
      base,
      token: 'T',
      timeoutMs: 10_000,
      maxResponseBytes: 8_388_608,
    }).capabilities();
    const ask = (batch: boolean): Promise<unknown> =>
      retrieve({
        task,
        patient,
        now: Date.now(),
        question: '',
        labeller: labels,
        withheld: () => undefined,
        privacyNotice: 'specific',
        reader: createFhirReader({
          server: 'bench',
          base,
          token: 'T',
          timeoutMs: 10_000,
          maxResponseBytes: 8_388_608,
          capabilities,
          batch,
        }),
      });
    const variants = [
      ['six searches', false],
      ['six searches in one batch', true],
    ] as const;
    for (const [, batch] of variants) for (let n = 0; n < 20; n += 1) await ask(batch);
    for (const round of roundsWithin(options.quick ? 1 : 5, 20)) {
      options.progress(`retrieval: round ${round + 1}`);
      for (const [variant, batch] of variants) {
        const times: number[] = [];
        const before = cpu();
        const most = options.quick ? 20 : 200;
        for (let n = 0; n < most; n += 1) {
          const from = performance.now();
          await ask(batch);
          times.push(performance.now() - from);
        }
        rounds.add(variant, 'plan p50', 'ms', percentile(times, 0.5));
        rounds.add(variant, 'plan p99', 'ms', percentile(times, 0.99));
        rounds.add(variant, 'CPU of a plan', 'ms', (cpu() - before) / most);
      }
    }
    rounds.ratio('six searches in one batch', 'six searches', 'CPU of a plan');
  } finally {
    await child.stop();
  }
}

const textsIn = (resource: Resource): readonly string[] => {
  const content = resource['content'];
  if (!Array.isArray(content)) return [];
  return content.filter(isRecord).flatMap(({ attachment }) => {
    const data = isRecord(attachment) ? attachment['data'] : undefined;
    return typeof data === 'string' ? [Buffer.from(data, 'base64').toString('utf8')] : [];
  });
};

/** Speed of the projection over everything that it knows, and of the ranking of five hundred notes. */
async function texts(rounds: Rounds, options: PartOptions): Promise<void> {
  const { store } = await loadRecords({}, () => undefined);
  const all = store.types().flatMap((type) => store.all(type));
  const known = all.filter(({ resourceType }) => projections[resourceType] !== undefined);
  const megabytes = known.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0) / 1e6;
  const found = all.flatMap(textsIn).filter((text) => text.length > 200 && !text.startsWith('%PDF'));
  const notes = Array.from({ length: 500 }, (_, n) => `${found[n % found.length] ?? ''}\nNote ${n}`);
  const asked = ['How is the diabetes treated?', 'What did the chest X-ray show?', 'When is the follow-up?'];
  for (const round of roundsWithin(options.quick ? 1 : 5, 20)) {
    options.progress(`retrieval, texts: round ${round + 1}`);
    const before = cpu();
    const passes = options.quick ? 1 : 5;
    for (let pass = 0; pass < passes; pass += 1)
      for (const one of known)
        project(one, Object.keys(projections[one.resourceType]?.elements ?? {}), {
          medication: () => undefined,
        });
    rounds.add('projection', 'JSON of resources', 'MB/s', (megabytes * passes) / ((cpu() - before) / 1000));
    const from = cpu();
    const documents = notes.map((note) => passagesOf(note, () => []));
    const split = cpu();
    for (const question of asked) rankPassages(question, documents, { budget: 8_000, documents: 8 });
    rounds.add('500 notes', 'splitting', 'ms', split - from);
    rounds.add('500 notes', 'ranking', 'ms', (cpu() - split) / asked.length);
  }
}

/** What the retrieval of a plan costs: searches, projection, ranking. */
export const retrieval: Part = async (options) => {
  const rounds = new Rounds('retrieval');
  await plans(rounds, options);
  await texts(rounds, options);
  return rounds.rows();
};
