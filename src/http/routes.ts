import type { SchemaName } from './schemas.ts';

/** Body of a request: media type and schema. */
interface Body {
  readonly mediaType: string;
  readonly schema: SchemaName;
}

/** One route, declared once: the router, the OpenAPI document and the answer check read the same row. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly auth: 'none' | 'bearer';
  readonly errors: 'problem' | 'openai' | 'oauth' | 'bearer' | 'event';
  /** Of a good answer; 200 where nothing is said. */
  readonly status?: number;
  readonly request?: Body;
  /** Other media types that the same body may have. */
  readonly alsoTakes?: readonly string[];
  /** Parameters of the query, with what they mean; none has to be there. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answer: Body;
  /** A second media type of the same answer, for streams. */
  readonly stream?: Body;
}

const json = (schema: SchemaName): Body => ({ mediaType: 'application/json', schema });
const form = (schema: SchemaName): Body => ({ mediaType: 'application/x-www-form-urlencoded', schema });

export const routes = {
  chatCompletions: {
    method: 'post',
    path: '/v1/chat/completions',
    operationId: 'createChatCompletion',
    summary: "Ask about one patient's record (OpenAI-compatible, streaming and not)",
    auth: 'bearer',
    errors: 'openai',
    request: json('chatRequest'),
    answer: json('chatAnswer'),
    stream: { mediaType: 'text/event-stream', schema: 'chatChunk' },
  },
  responses: {
    method: 'post',
    path: '/v1/responses',
    operationId: 'createResponse',
    summary: "Ask about one patient's record (OpenAI Responses API, streaming and not; nothing is stored)",
    auth: 'bearer',
    errors: 'openai',
    request: json('responsesRequest'),
    answer: json('responsesAnswer'),
    stream: { mediaType: 'text/event-stream', schema: 'responsesEvent' },
  },
  context: {
    method: 'post',
    path: '/v1/context',
    operationId: 'takeContext',
    summary: 'The redacted context of a task, for a model that the workload calls itself',
    auth: 'bearer',
    errors: 'problem',
    request: json('contextRequest'),
    answer: json('contextAnswer'),
  },
  answerCheck: {
    method: 'post',
    path: '/v1/answers/check',
    operationId: 'checkAnswer',
    summary: 'Check an answer to such a context and reveal what may be revealed, once a context',
    auth: 'bearer',
    errors: 'problem',
    request: json('answerCheck'),
    answer: json('answerChecked'),
  },
  models: {
    method: 'get',
    path: '/v1/models',
    operationId: 'listModels',
    summary: 'Models that this caller may use',
    auth: 'bearer',
    errors: 'openai',
    answer: json('models'),
  },
  tasks: {
    method: 'get',
    path: '/v1/tasks',
    operationId: 'listTasks',
    summary: 'What this caller may ask, in plain words',
    auth: 'bearer',
    errors: 'problem',
    answer: json('tasks'),
  },
  trail: {
    method: 'get',
    path: '/v1/trails/{id}',
    operationId: 'readTrail',
    summary: 'The trail of one request: for its asker and for compliance officers',
    auth: 'bearer',
    errors: 'problem',
    answer: json('trail'),
  },
  trailProof: {
    method: 'get',
    path: '/v1/trails/{id}/proof',
    operationId: 'proveTrail',
    summary: 'Proof that the answer of this trail stands in the signed log (C2SP tlog-proof)',
    auth: 'bearer',
    errors: 'problem',
    answer: { mediaType: 'text/plain', schema: 'note' },
  },
  pseudonym: {
    method: 'get',
    path: '/v1/pseudonyms/{pseudonym}',
    operationId: 'readPseudonym',
    summary: 'Whom a pseudonym on a trail stands for: for compliance officers',
    auth: 'bearer',
    errors: 'problem',
    answer: json('pseudonym'),
  },
  erasure: {
    method: 'post',
    path: '/v1/patients/erase',
    operationId: 'erasePatient',
    summary: "Destroy a patient's key: for compliance officers",
    auth: 'bearer',
    errors: 'problem',
    request: json('erasureRequest'),
    answer: json('erasure'),
  },
  requestGrant: {
    method: 'post',
    path: '/v1/grants',
    operationId: 'requestGrant',
    summary:
      'Ask for one task on one record, for a ticket: for support agents; opens nothing until it is approved',
    auth: 'bearer',
    errors: 'problem',
    request: json('grantRequest'),
    answer: json('grant'),
  },
  grants: {
    method: 'get',
    path: '/v1/grants',
    operationId: 'listGrants',
    summary: 'Grants that the caller asked for, or about the own record; for officers those of the tenant',
    auth: 'bearer',
    errors: 'problem',
    answer: json('grants'),
  },
  approveGrant: {
    method: 'post',
    path: '/v1/grants/{id}/approve',
    operationId: 'approveGrant',
    summary: 'Approve a grant that somebody else asked for: for compliance officers and administrators',
    auth: 'bearer',
    errors: 'problem',
    answer: json('grant'),
  },
  revokeGrant: {
    method: 'post',
    path: '/v1/grants/{id}/revoke',
    operationId: 'revokeGrant',
    summary: 'End a grant at once: by who asked for it, by the patient, by officers',
    auth: 'bearer',
    errors: 'problem',
    answer: json('grant'),
  },
  breakGlass: {
    method: 'post',
    path: '/v1/break-glass',
    operationId: 'breakGlass',
    summary:
      'Ask for emergency access to one record, for some minutes: for physicians and nurses; told and reviewed',
    auth: 'bearer',
    errors: 'problem',
    status: 201,
    request: json('breakGlassRequest'),
    answer: json('emergencyAccess'),
  },
  emergencies: {
    method: 'get',
    path: '/v1/break-glass',
    operationId: 'listBreakGlass',
    summary:
      "Emergency accesses: the caller's own, those to the own record; for officers those of the tenant",
    auth: 'bearer',
    errors: 'problem',
    answer: json('emergencyAccesses'),
  },
  reviewBreakGlass: {
    method: 'post',
    path: '/v1/break-glass/{id}/review',
    operationId: 'reviewBreakGlass',
    summary: 'Review an emergency access and end it: for compliance officers',
    auth: 'bearer',
    errors: 'problem',
    request: json('breakGlassReview'),
    answer: json('emergencyAccess'),
  },
  captureConsent: {
    method: 'post',
    path: '/v1/consents',
    operationId: 'captureConsent',
    summary: 'Have a consent kept: by the patient for themselves, or by a compliance officer for a patient',
    auth: 'bearer',
    errors: 'problem',
    status: 201,
    request: json('consentRequest'),
    alsoTakes: ['application/fhir+json', 'application/x-www-form-urlencoded'],
    answer: json('consent'),
  },
  consents: {
    method: 'get',
    path: '/v1/consents',
    operationId: 'listConsents',
    summary: "The consents that are kept here: a patient's own, for officers those of the tenant",
    auth: 'bearer',
    errors: 'problem',
    query: { before: 'only those captured before this one, by its id' },
    answer: json('consents'),
  },
  consent: {
    method: 'get',
    path: '/v1/consents/{id}',
    operationId: 'readConsent',
    summary: 'One consent that is kept here: for its patient and for officers',
    auth: 'bearer',
    errors: 'problem',
    answer: json('consent'),
  },
  revokeConsent: {
    method: 'post',
    path: '/v1/consents/{id}/revoke',
    operationId: 'revokeConsent',
    summary: 'End a consent at once, also for answers under way: by its patient, by officers',
    auth: 'bearer',
    errors: 'problem',
    answer: json('consent'),
  },
  checkpoints: {
    method: 'get',
    path: '/v1/checkpoints',
    operationId: 'readCheckpoint',
    summary: 'The latest signed checkpoint of the log (C2SP tlog-checkpoint), to be kept elsewhere',
    auth: 'bearer',
    errors: 'problem',
    answer: { mediaType: 'text/plain', schema: 'note' },
  },
  sessions: {
    method: 'get',
    path: '/v1/sessions',
    operationId: 'listSessions',
    summary: "The caller's own sign-in sessions",
    auth: 'bearer',
    errors: 'problem',
    answer: json('sessions'),
  },
  revokeSession: {
    method: 'post',
    path: '/v1/sessions/{id}/revoke',
    operationId: 'revokeSession',
    summary:
      'End a sign-in session at once: `current`, another of your own, or, for officers, any of the tenant',
    auth: 'bearer',
    errors: 'problem',
    answer: json('sessionEnded'),
  },
  token: {
    method: 'post',
    path: '/oauth/token',
    operationId: 'exchangeToken',
    summary: "Exchange the user's token for one patient, one task, one purpose (RFC 8693)",
    auth: 'none',
    errors: 'oauth',
    request: form('tokenRequest'),
    answer: json('tokenAnswer'),
  },
  introspect: {
    method: 'post',
    path: '/oauth/introspect',
    operationId: 'introspectToken',
    summary: "State of a delegated token, for the token's owner (RFC 7662)",
    auth: 'bearer',
    errors: 'bearer',
    request: form('introspectionRequest'),
    answer: json('introspectionAnswer'),
  },
  revoke: {
    method: 'post',
    path: '/oauth/revoke',
    operationId: 'revokeToken',
    summary: "End a delegated token or a user's token here, by the client that holds it (RFC 7009)",
    auth: 'bearer',
    errors: 'bearer',
    request: form('introspectionRequest'),
    answer: json('document'),
  },
  backChannelLogout: {
    method: 'post',
    path: '/oauth/backchannel-logout',
    operationId: 'backChannelLogout',
    summary: 'End a session by a logout token of its issuer (OpenID Connect Back-Channel Logout 1.0)',
    auth: 'none',
    errors: 'oauth',
    request: form('logoutRequest'),
    answer: json('document'),
  },
  securityEvents: {
    method: 'post',
    path: '/v1/security-events',
    operationId: 'receiveSecurityEvent',
    summary: 'Take one Security Event Token of a Shared Signals stream (RFC 8935, CAEP)',
    auth: 'none',
    errors: 'event',
    status: 202,
    request: { mediaType: 'application/secevent+jwt', schema: 'note' },
    answer: json('document'),
  },
  jwks: {
    method: 'get',
    path: '/oauth/jwks',
    operationId: 'readKeys',
    summary: 'Public keys of delegated and FHIR tokens (RFC 7517)',
    auth: 'none',
    errors: 'problem',
    answer: json('document'),
  },
  authorizationServer: {
    method: 'get',
    path: '/.well-known/oauth-authorization-server',
    operationId: 'readAuthorizationServerMetadata',
    summary: 'Authorization server metadata (RFC 8414)',
    auth: 'none',
    errors: 'problem',
    answer: json('document'),
  },
  protectedResource: {
    method: 'get',
    path: '/.well-known/oauth-protected-resource',
    operationId: 'readProtectedResourceMetadata',
    summary: 'Protected resource metadata (RFC 9728)',
    auth: 'none',
    errors: 'problem',
    answer: json('document'),
  },
  openapi: {
    method: 'get',
    path: '/openapi.json',
    operationId: 'readOpenApi',
    summary: 'This document',
    auth: 'none',
    errors: 'problem',
    answer: json('document'),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
