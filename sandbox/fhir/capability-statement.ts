import { listedTypes, parametersOf } from './search/parameters.ts';
import type { FhirStore } from './store.ts';

/** The CapabilityStatement, written from the tables that the server works by, so that it cannot say more. */
export function capabilityStatement(store: FhirStore, base: string, now: number): Record<string, unknown> {
  const types = [...new Set([...listedTypes, ...store.types()])].toSorted();
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(now).toISOString(),
    kind: 'instance',
    name: 'PhiGatewaySandbox',
    software: { name: 'phi-gateway sandbox' },
    implementation: {
      description: 'Sandbox on loopback with synthetic patients. Not for real records.',
      url: base,
    },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          description:
            'Bearer token with SMART v2 scopes; patient/ scopes are bound to the patient of the token.',
        },
        resource: types.map(ofType),
        interaction: [{ code: 'batch' }],
      },
    ],
  };
}

function ofType(type: string): Record<string, unknown> {
  const parameters = Object.entries(parametersOf(type));
  const includes = parameters.filter(([, parameter]) => parameter.kind === 'reference');
  return {
    type,
    interaction: [{ code: 'read' }, { code: 'vread' }, { code: 'search-type' }],
    versioning: 'versioned',
    readHistory: false,
    searchInclude: includes.map(([name]) => `${type}:${name}`),
    searchRevInclude: type === 'Provenance' ? [] : ['Provenance:target'],
    searchParam: parameters.map(([name, parameter]) => ({ name, type: parameter.kind })),
  };
}
