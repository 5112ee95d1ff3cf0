import { closed, file, id, milliseconds, url } from './terms.ts';

const authorization = closed(
  {
    method: { enum: ['backend', 'exchange'] },
    issuer: url,
    tokenEndpoint: url,
    clientId: { type: 'string', minLength: 1, maxLength: 255 },
    clientKey_file: file,
    maxLifetimeSeconds: { type: 'integer', minimum: 30, maximum: 3_600, default: 300 },
    jwksUri: url,
  },
  ['method', 'issuer', 'tokenEndpoint', 'clientId', 'clientKey_file', 'maxLifetimeSeconds'],
);

const fhirServer = {
  id: { ...id, default: 'fhir' },
  base: url,
  timeoutMs: { ...milliseconds, default: 10_000 },
  maxResponseBytes: { type: 'integer', minimum: 1_024, maximum: 268_435_456, default: 8_388_608 },
  maxConcurrent: { type: 'integer', minimum: 1, maximum: 1_000, default: 64 },
  batch: { type: 'boolean', default: false },
  authorization,
};

const ofEachServer = ['id', 'base', 'timeoutMs', 'maxResponseBytes', 'maxConcurrent', 'batch'];

export const part2Programs = {
  type: 'array',
  items: { type: 'string', pattern: '^(Organization|HealthcareService|Location)/[A-Za-z0-9.-]{1,64}$' },
  maxItems: 200,
  uniqueItems: true,
  default: [],
};

export const fhir = closed(
  { ...fhirServer, aliases: { type: 'array', items: url, uniqueItems: true, maxItems: 10 } },
  ofEachServer,
);

export const furtherFhir = closed({ ...fhirServer, id, crossReference: file, part2Programs }, [
  ...ofEachServer,
  'crossReference',
  'part2Programs',
]);
