import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { ended, type SandboxProcess, startSandboxProcess } from '../../fixtures/product.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'phi-stop-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

interface Ended {
  readonly status: number;
  readonly trail: string;
  /** False where the connection broke inside an answer that had begun. */
  readonly whole: boolean;
}

async function tokenOf({ ready }: SandboxProcess): Promise<string> {
  const password = ready.users.find(({ username }) => username === 'clinician')?.password ?? '';
  const { accessToken } = await signIn({
    issuer: ready.issuer,
    username: 'clinician',
    password,
    clientId: 'phi-cli',
    resource: ready.audience,
  });
  return accessToken;
}

/** Asks until no connection is taken any more; answers how every request ended that got an answer. */
async function askUntilGone(
  { ready }: SandboxProcess,
  token: string,
  stream: boolean,
  all: Ended[] = [],
): Promise<readonly Ended[]> {
  for (;;) {
    let response: Response;
    try {
      response = await fetch(`${ready.gateway}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          messages: [{ role: 'user', content: 'What is the latest LDL?' }],
          stream,
          phi: { patient: ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
        }),
      });
    } catch {
      return all;
    }
    const { status } = response;
    const trail = response.headers.get('phi-trail') ?? '';
    const text = await response.text().catch(() => undefined);
    // A stream whose model is not done when time is up says so in an error frame.
    const complete = stream
      ? text?.endsWith('data: [DONE]\n\n') === true || text?.includes('\nevent: error\n') === true
      : text !== undefined;
    all.push({ status, trail, whole: text !== undefined && (status !== 200 || complete) });
  }
}

/** Refusals for shutting down that stand on the trail as a number. */
function countedRefusals(file: string): number {
  const database = new Database(file, { readonly: true });
  try {
    const payloads: unknown[] = database.prepare('SELECT payload FROM event').pluck().all();
    return payloads
      .map((payload): unknown => JSON.parse(String(payload)))
      .filter(isRecord)
      .filter(({ event, reason }) => event === 'strangers.refused' && reason === 'shutting_down')
      .reduce((sum, { facts }) => sum + Number(isRecord(facts) ? facts['count'] : 0), 0);
  } finally {
    database.close();
  }
}

describe('SIGTERM', () => {
  it('under load: what has begun is delivered, nothing is cut, the trail verifies, it ends in time', async () => {
    const sandbox = await startSandboxProcess(['--data', dataDir]);
    const token = await tokenOf(sandbox);
    const answered: Ended[] = [];
    const asking = Array.from({ length: 12 }, (_, n) => askUntilGone(sandbox, token, n % 2 === 0, answered));
    while (answered.length < 24) await delay(20);
    const began = performance.now();
    sandbox.child.kill('SIGTERM');
    await ended(sandbox.child);
    const took = performance.now() - began;
    await Promise.all(asking);
    const replies = answered;
    const trail = await openTrail(trailFile(dataDir));
    const ends = new Map<string, number>();
    for (const { status, trail: id } of replies) {
      const events = [...(await trail.trail(sandbox.ready.tenant, id)), ...(await trail.trail('-', id))];
      const last = `${status} ${events.at(-1)?.event ?? 'none'} ${events.at(-1)?.reason ?? ''}`.trim();
      ends.set(last, (ends.get(last) ?? 0) + 1);
    }
    const counted = countedRefusals(trailFile(dataDir));
    const open = await trail.unfinished();
    await trail.close();
    console.log(
      `SIGTERM under load: ${replies.length} answers, ended in ${Math.round(took)} ms: ${[...ends].join('; ')}`,
    );
    expect(sandbox.child.exitCode).toBe(0);
    expect(took).toBeLessThan(8000);
    expect(replies.filter(({ whole }) => !whole)).toEqual([]);
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(
      [...ends.keys()].filter(
        (end) =>
          !/^(200 response\.delivered|200 response\.aborted shutting_down|503 request\.denied shutting_down|503 response\.aborted shutting_down|503 none)$/.test(
            end,
          ),
      ),
    ).toEqual([]);
    // Beyond a number of them a minute, refusals of callers who were not looked at are counted.
    expect(counted).toBe(ends.get('503 none') ?? 0);
    expect(open).toEqual([]);
    expect(verifyTrail(dataDir)).toMatchObject({ ok: true });
  }, 120_000);

  it('twice: it ends at once, and the next start closes what was left', async () => {
    const sandbox = await startSandboxProcess(['--data', dataDir]);
    const token = await tokenOf(sandbox);
    await fetch(`${sandbox.ready.model}/__script`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ delayMs: 15_000 }]),
    });
    const asking = askUntilGone(sandbox, token, false);
    await delay(1500);
    sandbox.child.kill('SIGTERM');
    await delay(300);
    const began = performance.now();
    sandbox.child.kill('SIGTERM');
    await ended(sandbox.child);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(sandbox.child.exitCode).toBe(1);
    expect(await asking).toEqual([]);
    const next = await startSandboxProcess(['--data', dataDir]);
    next.child.kill('SIGTERM');
    await ended(next.child);
    const trail = await openTrail(trailFile(dataDir));
    expect(await trail.unfinished()).toEqual([]);
    await trail.close();
    expect(verifyTrail(dataDir)).toMatchObject({ ok: true });
  }, 120_000);
});
