import { describe, expect, test } from '@jest/globals';
import { keepInspectorShut, processFaults, processWarnings } from '../../../src/cli/process-guard.ts';

const clean = { env: {}, execArgv: [], inspected: false, limits: undefined };

describe('a process that becomes a gateway', () => {
  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['empty variables', { DEBUG: '', NODE_DEBUG: '', NODE_OPTIONS: '  ' }],
    ['memory and stacks', { NODE_OPTIONS: '--max-old-space-size=2048 --enable-source-maps' }],
    ['trust stores', { NODE_OPTIONS: '--use-openssl-ca', NODE_EXTRA_CA_CERTS: '/run/ca.pem' }],
    ['a closed inspector', { NODE_OPTIONS: '--disable-sigusr1' }],
    ['certificates that are checked', { NODE_TLS_REJECT_UNAUTHORIZED: '1' }],
  ])('starts with %s', (_name, env) => {
    expect(processFaults({ ...clean, env })).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['DEBUG', { DEBUG: 'express:*' }, 'DEBUG'],
    ['DEBUG of anything', { DEBUG: '0' }, 'DEBUG'],
    ['NODE_DEBUG', { NODE_DEBUG: 'undici' }, 'NODE_DEBUG'],
    ['NODE_DEBUG_NATIVE', { NODE_DEBUG_NATIVE: 'http' }, 'NODE_DEBUG_NATIVE'],
    ['unchecked certificates', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    ...[
      '--inspect',
      '--inspect=0.0.0.0:9229',
      '--inspect-brk',
      '--require=/tmp/planted.js',
      '-r /tmp/planted.js',
      '--import=data:text/javascript,1',
      '--experimental-loader=/tmp/planted.mjs',
      '--report-uncaught-exception',
      '--heapsnapshot-signal=SIGUSR2',
      '--heapsnapshot-near-heap-limit=1',
      '--trace-sync-io',
      '--tls-keylog=/tmp/planted',
      '--max-old-space-size=1;--inspect',
      '--max-old-space-size',
      '"--max-old-space-size=64"',
      '--env-file=/tmp/planted',
      '--diagnostic-dir=/tmp',
    ].map((option): [string, Record<string, string>, string] => [
      option,
      { NODE_OPTIONS: `--enable-source-maps ${option}` },
      'NODE_OPTIONS',
    ]),
  ])('refuses %s and repeats no value', (_name, env, named) => {
    const faults = processFaults({ ...clean, env });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(named);
    expect(faults.join()).not.toMatch(/planted|express:|undici|9229/);
  });

  test('refuses the same options on the command line, and an inspector that is open already', () => {
    expect(processFaults({ ...clean, execArgv: ['--enable-source-maps'] })).toEqual([]);
    expect(processFaults({ ...clean, execArgv: ['--inspect=0'] })).toHaveLength(1);
    expect(processFaults({ ...clean, inspected: true })).toEqual(['an inspector is open on this process']);
  });

  test('names every fault at once', () => {
    const env = { DEBUG: '*', NODE_OPTIONS: '--inspect', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(processFaults({ env, execArgv: ['-e'], inspected: true, limits: undefined })).toHaveLength(5);
  });
});

/** As /proc/self/limits tells it. */
const limits = (soft: string): string =>
  [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max cpu time              unlimited            unlimited            seconds   ',
    `Max core file size        ${soft.padEnd(21)}unlimited            bytes     `,
    '',
  ].join('\n');

describe('core dumps', () => {
  test.each(['unlimited', '1024', '1'])('a limit of %s is warned about', (soft) => {
    expect(processWarnings({ ...clean, limits: limits(soft) })).toHaveLength(1);
  });
  test('no dumps, and no way to tell, are not', () => {
    expect(processWarnings({ ...clean, limits: limits('0') })).toEqual([]);
    expect(processWarnings(clean)).toEqual([]);
  });
});

test('the inspector signal is taken once', () => {
  const before = process.listenerCount('SIGUSR1');
  keepInspectorShut();
  keepInspectorShut();
  expect(process.listenerCount('SIGUSR1') - before).toBeLessThanOrEqual(1);
  expect(process.listenerCount('SIGUSR1')).toBeGreaterThan(0);
});
