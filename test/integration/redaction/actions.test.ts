import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { send } from '../faces/positions.ts';

const folder = mkdtempSync(join(tmpdir(), 'actions-'));
const south = `id: south
title: South Hospital
covers: what hipaa-safe-harbor covers
extends: hipaa-safe-harbor
actions: { PHONE: remove, C: generalise }
tasks:
  vitals.recent:
    actions: { DATE: remove, PERSON: remove }
`;

/** A gateway with the pack of this site beside the others. */
function startWith(pack: string, ...others: readonly string[]): Promise<SandboxUnderTest> {
  const file = join(folder, 'south.yaml');
  writeFileSync(file, pack);
  return SandboxUnderTest.start({
    configure: (config) => ({ ...config, redaction: { ...config.redaction, packs: [file, ...others] } }),
  });
}
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A token of anything but a person; the instructions show one of nobody. */
const ofOthers = /\[\[(?:DATE|AGE|PLACE|ORG|PHONE|EMAIL|ID|URL)-(?!X{8})/;
const question =
  'Mr. Zebulon Quackenbush called from 919-555-0173 on March 3, 2025, aged 93. What is the latest?';

describe('the actions of a site pack', () => {
  let sandbox: SandboxUnderTest;
  beforeAll(async () => {
    sandbox = await startWith(south);
  }, 60_000);
  afterAll(() => sandbox.close());

  const sent = async (): Promise<string> => JSON.stringify((await sandbox.received()).at(-1)?.body);
  const told = async (trail: string): Promise<string> =>
    (await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'))).text;

  test('reach caller’s text and record, and the trail counts them', async () => {
    const { status, trail } = await sandbox.ask({ question });
    expect(status).toBe(200);
    const body = await sent();
    expect(body).toMatch(
      /Mr\. \[\[PERSON-[0-9A-Z]{8}\]\] called from \(phone number removed\) on 2025, aged 90\+\./,
    );
    expect(body).not.toMatch(ofOthers);
    expect(body).toMatch(/\| [a-z ]+: 20\d\d[ |\\]/);
    const facts = await told(trail);
    expect(facts).toMatch(/"generalised\.AGE":1,"generalised\.DATE":[1-9]/);
    expect(facts).toContain('"removed.PHONE":1');
    expect(facts).not.toContain('"tokens.DATE"');
  }, 30_000);

  test('for one task go further', async () => {
    const { status, trail } = await sandbox.ask({ task: 'vitals.recent', question });
    expect(status).toBe(200);
    expect(await sent()).toContain(
      'Mr. (person removed) called from (phone number removed) on (date removed), aged 90+.',
    );
    expect(await told(trail)).toContain('"removed.PERSON":1');
  }, 30_000);

  test('leave an answer that repeats them as it is', async () => {
    const said = 'He called from (phone number removed) in 2025, aged 90+; the LDL is the latest [O1].';
    await sandbox.script([{ chunks: [said] }]);
    const reply = await sandbox.ask({ question });
    expect(reply.status).toBe(200);
    expect(contentOf(reply.body)).toContain(said);
  }, 30_000);

  test('a token of one task is none of another that removes its kind', async () => {
    const conversation = 'from-task-to-task';
    await sandbox.ask({ question, phi: { conversation } });
    const token = /\[\[PERSON-[0-9A-Z]{8}\]\]/.exec(await sent())?.[0] ?? '';
    expect(token).not.toBe('');
    const again = `Who is ${token}?`;
    await sandbox.ask({ question: again, phi: { conversation } });
    expect(await sent()).toContain(again);
    await sandbox.ask({ task: 'vitals.recent', question: again, phi: { conversation } });
    // Inert, or hidden as a number where its letters and digits happen to look like one.
    expect(await sent()).not.toContain(token);
  }, 30_000);

  test('a context says how it was altered', async () => {
    const reply = await send(sandbox, '/v1/context', {});
    expect(reply.status).toBe(200);
    const context = isRecord(reply.body['context']) ? reply.body['context'] : {};
    expect(String(context['text'])).not.toContain('[[DATE-');
    expect(JSON.stringify(context['security'])).toContain('ABSTRED');
  }, 30_000);
});

test('in force with strict, the stricter of both holds', async () => {
  const sandbox = await startWith(south, 'strict');
  try {
    const { status } = await sandbox.ask({ question });
    expect(status).toBe(200);
    const body = JSON.stringify((await sandbox.received()).at(-1)?.body);
    expect(body).toMatch(
      /Mr\. \[\[PERSON-[0-9A-Z]{8}\]\] called from \(phone number removed\) on \(date removed\), aged \(age removed\)\./,
    );
    expect(body).not.toMatch(ofOthers);
  } finally {
    await sandbox.close();
  }
}, 90_000);

test('a pack that names a task which there is not keeps a gateway from starting', async () => {
  await expect(startWith(south.replace('vitals.recent', 'vitals.recents'))).rejects.toThrow(
    /south\.yaml, line 7: there is no task vitals\.recents/,
  );
}, 60_000);
