import { english } from './emergency/english.ts';
import { french } from './emergency/french.ts';
import { german } from './emergency/german.ts';
import type { EmergencyPhrases } from './emergency/listed.ts';
import { spanish } from './emergency/spanish.ts';

/**
 * What people write who may need help at once, by language (ISO 639-1) and kind. Case, blanks, apostrophes and accents do
 * not count. A phrase stands here when missing it is worse than telling somebody once too often whom to call.
 */
export const emergencyPhrases = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
} as const satisfies Readonly<Record<string, EmergencyPhrases>>;
