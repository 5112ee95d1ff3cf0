import type { Claims } from './claims.ts';
import type { Evidence, Trust } from './evidence.ts';

/**
 * Verifies evidence of one format at a time (epoch milliseconds): its form, its signature, the certificates up to a root
 * that `trust` names, their revocation, and what binds certificate and evidence together. What the claims are worth is
 * the appraisal's business. Throws NotProven with the first reason found, whatever the bytes are; nothing else.
 */
export type Verifier = (evidence: Evidence, trust: Trust, at: number) => Promise<Claims>;
