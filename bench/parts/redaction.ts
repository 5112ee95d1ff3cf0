import { loadRecords } from '../../sandbox/records.ts';
import { buildInterlock } from '../../src/interlock/build.ts';
import { loadPacksInForce } from '../../src/packs.ts';
import { lexemes } from '../../src/redaction/lexemes.ts';
import { normalise } from '../../src/redaction/normalise.ts';
import { patternMatches } from '../../src/redaction/patterns.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { createScanner } from '../../src/redaction/scan.ts';
import { collectIdentity } from '../../src/retrieval/collect-identity.ts';
import { isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
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

/** What makes work for each step of the redactor, over and over. */
const hostile =
  'Dr. Anna Smith, MD A-A-AA-aa= 4.1.3.5 M a r i a 2O24 T2 1-1-1 a@b. (([{ MRN is: Boston, MA QWJjZGVm %41 1/2/ May the ';

/** Speed of the recognisers on texts of the size of notes, and what the matchers of one record cost to build. */
export const redaction: Part = async (options) => {
  const rounds = new Rounds('redaction');
  const { store } = await loadRecords({}, () => undefined);
  const resources = store.types().flatMap((type) => store.all(type));
  const notes = resources.flatMap(notesOf).filter((text) => text.length > 200 && !text.startsWith('%PDF'));
  const record = resources.slice(0, 500);
  const identity = collectIdentity(record);
  const packs = loadPacksInForce();
  // A redactor remembers what it has read, so every reading is of a text that it has not seen.
  let nth = 0;
  const unseen = (): readonly string[] => {
    nth += 1;
    return notes.map((note) => `${note}\n${nth}`);
  };
  const speed = (variant: string, read: (text: string) => unknown, passes: number): void => {
    let size = 0;
    let took = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      const texts = unseen();
      size += megabytes(texts);
      took += cpuSeconds(() => {
        for (const text of texts) read(text);
      });
    }
    rounds.add(variant, 'spans', 'MB/s', size / took);
  };
  const peers = await loadPeers(options.progress);
  const ruled = (text: string): unknown => packs.map((one) => patternMatches(lexemes(normalise(text)), one));
  // A gateway runs for days: what the engine takes to compile what is read with is no part of any speed here.
  for (let pass = 0; pass < (options.quick ? 8 : 24); pass += 1) {
    options.progress(`redaction: warming, ${pass + 1}`);
    const [both, known] = [createRedactor({ identity, packs }), createRedactor({ identity, packs: [] })];
    const pack = createRedactor({ identity: [], packs });
    const interlock = buildInterlock(identity);
    for (const text of unseen()) {
      for (const redactor of [both, pack, known]) redactor.spans(text, 'text');
      ruled(text);
      interlock.scan(text);
    }
    for (const peer of peers)
      if ('read' in peer)
        for (const text of peer.name === 'compromise' ? notes.slice(0, 4) : unseen()) peer.read(text);
  }
  for (const round of roundsWithin(options.quick ? 1 : 5, 40)) {
    options.progress(`redaction: round ${round + 1}`);
    const passes = options.quick ? 2 : 4;
    const both = createRedactor({ identity, packs });
    const pack = createRedactor({ identity: [], packs });
    const known = createRedactor({ identity, packs: [] });
    const interlock = buildInterlock(identity);
    speed('record and pack', (text) => both.spans(text, 'text'), passes);
    speed('pack alone', (text) => pack.spans(text, 'text'), passes);
    speed('record alone', (text) => known.spans(text, 'text'), passes);
    speed('rule packs alone', ruled, passes);
    for (const peer of peers) {
      if ('read' in peer) {
        // compromise reads a hundredth of what the others do in the same time.
        const texts = peer.name === 'compromise' ? notes.slice(0, 20) : notes;
        const took = cpuSeconds(() => texts.forEach((text) => peer.read(`${text}\n${round}`)));
        rounds.add(peer.name, 'spans', 'MB/s', megabytes(texts) / took);
      } else if (round === 0) options.progress(`redaction: ${peer.name} is left out: ${peer.absent}`);
    }
    speed('interlock', (text) => interlock.scan(text), passes);
    const build = (variant: string, make: () => unknown): void => {
      const took = cpuSeconds(() => {
        for (let n = 0; n < 5; n += 1) make();
      });
      rounds.add(variant, 'build', 'ms', (took * 1000) / 5);
    };
    build('identity of 500 resources', () => collectIdentity(record));
    build('record matcher of 500 resources', () => createRedactor({ identity, packs }));
    build('interlock of 500 resources', () => buildInterlock(identity));
  }
  rounds.add('notes', 'number', 'count', notes.length);
  rounds.add('notes', 'mean size', 'KB', (megabytes(notes) * 1000) / notes.length);
  rounds.add('identity of 500 resources', 'values', 'count', identity.length);
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
