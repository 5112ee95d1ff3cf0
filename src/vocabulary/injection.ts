/** Kinds of text that looks as if it were written for a model; `src/signal` says how each is found and why it counts. */
export const injectionRules = [
  'override',
  'override-all',
  'new-orders',
  'persona',
  'prompt-leak',
  'prompt-words',
  'model-address',
  'when-answering',
  'conceal',
  'output',
  'reply-only',
  'off-task',
  'exfiltration',
  'encode-as',
  'tool-call',
  'unmask',
  'code-request',
  'template-tokens',
  'role-lines',
  'instruction-headings',
  'own-delimiters',
  'token-shapes',
  'link-with-data',
  'markup',
  'program-code',
  'hidden-characters',
  'turned-characters',
  'encoded',
] as const;
export type InjectionRule = (typeof injectionRules)[number];

/** Where texts came from: the caller's conversation, or the record. */
export const injectionPlaces = ['question', 'record'] as const;
export type InjectionPlace = (typeof injectionPlaces)[number];

/** What the texts of one place say: the highest score of one text, and in how many texts each rule was found. */
export interface PlaceSignal {
  /** 0 to 100; 0 where nothing was found. */
  readonly score: number;
  /** Texts with a score. */
  readonly texts: number;
  readonly rules: Readonly<Partial<Record<InjectionRule, number>>>;
}

export type InjectionSignals = Readonly<Record<InjectionPlace, PlaceSignal>>;

export const injectionLevels = ['low', 'high'] as const;
export type InjectionLevel = (typeof injectionLevels)[number];

/** From this score on a person should look; below it the trail knows, and nobody is told. */
export const highScore = 60;

export const injectionLevelOf = (score: number): InjectionLevel | undefined => {
  if (score >= highScore) return 'high';
  return score > 0 ? 'low' : undefined;
};
