import { join } from 'node:path';
import { type LoadedPolicy, loadAppraisalPolicy } from '../appraisal-policies.ts';
import { hashOfFiles, hashOfJson, type Release, releaseFrom } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { productRoot } from '../config/product-folder.ts';
import { dataFiles, decidingConfig } from '../config/release.ts';
import { loadShippedLabels } from '../label-tables.ts';
import type { LabelTable } from '../labels/table.ts';
import { loadPacksInForce } from '../packs.ts';
import type { PolicyDecisionPoint } from '../policy/decision.ts';
import { loadPolicySet } from '../policy/load.ts';
import type { Pack } from '../redaction/pack.ts';
import type { TaskCatalogue } from '../retrieval/task.ts';
import { loadTasks } from '../retrieval/task-catalogue.ts';
import { type DataReader, readingOnce } from '../vocabulary/data-reader.ts';
import { approvalOf, demandApproval } from './approvals.ts';

/** What decides and can be turned while the gateway runs, with the release that it makes. */
export interface Rules {
  readonly tasks: TaskCatalogue;
  readonly policy: PolicyDecisionPoint;
  readonly release: Release;
  /** Who signed the release, by the names of their keys. */
  readonly approvedBy: readonly string[];
}

/** What reading the rules again came to; `refused` with the hash of the data that cannot be used, and why. */
export type Reread =
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly dataHash: string; readonly reason: 'faulty' | 'not_approved' }
  | { readonly kind: 'next'; readonly rules: Rules };

/** Folders that can be turned, and those that stand until the next start. */
const turned = ['policies', 'tasks'] as const;
const standing = ['labels', 'redaction-rules'] as const;

/** The folder of the policies and tasks that a configuration names. */
const rootOf = ({ rules }: Config): string => rules?.directory ?? productRoot();

/** The release that this installation is under a configuration; nothing is read but to be hashed, nor found faulty. */
export const releaseOf = (config: Config): Release =>
  releaseFrom(
    hashOfFiles([...dataFiles(productRoot(), standing), ...dataFiles(rootOf(config), turned)]),
    hashOfJson(decidingConfig(config)),
  );

/**
 * Policies and tasks in force, and label tables and redaction packs, which stand until the next start. Throws at the
 * start where one of them is faulty; a faulty change later leaves what was in force.
 */
export class RulesInForce {
  readonly labels: readonly LabelTable[];
  readonly packs: readonly Pack[];
  /** What model endpoints must prove, by the file that the configuration names. */
  readonly appraisals: ReadonlyMap<string, LoadedPolicy>;
  readonly #root: string;
  readonly #config: Config;
  readonly #configHash: string;
  /** Files that stand until the next start, as they were read. */
  readonly #standing: ReturnType<typeof dataFiles>;
  #current: Rules;
  #refused: string | undefined;

  constructor(config: Config) {
    this.#root = rootOf(config);
    this.#config = config;
    // What is hashed, and so approved, is what is loaded: each file is read once.
    const once = readingOnce();
    this.#configHash = hashOfJson(decidingConfig(config, once));
    this.#standing = dataFiles(productRoot(), standing, once);
    this.labels = loadShippedLabels(once);
    const demanded = config.tenants.flatMap(({ models }) =>
      models.flatMap(({ attestation }) => attestation?.policy ?? []),
    );
    this.appraisals = new Map(demanded.map((file) => [file, loadAppraisalPolicy(file, once)]));
    this.#current = this.#load(once);
    this.packs = loadPacksInForce(
      config.redaction.packs,
      once,
      new Set(this.#current.tasks.list().map(({ name }) => name)),
    );
  }

  get current(): Rules {
    return this.#current;
  }

  /** One file of each folder whose change is to be seen. */
  get files(): readonly string[] {
    return [
      join(this.#root, 'policies', 'schema.cedarschema'),
      join(this.#root, 'tasks', 'task.schema.json'),
      ...(this.#config.release === undefined ? [] : [join(this.#config.release.approvals, '*.note')]),
    ];
  }

  /** Throws ConfigFault where too few have approved what was read at the start. */
  demandApproval(): void {
    demandApproval(this.#config, this.#current.release);
  }

  /** Reads policies and tasks again. A change that is refused is told of once for each reason. */
  reread(): Reread {
    let dataHash = '';
    try {
      const once = readingOnce();
      dataHash = this.#dataHash(once);
      if (dataHash === this.#current.release.dataHash) {
        this.#refused = undefined;
        return { kind: 'same' };
      }
      if (this.#refused === `faulty ${dataHash}`) return { kind: 'same' };
      // Approvals may come after the files, so what waits for them is looked at again; compiled only once approved.
      if (!approvalOf(this.#config, releaseFrom(dataHash, this.#configHash)).enough)
        return this.#refuse(dataHash, 'not_approved');
      const rules = this.#load(once);
      // Somebody is still writing: what was read is of no release, and is read again at the next change.
      return this.#dataHash(readingOnce()) === dataHash ? { kind: 'next', rules } : { kind: 'same' };
    } catch {
      return dataHash === '' ? { kind: 'same' } : this.#refuse(dataHash, 'faulty');
    }
  }

  /** From now on these rules are in force. */
  take(rules: Rules): void {
    this.#current = rules;
    this.#refused = undefined;
  }

  #refuse(dataHash: string, reason: 'faulty' | 'not_approved'): Reread {
    const refused = `${reason} ${dataHash}`;
    if (this.#refused === refused) return { kind: 'same' };
    this.#refused = refused;
    return { kind: 'refused', dataHash, reason };
  }

  #dataHash(reader: DataReader): string {
    return hashOfFiles([...this.#standing, ...dataFiles(this.#root, turned, reader)]);
  }

  #load(reader: DataReader): Rules {
    const release = releaseFrom(this.#dataHash(reader), this.#configHash);
    return {
      tasks: loadTasks(join(this.#root, 'tasks'), reader),
      policy: loadPolicySet(join(this.#root, 'policies'), reader),
      release,
      approvedBy: approvalOf(this.#config, release).by,
    };
  }
}
