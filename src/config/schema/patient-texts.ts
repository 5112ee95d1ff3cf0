import { defaultPatientTexts } from '../../vocabulary/patient-texts.ts';
import { closed } from './terms.ts';

/** Some lines that are seen: nothing else than letters, signs, blanks and line feeds, and neither at an end. */
const fixedText = (words: string): object => ({
  type: 'string',
  pattern: '^(?!\\s)(?:[^\\p{C}]|\\n)+(?<!\\s)$',
  maxLength: 1_000,
  default: words,
});

export const patientTexts = {
  ...closed({
    answer: fixedText(defaultPatientTexts.answer),
    emergency: {
      ...closed({
        text: fixedText(defaultPatientTexts.emergency.text),
        phrases: {
          type: 'array',
          items: { type: 'string', minLength: 2, maxLength: 100 },
          uniqueItems: true,
          maxItems: 500,
          default: defaultPatientTexts.emergency.phrases,
        },
      }),
      default: {},
    },
  }),
  default: {},
};
