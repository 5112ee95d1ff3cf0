import type { ServerResponse } from 'node:http';
import type { Reason } from '../errors/reasons.ts';
import type { Refusal } from '../errors/refusal.ts';
import { proofAlgorithms } from '../identity/dpop.ts';
import type { PatientText } from '../vocabulary/patient-texts.ts';

/** RFC 9457 problem details with the gateway's stable `code` and the trail's id. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly trail: string;
  readonly fault?: string;
  readonly patientTexts?: readonly PatientText[];
}

/** The texts that stand in the detail, by themselves. */
export const textsOf = ({ texts }: Refusal): { readonly patientTexts?: readonly PatientText[] } =>
  texts.length === 0 ? {} : { patientTexts: texts };

export const problemOf = (refusal: Refusal, trail: string): ProblemDetails => ({
  type: `urn:phi-gateway:error:${refusal.code}`,
  title: refusal.entry.title,
  status: refusal.entry.status,
  detail: refusal.publicDetail,
  code: refusal.code,
  trail,
  ...(refusal.fault === undefined ? {} : { fault: refusal.fault }),
  ...textsOf(refusal),
});

/** The error envelope of the OpenAI API (all four members are required there), with the trail beside it. */
export const openAiErrorOf = (refusal: Refusal, trail: string) => ({
  error: {
    message: refusal.publicDetail,
    type: refusal.entry.openaiType,
    param: refusal.fault ?? null,
    code: refusal.code,
  },
  phi: { trail, ...textsOf(refusal) },
});

/** Refusals of which a DPoP proof would have been, or was, the matter (RFC 9449, section 7.1). */
const aboutProofs: ReadonlySet<Reason> = new Set([
  'proof_missing',
  'proof_invalid',
  'proof_replayed',
  'proof_nonce',
]);

/** What a resource of its own says in a challenge beside what all do. */
interface ResourceChallenge {
  /** Path of the resource, with the slash. */
  readonly path: string;
  readonly scope: string;
  readonly error?: string;
}

/** Challenge of a 401 (RFC 6750, section 3; RFC 9470, section 3; RFC 9728, section 5.1). */
export function challengeOf(refusal: Refusal, publicUrl: string, resource?: ResourceChallenge): string {
  const scheme = aboutProofs.has(refusal.reason) ? 'DPoP' : 'Bearer';
  const parameters = {
    ...(scheme === 'DPoP' ? { algs: proofAlgorithms.join(' ') } : {}),
    ...(refusal.reason === 'token_missing' ? {} : { error: refusal.code }),
    ...refusal.challenge,
    ...(resource?.error === undefined ? {} : { error: resource.error }),
    ...(resource === undefined ? {} : { scope: resource.scope }),
    resource_metadata: `${publicUrl}/.well-known/oauth-protected-resource${resource?.path ?? ''}`,
  };
  const spelled = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.replace(/["\\]/g, '')}"`,
  );
  return `${scheme} ${spelled.join(', ')}`;
}

/** Headers that every refusal carries; clients are told not to retry what will not change. */
export function setRefusalHeaders(
  response: ServerResponse,
  refusal: Refusal,
  publicUrl: string,
  status: number = refusal.entry.status,
): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-should-retry', refusal.retryAfterSeconds === undefined ? 'false' : 'true');
  if (refusal.retryAfterSeconds !== undefined) response.setHeader('retry-after', refusal.retryAfterSeconds);
  if (status === 401) response.setHeader('www-authenticate', challengeOf(refusal, publicUrl));
}

/** Sends one refusal in the shape of a face. */
const sender =
  (mediaType: string, bodyOf: (refusal: Refusal, trail: string) => object) =>
  (response: ServerResponse, refusal: Refusal, trail: string, publicUrl: string): void => {
    setRefusalHeaders(response, refusal, publicUrl);
    response.statusCode = refusal.entry.status;
    response.setHeader('content-type', mediaType);
    response.end(JSON.stringify(bodyOf(refusal, trail)));
  };

export const sendProblem = sender('application/problem+json', problemOf);
export const sendOpenAiError = sender('application/json', openAiErrorOf);
