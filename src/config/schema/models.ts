import { purposes } from '../../vocabulary/purpose.ts';
import { closed, file, id, milliseconds, residency, url } from './terms.ts';

/** What whoever runs a model promised to keep, and for what; `training` has to be said. */
export const retention = closed({
  days: { type: 'integer', minimum: 0, maximum: 36_500 },
  training: { type: 'boolean' },
  contract: { type: 'string', minLength: 1, maxLength: 200 },
});

export const model = closed(
  {
    id,
    model: { type: 'string', minLength: 1, maxLength: 255 },
    baseUrl: url,
    apiKey_file: file,
    timeoutMs: { ...milliseconds, default: 60_000 },
    maxAnswerBytes: { type: 'integer', minimum: 1_024, maximum: 16_777_216, default: 262_144 },
    residency,
    trusted: { type: 'boolean', default: false },
    embeddings: { type: 'boolean' },
    purposes: {
      type: 'array',
      items: { enum: Object.keys(purposes) },
      minItems: 1,
      uniqueItems: true,
    },
    attestation: closed(
      {
        policy: file,
        path: { type: 'string', pattern: '^/[A-Za-z0-9._~/-]{0,199}$', default: '/attestation' },
      },
      ['policy', 'path'],
    ),
    noStore: { type: 'boolean' },
    retention,
    retries: { type: 'integer', minimum: 0, maximum: 3 },
    fallback: { type: 'array', items: id, minItems: 1, maxItems: 3, uniqueItems: true },
  },
  ['id', 'model', 'baseUrl', 'timeoutMs', 'maxAnswerBytes', 'residency', 'trusted'],
);
