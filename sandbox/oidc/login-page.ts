import type { Factor } from './assurance.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem }
  label { display: block; margin: 1rem 0 .25rem }
  input { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit }
  button { margin: 1.25rem .5rem 0 0; padding: .5rem 1rem; font: inherit }
  [role=alert] { color: #a00 }`;

export interface LoginPage {
  /** Path that the form posts to. */
  readonly action: string;
  readonly clientId: string;
  /** Set where the client asked for that strength: the weaker button is then not offered. */
  readonly demanded: Factor | undefined;
  readonly failed: boolean;
}

/** The sandbox's only page: name, password, and two buttons that differ in the `acr` of the session. */
export function loginPage(page: LoginPage): string {
  const weaker = page.demanded === 'mfa' ? '' : '<button name="factor" value="pwd">Sign in</button>';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox sign-in</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body><main><h1>Sandbox sign-in</h1>
<p>This is a sandbox with made-up people. ${escapeHtml(page.clientId)} asks you to sign in.</p>
${page.failed ? '<p role="alert">Name or password is wrong.</p>' : ''}
<form method="post" action="${escapeHtml(page.action)}">
<label for="username">Name</label><input id="username" name="username" autocomplete="username" required autofocus>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
${weaker}<button name="factor" value="mfa">Sign in with second factor</button>
</form></main></body></html>`;
}
