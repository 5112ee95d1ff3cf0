import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxOptions } from '../../../sandbox/start.ts';
import { catalogue } from '../../../src/errors/catalogue.ts';
import fc from '../../fixtures/properties.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { codeOf, identifiersOf } from '../../integration/hardening/bad-input.ts';
import { hurried, type ModelDouble, startModelDouble } from '../../integration/hardening/model-double.ts';
import { findLeaks, type Hit, type Identifiers } from '../../leak/matcher.ts';
import { othersThan } from '../../leak/others.ts';
import { readable } from '../../leak/report.ts';

const full = process.env['SOAK'] === 'full';

const chosen = Number(process.env['SOAK_RUNS'] ?? 0);

/** How often a fuzz is run: `SOAK_RUNS` times, or with SOAK=full five thousand times. */
export const runs = (reduced: number): number => (chosen > 0 ? chosen : full ? 5000 : reduced);

/** Seed of everything drawn; a failure names it together with the number of the run. */
export const seed = Number(process.env['SOAK_SEED'] ?? 1);

/** Number of the first run of a fuzz that draws by itself: where a failure is looked at again. */
export const firstRun = Number(process.env['SOAK_FROM'] ?? 0);

/** Milliseconds that one fuzz may take. */
export const fuzzTimeout = 10_000_000;

/** Where to cut a text, as a share of it: one in twenty is cut. */
export const cutting = fc.oneof(
  { weight: 19, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);

const slice = 1_000_000;

/** A file as text, slice by slice, each beginning a little before the last one ended. */
function* slicesOf(path: string): Generator<string> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(slice);
  try {
    for (let at = 0; ; at += slice - 1000) {
      const read = readSync(file, bytes, 0, slice, at);
      yield readable(bytes.subarray(0, read).toString('utf8'));
      if (read < slice) return;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * What every fuzz shares: a sandbox whose model is a double, the identifiers that must not be seen, the judgement of
 * each reply, and what is looked at in the end. An unhandled rejection fails the test by itself: jest sees to it.
 */
export class Fuzz {
  readonly sandbox: SandboxUnderTest;
  readonly double: ModelDouble;
  /** Of every patient. */
  readonly identifiers: Identifiers;
  readonly tally = new Map<string, number>();
  /** Requests that reached the model. */
  heard = 0;
  readonly #others = new Map<string, Identifiers>();
  #judged = 0;

  private constructor(sandbox: SandboxUnderTest, double: ModelDouble) {
    this.sandbox = sandbox;
    this.double = double;
    this.identifiers = identifiersOf(sandbox);
  }

  static async start(options: Partial<SandboxOptions> = {}, fhirTimeoutMs = 15_000): Promise<Fuzz> {
    const double = await startModelDouble();
    const configure = hurried({ double: double.baseUrl }, fhirTimeoutMs);
    return new Fuzz(await SandboxUnderTest.start({ configure, ...options }), double);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.double.close();
  }

  token(): Promise<string> {
    return this.sandbox.token('clinician');
  }

  /** Identifiers of everybody but one patient, whose own caller may read theirs. */
  others(patient: string): Identifiers {
    const known = this.#others.get(patient) ?? othersThan(this.sandbox.running.store, patient);
    this.#others.set(patient, known);
    return known;
  }

  /**
   * What is wrong with one reply, and with what the model got meanwhile: nothing, where it is an answer or an error
   * of the catalogue, never 500, and no identifier is in it. `patient` is whose answer it may be.
   */
  async faultsOf(reply: Reply, patient: string, hidden = this.identifiers): Promise<readonly unknown[]> {
    const ok = reply.status === 200;
    const code = ok ? 'answered' : String(codeOf(reply.body));
    this.tally.set(code, (this.tally.get(code) ?? 0) + 1);
    const received = await this.#received();
    this.heard += received.length;
    this.#judged += 1;
    // A full run takes long, and jest keeps what a test prints until its end.
    if (this.#judged % 500 === 0) process.stderr.write(`${this.#judged} replies: ${this.#told()}\n`);
    return [
      ...(ok || Object.hasOwn(catalogue, code) ? [] : [`undocumented ${reply.status} ${code}`]),
      // The gateway's own disk is sound: what it cannot write here was not fit to be written.
      ...(reply.status === 500 || code === 'trail_unavailable'
        ? [`${reply.status} ${code} ${reply.trail}`]
        : []),
      ...findLeaks(reply.text, ok ? this.others(patient) : this.identifiers),
      ...received.flatMap((text) => findLeaks(text, hidden)),
    ];
  }

  /** Trails that are open; an answer's last event comes after its last byte. */
  async #unfinished(): Promise<readonly unknown[]> {
    const { trail } = this.sandbox.running.gateway.gateway.services;
    for (let n = 0; n < 100 && (await trail.unfinished()).length > 0; n += 1) await delay(50);
    return trail.unfinished();
  }

  async #received(): Promise<readonly string[]> {
    const own = (await this.sandbox.received()).map(
      ({ path, headers, body }) => `${path}\n${JSON.stringify(headers)}\n${String(body)}`,
    );
    if (own.length > 0) await this.sandbox.forgetReceived();
    return [...this.double.received.splice(0), ...own];
  }

  #told(): string {
    return [...this.tally].map(([code, n]) => `${code} ${n}`).join(', ');
  }

  /** Prints what came of it, and looks at the next request, at trails that stayed open, at the log and at the trail. */
  async conclude(name: string): Promise<Conclusion> {
    console.log(`${name} (seed ${seed}): ${this.#told()}; ${this.heard} reached the model`);
    const { status: next } = await this.sandbox.ask();
    const open = await this.#unfinished();
    const { files } = this.sandbox.ready;
    const leaks: Hit[] = [];
    for (const file of [files.log, files.audit, `${files.audit}-wal`])
      for (const text of slicesOf(file)) leaks.push(...findLeaks(text, this.identifiers));
    return { next, open, leaks };
  }
}

interface Conclusion {
  readonly next: number;
  readonly open: readonly unknown[];
  readonly leaks: readonly Hit[];
}

/** How every fuzz must end. */
export const sound: Conclusion = { next: 200, open: [], leaks: [] };
