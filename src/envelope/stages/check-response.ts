import { Refusal } from '../../errors/refusal.ts';
import { isBare } from '../../release/bare-tokens.ts';
import { type CheckedAnswer, checkElsewhere } from '../../release/check-answer.ts';
import { citationsOf } from '../../release/citations.ts';
import { isDocument } from '../../release/json-document.ts';
import { withoutShiftedDates } from '../../release/shifted-dates.ts';
import { type Notice, notice } from '../../vocabulary/notices.ts';
import type { Answering, Checked } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { answerScope, KnownTokens } from './answer-scope.ts';
import { otherPatients, refuseOthers } from './other-patients.ts';
import { wholeItems } from './whole-items.ts';

const bareTokens = { check: 'bare-tokens', verdict: 'mask', count: 1 } as const;

/** Name of the first check of an answer whose dates were shifted. */
const shiftedDates = 'shifted-dates';

/** The answer with tokens for what the model read as days of another calendar; one that cannot be turned back ends it. */
function asTokens({ answer, redacted }: Answering, issued: ReadonlySet<string>): string {
  if (!redacted.shifted) return answer;
  const turned = withoutShiftedDates(answer, issued);
  if (turned === undefined) throw new Refusal('answer_blocked', { facts: { failed: [shiftedDates] } });
  return turned;
}

/** That items were added; where the answer is a document, which of them it leaves out. */
function noticesOf({ text }: CheckedAnswer, leftOut: readonly string[]): readonly Notice[] {
  if (leftOut.length === 0) return [];
  const n = leftOut.length;
  return [
    isDocument(text)
      ? notice('items_left_out', { n, what: leftOut.join(', ') })
      : notice('items_added', { n }),
  ];
}

/** The whole answer against every check. One that blocks, or that throws, ends the envelope. */
export async function checkResponse(envelope: Answering, services: Services): Promise<StageResult<Checked>> {
  const whole = wholeItems(envelope);
  const lines = whole.map(({ line }) => line);
  const issued = await new KnownTokens(envelope, services).in([envelope.answer, ...lines].join('\n'));
  const answer = asTokens(envelope, issued);
  const scope = answerScope(envelope, services);
  const outcome = await envelope.readings.check({ ...scope, text: answer, issued: [...issued], whole });
  const report = await checkElsewhere(async () => outcome, {
    issuedTokens: issued,
    allowedHosts: new Set(scope.allowedHosts),
    ...(scope.calendar === undefined ? {} : { calendar: scope.calendar }),
  });
  const passed = [
    ...report.verdicts.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check),
    ...(envelope.redacted.shifted ? [shiftedDates] : []),
    otherPatients,
  ];
  const failed = report.verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ check }) => check);
  // Values are for reading an answer, not for looking tokens up.
  const bare = envelope.ask.action === 'reveal' && isBare(answer);
  await refuseOthers(envelope, outcome.told, services, failed);
  if (report.answer === undefined) throw new Refusal('answer_blocked', { facts: { failed } });
  return {
    envelope: {
      ...envelope,
      notices: [...envelope.notices, ...noticesOf(report.answer, outcome.leftOut)],
      checked: report.answer,
      verdicts: [...report.verdicts, ...(bare ? [bareTokens] : [])],
    },
    facts: {
      passed,
      failed: bare ? [...failed, bareTokens.check] : failed,
      citations: citationsOf(report.answer.text, envelope.redacted.items).length,
      ...(envelope.task.complete === undefined ? {} : { added: outcome.leftOut.length }),
    },
  };
}
