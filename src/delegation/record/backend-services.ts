import { Refusal } from '../../errors/refusal.ts';
import { fhirClaims } from '../fhir-token.ts';
import { checkAnswer } from './granted.ts';
import type { RecordToken, RecordTokens } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** `patient/` scopes as the system's own: such a token knows no patient, so the searches and the re-check bind it. */
export const systemScopes = (scopes: readonly string[]): readonly string[] => [
  ...new Set(scopes.map((scope) => scope.replace(/^(?:patient|user)\//, 'system/'))),
];

/**
 * SMART Backend Services (SMART App Launch 2.2): a token for exactly the system scopes of the plan, asked for anew by
 * each envelope and forgotten with it.
 */
export function createBackendServices(input: {
  readonly endpoint: TokenEndpoint;
  /** Seconds; a server that answers with a longer life is refused. */
  readonly maxLifetimeSeconds: number;
}): RecordTokens {
  return {
    method: 'backend',
    patientBound: false,
    async issue(request, signal): Promise<RecordToken> {
      // The same rules as for tokens of our own: named types, reading only.
      fhirClaims(request);
      const scopes = systemScopes(request.scopes);
      const answer = await input.endpoint.ask('client_credentials', { scope: scopes.join(' ') }, signal);
      const expiresIn = checkAnswer(answer, scopes, input.maxLifetimeSeconds);
      if (answer.access_token === '') throw new Refusal('record_token_unavailable');
      return { accessToken: answer.access_token, expiresIn, patientBound: false };
    },
  };
}
