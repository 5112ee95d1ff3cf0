import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type AskOptions, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

jest.setTimeout(120_000);

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => sandbox.forgetReceived());

/** Nobody in the record, so that only the turn that says the name issues a token for it. */
const stranger = 'Zebulon Quackenbush';
const spoken = `Mr. ${stranger} called. What is new?`;
const json = { 'content-type': 'application/json' };

const sent = async (): Promise<string> => String((await sandbox.received()).at(-1)?.body);
const tokenIn = (text: string): string => {
  const [, token = ''] = /Mr\. (\[\[PERSON-[0-9A-Z]{8}\]\]) called/.exec(text) ?? [];
  expect(token).not.toBe('');
  return token;
};

/** A turn that says the name; the token that stood for it. */
async function firstTurn(more: AskOptions): Promise<string> {
  expect((await sandbox.ask({ question: spoken, ...more })).status).toBe(200);
  return tokenIn(await sent());
}

const known = { status: 200, shown: true, revealed: true };
const inert = { status: 200, shown: false, revealed: false };

/** What a later turn makes of a token: in the history that the caller sends along, and in the answer of the model. */
async function laterTurn(token: string, more: AskOptions): Promise<typeof known> {
  await sandbox.script([{ chunks: [`It was ${token} who called.`] }]);
  const { status, body } = await sandbox.ask({
    ...more,
    body: {
      messages: [
        { role: 'user', content: 'Who called?' },
        { role: 'assistant', content: `It was ${token}.` },
        { role: 'user', content: 'Are you sure?' },
      ],
    },
  });
  return {
    status,
    shown: (await sent()).includes(`It was ${token}.`),
    revealed: contentOf(body).includes(stranger),
  };
}

describe('a conversation that goes on', () => {
  const phi = { conversation: 'goes-on' };

  it('under the same task knows its tokens; under another nothing is refused and they mean nothing', async () => {
    const token = await firstTurn({ phi });
    expect(await laterTurn(token, { phi })).toEqual(known);
    expect(await laterTurn(token, { phi, task: 'allergies' })).toEqual(inert);
    // The same words have another token there, and coming back is no loss.
    expect(await firstTurn({ phi, task: 'allergies' })).not.toBe(token);
    expect(await laterTurn(token, { phi })).toEqual(known);
  });

  it('after a sign-in of another class means nothing, after one of the same class it does', async () => {
    const { audience: resource, issuer, users } = sandbox.ready;
    const { password = '', username } = users.find(({ role }) => role === 'physician') ?? { username: '' };
    const by = async (factor: 'pwd' | 'mfa'): Promise<{ token: string }> => {
      const acrValues = `urn:phi-gateway:acr:${factor}`;
      const asked = { issuer, username, password, clientId: 'phi-cli', resource, acrValues };
      return { token: (await signIn(asked)).accessToken };
    };
    const token = await firstTurn({ phi, ...(await by('pwd')) });
    expect(await laterTurn(token, { phi, ...(await by('pwd')) })).toEqual(known);
    expect(await laterTurn(token, { phi, ...(await by('mfa')) })).toEqual(inert);
  });

  it('in a pipeline of its own is another one than what the model here was asked', async () => {
    const asked = { patient: sandbox.ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' };
    const bearer = await sandbox.token('clinician');
    const post = (path: string, body: object) =>
      sandbox.call(path, bearer, { method: 'POST', headers: json, body: JSON.stringify(body) });
    const context = async (query: string) => {
      const { body, status } = await post('/v1/context', { phi: { ...asked, ...phi }, query });
      expect(status).toBe(200);
      return body;
    };
    const fromAsk = await firstTurn({ phi });
    const taken = await context(`Is ${fromAsk} mentioned?`);
    const of: unknown = taken['context'];
    const { id, text } = Object(of);
    const [date = ''] = /\[\[DATE-[0-9A-Z]{8} day \d+\]\]/.exec(String(text)) ?? [];
    expect(date).not.toBe('');
    // What the context showed is revealed in the answer to it, and nowhere else.
    const checked = await post('/v1/answers/check', {
      context: id,
      answer: `The result is of ${date}; ${fromAsk} called about it.`,
    });
    expect(checked.status).toBe(200);
    const answer = String(checked.body['answer']);
    expect(answer).toMatch(/The result is of \d{4}-\d{2}-\d{2};/);
    expect(answer).not.toContain(stranger);
    expect(answer).toContain('(unknown reference)');
    await sandbox.script([{ chunks: [`Seen on ${date}.`] }]);
    expect(contentOf((await sandbox.ask({ phi })).body)).toMatch(/Seen on (?!\d)/);
  });

  it('is an index for one task', async () => {
    const input = `${sandbox.ready.patients[0]?.name ?? ''} asked.`;
    const vector = async (task: string): Promise<unknown> => {
      const asked = { patient: sandbox.ready.patients[0]?.id, task, purpose: 'TREAT', ...phi };
      const { body } = await sandbox.call('/v1/embeddings', await sandbox.token('clinician'), {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ input, phi: asked }),
      });
      return Array.isArray(body['data']) ? body['data'][0] : undefined;
    };
    const first = await vector('cholesterol.latest');
    expect(first).toMatchObject({ index: 0 });
    expect(await vector('cholesterol.latest')).toEqual(first);
    expect(await vector('allergies')).not.toEqual(first);
  });
});

/** Scopes that the vault keeps, and their tokens, with the soonest end of any, in epoch milliseconds. */
function kept(): { scopes: number; tokens: number; ends: number } {
  const database = new Database(sandbox.ready.files.vault, { readonly: true });
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());
  try {
    return {
      scopes: count('SELECT count(*) FROM scope'),
      tokens: count('SELECT count(*) FROM token'),
      ends: count('SELECT min(expires) FROM scope'),
    };
  } finally {
    database.close();
  }
}

const grants = async (user: string, path: string, body?: object) =>
  sandbox.call(`/v1/grants${path}`, await sandbox.token(user), {
    method: 'POST',
    ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
  });

describe('a conversation under a grant', () => {
  const ticket = 'CASE-1';
  const phi = { conversation: 'granted', ticket };
  const turn: AskOptions = { user: 'support', task: 'support.case', purpose: 'HOPERAT', phi };
  const granted = async (): Promise<string> => {
    const { phi: _phi, question: _question, user: _user, ...of } = turn;
    const patient = sandbox.ready.patients[0]?.id;
    const id = String((await grants('support', '', { ...of, patient, ticket, minutes: 5 })).body['id']);
    expect((await grants('compliance', `/${id}/approve`)).status).toBe(200);
    return id;
  };

  it('dies with it: its tokens are gone at once, and mean nothing under the next one for the same ticket', async () => {
    const before = kept();
    const id = await granted();
    const token = await firstTurn(turn);
    expect((await laterTurn(token, turn)).shown).toBe(true);
    expect(kept().scopes).toBe(before.scopes + 1);
    expect((await grants('support', `/${id}/revoke`)).status).toBe(200);
    expect(kept()).toEqual(before);

    expect((await sandbox.ask(turn)).status).toBe(403);
    await granted();
    expect((await laterTurn(token, turn)).shown).toBe(false);
    expect(await firstTurn(turn)).not.toBe(token);
  });

  it('ends an answer under way with it, also where another one of the same terms is in force', async () => {
    const { grants: inForce } = sandbox.running.gateway.gateway.services;
    for (const { id } of await inForce.list(sandbox.ready.tenant)) await grants('support', `/${id}/revoke`);
    const first = await granted();
    await sandbox.script([{ delayMs: 1500, chunks: ['the scripted model said this'] }]);
    await sandbox.forgetReceived();
    const asked = sandbox.ask(turn);
    while ((await sandbox.received()).length === 0) await delay(10);
    await granted();
    expect((await grants('support', `/${first}/revoke`)).status).toBe(200);
    const reply = await asked;
    expect([reply.status, reply.text.includes('scripted')]).toEqual([403, false]);
    expect((await sandbox.ask(turn)).status).toBe(200);
  });

  it('keeps nothing for longer than it lasts', async () => {
    const from = Date.now();
    await firstTurn(turn);
    expect(kept().ends).toBeLessThanOrEqual(from + 5 * 60_000 + 2_000);
  });
});
