import type { RememberedTexts } from './remembered-texts.ts';

/** A text, and in which of several ways it is read; undefined where it is not. */
export interface TextToRead<Way extends string> {
  readonly text: string;
  readonly way: Way | undefined;
}

/** What reads texts of each way, together: what is found in each, in their order. */
export type ReadTexts<Way extends string, Found> = Readonly<
  Record<Way, (texts: readonly string[]) => readonly Found[]>
>;

/**
 * What is found in texts, in their order. An envelope says the same in many places: each text is read once, and not at
 * all where what was found in it is remembered.
 */
export function readOnce<Way extends string, Found>(
  texts: readonly TextToRead<Way>[],
  read: ReadTexts<Way, Found>,
  remembered: Readonly<Record<Way, RememberedTexts<Found>>> | undefined,
): readonly (Found | undefined)[] {
  const found = new Map<Way, Map<string, Found>>();
  for (const way of new Set(texts.flatMap((one) => one.way ?? []))) {
    const known = new Map<string, Found>();
    const unread = new Set<string>();
    for (const one of texts) {
      if (one.way !== way || known.has(one.text)) continue;
      const earlier = remembered?.[way].get(one.text);
      if (earlier === undefined) unread.add(one.text);
      else known.set(one.text, earlier);
    }
    const all = [...unread];
    for (const [at, now] of read[way](all).entries()) {
      const text = all[at] ?? '';
      known.set(text, now);
      remembered?.[way].keep(text, now);
    }
    found.set(way, known);
  }
  return texts.map(({ text, way }) => (way === undefined ? undefined : found.get(way)?.get(text)));
}
