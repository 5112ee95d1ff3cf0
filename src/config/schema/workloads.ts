import { purposes } from '../../vocabulary/purpose.ts';
import { retention } from './models.ts';
import { allOr, closed, closedBut, file, id, residency } from './terms.ts';
import { spiffeIds } from './transport.ts';

/** As a browser writes it (RFC 6454, section 6.2): no path, no default port, lower case. */
const origin = {
  type: 'string',
  pattern:
    '^(?:https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|http://(?:127\\.0\\.0\\.1|localhost))(?::[1-9][0-9]{0,4})?$',
};

export const workload = closed(
  {
    id,
    clientIds: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 255 },
      minItems: 1,
      uniqueItems: true,
      maxItems: 100,
    },
    spiffeIds,
    jwks: file,
    senderConstraint: { enum: ['required', 'optional'] },
    origins: { type: 'array', items: origin, minItems: 1, maxItems: 20, uniqueItems: true },
    tasks: allOr({ type: 'string', minLength: 1, maxLength: 64 }),
    purposes: allOr({ enum: Object.keys(purposes) }),
    models: allOr(id),
    readingModel: closedBut(['retention'], {
      name: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$' },
      residency,
      contract: { type: 'string', minLength: 1, maxLength: 200 },
      retention,
    }),
    humanReads: { type: 'boolean', default: false },
  },
  ['id', 'clientIds', 'spiffeIds', 'tasks', 'purposes', 'models', 'humanReads'],
);
