/** Phrases of one language by what they speak of. */
export type EmergencyPhrases = Readonly<Record<string, readonly string[]>>;

/** The phrases of a text, which commas divide. */
export const listed = (text: string): readonly string[] =>
  text.split(',').map((phrase) => phrase.replace(/\s+/g, ' ').trim());
