import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { fieldReaders, type KnownNames } from './vocabulary.ts';

export interface Metrics {
  /** One answered request; `seconds` from the first byte in to the last byte out. */
  request(labels: { route: string; method: string; status: number }, seconds: number): void;
  /** One stage of one envelope. */
  stage(labels: { stage: string; outcome: string }, seconds: number): void;
  /** One wait for the trail to be durable, by the name of the barrier. */
  barrier(name: string, seconds: number): void;
  refusal(reason: string): void;
  /** Something that a FHIR server did and no server may: an alert. */
  serverFault(labels: { upstream: string; fault: string }): void;
  /** Somebody broke the glass: an alert. */
  emergency(tenant: string): void;
  /** A privacy officer could not be told of it. */
  officerNotTold(tenant: string): void;
  /** Texts of one place of one envelope that look as if they were written for a model: an alert where `high`. */
  injectionSignal(labels: { where: string; level: string }): void;
  /** An answer told of another patient than the one who was asked about, and was refused: an alert. */
  otherPatient(): void;
  /** A model endpoint that was to stand in for another: it answered (success), was denied (refused) or gave nothing (failed). */
  fallback(upstream: string, outcome: 'success' | 'refused' | 'failed'): void;
  /** An envelope whose texts could not be read for that. */
  injectionUnread(): void;
  /** Envelopes under way: +1 when one begins, -1 when it ends. */
  envelope(change: 1 | -1): void;
  /** Prometheus text format, for `/metrics` of the operations listener. */
  expose(): Promise<string>;
  readonly contentType: string;
}

const fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const slow = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/**
 * Metrics with closed labels: route templates, methods, statuses, stages, outcomes and reasons. No label can hold a
 * patient, a user or a path, and the number of series is bounded. The registry is its own, not the process's.
 */
export function createMetrics(names: KnownNames = { routes: [] }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const readers = fieldReaders(names);
  const label = (field: keyof typeof readers, value: unknown) => String(readers[field](value) ?? 'other');
  const requests = new Counter({
    name: 'phi_gateway_requests_total',
    help: 'Requests answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'phi_gateway_request_seconds',
    help: 'Time from request to the end of the answer',
    labelNames: ['route'],
    buckets: slow,
    registers,
  });
  const stages = new Histogram({
    name: 'phi_gateway_stage_seconds',
    help: 'Time in one stage of an envelope',
    labelNames: ['stage', 'outcome'],
    buckets: slow,
    registers,
  });
  const barriers = new Histogram({
    name: 'phi_gateway_barrier_seconds',
    help: 'Time until the trail was durable',
    labelNames: ['barrier'],
    buckets: fast,
    registers,
  });
  const refusals = new Counter({
    name: 'phi_gateway_refusals_total',
    help: 'Envelopes closed without an answer',
    labelNames: ['reason'],
    registers,
  });
  const faults = new Counter({
    name: 'phi_gateway_server_faults_total',
    help: 'Answers of FHIR servers that were not trusted',
    labelNames: ['upstream', 'fault'],
    registers,
  });
  const emergencies = new Counter({
    name: 'phi_gateway_break_glass_total',
    help: 'Emergency accesses declared (break the glass)',
    labelNames: ['tenant'],
    registers,
  });
  const untold = new Counter({
    name: 'phi_gateway_officer_not_told_total',
    help: 'Attempts to tell a privacy officer that failed',
    labelNames: ['tenant'],
    registers,
  });
  const injections = new Counter({
    name: 'phi_gateway_injection_signals_total',
    help: 'Envelopes with texts that look like instructions to the model',
    labelNames: ['where', 'level'],
    registers,
  });
  const otherPatients = new Counter({
    name: 'phi_gateway_other_patient_answers_total',
    help: 'Answers that told of another patient, and were refused',
    registers,
  });
  const fallbacks = new Counter({
    name: 'phi_gateway_model_fallbacks_total',
    help: 'Model endpoints that were to stand in for another one',
    labelNames: ['upstream', 'outcome'],
    registers,
  });
  const unread = new Counter({
    name: 'phi_gateway_injection_unread_total',
    help: 'Envelopes whose texts could not be read for such instructions',
    registers,
  });
  const open = new Gauge({ name: 'phi_gateway_envelopes_open', help: 'Envelopes under way', registers });
  return {
    request({ route, method, status }, seconds) {
      const template = label('route', route);
      requests.inc({ route: template, method: label('method', method), status: label('status', status) });
      durations.observe({ route: template }, seconds);
    },
    stage({ stage, outcome }, seconds) {
      stages.observe({ stage: label('stage', stage), outcome: label('outcome', outcome) }, seconds);
    },
    barrier(name, seconds) {
      barriers.observe({ barrier: label('barrier', name) }, seconds);
    },
    refusal(reason) {
      refusals.inc({ reason: label('reason', reason) });
    },
    serverFault({ upstream, fault }) {
      faults.inc({ upstream: label('upstream', upstream), fault: label('fault', fault) });
    },
    emergency(tenant) {
      emergencies.inc({ tenant: label('tenant', tenant) });
    },
    officerNotTold(tenant) {
      untold.inc({ tenant: label('tenant', tenant) });
    },
    injectionSignal({ where, level }) {
      injections.inc({ where: label('where', where), level: label('level', level) });
    },
    otherPatient() {
      otherPatients.inc();
    },
    fallback(upstream, outcome) {
      fallbacks.inc({ upstream: label('upstream', upstream), outcome: label('outcome', outcome) });
    },
    injectionUnread() {
      unread.inc();
    },
    envelope(change) {
      open.inc(change);
    },
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
