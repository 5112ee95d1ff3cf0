import type { ServerResponse } from 'node:http';
import { signInScope } from '../../delegation/metadata.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { Refusal } from '../../errors/refusal.ts';
import { challengeOf, setRefusalHeaders } from '../problem.ts';
import { routes } from '../routes.ts';

/** Codes of JSON-RPC 2.0, section 5.1; everything else is of the server. */
const codes: Readonly<Partial<Record<ErrorCode, number>>> = { invalid_request: -32_600 };
const serverError = -32_000;

export const mcpErrorOf = (refusal: Refusal, trail: string) => ({
  jsonrpc: '2.0',
  id: null,
  error: {
    code: codes[refusal.code] ?? serverError,
    message: refusal.publicDetail,
    data: {
      code: refusal.code,
      trail,
      ...(refusal.fault === undefined ? {} : { fault: refusal.fault }),
    },
  },
});

/**
 * Refuses a request before a tool answers: HTTP status, a JSON-RPC error without the id of a request, and the challenge
 * that MCP clients read (Authorization, "Protected Resource Metadata Discovery" and "Scope Challenge Handling").
 */
export function sendMcpError(
  response: ServerResponse,
  refusal: Refusal,
  trail: string,
  publicUrl: string,
): void {
  const { status } = refusal.entry;
  setRefusalHeaders(response, refusal, publicUrl);
  const at = { path: routes.mcp.path, scope: signInScope };
  if (status === 401) response.setHeader('www-authenticate', challengeOf(refusal, publicUrl, at));
  if (refusal.reason === 'scope_exceeded') {
    const error = 'insufficient_scope';
    response.setHeader('www-authenticate', challengeOf(refusal, publicUrl, { ...at, error }));
  }
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(mcpErrorOf(refusal, trail)));
}
