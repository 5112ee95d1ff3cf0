import { Buffer } from 'node:buffer';
import type { Match } from './match.ts';
import type { View } from './normalise.ts';

const blob =
  /[a-z0-9+/_-]{40,}(?:\n[a-z0-9+/_-]{16,})+={0,2}|[a-z0-9+/_-]{8,}={0,2}|[a-z0-9+/_-]{5,7}={1,2}/gi;
const hexadecimal = /^(?:[0-9a-f]{2}){6,}$/i;
/** Words, numbers and identifiers with hyphens are written like a blob, and read as themselves. */
const ordinary = /^(?:[A-Za-z]?[a-z]+|[A-Z]+|\d+)(?:[-_/+](?:[A-Za-z]?[a-z]*|[A-Z]+|\d+))*$/;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Base64 and hexadecimal text, decoded once: a blob hides as a whole where what it says holds an identifier.
 * `holds` is asked with the decoded text.
 */
export function encodedMatches(view: View, holds: (text: string) => boolean): Match[] {
  const matches: Match[] = [];
  for (const { index, 0: found } of view.text.matchAll(blob)) {
    if (ordinary.test(found)) continue;
    const text = decoded(found);
    if (text === undefined || !holds(text)) continue;
    matches.push({
      start: index,
      end: index + found.length,
      type: 'ID',
      rule: 'encoded',
      entity: `encoded:${found}`,
      rank: 0,
      full: true,
    });
  }
  return matches;
}

/** Readable text in a blob; undefined where it holds none. */
function decoded(found: string): string | undefined {
  const bare = found.replaceAll(/[\n=]/g, '');
  if (bare.length > 65_536) return undefined;
  return (
    (hexadecimal.test(bare) ? readable(Buffer.from(bare, 'hex')) : undefined) ??
    readable(Buffer.from(bare, 'base64'))
  );
}

function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < 3) return undefined;
  try {
    const text = decoder.decode(bytes);
    return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t]+$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
