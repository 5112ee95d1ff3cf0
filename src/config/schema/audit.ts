import { closed, url } from './terms.ts';

const keyName = { type: 'string', pattern: '^[^\\s+]{1,255}$' };

/** A C2SP verifier key: name, key id, base64 of type and key. */
export const verifierKey = {
  type: 'string',
  pattern: '^[^\\s+]{1,255}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44,200}$',
};

export const audit = closed(
  {
    origin: keyName,
    verifierKeys: { type: 'array', items: verifierKey, uniqueItems: true, maxItems: 50, default: [] },
    witnesses: {
      type: 'array',
      items: closed({ url, key: verifierKey }),
      maxItems: 16,
      default: [],
    },
    witnessMaxAgeSeconds: { type: 'integer', minimum: 3, maximum: 86_400, default: 60 },
  },
  ['verifierKeys', 'witnesses', 'witnessMaxAgeSeconds'],
);
