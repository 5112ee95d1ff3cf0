import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createTab } from '../../../sandbox/oidc/tab.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

/** `phi-gateway login` under way: what it asks the person to do, and what it prints in the end. */
function startLogin(...options: readonly string[]) {
  const child = spawn(process.execPath, [
    'bin/phi-gateway.js',
    'login',
    '--json',
    '--issuer',
    sandbox.ready.issuer,
    '--resource',
    sandbox.ready.audience,
    ...options,
  ]);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  let told = '';
  const address = new Promise<URL>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const [complete] = /http\S+(?:user_code=|redirect_uri=)\S+/.exec(told) ?? [];
      if (complete !== undefined) resolve(new URL(complete));
    });
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, stdout }));
  return { address, ended };
}

const person = (factor: string): URLSearchParams => {
  const user = sandbox.ready.users.find(({ username }) => username === 'nurse');
  return new URLSearchParams({ username: 'nurse', password: user?.password ?? '', factor });
};

/** The hidden field and target of the one form on a page. */
function formOn(page: string, base: URL): { target: URL; fields: URLSearchParams } {
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '';
  const fields = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1];
    if (name !== undefined) fields.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return { target: new URL(action, base), fields };
}

async function expectGoodToken(stdout: string): Promise<void> {
  const printed: unknown = JSON.parse(stdout);
  const token = isRecord(printed) ? String(printed['access_token']) : '';
  expect(decodeJwt(token)).toMatchObject({ sub: 'nurse', client_id: 'phi-cli', roles: ['nurse'] });
  expect((await sandbox.call('/v1/tasks', token)).status).toBe(200);
}

it('code with PKCE: the person signs in in a browser, and the command prints a token', async () => {
  const login = startLogin();
  const start = await login.address;
  const redirectUri = start.searchParams.get('redirect_uri') ?? '';
  expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  expect(start.searchParams.get('code_challenge_method')).toBe('S256');
  const tab = createTab(sandbox.ready.issuer, redirectUri);
  const page = await tab.open(start);
  await page.response?.body?.cancel();
  const back = await tab.open(page.url, person('pwd'));
  expect((await fetch(back.url)).status).toBe(200);
  const { code, stdout } = await login.ended;
  expect(code).toBe(0);
  await expectGoodToken(stdout);
}, 30_000);

it('device authorization: the person confirms the code elsewhere, and the command prints a token', async () => {
  const login = startLogin('--device');
  const start = await login.address;
  const tab = createTab(sandbox.ready.issuer, 'http://127.0.0.1/nowhere');
  const entered = await tab.open(start);
  const entry = formOn((await entered.response?.text()) ?? '', entered.url);
  entry.fields.set('user_code', start.searchParams.get('user_code') ?? '');
  const asked = await tab.open(entry.target, entry.fields);
  const question = formOn((await asked.response?.text()) ?? '', asked.url);
  const signInPage = await tab.open(question.target, question.fields);
  const text = (await signInPage.response?.text()) ?? '';
  const last = text.includes('name="password"') ? await tab.open(signInPage.url, person('mfa')) : undefined;
  expect((await last?.response?.text()) ?? text).toContain('Go back to your device.');
  const { code, stdout } = await login.ended;
  expect(code).toBe(0);
  await expectGoodToken(stdout);
}, 40_000);
