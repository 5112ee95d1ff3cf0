import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import { checkListed } from '../../identity/browser-origin.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { recognisedOn } from '../caller.ts';
import { originOf } from '../cors.ts';
import { arrival, beginRequest, callerSignal, type Face, refuse } from '../face.ts';
import { finish, lost, tellTiming } from '../handing-over.ts';
import { identifiedOpening } from '../opening.ts';
import { routes } from '../routes.ts';
import { checkRequest } from '../validate.ts';
import { sendMcpError } from './mcp-error.ts';
import { plainAnswer } from './plain-answer.ts';
import { type Speaking, ToolCall } from './tool-call.ts';
import { toolsOf } from './tool-list.ts';

const { method, path } = routes.mcp;
const route = `${method.toUpperCase()} ${path}`;

/** Headers that the protocol reads; no other one, and no token, reaches its library. */
const protocolHeaders = ['accept', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name'] as const;

/** Milliseconds for which a client may keep its list of tools. Calls are decided anew, whatever it lists. */
const listLasts = 60_000;

const instructions =
  'Ask about one patient, one task and one purpose at a time. Answers name people by their role, never by name; what is missing is said by notices, which belong to the answer. This is not the emergency path to the chart.';

/** Held to the shape of one message of a client; a stream of changes would tell of nothing. */
function checkMessage(body: unknown): void {
  checkRequest('mcpRequest', body);
  const { method: asked, params }: Readonly<Record<string, unknown>> = isRecord(body) ? body : {};
  if (asked === 'subscriptions/listen')
    throw new Refusal('malformed_request', {
      fault: '/method',
      sentence: 'This server tells of no changes.',
    });
  if (asked === 'tools/call') checkRequest('mcpCall', params);
}

/** What the protocol's library answers to one message. A server of its own for each: nothing is shared between callers. */
async function spoken(request: IncomingMessage, body: unknown, speaking: Speaking, call: ToolCall) {
  const { caller, face } = speaking;
  const { services } = face.gateway;
  const handler = createMcpHandler(() => {
    const hint = { ttlMs: listLasts, cacheScope: 'private' } as const;
    const server = new Server(
      { name: 'phi-gateway', version: face.version },
      {
        capabilities: { tools: {} },
        instructions,
        cacheHints: { 'tools/list': hint, 'server/discover': hint },
      },
    );
    server.setRequestHandler('tools/list', () => ({ tools: toolsOf(services, caller) }));
    server.setRequestHandler('tools/call', ({ params }) => call.run(params));
    return server;
  });
  const headers = protocolHeaders.flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const answer = await handler.fetch(new Request(`${face.publicUrl}${path}`, { method: 'POST', headers }), {
    parsedBody: body,
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

/** Why the protocol's library refused, for the trail. */
const reasonOf = (status: number) => (status >= 500 ? 'unexpected' : 'malformed_request');

/**
 * POST /mcp: Model Context Protocol over Streamable HTTP without sessions, on node:http because a call ends its trail
 * after the last byte. The token is looked at here, once for whatever is asked, and goes no further. Whoever closes the
 * connection cancels the call.
 */
export async function speakMcp(
  face: Face,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { gateway, publicUrl } = face;
  const trail = beginRequest(face, response);
  const signal = callerSignal(response, new Refusal('caller_gone'));
  const send = (refusal: Refusal): void =>
    refuse(request, response, (why) => sendMcpError(response, why, trail, publicUrl), refusal);
  const refused = (refusal: Refusal): Promise<Refusal> =>
    gateway.refused(trail, refusal, recognisedOn(request), { route });

  async function listened(): Promise<{ readonly body: unknown; readonly speaking: Speaking }> {
    if (gateway.draining) throw new Refusal('shutting_down');
    checkListed(originOf(request), face.origins, publicUrl);
    const { body: reading, opening } = await identifiedOpening(face, request, {
      resource: `${publicUrl}${path}`,
    });
    const body = await reading;
    checkMessage(body);
    const recognised = recognisedOn(request);
    const caller = opening.identified;
    return { body, speaking: { face, trail, caller, recognised, route, opening, signal } };
  }

  let heard: Awaited<ReturnType<typeof listened>>;
  try {
    heard = await listened();
  } catch (error) {
    const told = await refused(asRefusal(error));
    await arrival(request);
    send(told);
    return;
  }
  const call = new ToolCall(heard.speaking);
  try {
    const answer = await spoken(request, heard.body, heard.speaking, call);
    const { delivery } = call;
    if (call.outward !== undefined) {
      send(call.outward);
      return;
    }
    if (answer.status >= 400) {
      if (delivery !== undefined) throw new Refusal('unexpected');
      if (!call.ended) await refused(new Refusal(reasonOf(answer.status)));
    }
    response.statusCode = answer.status;
    if (answer.type !== null) response.setHeader('content-type', answer.type);
    if (delivery !== undefined) tellTiming(response, delivery);
    await finish(response, plainAnswer(answer, trail), delivery?.signal ?? signal);
    await delivery?.delivered().catch(lost(face, trail));
  } catch (error) {
    const refusal = asRefusal(error);
    if (!call.ended) await refused(refusal);
    await call.delivery?.aborted(refusal.reason).catch(lost(face, trail));
    send(refusal);
  }
}
