import { closed, file, milliseconds, url } from './terms.ts';

export const redaction = closed(
  {
    packs: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 4_096 },
      uniqueItems: true,
      maxItems: 20,
      default: [],
    },
    recogniser: closed(
      {
        url,
        certificate: file,
        key_file: file,
        authority: file,
        language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$', default: 'en' },
        entities: {
          type: 'array',
          items: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' },
          minItems: 1,
          maxItems: 200,
          uniqueItems: true,
        },
        leastScore: { type: 'number', minimum: 0, maximum: 1, default: 0.4 },
        timeoutMs: { ...milliseconds, default: 5_000 },
      },
      ['url', 'language', 'leastScore', 'timeoutMs'],
    ),
  },
  ['packs'],
);
