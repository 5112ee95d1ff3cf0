import { createHash } from 'node:crypto';
import type { AppraisalPolicy, Requirement } from './appraisal-policy.ts';
import { appraise } from './appraise.ts';
import type { Expected } from './bindings.ts';
import type { Claims } from './claims.ts';
import type { Evidence, Format } from './evidence.ts';
import { verifiers } from './formats/verifiers.ts';
import { NotProven, type Reason } from './reasons.ts';

/** What came of one document. */
export interface Judged {
  readonly format: Format;
  /** SHA-256 of the document, hex. */
  readonly hash: string;
  /** There where its signatures hold, whether or not the policy takes them. */
  readonly claims?: Claims;
  /** Empty where it counts. */
  readonly reasons: readonly Reason[];
}

/** What came of all that a machine showed. */
export interface Verdict {
  readonly ok: boolean;
  readonly judged: readonly Judged[];
  /** Of all of it, each once; `format_missing` where something is not there at all. */
  readonly reasons: readonly Reason[];
}

/** Verifies and appraises one document. Throws nothing that the document could cause. */
export async function judgeOne(
  evidence: Evidence,
  wanted: Requirement,
  at: number,
  expected?: Expected,
): Promise<Judged> {
  const { format } = evidence;
  const hash = createHash('sha256').update(evidence.document).digest('hex');
  try {
    const claims = await verifiers[format](evidence, wanted.trust, at);
    return { format, hash, claims, reasons: appraise(claims, wanted, at, expected) };
  } catch (thrown) {
    // A fault of ours ends the same way: nothing is proven.
    return { format, hash, reasons: [thrown instanceof NotProven ? thrown.reason : 'malformed'] };
  }
}

/** How many documents of a format there are: one part of a machine that shows itself eight times is one. */
export const differing = (judged: readonly Judged[], format: Format): number =>
  new Set(
    judged
      .filter((one) => one.format === format)
      .map(({ claims, hash }) => claims?.platform ?? `document ${hash}`),
  ).size;

/**
 * Holds all that a machine showed to a policy: of each kind that it demands there must be as many documents as it says,
 * each of another machine where they say of which they are, and all of that kind must fit. Kinds that it does not name prove nothing and are not looked at.
 */
export async function judge(
  shown: readonly Evidence[],
  policy: AppraisalPolicy,
  at: number,
  expected: Expected,
): Promise<Verdict> {
  const judged = await Promise.all(
    policy.evidence.flatMap((wanted) =>
      shown
        .filter(({ format }) => format === wanted.format)
        .map((evidence) => judgeOne(evidence, wanted, at, expected)),
    ),
  );
  const tooFew = policy.evidence.some(({ count, format }) => differing(judged, format) < count);
  const found = judged.flatMap(({ reasons }) => reasons);
  const reasons = [...new Set<Reason>([...found, ...(tooFew ? (['format_missing'] as const) : [])])];
  return { ok: reasons.length === 0, judged, reasons };
}
