import { setTimeout as delay } from 'node:timers/promises';
import type { Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

/** Headers that are dates, times or ids of the one request. */
const ownHeaders = new Set(['date', 'phi-trail', 'server-timing', 'content-length']);

/** Trail ids, leaves, sequence numbers, clock times and what is left of a lifetime, each replaced by its name. */
const withoutIds = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, 'TRAIL')
    .replace(/"receipt":\{[^{}]*\}/g, '"receipt":"RECEIPT"')
    .replace(/"(seq|at|created|lifetime)":\d+/g, '"$1":0');

const delta = /"delta":\{"content":("(?:[^"\\]|\\.)+")\}/;
const beginning =
  /(?:\{[^{}]*"event":"response\.(?:checked|released)"(?:[^{}]|\{[^{}]*\})*\},)+(?=\{[^{}]*"event":"response\.generated")/g;

/** A stream as the text that it spells: into how many pieces, and how early they leave, is the model's pace. */
function withoutPace(text: string): string {
  const events = text.split('\n\n');
  const said = events.flatMap((event): unknown[] => {
    const spelled = delta.exec(event)?.[1];
    return spelled === undefined ? [] : [JSON.parse(spelled)];
  });
  const others = events.filter((event) => !delta.test(event));
  return [...others, said.join('')].join('\n\n').replace(beginning, '');
}

/** Everything that one answer tells whoever asked: status, headers, body. */
export const toldBy = (reply: Reply) => ({
  status: reply.status,
  headers: Object.fromEntries([...reply.headers].filter(([name]) => !ownHeaders.has(name))),
  body: withoutPace(withoutIds(reply.text)),
});

export interface Question {
  readonly user: string;
  readonly patient: string;
  readonly task: string;
  readonly stream: boolean;
  readonly delegated?: boolean;
}

/** The asker's view of a trail, once its last event is there: it is written after the last byte has left. */
async function settledTrail(sandbox: SandboxUnderTest, trail: string, token: string) {
  for (let tries = 0; ; tries += 1) {
    const reply = await sandbox.call(`/v1/trails/${trail}`, token);
    if (reply.body['outcome'] !== 'open' || tries > 100) return toldBy(reply);
    await delay(10);
  }
}

/** The own question by the user's token and, where wished, by a delegated one, with the asker's view of each trail. */
export async function everythingTold(sandbox: SandboxUnderTest, asked: Question) {
  const token = await sandbox.token(asked.user);
  const { patient, task, stream } = asked;
  const view = (trail: string) => settledTrail(sandbox, trail, token);
  const answer = await sandbox.ask({ token, patient, task, stream });
  const own = { answer: toldBy(answer), trail: await view(answer.trail) };
  if (asked.delegated !== true) return own;
  const exchanged = await sandbox.call('/oauth/token', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([{ type: 'phi_access', patient, task, purpose: 'TREAT' }]),
    }).toString(),
  });
  const delegated = String(exchanged.body['access_token']);
  const second = await sandbox.ask({ token: delegated, phi: null, stream });
  return {
    ...own,
    exchange: {
      status: exchanged.status,
      members: Object.keys(exchanged.body),
      // Handles are sealed anew each time; their length follows from the id that was asked for.
      length: delegated.length,
      trail: await view(exchanged.trail),
    },
    second: toldBy(second),
    secondTrail: await view(second.trail),
  };
}
