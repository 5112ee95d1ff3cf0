import { createHash } from 'node:crypto';
import type { AppraisalPolicy } from './appraisal-policy.ts';
import type { Format } from './evidence.ts';
import { judge, type Verdict } from './judge.ts';
import { NotProven, type Reason } from './reasons.ts';
import { readShown } from './shown-evidence.ts';

/** Why an endpoint counts as not proven: what was wrong with its evidence, that it showed none, or that there is no policy. */
export type ProofFault = Reason | 'no_evidence' | 'policy_unusable';

/** What is known of an endpoint at a time. */
export type Proof = {
  /** SHA-256 of the appraisal policy's text. */
  readonly policy: string;
  readonly formats: readonly Format[];
  /** SHA-256 of each document, in the order of the policy. */
  readonly evidence: readonly string[];
  /** When it was asked for, and until when it counts, epoch milliseconds. */
  readonly at: number;
  readonly until: number;
} & (
  | {
      readonly ok: true;
      /** SHA-256 of the key that the endpoint proved, SubjectPublicKeyInfo, hex. */
      readonly key: string;
      readonly faults: readonly [];
    }
  | { readonly ok: false; readonly faults: readonly ProofFault[] }
);

/** The way to one endpoint: asks it for evidence, and opens connections to keys that it is told to trust. */
export interface ProvenWay {
  /**
   * Asks over a connection of its own, with `nonce` (hex). Answers the body and the key of that connection
   * (SubjectPublicKeyInfo, DER). Throws where there is no answer of status 200.
   */
  ask(nonce: string): Promise<{ readonly body: string; readonly key: Uint8Array }>;
  /** Connections to the owner of this key (SHA-256, hex) may stand for so many milliseconds from now. */
  trust(key: string, lastsMs: number): void;
  /** No connection may stand any more. */
  trustNone(): void;
}

/** Who knows what an endpoint has proven. */
export interface ProofSource {
  /** What counts now. Never throws: where nothing is proven, `ok` is false and the faults say why. */
  current(): Promise<Proof>;
}

export interface ProofPorts {
  readonly way: ProvenWay;
  /** The policy in force, with the files that it names as they are now. Throws where one cannot be read. */
  policy(): AppraisalPolicy;
  /** Epoch milliseconds. */
  now(): number;
  /** Cryptographically strong. */
  random(length: number): Uint8Array;
}

/** After a failure nobody asks again for so long, milliseconds. */
const restMs = 2_000;

/** The last part of a proof's time, in which another one is asked for while the first still counts. */
const renewal = 0.25;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What one endpoint proved of itself, asked for anew when it grows old. Whoever waits for the same proof shares it. Evidence that
 * does not fit ends what was proven before at once; an endpoint that cannot be asked keeps its proof to its end.
 */
export class EndpointProof implements ProofSource {
  readonly #ports: ProofPorts;
  #known: Proof | undefined;
  #asking: Promise<Proof> | undefined;
  /** When it was asked for last in vain while the proof before it counted, epoch milliseconds. */
  #unheardAt = -Infinity;

  constructor(ports: ProofPorts) {
    this.#ports = ports;
  }

  async current(): Promise<Proof> {
    const now = this.#ports.now();
    const known = this.#known;
    if (known === undefined || now >= known.until || now < known.at) return this.#renewed();
    const old = known.ok && now > known.until - (known.until - known.at) * renewal;
    const resting = now >= this.#unheardAt && now < this.#unheardAt + restMs;
    if (old && !resting) void this.#renewed();
    return known;
  }

  async #renewed(): Promise<Proof> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<Proof> {
    const proof = await this.#fresh();
    const before = this.#known;
    const unheard = !proof.ok && proof.faults.every((fault) => fault === 'no_evidence');
    const now = this.#ports.now();
    if (unheard && before?.ok === true && now < before.until) {
      this.#unheardAt = now;
      return before;
    }
    this.#known = proof;
    // A clock that was set back meanwhile makes nothing last longer than a proof does.
    if (proof.ok) this.#ports.way.trust(proof.key, proof.until - Math.max(now, proof.at));
    else this.#ports.way.trustNone();
    return proof;
  }

  async #fresh(): Promise<Proof> {
    const ports = this.#ports;
    const at = ports.now();
    let policy: AppraisalPolicy;
    try {
      policy = ports.policy();
    } catch {
      return refused(at, '', [], ['policy_unusable']);
    }
    const nonce = Buffer.from(ports.random(32)).toString('hex');
    let answer: Awaited<ReturnType<ProvenWay['ask']>>;
    try {
      answer = await ports.way.ask(nonce);
    } catch {
      return refused(at, policy.hash, [], ['no_evidence']);
    }
    let verdict: Verdict;
    try {
      verdict = await judge(readShown(answer.body), policy, at, { nonce, key: answer.key });
    } catch (thrown) {
      return refused(at, policy.hash, [], [thrown instanceof NotProven ? thrown.reason : 'malformed']);
    }
    if (!verdict.ok) return refused(at, policy.hash, verdict.judged, verdict.reasons);
    const ends = verdict.judged.flatMap(({ claims }) => claims?.expires ?? []);
    return {
      ok: true,
      key: sha256(answer.key),
      faults: [],
      policy: policy.hash,
      ...shownIn(verdict.judged),
      at,
      until: Math.min(at + policy.validForSeconds * 1000, ...ends),
    };
  }
}

const shownIn = (judged: Verdict['judged']) => ({
  formats: judged.map(({ format }) => format),
  evidence: judged.map(({ hash }) => hash),
});

const refused = (
  at: number,
  policy: string,
  judged: Verdict['judged'],
  faults: readonly ProofFault[],
): Proof => ({ ok: false, faults, policy, ...shownIn(judged), at, until: at + restMs });
