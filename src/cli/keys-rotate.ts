import { generateKeyPairSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandFailure, print, printJson, UsageFailure } from './output.ts';

interface RotateOptions {
  readonly config: string;
  readonly after: string;
  readonly ed25519?: boolean;
  readonly json?: boolean;
}

/** What a key in the overlap file is, as its first line says; lines with `#` are no part of a key. */
const mark = /^# (next|last) signing key, since (\S+)$/m;
/** Milliseconds: tokens under the last key live no longer. */
const tokensLive = 300_000;

const lineOf = (role: 'next' | 'last', now: number): string =>
  `# ${role} signing key, since ${new Date(now).toISOString()}`;

/** The file but for that line: another one may say that a sandbox made the key. */
const unmarked = (text: string): string => text.replace(mark, '').trim();

/** Written beside its place, on the disk, and for its owner only; `renameSync` puts it there. */
function prepare(path: string, text: string): string {
  const prepared = `${path}.new`;
  const descriptor = openSync(prepared, 'wx', 0o600);
  try {
    writeSync(descriptor, `${text}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return prepared;
}

const freshKey = (ed25519: boolean): string =>
  (ed25519 ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
    .trim();

interface Turned {
  readonly step: 'published' | 'signs';
  readonly next: string;
}

/**
 * The next step of turning the signing key: publishes a new one in the overlap file, or, where one was published for
 * long enough, lets it sign and keeps the last one to be read. What an interrupted step left stops the next one.
 */
function turn(signing: string, overlap: string, options: RotateOptions, now: number): Turned {
  for (const path of [signing, overlap])
    if (existsSync(`${path}.new`))
      throw new CommandFailure(
        `${path}.new is left of a step that was interrupted. Move it away after you have seen which key stands where.`,
      );
  const held = existsSync(overlap) ? readFileSync(overlap, 'utf8') : '';
  const [, role, since] = mark.exec(held) ?? [];
  const age = now - Date.parse(since ?? '');
  if (role === 'next') {
    const hours = Number(options.after);
    if (!(age >= hours * 3_600_000))
      throw new CommandFailure(
        `The next key is published since ${since ?? ''}. It signs after ${hours} hours, so that whoever keeps the key set has seen it.`,
      );
    const last = prepare(overlap, `${lineOf('last', now)}\n${unmarked(readFileSync(signing, 'utf8'))}`);
    const next = prepare(signing, unmarked(held));
    renameSync(next, signing);
    renameSync(last, overlap);
    return {
      step: 'signs',
      next: 'Restart the gateway: the new key signs, the last one is still read. After five minutes the next `keys rotate` may replace it.',
    };
  }
  if (held.trim() !== '' && role === undefined)
    throw new CommandFailure(
      `${overlap} holds a key that this command did not put there. Move it away when nothing needs it any more.`,
    );
  if (role === 'last' && !(age >= tokensLive))
    throw new CommandFailure('Tokens under the last key may still be in use. Try again in five minutes.');
  renameSync(prepare(overlap, `${lineOf('next', now)}\n${freshKey(options.ed25519 === true)}`), overlap);
  return {
    step: 'published',
    next: `Restart the gateway: the next key is published and signs nothing. After ${options.after} hours run \`keys rotate\` again.`,
  };
}

async function rotate(options: RotateOptions): Promise<void> {
  if (!(Number(options.after) >= 0)) throw new UsageFailure('--after takes hours');
  const { readConfigFile } = await import('../config/load.ts');
  const { besideConfig } = await import('../config/secrets.ts');
  const { keys } = readConfigFile({ path: options.config, env: process.env });
  const [overlap] = keys.overlap_files ?? [];
  if (overlap === undefined)
    throw new UsageFailure('Name a file in keys.overlap_files first; it may not be there yet.');
  const [signing, other] = [keys.signing_file, overlap].map((file) => besideConfig(options.config, file));
  const turned = turn(signing ?? '', other ?? '', options, Date.now());
  if (options.json === true) printJson({ ok: true, ...turned });
  else print(turned.next);
}

/** `keys rotate`: the files of the configuration only; nothing is asked of a running gateway. */
export function addRotateCommand(keys: Command): void {
  keys
    .command('rotate')
    .description('the next step of turning the signing key: publish a new one, then let it sign')
    .requiredOption(
      '--config <file>',
      'configuration whose keys.signing_file and first of keys.overlap_files are meant',
    )
    .option('--after <hours>', 'hours for which the next key is published before it signs', '24')
    .option('--ed25519', 'the new key is of Ed25519 (EdDSA); of P-256 (ES256) by default')
    .option('--json', 'print JSON')
    .action(rotate);
}
