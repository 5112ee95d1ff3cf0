import type { Opened } from './envelope.ts';
import type { StageRow } from './stage.ts';

export type BarrierName =
  | 'before_search'
  | 'before_control_reads'
  | 'before_fhir'
  | 'before_model'
  | 'before_other_model'
  | 'before_first_byte'
  | 'before_rest';

/** What walks an envelope down the way: runs stages, notes events, waits at barriers. */
export interface Conductor {
  stage<From extends Opened, To extends Opened>(row: StageRow<From, To>, envelope: From): Promise<To>;
  barrier(name: BarrierName, envelope: Opened): Promise<void>;
}

/**
 * The order of stages as a typed chain: a stage that needs what no earlier stage made does not compile, and no
 * cast is needed to run it.
 */
export class Way<From extends Opened, To extends Opened> {
  readonly walk: (from: From, conductor: Conductor) => Promise<To>;
  /** Names of the rows in order, for docs and tests. */
  readonly rows: readonly string[];

  private constructor(walk: (from: From, conductor: Conductor) => Promise<To>, rows: readonly string[]) {
    this.walk = walk;
    this.rows = rows;
  }

  static begin<Begins extends Opened = Opened>(): Way<Begins, Begins> {
    return new Way<Begins, Begins>(async (from) => from, []);
  }

  stage<Next extends Opened>(row: StageRow<To, Next>): Way<From, Next> {
    const before = this.walk;
    return new Way<From, Next>(
      async (from, conductor) => conductor.stage(row, await before(from, conductor)),
      [...this.rows, row.name],
    );
  }

  barrier(name: BarrierName): Way<From, To> {
    const before = this.walk;
    return new Way<From, To>(
      async (from, conductor) => {
        const envelope = await before(from, conductor);
        await conductor.barrier(name, envelope);
        return envelope;
      },
      [...this.rows, `| ${name}`],
    );
  }
}
