import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { VaultHead } from '../../vault/ports.ts';
import type { ScopeRow, SubjectRow, TokenRow, VaultRows } from '../../vault/store.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS patient_key (
    tenant TEXT NOT NULL, patient TEXT NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (tenant, patient)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS scope (
    tenant TEXT NOT NULL, scope TEXT NOT NULL, patient TEXT NOT NULL, anchor BLOB NOT NULL, expires INTEGER NOT NULL,
    PRIMARY KEY (tenant, scope)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS scope_patient ON scope (tenant, patient);
  CREATE INDEX IF NOT EXISTS scope_expires ON scope (expires);
  CREATE TABLE IF NOT EXISTS token (
    tenant TEXT NOT NULL, scope TEXT NOT NULL, random TEXT NOT NULL, form INTEGER NOT NULL,
    type TEXT NOT NULL, entity TEXT NOT NULL, lookup TEXT NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (tenant, scope, random, form),
    FOREIGN KEY (tenant, scope) REFERENCES scope (tenant, scope) ON DELETE CASCADE
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS subject (
    tenant TEXT NOT NULL, pseudonym TEXT NOT NULL, patient TEXT, sealed BLOB NOT NULL,
    PRIMARY KEY (tenant, pseudonym)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS subject_patient ON subject (tenant, patient) WHERE patient IS NOT NULL;
  CREATE TABLE IF NOT EXISTS patient_value (
    tenant TEXT NOT NULL, digest TEXT NOT NULL, patient TEXT NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (tenant, digest, patient)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS patient_value_patient ON patient_value (tenant, patient);
  CREATE INDEX IF NOT EXISTS patient_value_seen ON patient_value (seen);
  CREATE TABLE IF NOT EXISTS head (
    tenant TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (tenant, version)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS token_lookup ON token (tenant, scope, lookup);
  CREATE INDEX IF NOT EXISTS token_entity ON token (tenant, scope, entity);
  CREATE INDEX IF NOT EXISTS token_random ON token (tenant, random) WHERE form = 1;
`;

interface Count {
  readonly n: number;
}

/** What came of one unit of a group. */
export type Outcome<Result> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly error: unknown };

/**
 * The vault's own database file (0600): WAL, deleted bytes overwritten (`secure_delete`). Synchronous: it belongs
 * into a thread of its own.
 */
export class VaultFile {
  readonly rows: VaultRows;
  readonly #db: Database.Database;

  constructor(path: string) {
    const db = new Database(path);
    this.#db = db;
    try {
      chmodSync(path, 0o600);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('secure_delete = ON');
      db.pragma('foreign_keys = ON');
      db.pragma('busy_timeout = 2000');
      db.exec(schema);
      this.rows = rowsOf(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /**
   * Runs units that write in one immediate transaction, each in a savepoint of its own: one that throws undoes
   * itself and leaves the others. They have committed when this returns; where the database gives up, all fail.
   */
  write<Result>(units: readonly (() => Result)[]): readonly Outcome<Result>[] {
    const db = this.#db;
    try {
      return db
        .transaction(() =>
          units.map((unit): Outcome<Result> => {
            try {
              return { done: true, result: db.transaction(unit)() };
            } catch (error) {
              // SQLite has undone the whole group, on a full disk say.
              if (!db.inTransaction) throw error;
              return { done: false, error };
            }
          }),
        )
        .immediate();
    } catch (error) {
      return units.map(() => ({ done: false, error }));
    }
  }

  /** Runs a unit that only reads over one state of the file. */
  read<Result>(unit: () => Result): Outcome<Result> {
    try {
      return { done: true, result: this.#db.transaction(unit).deferred() };
    } catch (error) {
      return { done: false, error };
    }
  }

  /** Takes what was erased out of the write-ahead log too; throws where somebody else still reads from there. */
  forget(): void {
    const [answer]: unknown[] = [this.#db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })];
    if (answer !== 0) throw new Error('the write-ahead log is in use');
  }

  close(): void {
    this.#db.close();
  }
}

function rowsOf(db: Database.Database): VaultRows {
  const selectKey = db.prepare<[string, string], { wrapped: Uint8Array }>(
    'SELECT wrapped FROM patient_key WHERE tenant = ? AND patient = ?',
  );
  const insertKey = db.prepare<[string, string, Uint8Array]>(
    'INSERT INTO patient_key (tenant, patient, wrapped) VALUES (?, ?, ?)',
  );
  const selectScope = db.prepare<[string, string], ScopeRow>(
    'SELECT scope, patient, anchor, expires FROM scope WHERE tenant = ? AND scope = ?',
  );
  const insertScope = db.prepare<[string, string, string, Uint8Array, number]>(
    'INSERT INTO scope (tenant, scope, patient, anchor, expires) VALUES (?, ?, ?, ?, ?)',
  );
  const updateScope = db.prepare<[number, string, string]>(
    'UPDATE scope SET expires = ? WHERE tenant = ? AND scope = ?',
  );
  const deleteScope = db.prepare<[string, string]>('DELETE FROM scope WHERE tenant = ? AND scope = ?');
  const selectForms = db.prepare<[string, string, string], TokenRow>(
    'SELECT entity, lookup, type, random, form, sealed FROM token WHERE tenant = ? AND scope = ? AND entity = ?',
  );
  const selectToken = db.prepare<[string, string, string, number], TokenRow>(
    'SELECT entity, lookup, type, random, form, sealed FROM token WHERE tenant = ? AND scope = ? AND random = ? AND form = ?',
  );
  const selectRandom = db.prepare<[string, string], Count>(
    'SELECT count(*) AS n FROM token WHERE tenant = ? AND random = ? AND form = 1',
  );
  const insertToken = db.prepare<[string, string, string, number, string, string, string, Uint8Array]>(
    'INSERT INTO token (tenant, scope, random, form, type, entity, lookup, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const eraseKey = db.prepare<[string, string]>('DELETE FROM patient_key WHERE tenant = ? AND patient = ?');
  const eraseScopes = db.prepare<[string, string]>('DELETE FROM scope WHERE tenant = ? AND patient = ?');
  const eraseSubjects = db.prepare<[string, string]>('DELETE FROM subject WHERE tenant = ? AND patient = ?');
  const eraseValues = db.prepare<[string, string]>(
    'DELETE FROM patient_value WHERE tenant = ? AND patient = ?',
  );
  const countExpired = db.prepare<[number], Count>(
    'SELECT count(*) AS n FROM token JOIN scope USING (tenant, scope) WHERE expires <= ?',
  );
  const purgeScopes = db.prepare<[number]>('DELETE FROM scope WHERE expires <= ?');
  return {
    patientKey: (tenant, patient) => selectKey.get(tenant, patient)?.wrapped,
    addPatientKey: (tenant, patient, wrapped) => {
      insertKey.run(tenant, patient, wrapped);
    },
    scope: (tenant, scope) => selectScope.get(tenant, scope),
    addScope: (tenant, { scope, patient, anchor, expires }) => {
      insertScope.run(tenant, scope, patient, anchor, expires);
    },
    shortenScope: (tenant, scope, expires) => {
      updateScope.run(expires, tenant, scope);
    },
    removeScope: (tenant, scope) => deleteScope.run(tenant, scope).changes > 0,
    forms: (tenant, scope, entity) => selectForms.all(tenant, scope, entity),
    token: (tenant, scope, random, form) => selectToken.get(tenant, scope, random, form),
    taken: (tenant, random) => (selectRandom.get(tenant, random)?.n ?? 0) > 0,
    addToken: (tenant, scope, { random, form, type, entity, lookup, sealed }) => {
      insertToken.run(tenant, scope, random, form, type, entity, lookup, sealed);
    },
    erase: (tenant, patient) => {
      eraseScopes.run(tenant, patient);
      eraseSubjects.run(tenant, patient);
      eraseValues.run(tenant, patient);
      return eraseKey.run(tenant, patient).changes > 0;
    },
    ...directoryOf(db),
    ...headsOf(db),
    ...valuesOf(db),
    purge: (now) => {
      const gone = countExpired.get(now)?.n ?? 0;
      purgeScopes.run(now);
      return gone;
    },
    probe: () => {
      db.pragma('user_version = 0');
    },
  };
}

interface StoredSubject {
  readonly pseudonym: string;
  readonly patient: string | null;
  readonly sealed: Uint8Array;
}

function directoryOf(db: Database.Database): Pick<VaultRows, 'subject' | 'addSubject'> {
  const select = db.prepare<[string, string], StoredSubject>(
    'SELECT pseudonym, patient, sealed FROM subject WHERE tenant = ? AND pseudonym = ?',
  );
  const insert = db.prepare<[string, string, string | null, Uint8Array]>(
    'INSERT INTO subject (tenant, pseudonym, patient, sealed) VALUES (?, ?, ?, ?)',
  );
  return {
    subject: (tenant, named): SubjectRow | undefined => {
      const row = select.get(tenant, named);
      if (row === undefined) return undefined;
      const { patient, pseudonym, sealed } = row;
      return { pseudonym, sealed, ...(patient === null ? {} : { patient }) };
    },
    addSubject: (tenant, { patient, pseudonym, sealed }) => {
      insert.run(tenant, pseudonym, patient ?? null, sealed);
    },
  };
}

function valuesOf(db: Database.Database): Pick<VaultRows, 'addValue' | 'bearers' | 'forgetValues'> {
  const insert = db.prepare<[string, string, string, number]>(
    `INSERT INTO patient_value (tenant, digest, patient, seen) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)`,
  );
  const select = db.prepare<[string, string, number], { readonly patient: string }>(
    'SELECT patient FROM patient_value WHERE tenant = ? AND digest = ? LIMIT ?',
  );
  const forget = db.prepare<[number]>('DELETE FROM patient_value WHERE seen < ?');
  return {
    addValue: (tenant, digest, patient, now) => {
      insert.run(tenant, digest, patient, now);
    },
    bearers: (tenant, digest, most) => select.all(tenant, digest, most).map(({ patient }) => patient),
    forgetValues: (seenBefore) => {
      forget.run(seenBefore);
    },
  };
}

const newestHeads = 'SELECT tenant, max(version) AS version, hash FROM head GROUP BY tenant ORDER BY tenant';

/** The heads of a vault that somebody else may have open. Throws where the file is no vault. */
export function vaultHeads(path: string): readonly VaultHead[] {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    return db.prepare<[], VaultHead>(newestHeads).all();
  } finally {
    db.close();
  }
}

function headsOf(db: Database.Database): Pick<VaultRows, 'head' | 'heads' | 'addHead' | 'forgetHeads'> {
  const newest = db.prepare<[string], VaultHead>(
    'SELECT tenant, version, hash FROM head WHERE tenant = ? ORDER BY version DESC LIMIT 1',
  );
  const at = db.prepare<[string, number], VaultHead>(
    'SELECT tenant, version, hash FROM head WHERE tenant = ? AND version = ?',
  );
  const all = db.prepare<[], VaultHead>(newestHeads);
  const insert = db.prepare<[string, number, string]>(
    'INSERT INTO head (tenant, version, hash) VALUES (?, ?, ?)',
  );
  const forget = db.prepare<[string, number]>('DELETE FROM head WHERE tenant = ? AND version < ?');
  return {
    head: (tenant, version) => (version === undefined ? newest.get(tenant) : at.get(tenant, version)),
    heads: () => all.all(),
    addHead: ({ tenant, version, hash }) => {
      insert.run(tenant, version, hash);
    },
    forgetHeads: (tenant, version) => {
      forget.run(tenant, version);
    },
  };
}
