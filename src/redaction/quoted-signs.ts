import { normalise, type View } from './normalise.ts';
import type { Change } from './written-otherwise.ts';

/** Signs of quoted-printable text, also where nothing else says that a text is such: `12640=20Elm=20St`, `Or=74iz`. */
const quotedSign = /=(?:[2-7][\da-f]|[89a-f][\da-f])/g;

/**
 * What `=74` and the like may stand for: it can as well be a value after its sign, `MRN=204871`, so that only what the
 * record says counts. Most texts hold no such sign.
 */
export function quotedSigns({ lower }: View): Change[] {
  if (!lower.includes('=')) return [];
  return Array.from(lower.matchAll(quotedSign), ({ index, 0: sign }): Change => {
    const instead = normalise(String.fromCharCode(Number.parseInt(sign.slice(1), 16))).lower;
    return { from: index, to: index + sign.length, dropped: [], instead };
  });
}
