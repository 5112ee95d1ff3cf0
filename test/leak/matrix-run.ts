import { isRecord } from '../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { positions, send } from '../integration/faces/positions.ts';
import { answers, completion, hurried } from '../integration/hardening/model-double.ts';
import { fieldInputs } from '../integration/hardening/model-inputs.ts';
import { type AskedAsEither, startEitherDouble } from './matrix-answers.ts';
import { type Failure, failures } from './matrix-failures.ts';
import { startPortkey } from './portkey.ts';

/** Kinds of identifiers for which both sides have rules; of no record. */
const plant = 'SSN 219-09-9999, quux.bar@example.org, (415) 555-0142';
const needles = ['219099999', 'quuxbarexampleorg', '4155550142'];

/** What a client puts together of a stream: the deltas of each kind in order. */
function joined(text: string): string {
  let all = '';
  for (const line of text.split('\n')) {
    if (!line.startsWith('data: {')) continue;
    const frame: unknown = JSON.parse(line.slice(6));
    const choices: unknown = isRecord(frame) ? frame['choices'] : undefined;
    const [choice]: unknown[] = Array.isArray(choices) ? choices : [];
    const delta: unknown = isRecord(choice) ? choice['delta'] : isRecord(frame) ? frame['delta'] : undefined;
    const content: unknown = isRecord(delta) ? delta['content'] : delta;
    if (typeof content === 'string') all += content;
  }
  return all;
}

/** Bytes of the planted identifiers that can be read in a text, however they are parted by signs. */
function clearBytes(text: string): number {
  const bare = [text, joined(text)].map((seen) => seen.replaceAll(/[^A-Za-z0-9]/g, ''));
  return needles.reduce(
    (sum, needle) => sum + (bare.some((seen) => seen.includes(needle)) ? needle.length : 0),
    0,
  );
}

export interface Cell {
  readonly position: string;
  readonly failure: string;
  readonly stream: boolean;
  readonly clear: number;
  readonly answered: boolean;
}

interface Asked {
  readonly route: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends one request; answers what came back. */
type Sender = (asked: Asked) => Promise<{ readonly text: string; readonly answered: boolean }>;

const question = { role: 'user', content: 'What is the latest LDL?' };

/** Places of texts to embed; there is no stream of numbers. */
const toEmbed: readonly { readonly name: string; readonly body: (text: string) => object }[] = [
  { name: 'input', body: (text) => ({ input: `The letter says ${text} twice.` }) },
  { name: 'one of several inputs', body: (text) => ({ input: ['The latest LDL was high.', text] }) },
  { name: 'user', body: (text) => ({ input: 'The latest LDL was high.', user: text }) },
];
const harmlessNumbers = (count: number): object => ({
  object: 'list',
  model: 'double',
  data: Array.from({ length: count }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: [0.5, -0.25],
  })),
  usage: { prompt_tokens: 4, total_tokens: 4 },
});
const harmless = answers(completion('The LDL is 108 mg/dL.'));

interface Round {
  readonly failure: string;
  /** Both ways in each position, or one way in a sixth of them. */
  readonly every: boolean;
  readonly turn: number;
}

/** Every position under one failure. */
async function rowsOf(
  { failure: name, every, turn }: Round,
  double: AskedAsEither,
  sender: Sender,
): Promise<Cell[]> {
  // By turns, so that over all failures every position comes, and both ways do.
  const skipped = (index: number, stream: boolean): boolean =>
    !every && ((index + turn) % 6 !== 0 || (index % 2 === 0) === stream);
  const cells: Cell[] = [];
  for (const stream of [false, true]) {
    for (const [index, { body, name: position, route }] of positions.entries()) {
      if (skipped(index, stream)) continue;
      double.play = harmless;
      double.received.length = 0;
      const { answered } = await sender({ route, body: { stream, ...body(plant) } });
      const clear = clearBytes(double.received.join('\n'));
      cells.push({ position: `in: ${route} ${position}`, failure: name, stream, clear, answered });
    }
    for (const [index, { name: position, play }] of fieldInputs.entries()) {
      if (skipped(index, stream)) continue;
      double.play = play(plant);
      const asked = { route: '/v1/chat/completions', body: { stream, messages: [question] } };
      const { answered, text } = await sender(asked);
      const clear = clearBytes(text);
      cells.push({
        position: `out: ${position.replace('a finding in ', '')}`,
        failure: name,
        stream,
        clear,
        answered,
      });
    }
  }
  for (const [index, { body, name: position }] of toEmbed.entries()) {
    if (skipped(index, index % 2 !== 0)) continue;
    const asked = body(plant);
    double.play = answers(
      harmlessNumbers('input' in asked && Array.isArray(asked.input) ? asked.input.length : 1),
    );
    double.received.length = 0;
    const { answered, text } = await sender({
      route: '/v1/embeddings',
      body: { ...asked, model: 'numbers' },
    });
    const clear = clearBytes(double.received.join('\n')) + clearBytes(text);
    cells.push({ position: `in: /v1/embeddings ${position}`, failure: name, stream: false, clear, answered });
  }
  return cells;
}

/** Ours under one failure. */
async function underFailure(
  sandbox: SandboxUnderTest,
  double: AskedAsEither,
  failure: Failure,
  round: Omit<Round, 'failure'>,
): Promise<Cell[]> {
  const mend = failure.strike?.(sandbox);
  double.breaksOff = failure.breaksOff === true;
  try {
    return await rowsOf({ ...round, failure: failure.name }, double, async ({ route, body }) => {
      const reply = await send(sandbox, route, { model: 'double', ...body });
      const headers = [...reply.headers].flat().join('\n');
      const answered = reply.status === 200 && !reply.text.includes('event: error');
      return { text: `${headers}\n${reply.text}`, answered };
    });
  } finally {
    mend?.();
    double.breaksOff = false;
  }
}

/** The matrix of this gateway. */
export async function runMatrix(every: boolean): Promise<Cell[]> {
  const double = await startEitherDouble();
  const sandbox = await SandboxUnderTest.start({
    configure: (config) => {
      const made = hurried({ double: double.baseUrl, numbers: double.baseUrl }, 15_000)(config);
      const perMinute = { ...made.limits.perMinute, user: 100_000 };
      // A busy host is no failure of the matrix.
      const tenants = made.tenants.map((tenant) => ({
        ...tenant,
        models: tenant.models.map((model) => ({
          ...model,
          timeoutMs: 60_000,
          ...(model.id === 'numbers' ? { embeddings: true } : {}),
        })),
      }));
      return { ...made, tenants, limits: { ...made.limits, perMinute } };
    },
  });
  try {
    const cells: Cell[] = [];
    for (const [turn, failure] of failures.entries())
      cells.push(...(await underFailure(sandbox, double, failure, { every, turn })));
    return cells;
  } finally {
    await sandbox.close();
    await double.close();
  }
}

const peerFailures = ['none', 'guard throws', 'model breaks off'];

/** The same of Portkey's gateway, which has neither vault nor trail; undefined where it is not installed. */
export async function runPeerMatrix(every: boolean): Promise<Cell[] | undefined> {
  const double = await startEitherDouble();
  const peer = await startPortkey(double.baseUrl);
  try {
    if (peer === undefined) return undefined;
    const cells: Cell[] = [];
    for (const [turn, failure] of peerFailures.entries()) {
      double.breaksOff = failure === 'model breaks off';
      const sender: Sender = async ({ route, body }) => {
        const text = await peer.send(route, { model: 'double', ...body }, failure === 'guard throws');
        return { text, answered: text !== '' };
      };
      cells.push(...(await rowsOf({ failure, every, turn }, double, sender)));
    }
    return cells;
  } finally {
    await peer?.close();
    await double.close();
  }
}

/** A row a position, a column a failure: bytes in clear, of the whole answer / of the stream; `-` was not run. */
export function table(title: string, cells: readonly Cell[]): string {
  const columns = [...new Set(cells.map(({ failure }) => failure))];
  const rows = [...new Set(cells.map(({ position }) => position))];
  const clear = (position: string, failure: string, stream: boolean): string =>
    String(
      cells.find((cell) => cell.position === position && cell.failure === failure && cell.stream === stream)
        ?.clear ?? '-',
    );
  const leaking = cells.filter((cell) => cell.clear > 0);
  const bytes = leaking.reduce((sum, cell) => sum + cell.clear, 0);
  const line = (row: string): string =>
    columns.map((column) => `${clear(row, column, false)} / ${clear(row, column, true)}`).join(' | ');
  return [
    `${title}: ${rows.length} positions, ${cells.length} cells, ${leaking.length} of them with bytes in clear, ${bytes} bytes`,
    `| position | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row} | ${line(row)} |`),
  ].join('\n');
}
