import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { productRoot } from '../../../src/config/product-folder.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** Where the image keeps the product. */
const home = '/opt/phi-gateway';

/** Instructions of the Dockerfile's last stage, continuation lines joined, comments left out. */
function lastStage(): readonly { readonly name: string; readonly rest: string }[] {
  const text = readFileSync(join(productRoot(), 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const from = lines.findLastIndex((line) => line.startsWith('FROM '));
  return lines.slice(from).map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return { name, rest: rest.join(' ') };
  });
}

const wordsOf = (json: string): readonly string[] => {
  const words: unknown = JSON.parse(json);
  if (!Array.isArray(words)) throw new Error('the Dockerfile writes its commands as lists');
  return words.map(String);
};

const instruction = (name: string): string => {
  const found = lastStage().find((each) => each.name === name);
  if (found === undefined) throw new Error(`the Dockerfile has no ${name}`);
  return found.rest;
};

/** Packages of `npm ci --omit=dev --omit=optional`, by the lock. */
function productionPackages(): readonly string[] {
  const lock: unknown = JSON.parse(readFileSync(join(productRoot(), 'package-lock.json'), 'utf8'));
  const packages = isRecord(lock) ? lock['packages'] : undefined;
  return Object.entries(isRecord(packages) ? packages : {})
    .filter(
      ([path, entry]) =>
        path !== '' &&
        isRecord(entry) &&
        !['dev', 'optional', 'devOptional'].some((flag) => entry[flag] === true),
    )
    .map(([path]) => path);
}

/** One package without the packages inside it: those are listed on their own. */
function copyPackage(path: string, to: string): void {
  const source = join(productRoot(), path);
  cpSync(source, join(to, path), {
    recursive: true,
    filter: (file) => !file.slice(source.length).startsWith('/node_modules'),
  });
}

/** Lays out in `folder` what the COPY lines of the last stage put into the image. */
export function stageImage(folder: string): void {
  for (const { name, rest } of lastStage()) {
    if (name !== 'COPY') continue;
    const words = rest.split(' ').filter((word) => !word.startsWith('--'));
    const target = words.pop() ?? '';
    for (const word of words) {
      const source = word.replace(`${home}/`, '');
      if (source === 'node_modules') {
        for (const path of productionPackages()) copyPackage(path, folder);
        continue;
      }
      const to = target === './' ? join(folder, source) : join(folder, target);
      mkdirSync(dirname(to), { recursive: true });
      if (!existsSync(join(productRoot(), source))) throw new Error(`the Dockerfile copies ${source}`);
      cpSync(join(productRoot(), source), to, { recursive: true });
    }
  }
}

/** ENTRYPOINT and CMD as they would run in `folder`, with another configuration file. */
export const startCommand = (folder: string, config: string): readonly string[] =>
  [...wordsOf(instruction('ENTRYPOINT')), ...wordsOf(instruction('CMD'))].map((word) =>
    word === '/etc/phi-gateway/gateway.yaml' ? config : word.replace(home, folder),
  );

export const healthCommand = (): readonly string[] =>
  wordsOf(instruction('HEALTHCHECK').split(' CMD ')[1] ?? '');

export const imageUser = (): string => instruction('USER');
