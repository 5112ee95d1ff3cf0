import { loadRecords } from '../../sandbox/records.ts';
import { buildInterlock } from '../../src/interlock/build.ts';
import { loadPacksInForce } from '../../src/packs.ts';
import { lexemes } from '../../src/redaction/lexemes.ts';
import { normalise } from '../../src/redaction/normalise.ts';
import { indexedPack } from '../../src/redaction/pack-index.ts';
import { patternMatches } from '../../src/redaction/patterns.ts';
import type { Redactor } from '../../src/redaction/ports.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { createScanner } from '../../src/redaction/scan.ts';
import { collectIdentity } from '../../src/retrieval/collect-identity.ts';
import { isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
import type { IdentityValue } from '../../src/vocabulary/identity-sheet.ts';
import type { Part } from '../part.ts';
import { loadPeers } from '../peers.ts';
import { Rounds, roundsWithin } from '../row.ts';

/** Texts of attachments, as the sandbox's documents carry them. */
function notesOf(resource: Resource): readonly string[] {
  const content = resource['content'];
  if (!Array.isArray(content)) return [];
  return content.filter(isRecord).flatMap(({ attachment }) => {
    const data = isRecord(attachment) ? attachment['data'] : undefined;
    return typeof data === 'string' ? [Buffer.from(data, 'base64').toString('utf8')] : [];
  });
}

const megabytes = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

/** CPU time of a call in seconds, all threads: what else the host does counts less than in a wall clock's. */
function cpuSeconds(work: () => void): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

/** One patient: the values of the record, and the notes, which are the texts of one envelope. */
interface Chart {
  readonly resources: readonly Resource[];
  readonly identity: readonly IdentityValue[];
  readonly notes: readonly string[];
}

const reference = /"reference":"([A-Za-z]+\/[A-Za-z0-9.-]{1,64})"/g;

/** Charts of all patients who have notes: what names them, and the people and places that it names. */
function chartsOf(resources: readonly Resource[]): Chart[] {
  const texts = new Map(resources.map((resource) => [resource, JSON.stringify(resource)]));
  const named = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  const patients = resources.filter(({ resourceType }) => resourceType === 'Patient');
  return patients.flatMap((patient) => {
    const own = [patient, ...resources.filter((one) => texts.get(one)?.includes(`"Patient/${patient.id}"`))];
    const others = new Set(
      own.flatMap((one) => [...(texts.get(one) ?? '').matchAll(reference)].map(([, name = '']) => name)),
    );
    const directory = [...others].flatMap((name) => named.get(name) ?? []);
    const record = [...new Set([...own, ...directory])].filter(
      (one) => one === patient || one.resourceType !== 'Patient',
    );
    const notes = own.flatMap(notesOf).filter((text) => text.length > 200 && !text.startsWith('%PDF'));
    return notes.length === 0 ? [] : [{ resources: record, identity: collectIdentity(record), notes }];
  });
}

type Texts = readonly { readonly text: string; readonly type: 'text' }[];
const asTexts = (texts: readonly string[]): Texts => texts.map((text) => ({ text, type: 'text' }));

/** What makes work for each step of the redactor, over and over. */
const hostile =
  'Dr. Anna Smith, MD A-A-AA-aa= 4.1.3.5 M a r i a 2O24 T2 1-1-1 a@b. (([{ MRN is: Boston, MA QWJjZGVm %41 1/2/ May the ';

const reading =
  (redactors: readonly Redactor[]) =>
  (texts: readonly string[], chart: number): unknown =>
    redactors[chart]?.spans(asTexts(texts));

const mostBuilt = 500;

/** Speed of the recognisers on texts of the size of notes, and what the matchers of one record cost to build. */
export const redaction: Part = async (options) => {
  const rounds = new Rounds('redaction');
  const { store } = await loadRecords({}, () => undefined);
  const resources = store.types().flatMap((type) => store.all(type));
  const charts = chartsOf(resources);
  const notes = charts.flatMap((chart) => chart.notes);
  const packs = loadPacksInForce();
  // Every reading is of texts that nothing has seen.
  let nth = 0;
  const unseen = (): readonly (readonly string[])[] => {
    nth += 1;
    return charts.map((chart) => chart.notes.map((note) => `${note}\n${nth}`));
  };
  /** `read` is given the notes of each chart at once, with the chart's number. */
  const speed = (
    variant: string,
    read: (texts: readonly string[], chart: number) => unknown,
    passes: number,
  ): void => {
    let size = 0;
    let took = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      const envelopes = unseen();
      size += megabytes(envelopes.flat());
      took += cpuSeconds(() => envelopes.forEach(read));
    }
    rounds.add(variant, 'spans', 'MB/s', size / took);
  };
  const of = (packsToo: boolean, record: boolean): readonly Redactor[] =>
    charts.map(({ identity }) =>
      createRedactor({ identity: record ? identity : [], packs: packsToo ? packs : [] }),
    );
  const [both, pack, known] = [of(true, true), of(true, false), of(false, true)];
  const interlocks = charts.map(({ identity }) => buildInterlock(identity));
  const interlocked = (texts: readonly string[], chart: number): unknown =>
    texts.map((text) => interlocks[chart]?.scan(text));
  const peers = await loadPeers(options.progress);
  const ruled = (texts: readonly string[]): void => {
    const all = texts.map((text) => lexemes(normalise(text)));
    for (const one of packs) for (const lex of all) patternMatches(lex, indexedPack(one));
  };
  // A gateway runs for days: what the engine takes to compile what is read with is no part of any speed here.
  for (let pass = 0; pass < (options.quick ? 8 : 100); pass += 1) {
    options.progress(`redaction: warming, ${pass + 1}`);
    const envelopes = unseen();
    for (const read of [reading(both), reading(pack), reading(known), ruled, interlocked])
      envelopes.forEach(read);
    if (pass % 4 > 0) continue;
    for (const peer of peers)
      if ('read' in peer)
        for (const text of peer.name === 'compromise' ? notes.slice(0, 4) : unseen().flat()) peer.read(text);
  }
  const largest = charts.toSorted((a, b) => b.resources.length - a.resources.length)[0]?.resources ?? [];
  const records = [
    ['500 resources of one patient', largest.slice(0, mostBuilt)],
    ['500 resources of all patients', resources.slice(0, mostBuilt)],
  ] as const;
  for (const round of roundsWithin(options.quick ? 1 : 5, 40)) {
    options.progress(`redaction: round ${round + 1}`);
    const passes = options.quick ? 2 : 4;
    speed('record and pack', reading(both), passes);
    speed('pack alone', reading(pack), passes);
    speed('record alone', reading(known), passes);
    speed('rule packs alone', ruled, passes);
    for (const peer of peers) {
      if ('read' in peer) {
        // compromise reads a hundredth of what the others do in the same time.
        const texts = peer.name === 'compromise' ? notes.slice(0, 20) : notes;
        const took = cpuSeconds(() => texts.forEach((text) => peer.read(`${text}\n${round}`)));
        rounds.add(peer.name, 'spans', 'MB/s', megabytes(texts) / took);
      } else if (round === 0) options.progress(`redaction: ${peer.name} is left out: ${peer.absent}`);
    }
    speed('interlock', interlocked, passes);
    const build = (variant: string, make: () => unknown): void => {
      const took = cpuSeconds(() => {
        for (let n = 0; n < 5; n += 1) make();
      });
      rounds.add(variant, 'build', 'ms', (took * 1000) / 5);
    };
    for (const [whose, record] of records) {
      const identity = collectIdentity(record);
      build(`identity of ${whose}`, () => collectIdentity(record));
      build(`record matcher of ${whose}`, () => createRedactor({ identity, packs }));
      build(`interlock of ${whose}`, () => buildInterlock(identity));
    }
  }
  rounds.add('notes', 'number', 'count', notes.length);
  rounds.add('notes', 'mean size', 'KB', (megabytes(notes) * 1000) / notes.length);
  for (const [whose, record] of records)
    rounds.add(`identity of ${whose}`, 'values', 'count', collectIdentity(record).length);
  rounds.ratio('record and pack', 'pack alone', 'spans');
  for (const { name } of peers) {
    rounds.ratio('record and pack', name, 'spans');
    rounds.ratio('rule packs alone', name, 'spans');
  }
  const scan = createScanner(packs);
  const lengths = options.quick ? [0.1, 1] : [0.1, 1, 10];
  for (const [kind, unit] of Object.entries({ ordinary: notes.join('\n'), hostile }))
    for (const length of lengths) {
      options.progress(`redaction: ${kind}, ${length} MB`);
      const text = unit.repeat(Math.ceil((length * 1e6) / unit.length)).slice(0, length * 1e6);
      rounds.add(`one ${kind} text of ${length} MB`, 'spans', 'MB/s', length / cpuSeconds(() => scan(text)));
    }
  return rounds.rows();
};
