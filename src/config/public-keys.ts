import { isRecord } from '../vocabulary/fhir.ts';

export type PublicKey = Readonly<Record<string, unknown>>;

/** The keys of a JWK set; undefined for what is none, is empty, or holds a private or a shared key. */
export function publicKeysOf(text: string): readonly PublicKey[] | undefined {
  let set: unknown;
  try {
    set = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys = isRecord(set) && Array.isArray(set['keys']) ? set['keys'].filter(isRecord) : [];
  const open = keys.every((key) => ['EC', 'RSA', 'OKP'].includes(String(key['kty'])) && !('d' in key));
  return keys.length > 0 && open ? keys : undefined;
}
