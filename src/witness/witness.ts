import { createHash } from 'node:crypto';
import {
  cosign,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpointText,
  parseSize,
} from '../audit/checkpoint.ts';
import { emptyRoot, sameHash } from '../audit/merkle-hash.ts';
import { verifyConsistency } from '../audit/merkle-proof.ts';
import { type NoteSigner, parseNote, strictBase64, type VerifierKey } from '../audit/signed-note.ts';
import type { Clock } from '../vocabulary/time.ts';

/** What a witness remembers of one log: the newest checkpoint that it cosigned, with its own line. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
}

/** MUST be durable when `keep` returns: a witness that forgets cosigns a second history. */
export interface WitnessState {
  latest(origin: string): Witnessed | undefined;
  keep(origin: string, witnessed: Witnessed): void;
}

/** An answer of the protocol, in terms of HTTP. */
export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

const maxProof = 63;
const says = (status: WitnessReply['status'], body: string): WitnessReply => ({
  status,
  type: status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8',
  body,
});

interface AddCheckpoint {
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  readonly checkpoint: string;
}

/** Reads the body of add-checkpoint; undefined where it is malformed. */
function parseAdd(body: string): AddCheckpoint | undefined {
  const gap = body.indexOf('\n\n');
  if (gap < 0) return undefined;
  const [first = '', ...lines] = body.slice(0, gap).split('\n');
  const old = first.startsWith('old ') ? parseSize(first.slice('old '.length)) : undefined;
  const proof = lines.flatMap((line) => {
    const hash = strictBase64(line);
    return hash?.length === 32 ? [hash] : [];
  });
  if (old === undefined || proof.length !== lines.length || proof.length > maxProof) return undefined;
  return { old, proof, checkpoint: body.slice(gap + 2) };
}

/**
 * A cosigning witness (C2SP tlog-witness): cosigns a checkpoint of a log it knows when the log only grew since the
 * last one that it cosigned. Synchronous from check to record, so that two requests cannot cross.
 */
export class CosigningWitness {
  readonly #signer: NoteSigner;
  readonly #logs: readonly VerifierKey[];
  readonly #state: WitnessState;
  readonly #clock: Clock;

  /** `logs`: keys of the logs that are watched; several of one name are one log whose key was rotated. */
  constructor(signer: NoteSigner, logs: readonly VerifierKey[], state: WitnessState, clock: Clock) {
    this.#signer = signer;
    this.#logs = logs;
    this.#state = state;
    this.#clock = clock;
  }

  /** Answers add-checkpoint. Throws what the state throws: nothing is cosigned that was not recorded. */
  addCheckpoint(body: string): WitnessReply {
    const request = parseAdd(body);
    const text = request === undefined ? undefined : parseNote(request.checkpoint)?.text;
    const stated = text === undefined ? undefined : parseCheckpointText(text);
    if (request === undefined || stated === undefined) return says(400, 'malformed request\n');
    const keys = this.#logs.filter(({ name }) => name === stated.origin);
    if (keys.length === 0) return says(404, 'unknown log\n');
    const opened = openCheckpoint(request.checkpoint, keys);
    if (typeof opened === 'string') return says(403, 'no valid signature of the log\n');
    if (request.old > opened.size) return says(400, 'the old size is beyond the checkpoint\n');
    const latest = this.#state.latest(opened.origin);
    const size = latest?.size ?? 0;
    if (request.old !== size) return says(409, `${size}\n`);
    if (!this.#follows(request, opened, latest)) return says(422, 'not consistent with what was cosigned\n');
    const line = cosign(this.#signer, opened.text, this.#clock.now());
    const signed =
      request.checkpoint.slice(0, opened.text.length + 1) + this.#logLines(request.checkpoint, keys);
    this.#state.keep(opened.origin, { size: opened.size, root: opened.root, checkpoint: signed + line });
    return says(200, line);
  }

  #follows({ old, proof }: AddCheckpoint, opened: OpenedCheckpoint, latest: Witnessed | undefined): boolean {
    if (opened.size === 0) return proof.length === 0 && sameHash(opened.root, emptyRoot());
    if (old === 0 || latest === undefined) return proof.length === 0;
    return verifyConsistency(old, opened.size, proof, latest.root, opened.root);
  }

  /** The lines that the log signed; what else came along was not verified and is not passed on. */
  #logLines(checkpoint: string, keys: readonly VerifierKey[]): string {
    const signatures = parseNote(checkpoint)?.signatures ?? [];
    return signatures
      .filter(({ name, id }) => keys.some((key) => key.name === name && key.id === id))
      .map(({ line }) => line)
      .join('');
  }

  /** The newest cosigned checkpoint of the log whose origin has this SHA-256, in hex. */
  checkpoint(originHash: string): WitnessReply {
    const log = this.#logs.find(({ name }) => createHash('sha256').update(name).digest('hex') === originHash);
    const latest = log === undefined ? undefined : this.#state.latest(log.name);
    return latest === undefined ? says(404, 'nothing cosigned\n') : says(200, latest.checkpoint);
  }
}
