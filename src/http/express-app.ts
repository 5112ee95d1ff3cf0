import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import {
  authorizationServerMetadata,
  protectedResourceMetadata,
  resourceMetadata,
} from '../delegation/metadata.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { askingNames, askingRoutes } from './asking-routes.ts';
import { checkFraming } from './body.ts';
import { breakGlass, listEmergencies, reviewBreakGlass } from './break-glass-routes.ts';
import { recognisedOn } from './caller.ts';
import { listModels, listTasks, readModel } from './caller-routes.ts';
import { captureConsent, listConsents, readConsent, revokeConsent } from './consent-routes.ts';
import { docsPage } from './docs-page.ts';
import { evaluationMetadata } from './evaluation-route.ts';
import { sendEventError } from './event-error.ts';
import { beginRequest, type Face, refuse } from './face.ts';
import { approveGrant, listGrants, requestGrant, revokeGrant } from './grant-routes.ts';
import { sendMcpError } from './mcp/mcp-error.ts';
import { backChannelLogout, receiveSecurityEvent } from './notice-routes.ts';
import { sendBearerError, sendOauthError } from './oauth-error.ts';
import { exchangeToken, introspectToken, revokeToken } from './oauth-routes.ts';
import { erasePatient, readPseudonym } from './office-routes.ts';
import { openApiDocument } from './openapi.ts';
import { sendOpenAiError, sendProblem } from './problem.ts';
import { askProxy, confirmProxy, endProxy, listProxies } from './proxy-routes.ts';
import { type Route, type RouteName, routes } from './routes.ts';
import { listSessions, revokeSession } from './session-routes.ts';
import { proveTrail, readCheckpoint, readTrail } from './trail-routes.ts';
import { checkAnswerBody } from './validate.ts';

/** A handler answers the body of a route, an object or a whole text, or throws a Refusal. */
type Handler = (face: Face, request: Request, trail: string) => Promise<object | string>;

interface Handled {
  readonly route: Route;
  readonly handle: Handler;
}

/** One handler a route; a route without one does not compile. */
const handled = {
  models: { route: routes.models, handle: listModels },
  model: { route: routes.model, handle: readModel },
  tasks: { route: routes.tasks, handle: listTasks },
  trail: { route: routes.trail, handle: readTrail },
  trailProof: { route: routes.trailProof, handle: proveTrail },
  pseudonym: { route: routes.pseudonym, handle: readPseudonym },
  erasure: { route: routes.erasure, handle: erasePatient },
  requestGrant: { route: routes.requestGrant, handle: requestGrant },
  grants: { route: routes.grants, handle: listGrants },
  approveGrant: { route: routes.approveGrant, handle: approveGrant },
  revokeGrant: { route: routes.revokeGrant, handle: revokeGrant },
  askProxy: { route: routes.askProxy, handle: askProxy },
  proxies: { route: routes.proxies, handle: listProxies },
  confirmProxy: { route: routes.confirmProxy, handle: confirmProxy },
  endProxy: { route: routes.endProxy, handle: endProxy },
  breakGlass: { route: routes.breakGlass, handle: breakGlass },
  emergencies: { route: routes.emergencies, handle: listEmergencies },
  reviewBreakGlass: { route: routes.reviewBreakGlass, handle: reviewBreakGlass },
  captureConsent: { route: routes.captureConsent, handle: captureConsent },
  consents: { route: routes.consents, handle: listConsents },
  consent: { route: routes.consent, handle: readConsent },
  revokeConsent: { route: routes.revokeConsent, handle: revokeConsent },
  checkpoints: { route: routes.checkpoints, handle: readCheckpoint },
  sessions: { route: routes.sessions, handle: listSessions },
  revokeSession: { route: routes.revokeSession, handle: revokeSession },
  token: { route: routes.token, handle: exchangeToken },
  introspect: { route: routes.introspect, handle: introspectToken },
  revoke: { route: routes.revoke, handle: revokeToken },
  backChannelLogout: { route: routes.backChannelLogout, handle: backChannelLogout },
  securityEvents: { route: routes.securityEvents, handle: receiveSecurityEvent },
  jwks: { route: routes.jwks, handle: async (face) => face.gateway.services.tokens.jwks() },
  authorizationServer: {
    route: routes.authorizationServer,
    handle: async (face) => authorizationServerMetadata(face.publicUrl, face.mtlsUrl),
  },
  protectedResource: {
    route: routes.protectedResource,
    handle: async (face) =>
      protectedResourceMetadata(face.publicUrl, publicIssuers(face), face.mtlsUrl !== undefined),
  },
  mcpResource: {
    route: routes.mcpResource,
    handle: async (face) =>
      resourceMetadata(
        face.publicUrl,
        routes.mcp.path,
        protectedResourceMetadata(face.publicUrl, publicIssuers(face), face.mtlsUrl !== undefined),
      ),
  },
  evaluationMetadata: {
    route: routes.evaluationMetadata,
    handle: async (face) => evaluationMetadata(face.publicUrl),
  },
  openapi: { route: routes.openapi, handle: async (face) => openApiDocument(face.publicUrl, face.version) },
} as const satisfies Record<Exclude<RouteName, keyof typeof askingRoutes>, Handled>;

/** Issuers of users, where there is one tenant: who else is served here is nobody's business. */
function publicIssuers({ gateway }: Face): readonly string[] {
  const [only, second] = gateway.services.config.tenants;
  return only === undefined || second !== undefined ? [] : only.issuers.map(({ issuer }) => issuer);
}

const senders = {
  problem: sendProblem,
  openai: sendOpenAiError,
  oauth: sendOauthError,
  bearer: sendBearerError,
  event: sendEventError,
  mcp: sendMcpError,
} as const satisfies Record<Route['errors'], unknown>;

const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** What no route takes: refused, and on the trail like any other refusal. */
async function answerElsewhere(face: Face, request: Request, response: Response): Promise<void> {
  const trail = beginRequest(face, response);
  const known = Object.values<Route>(routes).some((route) => route.path === request.path);
  const told = await face.gateway.refused(trail, new Refusal(known ? 'method_not_allowed' : 'unknown_route'));
  refuse(request, response, (why) => sendProblem(response, why, trail, face.publicUrl), told);
}

/** Everything of the public listener that is not on the hot path. */
export function createExpressApp(face: Face): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  for (const { route, handle } of Object.values<Handled>(handled)) {
    app[route.method](expressPath(route.path), async (request: Request, response: Response) => {
      const trail = beginRequest(face, response);
      try {
        checkFraming(request);
        // What anybody may read stays: the record system needs our keys for the requests that are still under way.
        if (face.gateway.draining && (route.auth === 'bearer' || route.method === 'post'))
          throw new Refusal('shutting_down');
        const body = checkAnswerBody(route.answer.schema, await handle(face, request, trail));
        response.statusCode = route.status ?? 200;
        response.setHeader('content-type', route.answer.mediaType);
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      } catch (error) {
        const told = await face.gateway.refused(trail, asRefusal(error), recognisedOn(request), {
          route: `${route.method.toUpperCase()} ${route.path}`,
        });
        refuse(request, response, (why) => senders[route.errors](response, why, trail, face.publicUrl), told);
      }
    });
  }
  app.use('/docs', docsPage());
  // Reached here only by a URL that is spelled in another way.
  for (const name of askingNames)
    app.post(routes[name].path, (request, response) => askingRoutes[name](face, request, response));
  app.use((request, response) => answerElsewhere(face, request, response));
  // What the router itself throws (a path that does not decode) never reaches Express's own page, which quotes it.
  app.use((_error: unknown, request: Request, response: Response, _next: NextFunction) =>
    answerElsewhere(face, request, response),
  );
  return app;
}
