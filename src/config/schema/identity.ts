import { roles } from '../../vocabulary/person.ts';
import { issuerProfiles } from '../issuer-profiles.ts';
import { closed, file, milliseconds, url } from './terms.ts';

const claimName = { type: 'string', minLength: 1, maxLength: 255 };

export const issuer = closed(
  {
    issuer: url,
    audience: { type: 'string', minLength: 1, maxLength: 2048 },
    profile: { enum: Object.keys(issuerProfiles), default: 'rfc9068' },
    algorithms: {
      type: 'array',
      items: { enum: issuerProfiles.rfc9068.algorithms },
      minItems: 1,
      uniqueItems: true,
    },
    claims: {
      ...closed(
        {
          roles: { ...claimName, default: 'roles' },
          fhirUser: { ...claimName, default: 'fhirUser' },
          tenant: claimName,
          department: claimName,
          name: claimName,
          assurance: { ...claimName, default: 'acr' },
          session: { ...claimName, default: 'sid' },
          deviceId: claimName,
          deviceManaged: claimName,
          devicePosture: claimName,
          patient: { ...claimName, default: 'patient' },
          encounter: { ...claimName, default: 'encounter' },
        },
        ['roles', 'fhirUser'],
      ),
      default: {},
    },
    roleNames: {
      type: 'object',
      maxProperties: 500,
      additionalProperties: { type: 'array', items: { enum: roles }, minItems: 1, uniqueItems: true },
    },
    fhirBase: url,
    discoveryTimeoutMs: { ...milliseconds, default: 5_000 },
    jwksOrigin: url,
    keyGraceSeconds: { type: 'integer', minimum: 0, maximum: 86_400, default: 3_600 },
    idTokens: { enum: ['accepted', 'refused'], default: 'refused' },
    introspection: closed({
      endpoint: url,
      clientId: { type: 'string', minLength: 1, maxLength: 255 },
      clientSecret_file: file,
    }),
    signals: closed(
      {
        issuer: url,
        audience: { type: 'string', minLength: 1, maxLength: 2048 },
        jwksUri: url,
        authorization_file: file,
        silenceSeconds: { type: 'integer', minimum: 5, maximum: 86_400, default: 300 },
        whenSilent: { enum: ['closed', 'open'], default: 'closed' },
      },
      ['audience', 'silenceSeconds', 'whenSilent'],
    ),
  },
  ['issuer', 'audience', 'profile', 'claims', 'fhirBase', 'discoveryTimeoutMs', 'keyGraceSeconds'],
);
