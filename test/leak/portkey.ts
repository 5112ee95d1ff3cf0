import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isRecord } from '../../src/vocabulary/fhir.ts';

const entry = 'bench/node_modules/@portkey-ai/gateway/build/start-server.js';

/** Ten rules of its own redaction, among them every kind of identifier that the matrix plants. */
const rules = [
  '\\b\\d{3}-\\d{2}-\\d{4}\\b',
  '[\\w.+-]+@[\\w-]+\\.[\\w.]+',
  '\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]\\d{4}',
  '\\bMRN:? ?\\d{6,10}\\b',
  '\\b\\d{4}-\\d{2}-\\d{2}\\b',
  '\\b\\d{1,2}/\\d{1,2}/\\d{4}\\b',
  '\\b\\d{5}-\\d{4}\\b',
  '\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b',
  '\\b\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}\\b',
  'https?://\\S+',
] as const;

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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: unknown = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return isRecord(address) ? Number(address['port']) : 0;
}

async function listening(url: string, child: ChildProcess): Promise<void> {
  for (let n = 0; n < 300; n += 1) {
    if (child.exitCode !== null) throw new Error('the peer ended');
    try {
      await fetch(url);
      return;
    } catch {
      await delay(200);
    }
  }
  throw new Error('the peer does not listen');
}

/** `@portkey-ai/gateway` with its regular expressions in and out; undefined where bench/ is not installed. */
export async function startPortkey(upstream: string): Promise<Peer | undefined> {
  if (!existsSync(entry)) return undefined;
  const port = await freePort();
  const child = spawn(process.execPath, [entry, `--port=${port}`, '--headless'], {
    stdio: 'ignore',
    env: { ...process.env, TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  });
  await listening(`http://127.0.0.1:${port}/`, child);
  const headers = (broken: boolean) => ({
    'content-type': 'application/json',
    authorization: 'Bearer none',
    'x-portkey-config': JSON.stringify({
      provider: 'openai',
      api_key: 'none',
      custom_host: upstream,
      // A rule that does not compile, and whose failure is to deny.
      input_guardrails: guards(broken ? [...rules, '(unclosed'] : rules, broken),
      output_guardrails: guards(broken ? [...rules, '(unclosed'] : rules, broken),
    }),
  });
  return {
    send: async (route, body, broken) => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}${route}`, {
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
    close: async () => {
      const gone = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      child.kill();
      await gone;
    },
  };
}
