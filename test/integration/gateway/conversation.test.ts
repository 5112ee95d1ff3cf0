import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentOf } from '../../fixtures/answer-content.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

/** Nobody in the record, so that only the turn that says the name issues a token for it. */
const stranger = 'Zebulon Quackenbush';
const opening = `Mr. ${stranger} called. What is the latest LDL?`;

/** What the model was sent last. */
async function sent(): Promise<string> {
  return String((await sandbox.received()).at(-1)?.body);
}

/** The token that stands for the stranger in what the model was sent last. */
async function strangersToken(): Promise<string> {
  const [, token = ''] = /Mr\. (\[\[PERSON-[0-9A-Z]{8}\]\]) called/.exec(await sent()) ?? [];
  expect(token).not.toBe('');
  return token;
}

async function firstTurn(
  conversation: string,
  more: Parameters<typeof sandbox.ask>[0] = {},
): Promise<string> {
  const reply = await sandbox.ask({ question: opening, phi: { conversation }, ...more });
  expect(reply.status).toBe(200);
  return strangersToken();
}

describe('a second turn', () => {
  it('reveals a token of the first one that the model repeats', async () => {
    const token = await firstTurn('talk-1');
    for (const written of [token, token.toLowerCase(), token.replaceAll('[', '**[').replace(']]', ']]**')]) {
      await sandbox.script([{ chunks: [`It was ${written} who called.`] }]);
      const reply = await sandbox.ask({ question: 'Who called?', phi: { conversation: 'talk-1' } });
      expect(reply.status).toBe(200);
      expect(contentOf(reply.body)).toContain(stranger);
      expect(await sent()).not.toContain('Quackenbush');
    }
  });

  it('knows a token in the history that the caller sends along', async () => {
    const token = await firstTurn('talk-2');
    await sandbox.script([{ chunks: [`Yes, ${token}.`] }]);
    const reply = await sandbox.ask({
      phi: { conversation: 'talk-2' },
      body: {
        messages: [
          { role: 'user', content: 'Who called?' },
          { role: 'assistant', content: `It was ${token}.` },
          { role: 'user', content: 'Are you sure?' },
        ],
      },
    });
    expect(await sent()).toContain(`It was ${token}.`);
    expect(contentOf(reply.body)).toContain(`Yes, ${stranger}.`);
  });

  it('reveals dates of the first one, and another count as the day that it counts', async () => {
    await sandbox.ask({
      question: 'Seen on 2019-05-02. What is the latest LDL?',
      phi: { conversation: 'talk-3' },
    });
    const [, token = '', count = ''] =
      /Seen on (\[\[DATE-[0-9A-Z]{8} day (\d+)\]\])/.exec(await sent()) ?? [];
    const earlier = token.replace(/day \d+/, `day ${Number(count) - 30}`);
    await sandbox.script([
      { chunks: [`Taken on ${token}, asked for on ${earlier}, day one ${token.replace(count, '7')}.`] },
    ]);
    const reply = await sandbox.ask({ phi: { conversation: 'talk-3' } });
    const [, taken = '', asked = ''] =
      /^Taken on ([\d-]{10}), asked for on ([\d-]{10}) \(computed\), day one a date\./.exec(
        contentOf(reply.body),
      ) ?? [];
    expect(taken).toBe('2019-05-02');
    expect(Date.parse(taken) - Date.parse(asked)).toBe(30 * 86_400_000);
  });
});

/** What an answer with a foreign token must be: told, without the name and without the token. */
const inert = { status: 200, name: false, unknown: true, token: false };
const toldOf = (reply: Reply, token: string): typeof inert => ({
  status: reply.status,
  name: reply.text.includes('Quackenbush'),
  unknown: contentOf(reply.body).includes('(unknown reference)'),
  token: reply.text.includes(token),
});

describe('a token of elsewhere stays what it is', () => {
  const mine = { conversation: 'talk-4' };
  it('of another conversation, user or patient', async () => {
    const [, other = ''] = sandbox.ready.patients.map(({ id }) => id);
    const foreign = [
      await firstTurn('talk-5'),
      await firstTurn('talk-4', { user: 'nurse', task: 'problem.list' }),
      await firstTurn('talk-4', { patient: other }),
    ];
    for (const token of foreign) {
      await sandbox.script([{ chunks: [`It was ${token} who called.`] }]);
      expect(toldOf(await sandbox.ask({ question: 'Who called?', phi: mine }), token)).toEqual(inert);
    }
  });

  it('of a request without a conversation', async () => {
    await sandbox.ask({ question: opening });
    const token = await strangersToken();
    await sandbox.script([
      { chunks: [`It was ${token} who called.`] },
      { chunks: [`It was ${token} who called.`] },
    ]);
    expect(toldOf(await sandbox.ask({ question: 'Who called?' }), token)).toEqual(inert);
    expect(toldOf(await sandbox.ask({ question: 'Who called?', phi: mine }), token)).toEqual(inert);
  });

  it('in the history that a caller sends along, where the model never sees it', async () => {
    const token = await firstTurn('talk-6');
    const reply = await sandbox.ask({ question: `Who is ${token}?`, phi: mine });
    expect(reply.status).toBe(200);
    expect(await sent()).not.toContain(token);
  });
});
