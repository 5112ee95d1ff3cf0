import { performance } from 'node:perf_hooks';
import { loadRecords } from '../../sandbox/records.ts';
import { buildInterlock } from '../../src/interlock/build.ts';
import { loadShippedPacks } from '../../src/packs.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { collectIdentity } from '../../src/retrieval/collect-identity.ts';
import { isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
import type { Part } from '../part.ts';
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

/** Speed of the recognisers on texts of the size of notes, and what the matchers of one record cost to build. */
export const redaction: Part = async (options) => {
  const rounds = new Rounds('redaction');
  const { store } = await loadRecords({}, () => undefined);
  const resources = store.types().flatMap((type) => store.all(type));
  const notes = resources.flatMap(notesOf).filter((text) => text.length > 200 && !text.startsWith('%PDF'));
  const record = resources.slice(0, 500);
  const identity = collectIdentity(record);
  const packs = loadShippedPacks();
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
      const from = performance.now();
      for (const text of texts) read(text);
      took += performance.now() - from;
    }
    rounds.add(variant, 'spans', 'MB/s', size / (took / 1000));
  };
  for (const round of roundsWithin(options.quick ? 1 : 5, 20)) {
    options.progress(`redaction: round ${round + 1}`);
    const passes = options.quick ? 1 : 2;
    const both = createRedactor({ identity, packs });
    const pack = createRedactor({ identity: [], packs });
    const known = createRedactor({ identity, packs: [] });
    const interlock = buildInterlock(identity);
    speed('record and pack', (text) => both.spans(text, 'text'), passes);
    speed('pack alone', (text) => pack.spans(text, 'text'), passes);
    speed('record alone', (text) => known.spans(text, 'text'), passes);
    speed('interlock', (text) => interlock.scan(text), passes);
    const build = (variant: string, make: () => unknown): void => {
      const from = performance.now();
      for (let n = 0; n < 5; n += 1) make();
      rounds.add(variant, 'build', 'ms', (performance.now() - from) / 5);
    };
    build('identity of 500 resources', () => collectIdentity(record));
    build('record matcher of 500 resources', () => createRedactor({ identity, packs }));
    build('interlock of 500 resources', () => buildInterlock(identity));
  }
  rounds.add('notes', 'number', 'count', notes.length);
  rounds.add('notes', 'mean size', 'KB', (megabytes(notes) * 1000) / notes.length);
  rounds.add('identity of 500 resources', 'values', 'count', identity.length);
  rounds.ratio('record and pack', 'pack alone', 'spans');
  return rounds.rows();
};
