import imported from 'canonicalize';

type Serializer = (input: unknown) => string | undefined;
const isSerializer = (value: unknown): value is Serializer => typeof value === 'function';

/** The package is CommonJS whose types say ESM: under Node the import is the function itself. */
const loaded: unknown = imported;

/**
 * JSON Canonicalization Scheme (RFC 8785). Throws a TypeError for what has no canonical form: `undefined`,
 * functions, NaN, infinities, lone surrogates (RFC 8785, section 3.2.2.2).
 */
export function canonicalJson(value: unknown): string {
  if (!isSerializer(loaded)) throw new TypeError('canonicalize did not load');
  const text = loaded(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  // JSON.stringify spells a lone surrogate as a lower-case \ud8..\udf escape and never escapes a good pair.
  if (/\\ud[89a-f]/.test(text.replaceAll('\\\\', ''))) throw new TypeError('lone surrogate in a string');
  return text;
}
