import { existsSync } from 'node:fs';
import { ended, portkeyEntry, portkeyRules, spawnPortkey } from '../../bench/portkey.ts';

const entry = `bench/node_modules/${portkeyEntry}`;

/** One expression: of several guards that rewrite a text the last one wins. */
const guards = (list: readonly string[], deny: boolean) => [
  {
    'default.regexReplace': { rule: list.map((rule) => `(?:${rule})`).join('|'), redactText: '[hidden]' },
    deny,
  },
];

export interface Peer {
  send(route: string, body: object, broken: boolean): Promise<string>;
  close(): Promise<void>;
}

/** `@portkey-ai/gateway` with its regular expressions in and out; undefined where bench/ is not installed. */
export async function startPortkey(upstream: string): Promise<Peer | undefined> {
  if (!existsSync(entry)) return undefined;
  const { child, url } = await spawnPortkey(entry);
  const headers = (broken: boolean) => ({
    'content-type': 'application/json',
    authorization: 'Bearer none',
    'x-portkey-config': JSON.stringify({
      provider: 'openai',
      api_key: 'none',
      custom_host: upstream,
      // A rule that does not compile, and whose failure is to deny.
      input_guardrails: guards(broken ? [...portkeyRules, '(unclosed'] : portkeyRules, broken),
      output_guardrails: guards(broken ? [...portkeyRules, '(unclosed'] : portkeyRules, broken),
    }),
  });
  return {
    send: async (route, body, broken) => {
      try {
        const response = await fetch(`${url}${route}`, {
          method: 'POST',
          headers: headers(broken),
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(5000),
        });
        const said = [...response.headers].flat().join('\n');
        let text = '';
        if (response.body !== null)
          try {
            for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
          } catch {
            // What was read before the connection broke off counts.
          }
        return `${said}\n${text}`;
      } catch {
        return '';
      }
    },
    close: () => ended(child),
  };
}
