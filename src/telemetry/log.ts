import { type DestinationStream, pino } from 'pino';
import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { type FieldName, fieldReaders, type KnownNames } from './vocabulary.ts';

interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly fields: readonly FieldName[];
}

/** Every line that the gateway can log: its constant text and the only fields that it may carry. */
export const logEvents = {
  'gateway.starting': { level: 'info', text: 'starting', fields: ['environment'] },
  'gateway.listening': { level: 'info', text: 'listening', fields: ['listener', 'port'] },
  'gateway.stopping': { level: 'info', text: 'stopping', fields: ['signal'] },
  'gateway.stopped': { level: 'info', text: 'stopped', fields: ['durationMs'] },
  'trails.closed': { level: 'warn', text: 'unfinished trails closed as aborted', fields: ['count'] },
  'policies.loaded': { level: 'info', text: 'policies loaded', fields: ['count', 'durationMs'] },
  'tasks.loaded': { level: 'info', text: 'tasks loaded', fields: ['count'] },
  'issuer.unavailable': {
    level: 'warn',
    text: 'an issuer cannot be reached',
    fields: ['tenant', 'systemCode'],
  },
  'request.completed': {
    level: 'info',
    text: 'request completed',
    fields: ['trail', 'tenant', 'route', 'method', 'status', 'outcome', 'reason', 'code', 'durationMs'],
  },
  'stage.failed': {
    level: 'warn',
    text: 'a stage ended the request',
    fields: ['trail', 'tenant', 'stage', 'reason', 'code', 'errorClass', 'systemCode', 'durationMs'],
  },
  'upstream.failed': {
    level: 'warn',
    text: 'an upstream failed',
    fields: ['trail', 'tenant', 'upstream', 'reason', 'status', 'errorClass', 'systemCode', 'durationMs'],
  },
  'server.distrusted': {
    level: 'error',
    text: 'a FHIR server did what no server may',
    fields: ['trail', 'tenant', 'upstream', 'fault'],
  },
  'injection.suspected': {
    level: 'warn',
    text: 'texts look like instructions to the model',
    fields: ['trail', 'tenant', 'where', 'rules'],
  },
  'injection.unread': {
    level: 'warn',
    text: 'texts could not be read for instructions to the model',
    fields: ['trail', 'tenant', 'errorClass', 'systemCode'],
  },
  'rules.changed': { level: 'info', text: 'changed policies or tasks are in force', fields: [] },
  'rules.refused': { level: 'error', text: 'changed policies or tasks cannot be used', fields: [] },
  'server.examined': {
    level: 'info',
    text: 'a FHIR server serves so many tasks as planned',
    fields: ['tenant', 'upstream', 'count'],
  },
  'server.partly': {
    level: 'warn',
    text: 'a FHIR server does not offer all that a task asks for',
    fields: ['tenant', 'upstream', 'task', 'lacks', 'filteredHere'],
  },
  'server.unexamined': {
    level: 'error',
    text: 'a FHIR server did not say what it offers',
    fields: ['tenant', 'upstream', 'reason', 'code'],
  },
  'outbound.refused': {
    level: 'error',
    text: 'a connection to an address outside the configuration was refused',
    fields: [],
  },
  'store.closed': {
    level: 'error',
    text: 'a store does not fit the trail and stays closed',
    fields: ['store', 'fault'],
  },
  'checkpoint.unsettled': {
    level: 'error',
    text: 'the newest checkpoint of the log is not kept or not cosigned',
    fields: ['fault', 'reason', 'errorClass', 'systemCode'],
  },
  'tokens.purged': { level: 'info', text: 'expired tokens purged', fields: ['count'] },
  'fault.unexpected': {
    level: 'error',
    text: 'unexpected fault',
    fields: ['trail', 'route', 'reason', 'code', 'errorClass', 'systemCode'],
  },
} as const satisfies Record<string, LogEntry>;

export type LogEvent = keyof typeof logEvents;
type LogFields<Event extends LogEvent> = Partial<
  Record<(typeof logEvents)[Event]['fields'][number], string | number | undefined>
>;

export interface Log {
  write<Event extends LogEvent>(event: Event, fields?: LogFields<Event>): void;
}

/**
 * A log that cannot carry PHI: no free text, no headers, no addresses, no message of an error. A field that the
 * event does not list is dropped, a word outside its vocabulary becomes `other`. One JSON object a line.
 */
export function createLog(destination: DestinationStream, names: KnownNames = { routes: [] }): Log {
  const readers = fieldReaders(names);
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    write(event, fields = {}) {
      const entry: LogEntry | undefined = Object.hasOwn(logEvents, event) ? logEvents[event] : undefined;
      if (entry === undefined) return;
      const given: Readonly<Record<string, unknown>> = { ...fields };
      const line: Record<string, string | number> = { event };
      for (const name of entry.fields) {
        const value = given[name] === undefined ? undefined : readers[name](given[name]);
        if (value !== undefined) line[name] = value;
      }
      logger[entry.level](line, entry.text);
    },
  };
}

/** What may be said of anything that was thrown: reason, code, class and system code, never its message or stack. */
export function errorFields(thrown: unknown): {
  readonly reason?: string;
  readonly code?: string;
  readonly errorClass: string;
  readonly systemCode?: string;
} {
  if (thrown instanceof Refusal) {
    const { reason, code, cause } = thrown;
    return { reason, code, errorClass: 'Refusal', ...systemCodeOf(cause) };
  }
  return { errorClass: thrown instanceof Error ? thrown.name : 'other', ...systemCodeOf(thrown) };
}

/** Logs a fault of which no caller is told: `reason` says what could not be used, the rest what was thrown. */
export const faultLogged =
  (log: Pick<Log, 'write'>, reason: Reason, trail?: string) =>
  (thrown: unknown): void =>
    log.write('fault.unexpected', { ...errorFields(thrown), reason, trail });

const systemCodeOf = (thrown: unknown): { systemCode?: string } =>
  isRecord(thrown) && typeof thrown['code'] === 'string' ? { systemCode: thrown['code'] } : {};
