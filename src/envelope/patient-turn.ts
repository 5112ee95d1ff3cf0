import { speaksOfEmergency } from '../release/emergency-words.ts';
import { type PatientText, patientTexts } from '../vocabulary/patient-texts.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import type { Ask, AskedMessage, Authenticated } from './envelope.ts';

/** Whose words are looked at, and for what purpose they ask, as far as it is known. */
export interface PatientTurn {
  readonly ask: Ask;
  readonly purpose: unknown;
  readonly tenant: Authenticated['tenant'];
  readonly user: VerifiedUser;
}

const ownPurposes: ReadonlySet<unknown> = new Set(['PATRQT', 'FAMRQT']);

/** Whether the patient asks or somebody who acts for them, by purpose or by all that the asker is. */
export const isOfPatient = ({ purpose, user }: Pick<PatientTurn, 'purpose' | 'user'>): boolean =>
  ownPurposes.has(purpose) ||
  (user.roles.length > 0 && user.roles.every((role) => role === 'patient' || role === 'proxy'));

/**
 * What the caller says in this turn, one message below the other: from behind the answer before it, also where a tool was
 * called since. A message of an assistant that says nothing is no answer.
 */
function saidNow(messages: readonly AskedMessage[]): string {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const before = messages
    .slice(0, last + 1)
    .findLastIndex(({ role, text }) => role === 'assistant' && text.trim() !== '');
  return messages
    .slice(before + 1, last + 1)
    .filter(({ role }) => role === 'user')
    .map(({ text }) => text)
    .join('\n');
}

/** What comes first, whatever becomes of the question: what to do in an emergency, where the asker speaks of one. */
export function saidFirst(turn: PatientTurn): readonly PatientText[] {
  const { action, messages } = turn.ask;
  // Texts for an index are nobody's words of now.
  if (action === 'embed' || !isOfPatient(turn)) return [];
  const { emergency } = patientTexts(turn.tenant.config);
  return speaksOfEmergency(saidNow(messages), emergency.phrases)
    ? [{ code: 'emergency', text: emergency.text }]
    : [];
}
