import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { faultyDisk } from '../../fixtures/faulty-disk.ts';
import { ended, type SandboxProcess, startSandboxProcess } from '../../fixtures/product.ts';
import { codeOf } from './bad-input.ts';

const disk = faultyDisk();

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
  readonly #dataDir: string;
  readonly #told: Told[] = [];

  private constructor(process: SandboxProcess, token: string, dataDir: string) {
    this.#process = process;
    this.#token = token;
    this.#dataDir = dataDir;
  }

  static async start(env: Readonly<Record<string, string>>): Promise<Asking> {
    const dataDir = mkdtempSync(join(tmpdir(), 'phi-fsync-'));
    const begun = await startSandboxProcess(['--data', dataDir], env);
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
    const told = {
      status: response.status,
      code: codeOf(read),
      trail: response.headers.get('phi-trail') ?? '',
      answered: 'choices' in read,
    };
    this.#told.push(told);
    return told;
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

  /** Ends the process and reads what it left: the verdict, and which of all it told are released and delivered. */
  async end() {
    this.#process.child.kill('SIGTERM');
    await ended(this.#process.child);
    const trail = await openTrail(trailFile(this.#dataDir));
    try {
      const events = await Promise.all(this.#told.map(({ trail: id }) => trail.trail('sandbox', id)));
      return {
        verdict: verifyTrail(this.#dataDir),
        open: await trail.unfinished(),
        answered: this.#told.filter(({ answered }) => answered).length,
        released: events.filter((of) => of.some(({ event }) => event === 'response.released')).length,
        delivered: events.filter((of) => of.at(-1)?.event === 'response.delivered').length,
      };
    } finally {
      await trail.close();
    }
  }

  remove(): void {
    this.#process.child.kill('SIGKILL');
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

const files = [
  { file: 'audit.db', code: 'trail_unavailable' },
  { file: 'vault.db', code: 'store_unavailable' },
] as const;

/** One process meets every fault, one after the other. */
(disk === undefined ? describe.skip : describe)('fsync', () => {
  if (disk === undefined) return;
  let asking: Asking;
  beforeAll(async () => {
    disk.heal();
    asking = await Asking.start(disk.env);
  }, 60_000);
  afterAll(() => {
    asking.remove();
    disk.remove();
  });

  const answers = async (conversation: string): Promise<void> => {
    expect(await asking.ask(conversation)).toMatchObject({ status: 200, answered: true });
  };

  describe.each(files)('of $file', ({ file, code }) => {
    /** Nothing reached the model or a caller, the process lives, and is ready again when the disk is. */
    const closedUntilHealed = async (refused: readonly Told[], received: number): Promise<void> => {
      expect(refused.map(({ status, code: told, answered }) => [status, told, answered])).toEqual(
        refused.map(() => [503, code, false]),
      );
      expect(await asking.received()).toBe(received);
      expect([await asking.probe('/livez'), await asking.probe('/readyz')]).toEqual([200, 503]);

      disk.heal();
      expect(await asking.ready()).toBe(200);
    };

    it('fails: nothing is released, the process lives, and it goes on when the disk does', async () => {
      await answers(`${file}-before-failing`);
      expect(await asking.probe('/readyz')).toBe(200);
      const received = await asking.received();

      disk.set('fail', file);
      const refused: Told[] = [];
      for (let n = 0; n < 4; n += 1) refused.push(await asking.ask(`${file}-fail-${n}`));
      refused.push(...(await Promise.all([5, 6, 7, 8].map((n) => asking.ask(`${file}-fail-${n}`)))));
      await closedUntilHealed(refused, received);
      await answers(`${file}-after-failing`);
    }, 120_000);

    it('hangs: nothing is released, a caller is told in time, nothing piles up, and it goes on', async () => {
      await answers(`${file}-before-hanging`);
      expect(await asking.probe('/readyz')).toBe(200);
      const received = await asking.received();

      disk.set('hang', file);
      const first = await Promise.all([1, 2, 3, 4].map((n) => asking.ask(`${file}-hang-${n}`)));
      // The disk is known to hang now: whoever comes is told sooner.
      const next = await Promise.all(
        Array.from({ length: 40 }, (_, n) => asking.ask(`${file}-hang-${n + 5}`)),
      );
      const refused = [...first, ...next];
      await closedUntilHealed(refused, received);
      await answers(`${file}-after-hanging`);
    }, 120_000);
  });

  it('leaves a trail that verifies, with an end to every request and a release for each answer alone', async () => {
    const { verdict, ...left } = await asking.end();
    expect(verdict.ok).toBe(true);
    expect(left).toEqual({ open: [], answered: 8, released: 8, delivered: 8 });
  }, 60_000);
});
