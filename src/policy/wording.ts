import { isPurpose, purposes } from '../vocabulary/purpose.ts';
import { table } from '../vocabulary/table.ts';

/**
 * The one sentence for whoever has no relation to the patient, whether the relation is missing, the consent, or the
 * patient. Whatever refuses such a request before the policy is asked says these very words too.
 */
export const strangerSentence =
  'Not allowed: no record was found that you have a relation to and that a consent opens for this purpose. ' +
  'In an emergency use the record system itself or your local emergency path.';

const actionWords: Readonly<Record<string, string>> = table({
  ask: 'ask',
  context: 'take the redacted context',
  reveal: 'have an answer checked and revealed',
  embed: 'have texts redacted and embedded',
  exchange: 'be given a token',
});

const roleWords: Readonly<Record<string, string>> = table({
  patient: 'a patient',
  proxy: 'a proxy',
  nurse: 'a nurse',
  physician: 'a physician',
  pharmacist: 'a pharmacist',
  billing: 'a billing validator',
  analyst: 'an analyst',
  support: 'a support agent',
  compliance: 'a compliance officer',
  administrator: 'an administrator',
});

export const purposeWord = (purpose?: string): string =>
  isPurpose(purpose) ? purposes[purpose].name : 'this purpose';

export const actionWord = (action: string): string => actionWords[action] ?? 'do this';

/** Roles in words: `a nurse or a physician`; somebody without a role is `somebody without a role here`. */
export const roleWord = (roles: readonly string[]): string => {
  const words = roles.map((role) => roleWords[role]).filter((word) => word !== undefined);
  return words.length === 0 ? 'somebody without a role here' : words.join(' or ');
};

/** The facts that a sentence may name: closed vocabularies both. */
interface Named {
  readonly roles: readonly string[];
  readonly purpose?: string;
}

const placeholders: Readonly<Record<string, (action: string, facts: Named) => string>> = table({
  '{action}': (action) => actionWord(action),
  '{role}': (_action, facts) => roleWord(facts.roles),
  '{purpose}': (_action, facts) => purposeWord(facts.purpose),
});

const placeholderPattern = /\{[^{}]{0,40}\}/g;

/** Whether every {word} of a reason is known. */
export const isTemplate = (text: string): boolean =>
  text.trim() !== '' &&
  (text.match(placeholderPattern) ?? []).every((word) => Object.hasOwn(placeholders, word));

/** A reason with its words filled in. Facts are closed vocabularies, so no value of a record can get in. */
export const fillReason = (template: string, action: string, facts: Named): string =>
  template.replace(placeholderPattern, (word) => placeholders[word]?.(action, facts) ?? word);
