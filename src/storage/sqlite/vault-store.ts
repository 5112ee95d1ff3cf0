import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ScopeRow, TokenRow, VaultStore } from '../../vault/store.ts';

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
  CREATE UNIQUE INDEX IF NOT EXISTS token_lookup ON token (tenant, scope, lookup);
  CREATE INDEX IF NOT EXISTS token_entity ON token (tenant, scope, entity);
`;

interface Count {
  readonly n: number;
}

/**
 * The vault's own database file (0600): WAL, deleted bytes overwritten (`secure_delete`). Each writing method is
 * one short transaction that has committed when its promise resolves.
 */
export function openSqliteVaultStore(path: string): VaultStore {
  const db = new Database(path);
  if (path !== ':memory:') chmodSync(path, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('secure_delete = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 2000');
  db.exec(schema);

  const selectKey = db.prepare<[string, string], { wrapped: Uint8Array }>(
    'SELECT wrapped FROM patient_key WHERE tenant = ? AND patient = ?',
  );
  const insertKey = db.prepare<[string, string, Uint8Array]>(
    'INSERT INTO patient_key (tenant, patient, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const selectScope = db.prepare<[string, string], ScopeRow>(
    'SELECT scope, patient, anchor, expires FROM scope WHERE tenant = ? AND scope = ?',
  );
  const insertScope = db.prepare<[string, string, string, Uint8Array, number]>(
    'INSERT INTO scope (tenant, scope, patient, anchor, expires) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const deleteExpired = db.prepare<[string, string, number]>(
    'DELETE FROM scope WHERE tenant = ? AND scope = ? AND expires <= ?',
  );
  const selectForms = db.prepare<[string, string, string], TokenRow>(
    'SELECT entity, lookup, type, random, form, sealed FROM token WHERE tenant = ? AND scope = ? AND entity = ?',
  );
  const selectToken = db.prepare<[string, string, string, number], TokenRow>(
    'SELECT entity, lookup, type, random, form, sealed FROM token WHERE tenant = ? AND scope = ? AND random = ? AND form = ?',
  );
  const otherEntity = db.prepare<[string, string, string, string], Count>(
    'SELECT count(*) AS n FROM token WHERE tenant = ? AND scope = ? AND random = ? AND entity <> ?',
  );
  const insertToken = db.prepare<[string, string, string, number, string, string, string, Uint8Array]>(
    'INSERT INTO token (tenant, scope, random, form, type, entity, lookup, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const eraseKey = db.prepare<[string, string]>('DELETE FROM patient_key WHERE tenant = ? AND patient = ?');
  const eraseScopes = db.prepare<[string, string]>('DELETE FROM scope WHERE tenant = ? AND patient = ?');
  const countExpired = db.prepare<[number], Count>(
    'SELECT count(*) AS n FROM token JOIN scope USING (tenant, scope) WHERE expires <= ?',
  );
  const purgeScopes = db.prepare<[number]>('DELETE FROM scope WHERE expires <= ?');

  const keepScope = db.transaction((tenant: string, row: ScopeRow, now: number): ScopeRow => {
    deleteExpired.run(tenant, row.scope, now);
    insertScope.run(tenant, row.scope, row.patient, row.anchor, row.expires);
    return selectScope.get(tenant, row.scope) ?? row;
  });
  const add = db.transaction((tenant: string, scope: string, rows: readonly TokenRow[]): void => {
    for (const { random, form, type, entity, lookup, sealed } of rows) {
      if ((otherEntity.get(tenant, scope, random, entity)?.n ?? 0) > 0) throw new Collision();
      insertToken.run(tenant, scope, random, form, type, entity, lookup, sealed);
    }
  });
  const erase = db.transaction((tenant: string, patient: string): void => {
    eraseKey.run(tenant, patient);
    eraseScopes.run(tenant, patient);
  });
  const purge = db.transaction((now: number): number => {
    const gone = countExpired.get(now)?.n ?? 0;
    purgeScopes.run(now);
    return gone;
  });

  return {
    patientKey: async (tenant, patient) => selectKey.get(tenant, patient)?.wrapped,
    keepPatientKey: async (tenant, patient, wrapped) => {
      insertKey.run(tenant, patient, wrapped);
      return selectKey.get(tenant, patient)?.wrapped ?? wrapped;
    },
    scope: async (tenant, scope) => selectScope.get(tenant, scope),
    keepScope: async (tenant, row, now) => keepScope.immediate(tenant, row, now),
    forms: async (tenant, scope, entities) =>
      entities.flatMap((entity) => selectForms.all(tenant, scope, entity)),
    add: async (tenant, scope, rows) => {
      try {
        add.immediate(tenant, scope, rows);
        return true;
      } catch (thrown) {
        if (thrown instanceof Collision || isConstraint(thrown)) return false;
        throw thrown;
      }
    },
    token: async (tenant, scope, random, form) => selectToken.get(tenant, scope, random, form),
    erase: async (tenant, patient) => {
      erase.immediate(tenant, patient);
      // The key's bytes must leave the write-ahead log too.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
    purge: async (now) => purge.immediate(now),
    close: async () => {
      db.close();
    },
  };
}

/** The random part is another entity's already. */
class Collision extends Error {}

/** By its code, not by its class: the native part keeps the error class of whoever loaded it first in the process. */
const isConstraint = (thrown: unknown): boolean =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  thrown.code.startsWith('SQLITE_CONSTRAINT');
