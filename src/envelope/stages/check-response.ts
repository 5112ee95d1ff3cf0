import { Refusal } from '../../errors/refusal.ts';
import { denyKinds } from '../../labels/denied-codes.ts';
import { withheldKinds } from '../../labels/withheld-kinds.ts';
import type { RedactedContext } from '../../redaction/ports.ts';
import { isBare } from '../../release/bare-tokens.ts';
import { checkElsewhere } from '../../release/check-answer.ts';
import { citationsOf } from '../../release/citations.ts';
import { unissuedTokens } from '../../release/earlier-tokens.ts';
import { calendarOf } from '../../release/scope-calendar.ts';
import { verbatimWords } from '../../retrieval/task.ts';
import type { IdentityValue } from '../../vocabulary/identity-sheet.ts';
import { epochDayOf } from '../../vocabulary/time.ts';
import type { Answering, Checked } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

function contextOf({ items, messages }: RedactedContext): string {
  const texts = items.flatMap(({ parts, passages }) => [...parts.map(({ text }) => text), ...passages]);
  return [...texts, ...messages].join('\n');
}

/** Free text of the record, one text a document: a run may not be longer because it was cut into passages. */
const notesOf = ({ items }: RedactedContext): readonly string[] =>
  items.flatMap(({ parts, passages }) => [passages.join('\n'), ...parts.map(({ text }) => String(text))]);

/**
 * Tokens that the answer may hold: those issued for this envelope, and those of it that an earlier turn of the same
 * conversation issued, which only the vault knows. Anything else is a token of nobody here.
 */
async function tokensOf(envelope: Answering, services: Services): Promise<ReadonlySet<string>> {
  const issued = envelope.redacted.issued.map(({ token }) => token);
  const asked = unissuedTokens(envelope.answer, issued);
  if (asked.length === 0) return new Set(issued);
  return new Set([...issued, ...(await services.vault.resolve(envelope.vaultScope, asked)).keys()]);
}

/** The patient's birth in days since the Unix epoch, where the sheet has one full date. */
function birthOf(values: readonly IdentityValue[]): number | undefined {
  const births = values.flatMap(({ bearer, date }) =>
    bearer === 'patient' && date?.role === 'birth' ? [date.day] : [],
  );
  const [birth] = births;
  return birth === undefined || births.some((other) => other !== birth) ? undefined : epochDayOf(birth);
}

const bareTokens = { check: 'bare-tokens', verdict: 'mask', count: 1 } as const;

/** Of what consent withholds, and nothing of which the model was shown, nothing may be said. */
const silencedKinds = (
  { consent, record }: Answering,
  { labels, clinicalClock }: Services,
): readonly string[] =>
  withheldKinds(
    { ...consent, residual: denyKinds(consent.residual, labels) },
    labels,
    record.items.flatMap((item) => [...item.labels, ...item.passages.flatMap((passage) => passage.labels)]),
    clinicalClock.now(),
  );

/** The whole answer against every check. One that blocks, or that throws, ends the envelope. */
export async function checkResponse(envelope: Answering, services: Services): Promise<StageResult<Checked>> {
  const issued = await tokensOf(envelope, services);
  const calendar = calendarOf(envelope.redacted.issued, birthOf(envelope.sheet.values));
  const scope = calendar === undefined ? {} : { calendar };
  const run = () =>
    envelope.readings.check({
      text: envelope.answer,
      issued: [...issued],
      canary: envelope.canary,
      instructions: envelope.task.instructions,
      citationKeys: envelope.redacted.items.map(({ key }) => key),
      context: contextOf(envelope.redacted),
      withheldKinds: silencedKinds(envelope, services),
      notes: notesOf(envelope.redacted),
      verbatimWords: envelope.task.verbatimWords ?? verbatimWords,
      ...scope,
    });
  const report = await checkElsewhere(run, { issuedTokens: issued, ...scope });
  const passed = report.verdicts.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check);
  const failed = report.verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ check }) => check);
  // Values are for reading an answer, not for looking tokens up.
  const bare = envelope.ask.action === 'reveal' && isBare(envelope.answer);
  if (report.answer === undefined) throw new Refusal('answer_blocked', { facts: { failed } });
  return {
    envelope: {
      ...envelope,
      checked: report.answer,
      verdicts: [...report.verdicts, ...(bare ? [bareTokens] : [])],
    },
    facts: {
      passed,
      failed: bare ? [...failed, bareTokens.check] : failed,
      citations: citationsOf(report.answer.text, envelope.redacted.items).length,
    },
  };
}
