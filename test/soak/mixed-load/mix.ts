import { setTimeout as delay } from 'node:timers/promises';
import { Agent, fetch, type RequestInit } from 'undici';
import { type FaultKind, faultKinds } from '../../../sandbox/fhir/faults.ts';
import type { AccountName } from '../../../sandbox/oidc/accounts.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import type { Dice } from '../../fixtures/honest-log.ts';
import { codeOf } from '../../integration/hardening/bad-input.ts';
import { type Play, patience } from '../../integration/hardening/model-double.ts';
import { modelInputs } from '../../integration/hardening/model-inputs.ts';
import { habitNames, parrot } from '../../leak/parrot.ts';
import type { World } from './world.ts';

/** What one call of the load came to. */
export interface Told {
  /** 0 where the caller went away before the answer. */
  readonly status: number;
  readonly code: string;
  readonly text: string;
  /** Whose answer it may be; undefined where the answer may be about nobody. */
  readonly patient: string | undefined;
}

export type Action = (world: World, dice: Dice) => Promise<Told>;

const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

/** A stream that was ended says so in its last frame. */
const streamError = (text: string): string | undefined => /"code":"(\w+)"/.exec(text.slice(-2000))?.[1];

/** Lets a connection go before the gateway does: a request must not meet a closing one. */
const connections = new Agent({ keepAliveTimeout: 1000, keepAliveMaxTimeout: 1000 });

async function call(
  world: World,
  path: string,
  init: RequestInit,
  patient: string | undefined,
): Promise<Told> {
  const response = await fetch(`${world.url}${path}`, { ...init, dispatcher: connections });
  const text = await response.text();
  const cut = text.includes('event: error') ? streamError(text) : undefined;
  const code = cut ?? (response.ok ? 'ok' : String(codeOf(parsed(text))));
  return { status: response.status, code, text, patient };
}

interface Asked {
  readonly user?: AccountName;
  readonly patient?: string;
  readonly task?: string;
  readonly question?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly phi?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

const questions = [
  'What does the record say for this task?',
  'What is the latest LDL?',
  'Please summarise, and name the dates.',
  'Was bedeutet das? Réponds en français, s’il te plaît.',
];

async function ask(world: World, dice: Dice, asked: Asked = {}): Promise<Told> {
  const patient = asked.patient ?? pick(world.patients, dice)?.id ?? '';
  const name = world.patients.find(({ id }) => id === patient)?.name ?? '';
  const question = asked.question ?? pick([...questions, `How is ${name}?`], dice);
  return call(
    world,
    '/v1/chat/completions',
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await world.token(asked.user ?? 'clinician')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        model: dice(4) === 0 ? 'sandbox-extractive' : 'double',
        messages: [{ role: 'user', content: question }],
        phi: { patient, task: asked.task ?? pick(world.tasks, dice), purpose: 'TREAT', ...asked.phi },
        ...asked.body,
      }),
      ...(asked.signal === undefined ? {} : { signal: asked.signal }),
    },
    patient,
  );
}

/** Three questions in one conversation; each brings along what was said before, clear as the caller read it. */
async function converse(world: World, dice: Dice): Promise<Told> {
  const patient = pick(world.patients, dice)?.id ?? '';
  const conversation = `soak-${dice(1 << 30)}`;
  const messages: { role: string; content: string }[] = [];
  let told: Told | undefined;
  for (let turn = 0; turn < 3; turn += 1) {
    messages.push({ role: 'user', content: pick(questions, dice) ?? '' });
    told = await ask(world, dice, { patient, phi: { conversation }, body: { messages } });
    if (told.status !== 200) break;
    messages.push({ role: 'assistant', content: contentOf(parsed(told.text)) });
  }
  return told ?? { status: 0, code: 'none', text: '', patient };
}

/** The caller leaves at any moment: before the answer, within it, or just after. */
async function leave(world: World, dice: Dice): Promise<Told> {
  const leaving = new AbortController();
  const patient = pick(world.patients, dice)?.id ?? '';
  const timer = setTimeout(() => leaving.abort(), dice(400));
  try {
    return await ask(world, dice, { patient, body: { stream: dice(2) === 0 }, signal: leaving.signal });
  } catch (thrown) {
    if (!leaving.signal.aborted) throw thrown;
    return { status: 0, code: 'left', text: '', patient };
  } finally {
    clearTimeout(timer);
  }
}

const isFault = (text: string): text is FaultKind => Object.hasOwn(faultKinds, text);
const faultValues: Partial<Readonly<Record<FaultKind, string | number>>> = {
  slow: patience,
  oversized: 4_000_000,
  redirect: 'http://127.0.0.1:9/',
};

async function failingRecord(world: World, dice: Dice): Promise<Told> {
  const fault = pick(Object.keys(faultKinds).filter(isFault), dice) ?? 'html';
  const value = faultValues[fault];
  await world.faults([{ fault, when: {}, times: 1 + dice(2), ...(value === undefined ? {} : { value }) }]);
  return ask(world, dice);
}

const form = (token: string, fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** Exchange, one question by the delegated token, introspection, revocation, and the question that comes too late. */
async function exchange(world: World, dice: Dice): Promise<Told> {
  const user = await world.token('clinician');
  const patient = pick(world.patients, dice)?.id ?? '';
  const granted = await call(
    world,
    '/oauth/token',
    form(user, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: user,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([
        { type: 'phi_access', patient, task: pick(world.tasks, dice), purpose: 'TREAT' },
      ]),
    }),
    patient,
  );
  const token = parsed(granted.text)['access_token'];
  if (typeof token !== 'string') return granted;
  const question = (): Promise<Told> =>
    call(
      world,
      '/v1/chat/completions',
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messages: [{ role: 'user', content: questions[0] }] }),
      },
      patient,
    );
  await question();
  await call(world, '/oauth/introspect', form(user, { token }), patient);
  await call(world, '/oauth/revoke', form(user, { token }), patient);
  const late = await question();
  return late.status === 200 ? { ...late, code: 'answered_after_revocation', status: 599 } : late;
}

async function read(world: World, dice: Dice): Promise<Told> {
  const path = pick(
    ['/v1/tasks', '/v1/models', '/v1/checkpoints', '/openapi.json', '/v1/trails/none', '/nowhere'],
    dice,
  );
  const user = pick(['clinician', 'compliance', 'nurse'] as const, dice) ?? 'clinician';
  return call(
    world,
    path ?? '/',
    { headers: { authorization: `Bearer ${await world.token(user)}` } },
    undefined,
  );
}

/** Ask, then read the trail of it and its proof. */
async function readTrail(world: World, dice: Dice): Promise<Told> {
  const told = await ask(world, dice);
  const trail = /"trail":"([0-9a-f-]{36})"/.exec(told.text)?.[1];
  if (trail === undefined) return told;
  const headers = { authorization: `Bearer ${await world.token('compliance')}` };
  await delay(1200);
  await call(world, `/v1/trails/${trail}/proof`, { headers }, told.patient);
  return call(world, `/v1/trails/${trail}`, { headers }, told.patient);
}

const malformed = ['{', '[]', '{"messages":[]}', '{"messages":[{"role":"user","content":1}]}', '\u0000'];

async function garbage(world: World, dice: Dice): Promise<Told> {
  const token = pick([await world.token('clinician'), 'x.y.z', `${await world.token('nurse')}x`], dice) ?? '';
  return call(
    world,
    '/v1/chat/completions',
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: pick(malformed, dice) ?? '',
    },
    undefined,
  );
}

/** The load: what is done, and how often in a hundred. */
export const mix: Readonly<Record<string, { readonly weight: number; readonly run: Action }>> = {
  asked: { weight: 34, run: ask },
  streamed: {
    weight: 18,
    run: (world, dice) =>
      ask(world, dice, { body: { stream: true, stream_options: { include_usage: true } } }),
  },
  conversation: { weight: 8, run: converse },
  'caller leaves': { weight: 8, run: leave },
  'record fails': { weight: 8, run: failingRecord },
  'token exchange': { weight: 4, run: exchange },
  'trail read': { weight: 4, run: readTrail },
  'page read': { weight: 3, run: read },
  'stranger asks': { weight: 4, run: (world, dice) => ask(world, dice, { user: 'outsider' }) },
  'unknown patient': { weight: 2, run: (world, dice) => ask(world, dice, { patient: `p-${dice(1 << 30)}` }) },
  'unknown task': { weight: 2, run: (world, dice) => ask(world, dice, { task: 'no.such.task' }) },
  'unknown member': { weight: 2, run: (world, dice) => ask(world, dice, { body: { metadata: { a: 1 } } }) },
  garbage: { weight: 3, run: garbage },
};

/** One action by weight. */
export function draw(dice: Dice): readonly [name: string, run: Action] {
  const rows = Object.entries(mix);
  let at = dice(rows.reduce((sum, [, { weight }]) => sum + weight, 0));
  for (const [name, { weight, run }] of rows) {
    if (at < weight) return [name, run];
    at -= weight;
  }
  return ['asked', ask];
}

/** The double: mostly a model at its worst that answers, one time in eight one that fails. */
export const playOf =
  (dice: Dice): Play =>
  (response, request) => {
    const failing = dice(8) === 0 ? pick(modelInputs, dice) : undefined;
    const play = failing?.play ?? parrot(pick(habitNames, dice) ?? '');
    play(response, request);
  };
