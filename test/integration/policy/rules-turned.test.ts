import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { codeOf, endedTrail, storedTrail } from '../hardening/bad-input.ts';
import {
  answers,
  completion,
  hurried,
  type ModelDouble,
  startModelDouble,
} from '../hardening/model-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'phi-rules-'));
let double: ModelDouble;
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  for (const name of ['policies', 'tasks'] as const)
    cpSync(findDataFolder(name), join(folder, name), { recursive: true });
  double = await startModelDouble();
  double.play = answers(completion('Here it is.'));
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...hurried({ double: double.baseUrl }, 30_000)(config),
      rules: { directory: folder },
    }),
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await double.close();
  rmSync(folder, { recursive: true, force: true });
});

const services = () => sandbox.running.gateway.gateway.services;
const file = (name: string): string => join(folder, name);
const rewrite = (name: string, change: (text: string) => string): void =>
  writeFileSync(file(name), change(readFileSync(file(name), 'utf8')));
const newest = async () => services().trail.newest('release.', () => true);

/** Waits for the next event about the release, and answers it: what it says is in force soon after. */
async function next(after: number | undefined) {
  for (let n = 0; n < 200; n += 1) {
    const event = await newest();
    if (event !== undefined && event.seq !== after && isInForce(event)) return event;
    await delay(50);
  }
  throw new Error('the rules were not read again');
}
const isInForce = ({ event, facts }: NonNullable<Awaited<ReturnType<typeof newest>>>): boolean =>
  event !== 'release.changed' || facts['releaseHash'] === services().release.releaseHash;
const releaseOf = async (trail: string): Promise<unknown> =>
  (await storedTrail(sandbox, trail))
    .map((event) => ('facts' in event ? event.facts : undefined))
    .map((facts) =>
      typeof facts === 'object' && facts !== null && 'releaseHash' in facts ? facts.releaseHash : undefined,
    )
    .find((hash) => hash !== undefined);

const ask = (task = 'cholesterol.latest') => sandbox.ask({ task, body: { model: 'double' } });

describe('policies and tasks that change while the gateway runs', () => {
  it('a changed task is in force for the next question, and on the trail before it', async () => {
    const before = services().release.releaseHash;
    double.received.length = 0;
    rewrite('tasks/cholesterol.latest.yaml', (text) =>
      text.replace(/^instructions: .*$/m, (line) => `${line}\n  Answer in one line of verse.`),
    );
    const event = await next(undefined);
    expect(event).toMatchObject({ event: 'release.changed', tenant: '-', facts: { previous: before } });
    const { releaseHash } = services().release;
    expect(releaseHash).not.toBe(before);
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(double.received.join('\n')).toContain('one line of verse');
    expect(await releaseOf(reply.trail)).toBe(releaseHash);
  });

  it('a request goes on by the rules that it began with', async () => {
    const event = await newest();
    const before = services().release.releaseHash;
    let speak: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      double.play = (response, request) => {
        speak = () => answers(completion('Here it is.'))(response, request);
        resolve();
      };
    });
    const underWay = sandbox.ask({ body: { model: 'double' } });
    await asked;
    rewrite('policies/limits.cedar', (text) => `${text}\n// Nothing else.\n`);
    await next(event?.seq);
    expect(services().release.releaseHash).not.toBe(before);
    speak?.();
    const reply = await underWay;
    double.play = answers(completion('Here it is.'));
    expect(reply.status).toBe(200);
    const ended = await endedTrail(sandbox, reply.trail);
    expect(ended.at(-1)?.event).toBe('response.delivered');
    expect(await releaseOf(reply.trail)).toBe(before);
  });

  it.each([
    [
      'a task without steps',
      'tasks/allergies.yaml',
      (text: string) => text.replace(/^steps:[\s\S]*?^keep:/m, 'steps: []\nkeep:'),
    ],
    ['a task that is no YAML', 'tasks/allergies.yaml', (text: string) => `${text}\n  : : [`],
    ['a policy that is no Cedar', 'policies/limits.cedar', (text: string) => `${text}\nforbid everything;`],
    [
      'a policy that lets everybody in',
      'policies/limits.cedar',
      () => '@id("all")\n@reason("all")\npermit (principal, action, resource);\n',
    ],
  ])('%s is refused: what was in force stays, and the trail says so', async (_name, name, spoil) => {
    const event = await newest();
    const { policyHash } = services().policy;
    const { releaseHash } = services().release;
    const good = readFileSync(file(name), 'utf8');
    rewrite(name, spoil);
    expect(await next(event?.seq)).toMatchObject({ event: 'release.refused', tenant: '-' });
    expect([services().policy.policyHash, services().release.releaseHash]).toEqual([policyHash, releaseHash]);
    expect((await ask()).status).toBe(200);
    expect((await ask('allergies')).status).toBe(200);
    writeFileSync(file(name), good);
    await delay(400);
    expect((await newest())?.event).toBe('release.refused');
  });

  it('a policy that forbids counts at once for whoever asks next', async () => {
    const event = await newest();
    rewrite(
      'policies/limits.cedar',
      (text) => `${text}
@id("closed-today")
@reason("nobody may ask today")
forbid (
  principal,
  action in [PhiGateway::Action::"ask", PhiGateway::Action::"context"],
  resource
);
`,
    );
    const changed = await next(event?.seq);
    expect(changed.event).toBe('release.changed');
    const reply = await ask();
    expect([reply.status, codeOf(reply.body)]).toEqual([403, 'access_denied']);
  });

  it('nothing comes into force that the trail has not', async () => {
    const { releaseHash } = services().release;
    const { trail } = services();
    const append = trail.append.bind(trail);
    trail.append = () => Promise.reject(new Error('the disk is full'));
    rewrite('tasks/allergies.yaml', (text) => `${text}\n# a remark\n`);
    await delay(600);
    expect(services().release.releaseHash).toBe(releaseHash);
    trail.append = append;
    rewrite('tasks/allergies.yaml', (text) => `${text}\n# another remark\n`);
    for (let n = 0; n < 200 && services().release.releaseHash === releaseHash; n += 1) await delay(50);
    expect(services().release.releaseHash).not.toBe(releaseHash);
    await services().transparency.settle();
    expect(verifyTrail(sandbox.ready.dataDir)).toMatchObject({ ok: true });
  });
});
