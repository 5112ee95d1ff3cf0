import type { EnvelopeReadings } from '../../src/reading/ports.ts';
import type { SandboxUnderTest } from '../fixtures/running-sandbox.ts';

export interface Failure {
  readonly name: string;
  /** Breaks something of the running gateway; answers what mends it. */
  readonly strike?: (sandbox: SandboxUnderTest) => () => void;
  /** The model ends the connection in the middle of its answer. */
  readonly breaksOff?: true;
  /** A route that does without what is broken. */
  readonly spares?: string;
  /** Whether anything may be answered meanwhile. */
  readonly answers: boolean;
}

/** Puts a method that rejects in place of each one named. */
function broken(target: object, names: readonly string[]): () => void {
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const name of names)
    Object.defineProperty(target, name, {
      configurable: true,
      value: () => Promise.reject(new Error('broken')),
    });
  return () => {
    for (const [name, own] of before)
      if (own === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, own);
  };
}

/** Reading threads that answer nothing but errors: redactor, interlock and answer checks throw. */
function brokenGuard({ running }: SandboxUnderTest, names: readonly (keyof EnvelopeReadings)[]): () => void {
  const reader = running.gateway.gateway.services.textReader;
  const own = Object.getOwnPropertyDescriptor(reader, 'open');
  const open = reader.open.bind(reader);
  Object.defineProperty(reader, 'open', {
    configurable: true,
    value: (envelope: Parameters<typeof open>[0]) => {
      const readings = { ...open(envelope) };
      broken(readings, names);
      return readings;
    },
  });
  return () => {
    if (own === undefined) Reflect.deleteProperty(reader, 'open');
    else Object.defineProperty(reader, 'open', own);
  };
}

export const failures: readonly Failure[] = [
  { name: 'none', answers: true },
  { name: 'redactor throws', strike: (sandbox) => brokenGuard(sandbox, ['spans']), answers: false },
  { name: 'interlock throws', strike: (sandbox) => brokenGuard(sandbox, ['scanAll']), answers: false },
  {
    name: 'answer check throws',
    strike: (sandbox) => brokenGuard(sandbox, ['check']),
    spares: '/v1/embeddings',
    answers: false,
  },
  // Nothing rests on it: the one guard that may fail.
  { name: 'injection signal throws', strike: (sandbox) => brokenGuard(sandbox, ['signals']), answers: true },
  {
    name: 'vault down',
    strike: ({ running }) =>
      broken(running.gateway.gateway.services.vault, ['issue', 'resolve', 'anchor', 'enrol']),
    answers: false,
  },
  {
    name: 'trail down',
    strike: ({ running }) => broken(running.gateway.gateway.services.trail, ['append']),
    answers: false,
  },
  { name: 'model breaks off', breaksOff: true, answers: false },
];
