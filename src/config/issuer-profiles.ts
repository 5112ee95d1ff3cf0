/** How an access token of one kind of issuer is told from everything else that the issuer signs. */
export interface IssuerProfile {
  /** Accepted `typ` headers: lower case, without `application/`; the empty text stands for an absent one. */
  readonly types: readonly string[];
  /** Signature algorithms that an issuer of this kind may be configured with; the first ones are the default. */
  readonly algorithms: readonly string[];
  readonly defaultAlgorithms: readonly string[];
  /** Claims that every access token of this kind has, and with what; an ID token fails at least one. */
  readonly marks: readonly ClaimMark[];
  /** Claims that no access token of this kind has. */
  readonly absent: readonly string[];
  /** Whether `aud` may be a list that holds our audience; otherwise it is our audience as one string. */
  readonly audienceList: boolean;
  /** Claims that name the client, each where it is there; all of them must agree. */
  readonly client: readonly string[];
  /** Claim with the token's own id. */
  readonly tokenId: string;
  /** How its ID tokens are told from everything else, where they may be subject tokens of an exchange. */
  readonly idToken: IdTokenMarks;
}

export interface IdTokenMarks {
  readonly types: readonly string[];
  readonly marks: readonly ClaimMark[];
  readonly absent: readonly string[];
}

/** What a claim must hold: one of the texts, a text that begins so, or anything that is not empty. */
export type ClaimMark =
  | { readonly claim: string; readonly oneOf: readonly string[] }
  | { readonly claim: string; readonly begins: string }
  | { readonly claim: string };

/** Asymmetric algorithms (RFC 7518, RFC 8037, RFC 9864): a shared secret would let the gateway mint what it verifies. */
const asymmetric = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

/** Claims of OpenID Connect Core 2 and 3.3.2.11 that stand in ID tokens only. */
const ofIdTokens = ['nonce', 'at_hash', 'c_hash'] as const;

/**
 * Real issuers differ in what they call an access token; inside its profile each one is held to the letter.
 * docs/identity.md is held to this table by a test.
 */
export const issuerProfiles = {
  /** RFC 9068. */
  rfc9068: {
    types: ['at+jwt'],
    algorithms: asymmetric,
    defaultAlgorithms: ['ES256', 'EdDSA'],
    marks: [],
    absent: [],
    audienceList: false,
    client: ['client_id', 'azp'],
    tokenId: 'jti',
    idToken: { types: ['', 'jwt'], marks: [], absent: ['scope', 'client_id'] },
  },
  /** Keycloak writes `typ: JWT` in the header, what the token is in the payload's `typ`, and lists of audiences. */
  keycloak: {
    types: ['jwt', 'at+jwt'],
    algorithms: asymmetric,
    defaultAlgorithms: ['RS256'],
    marks: [{ claim: 'typ', oneOf: ['Bearer', 'DPoP'] }],
    absent: ['at_hash', 'c_hash'],
    audienceList: true,
    client: ['client_id', 'azp'],
    tokenId: 'jti',
    idToken: { types: ['jwt'], marks: [{ claim: 'typ', oneOf: ['ID'] }], absent: ['scope'] },
  },
  /** Entra ID, version 2.0 tokens for a user: `scp` is what an ID token and a token of an app alone do not have. */
  entra: {
    types: ['jwt'],
    algorithms: ['RS256'],
    defaultAlgorithms: ['RS256'],
    marks: [{ claim: 'ver', oneOf: ['2.0'] }, { claim: 'scp' }, { claim: 'azp' }],
    absent: ofIdTokens,
    audienceList: false,
    client: ['azp'],
    tokenId: 'uti',
    idToken: { types: ['jwt'], marks: [{ claim: 'ver', oneOf: ['2.0'] }], absent: ['scp', 'azp', 'azpacr'] },
  },
  /** Okta custom authorization servers: no `typ`, `cid` for the client, ids that begin with the kind of token. */
  okta: {
    types: ['', 'jwt'],
    algorithms: ['RS256'],
    defaultAlgorithms: ['RS256'],
    marks: [{ claim: 'jti', begins: 'AT.' }, { claim: 'cid' }, { claim: 'scp' }],
    absent: ofIdTokens,
    audienceList: false,
    client: ['cid'],
    tokenId: 'jti',
    idToken: { types: ['', 'jwt'], marks: [{ claim: 'jti', begins: 'ID.' }], absent: ['scp', 'cid'] },
  },
  /** Epic says in a claim of its own what a token is. Opaque ones and those of others' audience: introspection. */
  epic: {
    types: ['', 'jwt'],
    algorithms: ['RS256', 'RS384', 'ES384'],
    defaultAlgorithms: ['RS256'],
    marks: [{ claim: 'epic.tokentype', oneOf: ['access'] }, { claim: 'client_id' }],
    absent: ofIdTokens,
    audienceList: false,
    client: ['client_id', 'azp'],
    tokenId: 'jti',
    idToken: { types: ['', 'jwt'], marks: [], absent: ['epic.tokentype', 'scope', 'client_id'] },
  },
} as const satisfies Record<string, IssuerProfile>;

export type IssuerProfileName = keyof typeof issuerProfiles;

/** The same table for code that walks over it without knowing the name; RFC 9068 where nothing is said. */
export const issuerProfile = (name: IssuerProfileName = 'rfc9068'): IssuerProfile => issuerProfiles[name];
