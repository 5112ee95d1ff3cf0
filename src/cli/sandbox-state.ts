import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isLoopbackHttp } from '../identity/loopback.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { UsageFailure } from './output.ts';

/** What `ask` and `token` need of a running sandbox; the file holds the whole ready line. */
export interface SandboxState {
  readonly gateway: string;
  readonly issuer: string;
  readonly audience: string;
  readonly users: readonly { readonly username: string; readonly password: string; readonly role: string }[];
}

const folder = (): string => join(homedir(), '.phi-gateway', 'sandboxes');

/** Where a sandbox of this process writes its state. */
export const stateFileOf = (pid: number): string => join(folder(), `${pid}.json`);

/** The state holds passwords of invented people: readable by its owner only all the same. */
export function writeState(path: string, state: object): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(state), { mode: 0o600, flag: 'wx' });
}

export const removeState = (path: string): void => rmSync(path, { force: true });

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: no such process; EPERM: not ours, so not a sandbox of this user.
    return false;
  }
};

function newest(): string | undefined {
  let names: string[];
  try {
    names = readdirSync(folder());
  } catch {
    // No sandbox was ever started by this user.
    return undefined;
  }
  return names
    .filter((name) => /^\d+\.json$/.test(name) && alive(Number.parseInt(name, 10)))
    .map((name) => join(folder(), name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Whether nobody but `uid` could have written or read a file: its words decide where credentials go. */
export const isPrivate = (
  stat: { readonly uid: number; readonly mode: number; isFile(): boolean },
  uid: number | undefined,
): boolean => stat.isFile() && (uid === undefined || stat.uid === uid) && (stat.mode & 0o077) === 0;

/**
 * Content of a private file of this user. Links are not followed, and owner and mode are asked of the opened file,
 * so that nobody can exchange it in between.
 *
 * @throws UsageFailure
 */
function readPrivate(path: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw new UsageFailure('The sandbox state file does not exist, is a link, or cannot be read.');
  }
  try {
    if (!isPrivate(fstatSync(descriptor), process.getuid?.()))
      throw new UsageFailure('The sandbox state file is not a private file of this user.');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A token or a password goes to these: a sandbox has no address but loopback. */
const isSandboxAddress = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && isLoopbackHttp(new URL(value));

const isUser = (value: unknown): value is SandboxState['users'][number] =>
  isRecord(value) && ['username', 'password', 'role'].every((name) => typeof value[name] === 'string');

/**
 * State of the newest running sandbox of this user, or of the one that PHI_GATEWAY_SANDBOX names.
 *
 * @throws UsageFailure where there is none
 */
export function findSandbox(): SandboxState {
  const path = process.env['PHI_GATEWAY_SANDBOX'] ?? newest();
  if (path === undefined)
    throw new UsageFailure('No running sandbox was found. Start one with: phi-gateway sandbox');
  const state = parsed(readPrivate(path));
  if (!isRecord(state)) throw new UsageFailure('The sandbox state file cannot be read.');
  const { gateway, issuer, audience, users } = state;
  if (
    !isSandboxAddress(gateway) ||
    !isSandboxAddress(issuer) ||
    typeof audience !== 'string' ||
    !Array.isArray(users) ||
    !users.every(isUser)
  )
    throw new UsageFailure('The sandbox state file cannot be read.');
  return { gateway, issuer, audience, users };
}
