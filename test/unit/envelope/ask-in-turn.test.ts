import { describe, expect, test } from '@jest/globals';
import { askInTurn, EndpointDenied, type InTurn } from '../../../src/envelope/ask-in-turn.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { NoModelAnswer } from '../../../src/model/model-circuit.ts';

const silent = new NoModelAnswer('model_timeout', 'silent');
const busy = new NoModelAnswer('model_unavailable', 'busy');
const denied = new EndpointDenied('model_not_allowed');

/** What each endpoint comes to: an answer, or what is thrown when it is cleared for or asked. */
interface Played {
  readonly cleared?: Refusal;
  readonly asked?: string | Refusal;
}

/** Asks `first` and then the others of the table; says in order what was done. */
async function played(
  endpoints: Readonly<Record<string, Played>>,
  more: Partial<InTurn<string, string>> = {},
) {
  const [modelId = '', ...others] = Object.keys(endpoints);
  const steps: string[] = [];
  const came = askInTurn<string, string>({
    first: `bytes for ${modelId}`,
    modelId,
    others,
    signal: new AbortController().signal,
    ask: async (sent) => {
      steps.push(`sent ${sent}`);
      const { asked = 'an answer' } = endpoints[sent.replace('bytes for ', '')] ?? {};
      if (typeof asked === 'string') return asked;
      throw asked;
    },
    clearFor: async (other) => {
      steps.push(`cleared ${other}`);
      const { cleared } = endpoints[other] ?? {};
      if (cleared !== undefined) throw cleared;
      return `bytes for ${other}`;
    },
    note: (model, outcome) => {
      steps.push(`${model} ${outcome === 'answered' ? outcome : outcome.reason}`);
    },
    ...more,
  });
  const outcome = await came.catch((thrown: unknown) => thrown);
  return { outcome, steps };
}

describe('endpoints that are asked in turn', () => {
  test('nothing is cleared, decided or noted where the first one answers', async () => {
    expect(await played({ a: { asked: 'yes' }, b: {} })).toEqual({
      outcome: 'yes',
      steps: ['sent bytes for a'],
    });
  });

  test('the next one that policy allows is sent what was cleared for it, and nothing else is', async () => {
    const { outcome, steps } = await played({
      a: { asked: silent },
      b: { cleared: denied },
      c: { asked: busy },
      d: { asked: 'yes' },
    });
    expect(outcome).toBe('yes');
    expect(steps).toEqual([
      'sent bytes for a',
      'a model_timeout',
      'cleared b',
      'b model_not_allowed',
      'cleared c',
      'sent bytes for c',
      'c model_unavailable',
      'cleared d',
      'sent bytes for d',
      'd answered',
    ]);
  });

  test.each([
    ['all are silent', { a: { asked: silent }, b: { asked: busy } }],
    ['the only other is denied', { a: { asked: silent }, b: { cleared: denied } }],
    ['there is no other', { a: { asked: silent } }],
  ])('the error is that of the first where %s', async (_, endpoints) => {
    expect((await played(endpoints)).outcome).toBe(silent);
  });

  test('an endpoint without others is not noted: its end says it all', async () => {
    expect((await played({ a: { asked: silent } })).steps).toEqual(['sent bytes for a']);
  });

  test.each([
    'model_unavailable',
    'model_timeout',
    'model_malformed',
    'answer_blocked',
    'caller_gone',
  ] as const)(
    'a %s that is not silence is asked of nobody else, be it of the first or of the second',
    async (reason) => {
      const refusal = new Refusal(reason);
      expect(await played({ a: { asked: refusal }, b: {} })).toEqual({
        outcome: refusal,
        steps: ['sent bytes for a'],
      });
      const { outcome, steps } = await played({ a: { asked: busy }, b: { asked: refusal }, c: {} });
      expect(outcome).toBe(refusal);
      expect(steps.at(-1)).toBe('sent bytes for b');
    },
  );

  test.each(['egress_blocked', 'trail_unavailable', 'store_unavailable', 'policy_denied'] as const)(
    'a %s on the way to the second ends it, and nothing is sent there',
    async (reason) => {
      const refusal = new Refusal(reason);
      const { outcome, steps } = await played({ a: { asked: silent }, b: { cleared: refusal }, c: {} });
      expect(outcome).toBe(refusal);
      expect(steps.at(-1)).toBe('cleared b');
    },
  );

  test('a request that is over meanwhile asks nobody else, and ends as what ended it', async () => {
    const controller = new AbortController();
    const over = new Refusal('deadline_passed');
    const { outcome, steps } = await played(
      { a: { asked: silent }, b: {} },
      { signal: controller.signal, note: () => controller.abort(over) },
    );
    expect(outcome).toBe(over);
    expect(steps).toEqual(['sent bytes for a']);
  });
});
