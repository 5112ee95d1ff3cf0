import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { type Evidence, type Format, formats } from './evidence.ts';
import { NotProven } from './reasons.ts';

interface Shown {
  readonly evidence: readonly {
    readonly format: Format;
    readonly document: string;
    readonly certificates?: readonly string[];
  }[];
}

const base64 = (maxLength: number): object => ({
  type: 'string',
  pattern: '^[A-Za-z0-9+/]{1,}={0,2}$',
  maxLength,
});

const validate = schemaCompiler({ strictRequired: false }).compile<Shown>({
  type: 'object',
  properties: {
    evidence: {
      type: 'array',
      minItems: 1,
      maxItems: 32,
      items: {
        type: 'object',
        properties: {
          format: { enum: formats },
          document: base64(699_052),
          certificates: { type: 'array', items: base64(16_384), maxItems: 16 },
        },
        required: ['format', 'document'],
      },
    },
  },
  required: ['evidence'],
});

/**
 * What an endpoint answers when it is asked for evidence: `{evidence: [{format, document, certificates?}]}`, bytes as
 * base64 (RFC 4648, section 4), certificates as DER. Members that are not known mean nothing. Throws NotProven
 * `malformed`.
 */
export function readShown(body: string): readonly Evidence[] {
  const parsed = parsedOf(body);
  if (!validate(parsed)) throw new NotProven('malformed');
  return parsed.evidence.map(({ certificates = [], document, format }) => ({
    format,
    document: Buffer.from(document, 'base64'),
    certificates: certificates.map((one) => Buffer.from(one, 'base64')),
  }));
}

function parsedOf(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    throw new NotProven('malformed');
  }
}
