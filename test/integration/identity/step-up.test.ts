import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningIssuer, startIssuer } from '../../../sandbox/oidc/issuer.ts';
import { createTab } from '../../../sandbox/oidc/tab.ts';

const redirectUri = 'http://127.0.0.1:5555/callback';
let issuer: RunningIssuer;

beforeAll(async () => {
  issuer = await startIssuer({ port: 0, audience: 'urn:phi-gateway' });
});
afterAll(() => issuer.close());

/** An authorization request by hand; the verifier of its challenge is not needed, no code is redeemed. */
const authorize = (acrValues?: string): URL => {
  const url = new URL(`${issuer.issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: 'phi-console',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...(acrValues === undefined ? {} : { acr_values: acrValues }),
  }).toString();
  return url;
};
const formOf = (factor: string): URLSearchParams => {
  const { username, password } = issuer.user('nurse');
  return new URLSearchParams({ username, password, factor });
};

test('a session signs in once, and again only where a stronger class is asked for', async () => {
  const tab = createTab(issuer.issuer, redirectUri);
  const page = await tab.open(authorize());
  const html = (await page.response?.text()) ?? '';
  expect(html).toContain('value="pwd"');
  expect(html).toContain('value="mfa"');
  expect((await tab.open(page.url, formOf('pwd'))).url.searchParams.get('code')).toBeTruthy();
  expect((await tab.open(authorize())).url.searchParams.get('code')).toBeTruthy();

  const stronger = await tab.open(authorize('urn:phi-gateway:acr:mfa'));
  const strongerPage = (await stronger.response?.text()) ?? '';
  expect(strongerPage).toContain('value="mfa"');
  expect(strongerPage).not.toContain('value="pwd"');
  expect((await tab.open(stronger.url, formOf('mfa'))).url.searchParams.get('code')).toBeTruthy();
  expect((await tab.open(authorize('urn:phi-gateway:acr:mfa'))).url.searchParams.get('code')).toBeTruthy();
});

test('a wrong password shows the page again and says nothing of which part was wrong', async () => {
  const tab = createTab(issuer.issuer, redirectUri);
  const page = await tab.open(authorize());
  await page.response?.body?.cancel();
  for (const username of ['nurse', 'nobody']) {
    const again = await tab.open(page.url, new URLSearchParams({ username, password: 'x', factor: 'pwd' }));
    expect(again.response?.status).toBe(401);
    expect(await again.response?.text()).toContain('Name or password is wrong.');
  }
});

test('a page of another tab, or of no sign-in, is not served', async () => {
  const tab = createTab(issuer.issuer, redirectUri);
  const { url, response } = await tab.open(authorize());
  await response?.body?.cancel();
  const stranger = await fetch(url, { method: 'POST', body: formOf('mfa') });
  expect(stranger.status).toBe(400);
  expect(stranger.headers.get('content-security-policy')).toContain("default-src 'none'");
});
