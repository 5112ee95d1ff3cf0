import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, type Mutation, oneOf } from './exports.ts';

const withFile = (files: Files, name: string, bytes: Buffer): Files => new Map(files).set(name, bytes);
const tilesOf = (files: Files): string[] => [...files.keys()].filter((name) => name.startsWith('tile/'));
const proofsOf = (files: Files): string[] => [...files.keys()].filter((name) => name.startsWith('proofs/'));

/** Names that look as if they belonged there. */
const strangers: readonly string[] = [
  'events.ndjson~',
  'Events.ndjson',
  '\u0435vents.ndjson',
  'checkpoint ',
  'checkpoint.',
  '...',
  String.raw`..\keys`,
  'tile/0/x000/000',
  'tile/0/000.p/7',
  'tile/entries/001',
  'tile/9/000',
  'tile/000',
  'proofs/keys',
  'proofs/x.tlog-proof',
  'proofs/..tlog-proof',
  'proofs/x/y.tlog-proof',
];
const emptyFolders: readonly string[] = [
  'tile/2',
  'tile/0/x001',
  'checkpoints',
  'proofs/x.tlog-proof',
  'tile/a/b',
];

/** One proof, said otherwise. */
const proofTexts: readonly ((text: string, other: string) => string)[] = [
  (text) => text.replace('@v1\n', '@v1\nextra Zm9v\n'),
  (text) => text.replace('@v1\n', '@v1\nextra \n'),
  (text) => text.replace('@v1', '@v2'),
  (text) => text.replace('index ', 'index 0'),
  (text) => text.replace(/index \d+/, 'index 9007199254740993'),
  (text) => text.replace(/index (\d+)/, (_, index: string) => `index ${Number(index) + 1}`),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `${text}\n`,
  (text) => text.replace(/\n\n[^]*$/, '\n\n'),
  (_, other) => other,
  () => '',
];

/** What can be done to the files of an export beside what stands in its events. */
export const folderMutations: Readonly<Record<string, Mutation>> = {
  'file too many'({ files, dice }) {
    if (dice(3) === 0) {
      const name = oneOf(emptyFolders, dice) ?? '';
      return {
        files,
        touch: (folder) => mkdirSync(join(folder, name), { recursive: true }),
        reasons: ['file_unexpected', 'unreadable'],
      };
    }
    const name = oneOf(strangers, dice) ?? '';
    if (files.has(name)) return undefined;
    const copied = files.get(oneOf([...files.keys()], dice) ?? '') ?? Buffer.alloc(0);
    return { files: withFile(files, name, copied), reasons: ['file_unexpected', 'proof_invalid'] };
  },

  'link or pipe'({ files, dice }) {
    const name = oneOf([...files.keys(), 'tile', 'tile/0', 'tile/entries'], dice) ?? '';
    const how = files.has(name) ? dice(3) : 0;
    return {
      files,
      touch: (folder) => {
        const [path, elsewhere] = [join(folder, name), `${folder}-elsewhere`];
        rmSync(elsewhere, { recursive: true, force: true });
        renameSync(path, elsewhere);
        if (how === 2) execFileSync('mkfifo', [path]);
        else symlinkSync(how === 1 ? join(folder, 'nowhere') : elsewhere, path);
      },
      reasons: ['file_unexpected', 'unreadable'],
    };
  },

  'file with a hole'({ files, dice }) {
    const name = oneOf([...files.keys()], dice) ?? '';
    const size = files.get(name)?.length ?? 0;
    const length = oneOf([size + 1 + dice(1000), size + 10 ** 6, 3 * 2 ** 30], dice) ?? 0;
    return { files, touch: (folder) => truncateSync(join(folder, name), length) };
  },

  'tile of another place'({ files, dice }) {
    const tiles = tilesOf(files);
    const one = oneOf(tiles, dice) ?? '';
    const two = oneOf(tiles, dice) ?? '';
    const [a, b] = [files.get(one), files.get(two)];
    if (a === undefined || b === undefined || a.equals(b)) return undefined;
    const moved = withFile(files, one, b);
    return {
      files: dice(2) === 0 ? moved : withFile(moved, two, a),
      reasons: ['tile_differs', 'file_unexpected', 'proof_invalid'],
    };
  },

  'file gone'({ files, dice }) {
    const names = [...files.keys()].filter((name) => !name.startsWith('proofs/'));
    const name = oneOf(names, dice) ?? '';
    return { files: new Map([...files].filter(([one]) => one !== name)) };
  },

  'proof said otherwise'({ files, other, dice }) {
    const name = oneOf(proofsOf(files), dice);
    if (name === undefined) return undefined;
    const text = files.get(name)?.toString() ?? '';
    const foreign = oneOf(
      [
        ...proofsOf(files)
          .filter((one) => one !== name)
          .map((one) => files.get(one)),
        ...proofsOf(other).map((one) => other.get(one)),
      ],
      dice,
    );
    const said = oneOf(proofTexts, dice)?.(text, foreign?.toString() ?? '') ?? text;
    return { files: withFile(files, name, Buffer.from(said)), reasons: ['proof_invalid'] };
  },
};
