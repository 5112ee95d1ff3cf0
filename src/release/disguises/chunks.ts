import { type Decoding, decodingsOf } from './decodings.ts';
import { bareSigns } from './signs.ts';

/** Between two pieces: the mark and the word of a list item, what stands between two strings of a program. */
const pieceGap = 24;
const longestRun = 4000;

interface Chunk {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Runs of pieces that stand close to each other, two or more. */
function runsOf(chunks: Iterable<Chunk>): Chunk[][] {
  const runs: Chunk[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const chunk of chunks) {
    if (chunk.start - end > pieceGap) runs.push([]);
    runs.at(-1)?.push(chunk);
    end = chunk.end;
  }
  return runs.filter(({ length }) => length > 1);
}

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

const decoding = (run: readonly Chunk[], says: readonly string[]): Decoding => ({
  start: run[0]?.start ?? 0,
  end: run.at(-1)?.end ?? 0,
  says,
});

/** What words of so many letters, which no language has, say together as base64, whatever plain words stand between. */
function inPieces(text: string, pattern: RegExp): Decoding[] {
  const chunks = [...text.matchAll(pattern)].map(({ index, 0: word }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return runsOf(chunks).map((run) => decoding(run, [fromBase64(run.map((one) => one.text).join(''))]));
}

/** Words that end in a figure, a sign or a capital behind a small letter. */
const ofFour = /(?<![A-Za-z0-9+/])(?=\S{0,3}[0-9+/=A-Z])[A-Za-z0-9+/]{2,4}={0,2}(?![A-Za-z0-9+/=])/g;
const ofEight = /(?<![A-Za-z0-9+/])(?=\S{0,7}[0-9+/=A-Z])[A-Za-z0-9+/]{2,8}={0,2}(?![A-Za-z0-9+/=])/g;
const quoted = /"([^"\n]{1,80})"|'([^'\n]{1,80})'|`([^`\n]{1,80})`/g;

/** What strings say that a program puts together. */
function inStrings(text: string): Decoding[] {
  const chunks = [...text.matchAll(quoted)].map((match) => ({
    text: match[1] ?? match[2] ?? match[3] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
  return runsOf(chunks).flatMap((run) => {
    const joined = run
      .map((one) => one.text)
      .join('')
      .slice(0, longestRun);
    const says = [
      ...decodingsOf(joined).flatMap((found) => found.says),
      ...(/^[A-Za-z0-9+/=_-]+$/.test(joined) ? [fromBase64(joined)] : []),
      ...(/^[0-9a-f]+$/i.test(joined) ? [Buffer.from(joined, 'hex').toString('utf8')] : []),
    ];
    return says.some((said) => bareSigns(said).length > 0) ? [decoding(run, says)] : [];
  });
}

/** What pieces of an encoding say together. */
export const chunksIn = (text: string): readonly Decoding[] => [
  ...inPieces(text, ofFour),
  ...inPieces(text, ofEight),
  ...inStrings(text),
];
