import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChatOpenAI } from '@langchain/openai';
import { OpenAI as LlamaIndexOpenAI } from '@llamaindex/openai';
import { APICallError, generateText, streamText } from 'ai';
import { Settings } from 'llamaindex';
import OpenAI from 'openai';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { answers, hurried, type ModelDouble, startModelDouble } from '../hardening/model-double.ts';

let sandbox: SandboxUnderTest;
let broken: ModelDouble;
beforeAll(async () => {
  broken = await startModelDouble();
  broken.play = answers({ error: { message: 'x' } }, {}, 500);
  sandbox = await SandboxUnderTest.start({ configure: hurried({ broken: broken.baseUrl }, 30_000) });
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  await broken.close();
});

const question = 'What is the latest LDL?';

/** Counts what a client sends, and sends it on. */
class Counted {
  attempts = 0;
  readonly fetch: typeof fetch = (...request) => {
    this.attempts += 1;
    return fetch(...request);
  };
}

interface Asking {
  readonly key: string;
  readonly model: string;
  readonly counted: Counted;
  /** For clients that do not know `x-should-retry`; undefined leaves them at their own setting. */
  readonly maxRetries?: number;
}

/** One client: as its own documentation has it, with address and key, and what is asked about in headers. */
interface Client {
  readonly name: string;
  whole(asking: Asking): Promise<string>;
  stream(asking: Asking): Promise<string>;
}

const baseURL = () => `${sandbox.ready.gateway}/v1`;
const headers = () => ({
  'phi-patient': sandbox.ready.patients[0]?.id ?? '',
  'phi-task': 'cholesterol.latest',
  'phi-purpose': 'TREAT',
});

const openai = ({ counted, key }: Asking) =>
  new OpenAI({ baseURL: baseURL(), apiKey: key, defaultHeaders: headers(), fetch: counted.fetch });
const langchain = ({ counted, key, maxRetries, model }: Asking, useResponsesApi = false) =>
  new ChatOpenAI({
    model,
    apiKey: key,
    useResponsesApi,
    ...(maxRetries === undefined ? {} : { maxRetries }),
    configuration: { baseURL: baseURL(), defaultHeaders: headers(), fetch: counted.fetch },
  });
const aiSdk = ({ counted, key, model }: Asking) =>
  createOpenAICompatible({
    name: 'gateway',
    baseURL: baseURL(),
    apiKey: key,
    headers: headers(),
    fetch: counted.fetch,
  })(model);
const llamaIndex = ({ counted, key, model }: Asking) =>
  new LlamaIndexOpenAI({
    model,
    apiKey: key,
    additionalSessionOptions: { baseURL: baseURL(), defaultHeaders: headers(), fetch: counted.fetch },
  });

const joined = async (pieces: AsyncIterable<string>): Promise<string> => {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
};

async function* textsOf<T>(pieces: AsyncIterable<T>, textOf: (piece: T) => unknown): AsyncGenerator<string> {
  for await (const piece of pieces) {
    const text = textOf(piece);
    if (typeof text === 'string') yield text;
  }
}

const retriesOf = ({ maxRetries }: Asking) => (maxRetries === undefined ? {} : { maxRetries });
const messages = [{ role: 'user' as const, content: question }];

const throughLangchain = (name: string, useResponsesApi: boolean): Client => ({
  name,
  whole: async (asking) => (await langchain(asking, useResponsesApi).invoke(question)).text,
  stream: async (asking) =>
    joined(textsOf(await langchain(asking, useResponsesApi).stream(question), ({ text }) => text)),
});

const clients: readonly Client[] = [
  {
    name: 'openai',
    whole: async (asking) =>
      (await openai(asking).chat.completions.create({ model: asking.model, messages })).choices[0]?.message
        .content ?? '',
    stream: async (asking) =>
      joined(
        textsOf(
          await openai(asking).chat.completions.create({ model: asking.model, messages, stream: true }),
          ({ choices }) => choices[0]?.delta.content,
        ),
      ),
  },
  throughLangchain('@langchain/openai', false),
  throughLangchain('@langchain/openai by the Responses API', true),
  {
    name: 'ai with @ai-sdk/openai-compatible',
    whole: async (asking) =>
      (await generateText({ model: aiSdk(asking), prompt: question, ...retriesOf(asking) })).text,
    stream: async (asking) => {
      const failed: unknown[] = [];
      const { textStream } = streamText({
        model: aiSdk(asking),
        prompt: question,
        ...retriesOf(asking),
        onError: ({ error }) => {
          failed.push(error);
        },
      });
      const text = await joined(textStream);
      if (failed.length > 0) throw failed[0];
      return text;
    },
  },
  {
    name: 'llamaindex',
    whole: async (asking) => {
      Settings.llm = llamaIndex(asking);
      const { content } = (await Settings.llm.chat({ messages })).message;
      return typeof content === 'string' ? content : '';
    },
    stream: async (asking) => {
      Settings.llm = llamaIndex(asking);
      return joined(textsOf(await Settings.llm.chat({ messages, stream: true }), ({ delta }) => delta));
    },
  },
];

const asking = async (user = 'clinician', model = 'sandbox-extractive'): Promise<Asking> => ({
  key: await sandbox.token(user),
  model,
  counted: new Counted(),
});

/** The status that a client's error tells, whatever it calls it. */
const statusOf = (thrown: unknown): unknown => {
  if (APICallError.isInstance(thrown)) return thrown.statusCode;
  return thrown instanceof Error && 'status' in thrown ? thrown.status : thrown;
};
const failureOf = async (answer: Promise<string>): Promise<unknown> => {
  try {
    return `answered: ${await answer}`;
  } catch (thrown) {
    return thrown;
  }
};
/** The patient's name, said by the model: found by the checks only after the model was asked. */
const scriptLeak = () =>
  sandbox.script([{ chunks: ['The latest ', `LDL of ${sandbox.ready.patients[0]?.name ?? ''} is fine.`] }]);

describe.each(clients.map((client) => [client.name, client] as const))('%s', (_name, client) => {
  it('is answered, whole and as a stream with the same text', async () => {
    const whole = await client.whole(await asking());
    expect(whole).toMatch(/LDL/);
    expect(await client.stream(await asking())).toBe(whole);
  });

  it.each(['whole', 'stream'] as const)(
    'sees a refusal as a typed error after one attempt, %s',
    async (way) => {
      const outsider = await asking('outsider');
      expect(statusOf(await failureOf(client[way](outsider)))).toBe(403);
      expect(outsider.counted.attempts).toBe(1);
    },
  );

  it.each(['whole', 'stream'] as const)(
    'sees a blocked answer as a typed error after one attempt, %s',
    async (way) => {
      await scriptLeak();
      const one = await asking();
      expect(statusOf(await failureOf(client[way](one)))).toBe(403);
      expect(one.counted.attempts).toBe(1);
    },
  );

  it.each(['whole', 'stream'] as const)(
    'sees a model that fails as an error after one attempt, %s',
    async (way) => {
      const one = { ...(await asking('clinician', 'broken')), maxRetries: 0 };
      expect(statusOf(await failureOf(client[way](one)))).toBe(502);
      expect(one.counted.attempts).toBe(1);
    },
  );
});
