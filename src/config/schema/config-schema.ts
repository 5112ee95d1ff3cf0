import { audit, verifierKey } from './audit.ts';
import { redaction } from './redaction.ts';
import { tenant } from './tenant.ts';
import { closed, closedBut, file, milliseconds, url } from './terms.ts';
import { listener, mtls, trustDomain, upstreamTls } from './transport.ts';

const perMinute = (count: number): object => ({
  type: 'integer',
  minimum: 1,
  maximum: 10_000_000,
  default: count,
});

/**
 * JSON Schema 2020-12 of the configuration file. Secrets are never in the file: a setting that ends in `_file` names
 * the file that holds the secret, relative to the configuration file. docs/configuration.md is held to this schema.
 */
export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'phi-gateway configuration',
  ...closedBut(['rules', 'release'], {
    environment: { enum: ['sandbox', 'production'] },
    listeners: closed({ public: listener(8_080), operations: listener(9_090), publicUrl: url, mtls }, [
      'public',
      'operations',
      'publicUrl',
    ]),
    trustDomains: { type: 'array', items: trustDomain, maxItems: 50, default: [] },
    upstreamTls: { type: 'array', items: upstreamTls, maxItems: 200, default: [] },
    rules: closed({ directory: file }),
    release: closed({
      approvals: file,
      approvers: { type: 'array', items: verifierKey, uniqueItems: true, minItems: 2, maxItems: 20 },
    }),
    storage: closed(
      {
        directory: file,
        reserveMegabytes: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 64 },
      },
      ['directory'],
    ),
    keys: closed(
      {
        signing_file: file,
        overlap_files: { type: 'array', items: file, uniqueItems: true, maxItems: 4 },
        vault_file: file,
        pseudonym_file: file,
        log_file: file,
      },
      ['signing_file', 'vault_file', 'pseudonym_file', 'log_file'],
    ),
    audit: { ...audit, default: {} },
    redaction: { ...redaction, default: {} },
    limits: {
      ...closed({
        bodyBytes: { type: 'integer', minimum: 1_024, maximum: 16_777_216, default: 1_048_576 },
        requestTimeoutMs: { ...milliseconds, default: 120_000 },
        heartbeatMs: { ...milliseconds, default: 10_000 },
        delegatedTokenSeconds: { type: 'integer', minimum: 10, maximum: 300, default: 300 },
        sessionIdleSeconds: { type: 'integer', minimum: 1, maximum: 86_400, default: 900 },
        sessionAbsoluteSeconds: { type: 'integer', minimum: 60, maximum: 604_800, default: 43_200 },
        perMinute: {
          ...closed({
            user: perMinute(120),
            workload: perMinute(6_000),
            tenant: perMinute(30_000),
            failedSignIns: perMinute(60),
            strangers: perMinute(60),
          }),
          default: {},
        },
        notePassages: { type: 'integer', minimum: 1, maximum: 1_000, default: 20 },
        tokenRetentionSeconds: { type: 'integer', minimum: 60, maximum: 2_592_000, default: 86_400 },
      }),
      default: {},
    },
    tenants: { type: 'array', items: tenant, minItems: 1, maxItems: 100 },
  }),
};
