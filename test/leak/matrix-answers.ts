import { isRecord } from '../../src/vocabulary/fhir.ts';
import { type ModelDouble, startModelDouble } from '../integration/hardening/model-double.ts';

const asRecord = (text: string): Readonly<Record<string, unknown>> => {
  const body: unknown = JSON.parse(text);
  return isRecord(body) ? body : {};
};

/** So much is said before, in a stream, that what comes after is looked at when the beginning has left. */
const preface =
  'The newest value is inside its range. No older one was far from it. It was taken twice, and the lower of both counts. Nothing else was asked about. ';

/** A value over two pieces, cut in its middle. */
const halves = (text: string): readonly string[] => [
  text.slice(0, Math.floor(text.length / 2)),
  text.slice(Math.floor(text.length / 2)),
];

/** A whole answer as the frames of a stream: every field where the API has it there, the content cut in two. */
function framesOf(whole: string): string {
  const { choices, ...top } = asRecord(whole);
  const list = Array.isArray(choices) ? choices.filter(isRecord) : [];
  const chunk = (delta: object, extra: object, reason: unknown = null) => ({
    ...top,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, ...extra, delta, finish_reason: reason }],
  });
  const frames = list.flatMap(({ message, finish_reason: end, ...choice }) => {
    const { content, ...said } = isRecord(message) ? message : {};
    const texts = typeof content === 'string' ? [preface, ...halves(content)] : [];
    return [chunk(said, choice), ...texts.map((text) => chunk({ content: text }, {})), chunk({}, {}, end)];
  });
  return [...frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`), 'data: [DONE]\n\n'].join('');
}

export interface AskedAsEither extends ModelDouble {
  /** Ends the connection in the middle of every answer. */
  breaksOff: boolean;
}

/** A double whose plays are told whole, and are sent as a stream to whoever asks for one. */
export async function startEitherDouble(): Promise<AskedAsEither> {
  const teller = await startModelDouble();
  const double = await startModelDouble();
  const either: AskedAsEither = {
    ...double,
    breaksOff: false,
    get play() {
      return teller.play;
    },
    set play(play) {
      teller.play = play;
    },
    close: async () => {
      await double.close();
      await teller.close();
    },
  };
  double.play = (response, request) => {
    const send = async (): Promise<void> => {
      const told = await fetch(teller.baseUrl, { method: 'POST', body: request });
      const whole = await told.text();
      const stream = asRecord(request)['stream'] === true && told.status === 200;
      const text = stream ? framesOf(whole) : whole;
      const {
        connection: _own,
        'keep-alive': _kept,
        'transfer-encoding': _framing,
        ...headers
      } = Object.fromEntries(told.headers);
      response.writeHead(told.status, {
        ...headers,
        'content-type': stream ? 'text/event-stream' : 'application/json',
        'content-length': String(Buffer.byteLength(text)),
      });
      if (either.breaksOff)
        response.write(text.slice(0, Math.ceil(text.length * 0.9)), () => response.destroy());
      else response.end(text);
    };
    send().catch(() => response.destroy());
  };
  return either;
}
