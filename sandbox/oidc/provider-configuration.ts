import { randomBytes } from 'node:crypto';
import type { Configuration, errors, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../../src/vocabulary/time.ts';
import { type Accounts, accountTable } from './accounts.ts';
import { createMemoryAdapter } from './adapter.ts';
import { assurance, demandedFactor, meets } from './assurance.ts';
import { clients } from './clients.ts';
import { deviceFlow } from './device-pages.ts';

/** Seconds. */
const lifetimes = {
  AccessToken: 600,
  AuthorizationCode: 60,
  IdToken: 600,
  Interaction: 600,
  Session: 28_800,
  Grant: 28_800,
} as const;

const loopbackOrigin = /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/;

export interface ProviderInput {
  readonly accounts: Accounts;
  /** Resources (RFC 8707) that a token may be for; the first where nobody names one. */
  readonly resources: () => readonly [string, ...string[]];
  /** FHIR base without a trailing slash. */
  readonly fhirBase: () => string;
  readonly tenant: string;
  /** The sandbox's clock: access tokens carry its time. The protocol itself runs on the system's. */
  readonly clock: Clock;
  /** Private JWK set with one ES256 key. */
  readonly jwks: NonNullable<Configuration['jwks']>;
  /** Of the loaded package: the sandbox imports it lazily, because it is an optional dependency. */
  readonly library: { readonly errors: typeof errors; readonly interactionPolicy: typeof interactionPolicy };
}

/** What the gateway learns of a person: RFC 9068 section 2.2.3 and the claims named in its configuration. */
function personClaims(input: ProviderInput, ctx: KoaContextWithOIDC, accountId: string | undefined) {
  if (accountId === undefined || !input.accounts.isAccount(accountId)) return undefined;
  const code = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.DeviceCode;
  const fhirUser = input.accounts.fhirUser(accountId);
  const shift = Math.round((input.clock.now() - Date.now()) / 1000);
  return {
    roles: [accountTable[accountId].role],
    tenant: input.tenant,
    ...(fhirUser === undefined ? {} : { fhirUser: `${input.fhirBase()}/${fhirUser}` }),
    ...(code?.acr === undefined ? {} : { acr: code.acr }),
    ...(code?.amr === undefined ? {} : { amr: code.amr }),
    ...(code?.authTime === undefined ? {} : { auth_time: code.authTime + shift }),
    ...(code?.sessionUid === undefined ? {} : { sid: code.sessionUid }),
  };
}

/**
 * Adds the check that a session weaker than the requested `acr_values` signs in again (step-up, RFC 9470), and
 * takes out the consent page that native clients get otherwise: all clients are the sandbox's own.
 */
function policyWithStepUp(library: ProviderInput['library']) {
  const { base, Check } = library.interactionPolicy;
  const prompts = base();
  prompts.get('consent')?.checks.remove('native_client_prompt');
  prompts.get('login')?.checks.add(
    new Check('acr_values', 'a stronger sign-in was asked for', (ctx) => {
      const { acr, params } = ctx.oidc;
      return !meets(acr, demandedFactor(params?.['acr_values']));
    }),
  );
  return prompts;
}

/** Code + PKCE, and device authorization for the command line; public clients, RFC 9068 access tokens for one resource, no consent page, nothing printed. */
export function providerConfiguration(input: ProviderInput): Configuration {
  const { InvalidTarget } = input.library.errors;
  const resourceScope = 'phi';
  return {
    jwks: input.jwks,
    adapter: createMemoryAdapter(),
    clients,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['openid'],
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    acrValues: [assurance.pwd.acr, assurance.mfa.acr],
    pkce: { required: () => true },
    ttl: lifetimes,
    clientBasedCORS: (_ctx, origin) => loopbackOrigin.test(origin),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    issueRefreshToken: () => false,
    // The gateway may be shown the ID token as subject token: it says of the person what the access token says.
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'roles', 'tenant', 'fhirUser', 'acr', 'amr', 'auth_time', 'sid'] },
    findAccount: (ctx, id) =>
      input.accounts.isAccount(id)
        ? { accountId: id, claims: () => ({ sub: id, ...personClaims(input, ctx, id) }) }
        : undefined,
    interactions: {
      policy: policyWithStepUp(input.library),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    loadExistingGrant: async (ctx) => {
      const { client, session, provider, params } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      if (typeof params?.['scope'] === 'string') grant.addOIDCScope(params['scope']);
      for (const resource of input.resources()) grant.addResourceScope(resource, resourceScope);
      await grant.save();
      return grant;
    },
    extraTokenClaims: (ctx, token) =>
      token.kind === 'AccessToken' ? personClaims(input, ctx, token.accountId) : undefined,
    formats: {
      customizers: {
        jwt: (_ctx, _token, parts) => {
          const shift = Math.round((input.clock.now() - Date.now()) / 1000);
          for (const name of ['iat', 'exp']) {
            const at = parts.payload[name];
            if (typeof at === 'number') parts.payload[name] = at + shift;
          }
        },
      },
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => input.resources()[0],
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (!input.resources().includes(resource)) throw new InvalidTarget();
          return {
            scope: resourceScope,
            audience: resource,
            accessTokenTTL: lifetimes.AccessToken,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'text/plain; charset=utf-8';
      ctx.body = `Sign-in failed: ${out.error}`;
    },
  };
}
