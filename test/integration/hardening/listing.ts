import { catalogue } from '../../../src/errors/catalogue.ts';
import { aborted, type BadInput, denied, isRefused } from './bad-input.ts';
import { consentInputs } from './consent-inputs.ts';
import { emergencyInputs } from './emergency-inputs.ts';
import { fhirInputs, metadataFaults } from './fhir-inputs.ts';
import { mcpInputs } from './mcp-inputs.ts';
import { fieldInputs, modelInputs } from './model-inputs.ts';
import { requestInputs } from './request-inputs.ts';
import { storedStateInputs } from './stored-state-inputs.ts';
import { tokenInputs } from './token-inputs.ts';

/** Every bad input by section, in the order in which the tests run them. */
export const sections: Readonly<Record<string, readonly BadInput[]>> = {
  'Bad requests': requestInputs,
  'Stored state, hosted tools, addresses, parts that are no text': storedStateInputs,
  'Messages of MCP': mcpInputs,
  'Consents to keep': consentInputs,
  'Emergency access': emergencyInputs,
  Tokens: tokenInputs,
  'A FHIR server that fails or lies': [
    ...metadataFaults.map((fault) => ({
      name: `FHIR ${fault} at metadata`,
      outcome: denied('fhir_unavailable', 'consent_unavailable'),
    })),
    ...fhirInputs,
  ],
  'A model that fails': [
    { name: 'model down', outcome: aborted('model_unavailable', 'model_unavailable') },
    ...modelInputs,
  ],
  'A finding planted in an answer': fieldInputs,
};

/** One row of docs/bad-input.md. */
export function rowOf({ name, outcome }: BadInput): string {
  const cells = isRefused(outcome)
    ? [`${catalogue[outcome.code].status} \`${outcome.code}\``, `\`${outcome.event}\`, \`${outcome.reason}\``]
    : [`answered: ${outcome.answered}`, '`response.delivered`'];
  return `| ${[name, ...cells].join(' | ')} |`;
}
