import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { readTar } from './tar.ts';

const inflate = promisify(gunzip);

/** One JSON text of a data set, parsed: a file, a line of an ndjson file or a member of an archive. */
export interface Document {
  /** File name, with the line or member, for messages. */
  readonly source: string;
  readonly content: unknown;
}

const formats: Readonly<Record<string, (path: string) => AsyncGenerator<Document>>> = {
  '.json': async function* (path) {
    yield parse(path, await readFile(path));
  },
  '.json.gz': async function* (path) {
    yield parse(path, await inflate(await readFile(path)));
  },
  '.ndjson': (path) => lines(path, false),
  '.ndjson.gz': (path) => lines(path, true),
  '.tar.gz': (path) => archive(path),
  '.tgz': (path) => archive(path),
};
const formatOf = (path: string) => Object.entries(formats).find(([ending]) => path.endsWith(ending))?.[1];

function parse(source: string, bytes: Buffer): Document {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'));
    return { source, content };
  } catch {
    throw new Error(`${source} is not JSON`);
  }
}

async function* lines(path: string, zipped: boolean): AsyncGenerator<Document> {
  const file = createReadStream(path);
  const input = zipped ? file.pipe(createGunzip()) : file;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield parse(`${path}:${number}`, Buffer.from(line));
  }
}

async function* archive(path: string): AsyncGenerator<Document> {
  for (const { name, content } of readTar(await inflate(await readFile(path)))) {
    const source = `${path}:${name}`;
    if (name.endsWith('.json')) yield parse(source, content);
    else if (name.endsWith('.json.gz')) yield parse(source, await inflate(content));
    else if (name.endsWith('.ndjson')) {
      for (const line of content.toString('utf8').split('\n')) {
        if (line.trim() !== '') yield parse(source, Buffer.from(line));
      }
    }
  }
}

/**
 * The files behind the given paths, folders searched recursively, in the order given and by name within a folder,
 * so that loading the same set twice gives the same ids. A file that is named itself must have a known ending;
 * in a folder the others are passed over. Throws when a path does not exist.
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) files.push(...(await filesIn(path)));
    else if (formatOf(path) !== undefined) files.push(path);
    else throw new Error(`${path} has none of the endings ${Object.keys(formats).join(', ')}`);
  }
  return files;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesIn(path)));
    else if (formatOf(path) !== undefined) files.push(path);
  }
  return files;
}

/** The documents of one file found by `findFiles`. Throws, naming the file, when something in it is not JSON. */
export async function* readDocuments(path: string): AsyncGenerator<Document> {
  const read = formatOf(path);
  if (read !== undefined) yield* read(path);
}
