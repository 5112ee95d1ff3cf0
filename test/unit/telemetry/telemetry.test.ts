import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { createLog, errorFields, type LogEvent, logEvents } from '../../../src/telemetry/log.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { fieldReaders } from '../../../src/telemetry/vocabulary.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import fc from '../../fixtures/properties.ts';

const names = { routes: ['/v1/trails/{id}'], tenants: ['hospital'], upstreams: ['ehr'] };
const trail = '0192f0c0-0000-7000-8000-000000000001';
const isEvent = (name: string): name is LogEvent => Object.hasOwn(logEvents, name);
const events = Object.keys(logEvents).filter(isEvent);

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ write: (line: string) => lines.push(line) }, names));
  return lines.join('');
}

/** As somebody without a compiler could call it. */
const writeAnything = (log: ReturnType<typeof createLog>, event: string, fields: unknown): void => {
  Reflect.apply(Reflect.get(log, 'write'), log, [event, fields]);
};

/** Every field that exists, filled with one value. */
const everywhere = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(
    [...Object.keys(fieldReaders(names)), 'message', 'err', 'url', 'headers', 'msg', 'level', 'time'].map(
      (name) => [name, value],
    ),
  );

describe('log', () => {
  test('one line has its constant text, its own fields and nothing of the process', () => {
    const line: unknown = JSON.parse(
      logged((log) =>
        log.write('request.completed', {
          trail,
          tenant: 'hospital',
          route: '/v1/trails/{id}',
          method: 'GET',
          status: 403,
          outcome: 'refused',
          reason: 'consent_denied',
          code: 'access_denied',
          durationMs: 12.4,
        }),
      ),
    );
    expect(line).toEqual({
      level: 'info',
      time: expect.any(String),
      event: 'request.completed',
      trail,
      tenant: 'hospital',
      route: '/v1/trails/{id}',
      method: 'GET',
      status: 403,
      outcome: 'refused',
      reason: 'consent_denied',
      code: 'access_denied',
      durationMs: 12,
      msg: 'request completed',
    });
  });

  test.each(events)('%s cannot carry a planted text', (event) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (text) => {
        const planted = `Zx7${text}Qy9`;
        const line = logged((log) => writeAnything(log, event, everywhere(planted)));
        expect(line).not.toContain('Zx7');
        expect(line).not.toContain('Qy9');
      }),
      { numRuns: 50 },
    );
  });

  test.each(events)('%s cannot carry a planted object, list or large number', (event) => {
    for (const value of [{ name: 'Zx7' }, ['Zx7'], new Error('Zx7'), 4_815_162_342_108]) {
      const line = logged((log) => writeAnything(log, event, everywhere(value)));
      expect(line).not.toContain('Zx7');
      expect(line).not.toContain('4815162342108');
    }
  });

  test('a real path, a name in the form of an id, a code in the form of a system code become other', () => {
    const line = logged((log) => {
      log.write('request.completed', {
        route: '/v1/trails/maria-ortiz',
        tenant: 'maria-ortiz',
        trail: 'maria-ortiz',
      });
      log.write('stage.failed', {
        systemCode: 'ERR_MARIA-ORTIZ',
        errorClass: 'maria-ortiz',
        reason: 'maria-ortiz',
      });
    });
    expect(line.toLowerCase()).not.toContain('maria');
    expect(line.match(/"other"/g)).toHaveLength(5);
  });

  test('rules of the injection signal are said, and no other word', () => {
    const line = logged((log) =>
      log.write('injection.suspected', { trail, where: 'record', rules: 'override Zx7 encoded' }),
    );
    expect(JSON.parse(line)).toMatchObject({ trail, where: 'record', rules: 'override other encoded' });
  });

  test('an event that does not exist is not written', () => {
    expect(logged((log) => writeAnything(log, 'Zx7', {}))).toBe('');
  });

  test('what was thrown is said by reason, code and class only', () => {
    const cause = Object.assign(new Error('patient Zx7 at https://fhir/Patient/Zx7'), {
      code: 'ECONNREFUSED',
    });
    const thrown = [
      new Refusal('fhir_unavailable', { sentence: 'Zx7', fault: '/Zx7', cause }),
      Object.assign(new Error('Zx7'), { name: 'Zx7', code: 'Zx7', stack: 'Zx7' }),
      'Zx7',
      { code: 'Zx7', message: 'Zx7' },
      null,
    ];
    const lines = thrown.map((one) =>
      logged((log) => log.write('stage.failed', { trail, ...errorFields(one) })),
    );
    expect(lines.join('')).not.toContain('Zx7');
    expect(lines[0]).toContain(
      '"reason":"fhir_unavailable","code":"fhir_unavailable","errorClass":"Refusal","systemCode":"ECONNREFUSED"',
    );
    expect(lines[1]).toContain('"errorClass":"other","systemCode":"other"');
  });
});

describe('metrics', () => {
  test('labels are closed', async () => {
    const metrics = createMetrics(names);
    metrics.request({ route: '/v1/trails/Zx7', method: 'Zx7', status: 200 }, 0.1);
    metrics.request({ route: '/v1/trails/{id}', method: 'GET', status: 99999 }, 0.1);
    metrics.stage({ stage: 'Zx7', outcome: 'Zx7' }, 0.1);
    metrics.stage({ stage: 'retrieve', outcome: 'success' }, 0.1);
    metrics.barrier('Zx7', 0.001);
    metrics.refusal('Zx7');
    metrics.refusal('consent_denied');
    metrics.injectionSignal({ where: 'Zx7', level: 'Zx7' });
    metrics.injectionSignal({ where: 'record', level: 'high' });
    metrics.injectionUnread();
    metrics.envelope(1);
    const text = await metrics.expose();
    expect(text).not.toContain('Zx7');
    expect(text).toContain('phi_gateway_requests_total{route="other",method="other",status="200"} 1');
    expect(text).toContain(
      'phi_gateway_requests_total{route="/v1/trails/{id}",method="GET",status="other"} 1',
    );
    expect(text).toContain('phi_gateway_stage_seconds_count{stage="retrieve",outcome="success"} 1');
    expect(text).toContain('phi_gateway_refusals_total{reason="consent_denied"} 1');
    expect(text).toContain('phi_gateway_injection_signals_total{where="record",level="high"} 1');
    expect(text).toContain('phi_gateway_injection_signals_total{where="other",level="other"} 1');
    expect(text).toContain('phi_gateway_injection_unread_total 1');
    expect(text).toContain('phi_gateway_envelopes_open 1');
    expect(metrics.contentType).toContain('text/plain');
  });

  test('two registries share nothing', async () => {
    const first = createMetrics(names);
    first.refusal('consent_denied');
    expect(await createMetrics(names).expose()).not.toContain('consent_denied');
    expect(isRecord(first)).toBe(true);
  });
});
