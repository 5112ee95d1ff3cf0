import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Accounts } from './accounts.ts';
import { assurance, demandedFactor } from './assurance.ts';
import { loginPage } from './login-page.ts';

const bodyLimit = 8192;

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return undefined;
    length += chunk.length;
    if (length > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    // Chrome applies form-action to the redirect that follows a post, and that one goes to the client on loopback.
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self' http://127.0.0.1:* http://localhost:*",
  });
  response.end(body);
}

/**
 * The login interaction of OpenID Connect Core 3.1.2.3: GET shows the form, POST checks it and resumes the
 * authorization request. Consent is not asked: the clients belong to the sandbox.
 */
export function createInteraction(provider: Provider, accounts: Accounts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    if (details === undefined || details.prompt.name !== 'login') {
      answer(response, 400, 'text/plain; charset=utf-8', 'This sign-in has ended. Start again from the app.');
      return;
    }
    const demanded = demandedFactor(details.params['acr_values']);
    const page = (failed: boolean): string =>
      loginPage({
        action: `/interaction/${details.uid}`,
        clientId: String(details.params['client_id']),
        demanded,
        failed,
      });
    if (request.method !== 'POST') {
      answer(response, 200, 'text/html; charset=utf-8', page(false));
      return;
    }
    const form = await readForm(request);
    const account = accounts.check(form?.get('username') ?? '', form?.get('password') ?? '');
    if (account === undefined) {
      answer(response, 401, 'text/html; charset=utf-8', page(true));
      return;
    }
    const factor = demanded === 'mfa' || form?.get('factor') === 'mfa' ? 'mfa' : 'pwd';
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: account, acr: assurance[factor].acr, amr: [...assurance[factor].amr] } },
      { mergeWithLastSubmission: false },
    );
  };
}
