import { eventsIn, keptAt, type Mutation, oneOf } from './exports.ts';

const noise = 'lower(hex(randomblob(32)))';

/** Statements by somebody who dropped the triggers, and put them back afterwards. `at`: an event that is there. */
const statements: readonly ((at: number, events: number) => readonly string[])[] = [
  (at) => [`UPDATE event SET payload = replace(payload, '"at":1', '"at":2') WHERE seq = ${at}`],
  (at) => [`UPDATE event SET payload = payload || ' ' WHERE seq = ${at}`],
  (at) => [`UPDATE event SET leaf = ${noise} WHERE seq = ${at}`],
  (at) => [`UPDATE event SET leaf = upper(leaf) || '0' WHERE seq = ${at}`],
  (at) => [`UPDATE event SET tenant = 'south' WHERE seq = ${at}`],
  (at) => [`UPDATE event SET trail = 'f' || substr(trail, 2) WHERE seq = ${at}`],
  (at) => [`UPDATE event SET seq = seq + 1000000000000 WHERE seq = ${at}`],
  (at) => [`UPDATE event SET seq = -seq - 1 WHERE seq = ${at}`],
  (_, events) => [`UPDATE event SET seq = 9223372036854775807 WHERE seq = ${events - 1}`],
  (at) => [`DELETE FROM event WHERE seq = ${at}`],
  (at) => [
    `INSERT INTO event SELECT (SELECT max(seq) + 1 FROM event), tenant, trail, payload, leaf FROM event WHERE seq = ${at}`,
  ],
  () => ['DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)'],
  () => [`UPDATE checkpoint SET root = ${noise} WHERE size = (SELECT max(size) FROM checkpoint)`],
  () => ["UPDATE checkpoint SET range = range || '00' WHERE size = (SELECT max(size) FROM checkpoint)"],
  () => ['UPDATE signed_checkpoint SET size = size + 1 WHERE id = (SELECT max(id) FROM signed_checkpoint)'],
  () => ["UPDATE signed_checkpoint SET note = '' WHERE id = (SELECT max(id) FROM signed_checkpoint)"],
  () => [
    "INSERT INTO signed_checkpoint (size, note) SELECT size, note || '0a' FROM signed_checkpoint ORDER BY id DESC LIMIT 1",
  ],
  () => ['DELETE FROM signed_checkpoint'],
  () => ['DELETE FROM verifier_key WHERE id = 1'],
  () => ['DELETE FROM verifier_key WHERE id = 2'],
  () => ["UPDATE verifier_key SET vkey = vkey || '3d' WHERE id = 1"],
  () => [`INSERT INTO tile VALUES (1, 0, ${noise})`],
  // An index that does not list the event, with the text of one that does.
  (at) => [
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' WHERE seq <> ${at}' WHERE name = 'event_by_trail'`,
    'REINDEX event_by_trail',
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX event_by_trail ON event (tenant, trail, seq)' WHERE name = 'event_by_trail'",
  ],
  () => ['DROP INDEX event_by_trail'],
  () => ['CREATE TABLE note (text TEXT)'],
  () => ['CREATE VIEW head AS SELECT * FROM checkpoint'],
  () => ['CREATE TRIGGER forgets AFTER INSERT ON event BEGIN DELETE FROM open_trail; END'],
  () => ['PRAGMA user_version = 4'],
  () => ['PRAGMA application_id = 7'],
  () => ['ALTER TABLE event RENAME TO kept; CREATE VIEW event AS SELECT * FROM kept'],
];

/** What can be done to the database by SQL. */
export const databaseMutations: Readonly<Record<string, Mutation>> = {
  'database changed by SQL'({ files, dice }) {
    const events = eventsIn(files);
    return { sql: oneOf(statements, dice)?.(keptAt(events, dice), events.length) ?? [] };
  },
  'trigger dropped': ({ dice }) => {
    const name = oneOf(
      ['event_dense', 'event_no_update', 'event_no_delete', 'checkpoint_grows', 'tile_no_delete'],
      dice,
    );
    return { sql: [`DROP TRIGGER ${name ?? ''}`], reasons: ['tables_changed'] };
  },
};
