import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDataFolder } from '../src/config/product-folder.ts';
import { loadTasks } from '../src/retrieval/task-catalogue.ts';
import { isRecord } from '../src/vocabulary/fhir.ts';
import type { PartOptions } from './part.ts';
import { type Answer, Child, numberIn, textIn } from './processes/child.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A gateway in its own process, by the name under which its figures are printed. */
export interface GatewayUnderTest {
  /** `this`, or `against` for the other checkout. */
  readonly name: string;
  readonly process: Child;
  readonly url: string;
  readonly operations: string;
}

/** One question of the load: a task, for a patient for whom it is answered. */
export interface Question {
  readonly task: string;
  readonly body: string;
}

/** Everything a measured request needs: gateways, neighbours and load, each in a process of its own. */
export interface World {
  readonly gateways: readonly GatewayUnderTest[];
  readonly neighbours: Child;
  readonly load: Child;
  readonly token: string;
  readonly modelUrl: string;
  readonly questions: readonly Question[];
  /** What the model was sent since the last call, for replaying; forgets it. */
  received(): Promise<readonly string[]>;
  /** What the model answers next, in order. */
  script(replies: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

const prompt = 'Please summarise what the record says for this task.';

const questionFor = (task: string, patient: string): Question => ({
  task,
  body: JSON.stringify({
    messages: [{ role: 'user', content: prompt }],
    phi: { patient, task, purpose: 'TREAT' },
  }),
});

async function startOne(
  name: string,
  bench: string,
  options: PartOptions,
  at: Answer,
): Promise<GatewayUnderTest> {
  const profile =
    options.profile === undefined
      ? []
      : [
          '--cpu-prof',
          `--cpu-prof-dir=${options.profile}`,
          `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`,
        ];
  const child = new Child(join(bench, 'processes', 'gateway.js'), ['--expose-gc', ...profile]);
  const ready = await child.ask('start', at);
  return { name, process: child, url: textIn(ready, 'url'), operations: textIn(ready, 'operations') };
}

/** One request, its answer thrown away; answers the status. */
export async function post(url: string, token: string, body: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

export const chatOf = (gateway: GatewayUnderTest): string => `${gateway.url}/v1/chat/completions`;

/** The first patient for whom each task is answered: a bench of refusals would measure refusals. */
async function findQuestions(url: string, token: string, patients: unknown): Promise<readonly Question[]> {
  const ids = Array.isArray(patients) ? patients.filter(isRecord).map(({ id }) => String(id)) : [];
  const questions: Question[] = [];
  for (const { name } of loadTasks(findDataFolder('tasks')).list()) {
    for (const id of ids) {
      const question = questionFor(name, id);
      if ((await post(url, token, question.body)) !== 200) continue;
      questions.push(question);
      break;
    }
  }
  if (questions.length === 0) throw new Error('no task is answered for anybody');
  return questions;
}

export async function startWorld(options: PartOptions): Promise<World> {
  const children: Child[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.stop();
  };
  try {
    const neighbours = new Child(join(here, 'processes', 'neighbours.js'));
    children.push(neighbours);
    const at = await neighbours.ask('start');
    const folders = [
      ['this', here],
      ...(options.against === undefined ? [] : [['against', join(options.against, 'dist', 'bench')]]),
    ];
    const gateways: GatewayUnderTest[] = [];
    for (const [name = '', folder = ''] of folders) {
      const gateway = await startOne(name, folder, options, at);
      children.push(gateway.process);
      gateways.push(gateway);
      await neighbours.ask('follow', { gateway: gateway.url });
    }
    const load = new Child(join(here, 'processes', 'load.js'));
    children.push(load);
    const token = textIn(await neighbours.ask('token'), 'token');
    const [first] = gateways;
    if (first === undefined) throw new Error('no gateway');
    const questions = await findQuestions(chatOf(first), token, at['patients']);
    const control = textIn(at, 'control');
    return {
      gateways,
      neighbours,
      load,
      token,
      questions,
      modelUrl: `${textIn(at, 'model')}/chat/completions`,
      async received() {
        const list: unknown = await (await fetch(`${control}/__received`)).json();
        await fetch(`${control}/__received`, { method: 'DELETE' });
        return Array.isArray(list)
          ? list.filter(isRecord).map(({ body }) => (typeof body === 'string' ? body : JSON.stringify(body)))
          : [];
      },
      async script(replies) {
        await fetch(`${control}/__script`, { method: 'POST', body: JSON.stringify(replies) });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a gateway's process has used, as numbers. */
export interface Usage {
  /** Microseconds of CPU, all threads. */
  readonly cpu: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly loopP99: number;
  readonly loopMax: number;
  readonly utilization: number;
}

export async function usageOf(gateway: GatewayUnderTest): Promise<Usage> {
  const told = await gateway.process.ask('usage');
  return {
    cpu: numberIn(told, 'cpu'),
    rss: numberIn(told, 'rss'),
    heapUsed: numberIn(told, 'heapUsed'),
    loopP99: numberIn(told, 'loopP99'),
    loopMax: numberIn(told, 'loopMax'),
    utilization: numberIn(told, 'utilization'),
  };
}
