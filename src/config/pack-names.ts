/** Packs by name, as they ship. */
export const packNames = [
  'hipaa-safe-harbor',
  'limited-data-set',
  'gdpr',
  'es',
  'de',
  'fr',
  'strict',
] as const;

export type PackName = (typeof packNames)[number];

export const isPackName = (named: string): named is PackName => packNames.some((known) => known === named);

/** Whether a pack is named by its file. */
export const isPackFile = (named: string): boolean => /\.ya?ml$/.test(named);
