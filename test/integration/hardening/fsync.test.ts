import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { faultyDisk } from '../../fixtures/faulty-disk.ts';
import { ended, type SandboxProcess, startSandboxProcess } from '../../fixtures/product.ts';
import { codeOf } from './bad-input.ts';

const disk = faultyDisk();
afterAll(() => disk?.remove());

const started: SandboxProcess[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

interface Told {
  readonly status: number;
  readonly code: unknown;
  readonly trail: string;
  readonly answered: boolean;
}

/** The gateway as its own process on the faulty disk, and one clinician who asks. */
class Asking {
  readonly #process: SandboxProcess;
  readonly #token: string;
  readonly dataDir: string;

  private constructor(process: SandboxProcess, token: string, dataDir: string) {
    this.#process = process;
    this.#token = token;
    this.dataDir = dataDir;
  }

  static async start(env: Readonly<Record<string, string>>): Promise<Asking> {
    const dataDir = mkdtempSync(join(tmpdir(), 'phi-fsync-'));
    const begun = await startSandboxProcess(['--data', dataDir], env);
    started.push(begun);
    const { ready } = begun;
    const user = ready.users.find(({ username }) => username === 'clinician');
    const { accessToken } = await signIn({
      issuer: ready.issuer,
      username: 'clinician',
      password: user?.password ?? '',
      clientId: 'phi-cli',
      resource: ready.audience,
    });
    return new Asking(begun, accessToken, dataDir);
  }

  /** Each with a conversation of its own, so that the vault has something to write. */
  async ask(conversation: string): Promise<Told> {
    const { ready } = this.#process;
    const response = await fetch(`${ready.gateway}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: [{ role: 'user', content: 'What is the latest LDL?' }],
        phi: { patient: ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT', conversation },
      }),
    });
    const body: unknown = await response.json();
    const read = isRecord(body) ? body : {};
    return {
      status: response.status,
      code: codeOf(read),
      trail: response.headers.get('phi-trail') ?? '',
      answered: 'choices' in read,
    };
  }

  /** Requests that reached the model. */
  async received(): Promise<number> {
    const list: unknown = await (await fetch(`${this.#process.ready.model}/__received`)).json();
    return Array.isArray(list) ? list.length : -1;
  }

  async probe(path: '/livez' | '/readyz'): Promise<number> {
    return (await fetch(`${this.#process.ready.operations}${path}`)).status;
  }

  async ready(): Promise<number> {
    for (let n = 0; n < 100 && (await this.probe('/readyz')) !== 200; n += 1) await delay(100);
    return this.probe('/readyz');
  }

  /** Ends the process and reads what it left: the verdict, and which of these trails hold a release. */
  async end(trails: readonly string[]) {
    this.#process.child.kill('SIGTERM');
    await ended(this.#process.child);
    const trail = await openTrail(trailFile(this.dataDir));
    try {
      const events = await Promise.all(trails.map((id) => trail.trail('sandbox', id)));
      return {
        verdict: verifyTrail(this.dataDir),
        open: await trail.unfinished(),
        released: events.filter((of) => of.some(({ event }) => event === 'response.released')).length,
        delivered: events.filter((of) => of.at(-1)?.event === 'response.delivered').length,
      };
    } finally {
      await trail.close();
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }
}

const files = [
  { file: 'audit.db', code: 'trail_unavailable' },
  { file: 'vault.db', code: 'store_unavailable' },
] as const;

(disk === undefined ? describe.skip : describe).each(files)('fsync of $file', ({ file, code }) => {
  if (disk === undefined) return;

  it('fails: nothing is released, the process lives, and it goes on when the disk does', async () => {
    disk.heal();
    const asking = await Asking.start(disk.env);
    const before = await asking.ask('before');
    expect(before).toMatchObject({ status: 200, answered: true });
    expect(await asking.probe('/readyz')).toBe(200);
    const received = await asking.received();

    disk.set('fail', file);
    const refused: Told[] = [];
    for (let n = 0; n < 4; n += 1) refused.push(await asking.ask(`fail-${n}`));
    refused.push(...(await Promise.all([5, 6, 7, 8].map((n) => asking.ask(`fail-${n}`)))));
    expect(refused.map(({ status, code: told, answered }) => [status, told, answered])).toEqual(
      refused.map(() => [503, code, false]),
    );
    expect(await asking.received()).toBe(received);
    expect([await asking.probe('/livez'), await asking.probe('/readyz')]).toEqual([200, 503]);

    disk.heal();
    expect(await asking.ready()).toBe(200);
    const after = await asking.ask('after');
    expect(after).toMatchObject({ status: 200, answered: true });
    const trails = [before, after].map(({ trail }) => trail);
    expect(await asking.end(trails)).toMatchObject({ verdict: { ok: true }, open: [], delivered: 2 });
  }, 120_000);

  it('hangs: nothing is released, a caller is told in time, nothing piles up, and it goes on', async () => {
    disk.heal();
    const asking = await Asking.start(disk.env);
    const before = await asking.ask('before');
    const received = await asking.received();

    disk.set('hang', file);
    const first = await Promise.all([1, 2, 3, 4].map((n) => asking.ask(`hang-${n}`)));
    // The disk is known to hang now: whoever comes is told sooner.
    const next = await Promise.all(Array.from({ length: 40 }, (_, n) => asking.ask(`hang-${n + 5}`)));
    const refused = [...first, ...next];
    expect(refused.map(({ status, code: told, answered }) => [status, told, answered])).toEqual(
      refused.map(() => [503, code, false]),
    );
    expect(await asking.received()).toBe(received);
    expect([await asking.probe('/livez'), await asking.probe('/readyz')]).toEqual([200, 503]);

    disk.heal();
    expect(await asking.ready()).toBe(200);
    const after = await asking.ask('after');
    expect(after).toMatchObject({ status: 200, answered: true });
    const { verdict, open, delivered, released } = await asking.end(
      [before, after, ...refused].map(({ trail }) => trail),
    );
    expect({ ok: verdict.ok, open, delivered, released }).toEqual({
      ok: true,
      open: [],
      delivered: 2,
      released: 2,
    });
  }, 120_000);
});
