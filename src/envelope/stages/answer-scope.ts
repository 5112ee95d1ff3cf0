import { denyKinds } from '../../labels/denied-codes.ts';
import { withheldKinds } from '../../labels/withheld-kinds.ts';
import type { AnswerToCheck } from '../../reading/ports.ts';
import type { RedactedContext } from '../../redaction/ports.ts';
import { unissuedTokens } from '../../release/earlier-tokens.ts';
import { calendarOf } from '../../release/scope-calendar.ts';
import type { ShownItem, ShownMessage } from '../../release/support/shown-record.ts';
import { verbatimWords } from '../../retrieval/task.ts';
import type { IdentityValue } from '../../vocabulary/identity-sheet.ts';
import { epochDayOf } from '../../vocabulary/time.ts';
import type { Redacted } from '../envelope.ts';
import type { Services } from '../services.ts';

/** An envelope with whose record an answer is compared. */
export type Comparing = Redacted & { readonly canary: string };

const shownItems = ({ items }: RedactedContext): readonly ShownItem[] =>
  items.map(({ parts, passages, resource }) => ({
    type: resource.type,
    parts: parts.map(({ name, text }) => ({ name, text: String(text) })),
    passages: passages.map(String),
  }));

/** Whoever said it: a message whose role is unknown counts as no support for anything. */
const shownMessages = ({ ask, redacted }: Comparing): readonly ShownMessage[] =>
  redacted.messages.map((text, n) => ({ role: ask.messages[n]?.role ?? 'assistant', text: String(text) }));

/** The patient's birth in days since the Unix epoch, where the sheet has one full date. */
function birthOf(values: readonly IdentityValue[]): number | undefined {
  const births = values.flatMap(({ bearer, date }) =>
    bearer === 'patient' && date?.role === 'birth' ? [date.day] : [],
  );
  const [birth] = births;
  return birth === undefined || births.some((other) => other !== birth) ? undefined : epochDayOf(birth);
}

/** Of what consent withholds, and nothing of which the model was shown, nothing may be said. */
const silencedKinds = (
  { consent, record }: Comparing,
  { labels, clinicalClock }: Services,
): readonly string[] =>
  withheldKinds(
    { ...consent, residual: denyKinds(consent.residual, labels) },
    labels,
    record.items.flatMap((item) => [...item.labels, ...item.passages.flatMap((passage) => passage.labels)]),
    clinicalClock.now(),
  );

/** All that an answer is checked against but the tokens that it may hold. */
export function answerScope(envelope: Comparing, services: Services): Omit<AnswerToCheck, 'text' | 'issued'> {
  const calendar = calendarOf(envelope.redacted.issued, birthOf(envelope.sheet.values));
  return {
    canary: envelope.canary,
    instructions: envelope.task.instructions,
    citationKeys: envelope.redacted.items.map(({ key }) => key),
    items: shownItems(envelope.redacted),
    messages: shownMessages(envelope),
    withheldKinds: silencedKinds(envelope, services),
    verbatimWords: envelope.task.verbatimWords ?? verbatimWords,
    verdicts: envelope.task.answerChecks ?? {},
    allowedHosts: envelope.tenant.config.linkHosts ?? [],
    ...(calendar === undefined ? {} : { calendar }),
  };
}

/**
 * Tokens that an answer may hold: those issued for this envelope, and those of it that an earlier turn of the same
 * conversation issued, which only the vault knows. Anything else is a token of nobody here. The vault is asked once
 * for each.
 */
export class KnownTokens {
  readonly #envelope: Comparing;
  readonly #services: Services;
  readonly #known: Set<string>;
  readonly #asked = new Set<string>();

  constructor(envelope: Comparing, services: Services) {
    this.#envelope = envelope;
    this.#services = services;
    this.#known = new Set(envelope.redacted.issued.map(({ token }) => token));
  }

  async in(answer: string): Promise<ReadonlySet<string>> {
    const fresh = unissuedTokens(answer, this.#known).filter((token) => !this.#asked.has(token));
    if (fresh.length > 0) {
      for (const token of fresh) this.#asked.add(token);
      const found = await this.#services.vault.resolve(this.#envelope.vaultScope, fresh);
      for (const token of found.keys()) this.#known.add(token);
    }
    return this.#known;
  }
}
