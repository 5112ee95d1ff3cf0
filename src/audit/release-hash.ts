import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { RecordedEvent } from './event-schema.ts';
import type { VerificationFault } from './trail-verification.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256, hex, of the canonical JSON of a value. */
export const hashOfJson = (value: unknown): string => sha256(canonicalJson(value));

/** What decides in this gateway: its data (policies, tasks, packs, their schemas) and its configuration. */
export interface Release {
  readonly dataHash: string;
  readonly configHash: string;
  /** Over both. */
  readonly releaseHash: string;
}

export const releaseFrom = (dataHash: string, configHash: string): Release => ({
  dataHash,
  configHash,
  releaseHash: hashOfJson({ config: configHash, data: dataHash, version: 1 }),
});

/** Hash of data files: names relative to the product's folder, with `/`, and contents. */
export const hashOfFiles = (
  files: readonly { readonly name: string; readonly content: Uint8Array }[],
): string =>
  hashOfJson(
    files
      .map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );

/** Releases under which a log may have decided: whole hashes, or hashes of the data with any configuration. */
export interface ReleaseTrust {
  readonly releases: readonly string[];
  readonly data: readonly string[];
}

/** Events that state the release in force from then on. */
const stating: ReadonlySet<RecordedEvent['event']> = new Set<RecordedEvent['event']>([
  'gateway.started',
  'release.changed',
]);

/** Events that carry a decision, and with it the release that decided. */
export const decisions: ReadonlySet<RecordedEvent['event']> = new Set<RecordedEvent['event']>([
  'token.delegated',
  'consent.verified',
  'request.authorized',
  'request.denied',
  'endpoint.denied',
  'trail.read',
  'pseudonym.read',
  'patient.erased',
]);

/**
 * Holds decisions to releases, fed with the events by place: each decision names a release that a start of the
 * gateway stated before, and where the verifier brought releases along, one of these. Memory: the releases.
 */
export class ReleaseVerification {
  readonly #trust: ReleaseTrust | undefined;
  readonly #stated = new Set<string>();
  readonly #good: Set<string>;

  constructor(trust: ReleaseTrust | undefined) {
    this.#trust = trust;
    this.#good = new Set(trust?.releases);
  }

  accept({ event, tenant, facts }: RecordedEvent): VerificationFault | undefined {
    const { releaseHash, dataHash, configHash } = facts;
    if (stating.has(event) && tenant === '-' && typeof releaseHash === 'string') {
      if (typeof dataHash !== 'string' || typeof configHash !== 'string') return 'release_unknown';
      if (releaseFrom(dataHash, configHash).releaseHash !== releaseHash) return 'release_unknown';
      this.#stated.add(releaseHash);
      if (this.#trust?.data.includes(dataHash) === true) this.#good.add(releaseHash);
      return undefined;
    }
    if (typeof releaseHash === 'string' && !this.#stated.has(releaseHash)) return 'release_unknown';
    if (this.#trust === undefined || !decisions.has(event)) return undefined;
    return typeof releaseHash === 'string' && this.#good.has(releaseHash) ? undefined : 'release_differs';
  }
}
