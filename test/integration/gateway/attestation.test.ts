import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor, type SnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import { type Authority, createAuthority } from '../../../sandbox/authority.ts';
import type { TrailEvent } from '../../../src/audit/events.ts';
import type { Config } from '../../../src/config/config.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import type { ModelEndpoint } from '../../../src/vocabulary/model-endpoint.ts';
import {
  boundData,
  type ConfidentialModel,
  startConfidentialModel,
} from '../../fixtures/confidential-model.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { endedTrail } from '../hardening/bad-input.ts';
import { answers, completion } from '../hardening/model-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'attestation-'));
const image = Buffer.alloc(48, 0x5a);
const otherImage = Buffer.alloc(48, 0x5b);

let authority: Authority;
let vendor: SnpVendor;
let machine: SnpMachine;
let model: ConfidentialModel;
let sandbox: SandboxUnderTest;
/** By how much the gateway's clock was set forward, milliseconds. */
let ahead = 0;

const policyText = (root: string, validForSeconds: number): string => `name: inference
validForSeconds: ${validForSeconds}
evidence:
  - format: sev-snp
    roots: ['${root}']
    measurements: { measurement: ['${image.toString('hex')}'] }
    minimum: { snp: 20 }
`;

const withModel =
  (origin: string) =>
  (config: Config): Config => ({
    ...config,
    upstreamTls: [...config.upstreamTls, { origin, authorities: join(folder, 'authority.pem') }],
    tenants: config.tenants.map((tenant) => ({
      ...tenant,
      models: [
        ...tenant.models,
        ...[
          { id: 'proven', fallback: [] },
          { id: 'silent', baseUrl: 'http://127.0.0.1:9/v1', fallback: ['proven', 'spare'] },
          { id: 'spare', baseUrl: tenant.models[0]?.baseUrl ?? '', fallback: [] },
        ].map(
          ({ baseUrl, fallback, id }): ModelEndpoint => ({
            id,
            model: `${id}-upstream`,
            baseUrl: baseUrl ?? `${origin}/v1`,
            timeoutMs: 30_000,
            maxAnswerBytes: 100_000,
            residency: 'US',
            trusted: true,
            ...(fallback.length === 0 ? {} : { fallback }),
            ...(baseUrl === undefined
              ? { attestation: { policy: join(folder, 'policy.yaml'), path: '/attestation' } }
              : {}),
          }),
        ),
      ],
    })),
  });

beforeAll(async () => {
  authority = await createAuthority('models.example');
  vendor = await createSnpVendor();
  machine = await createSnpMachine(vendor);
  model = await startConfidentialModel(authority, machine);
  writeFileSync(join(folder, 'authority.pem'), authority.cert);
  writeFileSync(join(folder, 'policy.yaml'), policyText(vendor.root, 25));
  sandbox = await SandboxUnderTest.start({
    configure: withModel(model.origin),
    clock: { now: () => Date.now() + ahead },
  });
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  await model.close();
  rmSync(folder, { recursive: true });
});

const usual: ConfidentialModel['prove'] = (_nonce, evidence) => ({ body: { evidence: [evidence()] } });

/** Time passes, so that what was proven before is old and the next question asks anew. */
function outlastProof(): void {
  ahead += 26_000;
}

beforeEach(() => {
  model.nonces.length = 0;
  model.received.length = 0;
  model.prove = usual;
  model.play = answers(completion('The latest LDL is on record.'));
});

const ask = (name = 'proven', stream = false) =>
  sandbox.ask({ question: 'What is the latest LDL?', stream, body: { model: name } });
const eventsOf = async ({ trail }: Reply): Promise<readonly TrailEvent[]> => {
  await endedTrail(sandbox, trail);
  return sandbox.running.gateway.gateway.services.trail.trail(sandbox.ready.tenant, trail);
};

describe('a model endpoint that must prove its machine', () => {
  it('is asked once it has, over a connection to the proven key, and the trail says so', async () => {
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(model.received).toHaveLength(1);
    expect(model.nonces).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    const proven = (await eventsOf(reply)).find(({ event }) => event === 'model.attested');
    expect(proven).toMatchObject({
      outcome: 'success',
      facts: {
        model: 'proven',
        attestation: ['sev-snp'],
        attestationEvidence: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      },
    });
    const decided = (await eventsOf(reply)).find(({ event }) => event === 'request.authorized');
    expect(decided?.facts['modelAttested']).toBe(true);
  });

  it('proves itself once for many questions, and anew when that is old', async () => {
    await Promise.all([ask(), ask(), ask('proven', true)]);
    expect(model.received).toHaveLength(3);
    expect(model.nonces.length).toBeLessThan(2);
  });

  it('is not asked of one without attestation: policy knows that it proved nothing', async () => {
    const reply = await ask('spare');
    expect(reply.status).toBe(200);
    const events = await eventsOf(reply);
    expect(events.map(({ event }) => event)).not.toContain('model.attested');
    expect(events.find(({ event }) => event === 'request.authorized')?.facts['modelAttested']).toBe(false);
  });
});

type Prove = ConfidentialModel['prove'];
const with64 =
  (data: Uint8Array): Prove =>
  (_nonce, evidence) => ({
    body: { evidence: [evidence({ reportData: data })] },
  });

describe('nothing is sent to an endpoint', () => {
  it.each<[string, () => Prove | Promise<Prove>, readonly string[]]>([
    ['that shows nothing', () => () => ({ status: 404, body: {} }), ['no_evidence']],
    ['that shows no JSON', () => () => ({ body: '<html>' }), ['malformed']],
    ['that shows an empty list', () => () => ({ body: { evidence: [] } }), ['malformed']],
    [
      'that shows evidence of another kind',
      () => () => ({ body: { evidence: [{ format: 'nvidia', document: 'AAAA' }] } }),
      ['format_missing'],
    ],
    [
      'of another program',
      () => (_n, made) => ({ body: { evidence: [made({ measurement: otherImage })] } }),
      ['measurement_not_allowed'],
    ],
    [
      'whose host may look inside',
      () => (_n, made) => ({ body: { evidence: [made({ debug: true })] } }),
      ['debug'],
    ],
    [
      'with evidence for another nonce',
      () => with64(boundData(model.cert, '00'.repeat(32))),
      ['nonce_mismatch'],
    ],
    [
      'with evidence of another key',
      async () => {
        const { cert } = await authority.issue({ uris: [], addresses: ['127.0.0.1'] });
        return (nonce, made) => ({ body: { evidence: [made({ reportData: boundData(cert, nonce) })] } });
      },
      ['key_mismatch'],
    ],
    [
      'of a vendor that the policy does not name',
      async () => {
        const other = await createSnpMachine(await createSnpVendor());
        return (nonce) => ({ body: { evidence: [model.shownBy(other, nonce)] } });
      },
      ['root_unknown'],
    ],
    [
      'of a machine with old firmware',
      async () => {
        const other = await createSnpMachine(vendor, { tcb: { bootloader: 4, snp: 8, microcode: 100 } });
        return (nonce) => ({ body: { evidence: [model.shownBy(other, nonce)] } });
      },
      ['tcb_outdated'],
    ],
  ])(
    '%s',
    async (_name, prove, faults) => {
      outlastProof();
      model.prove = await prove();
      const reply = await ask();
      expect(reply.status).toBe(502);
      expect(reply.text).toContain('model_unavailable');
      expect(model.received).toEqual([]);
      const events = await eventsOf(reply);
      expect(events.at(-1)).toMatchObject({
        event: 'request.denied',
        reason: 'model_not_attested',
        facts: { model: 'proven', attestationFaults: faults },
      });
      expect(events.map(({ event }) => event)).not.toContain('context.released');
    },
    20_000,
  );

  it('whose connection has another key than the one that was proven', async () => {
    outlastProof();
    expect((await ask()).status).toBe(200);
    model.turn(await authority.issue({ uris: [], addresses: ['127.0.0.1'] }));
    model.dropConnections();
    model.received.length = 0;
    const reply = await ask();
    expect(reply.status).toBe(502);
    expect(model.received).toEqual([]);
    expect((await eventsOf(reply)).at(-1)).toMatchObject({ reason: 'model_not_attested' });
    // The new key can be proven as well as the old one.
    outlastProof();
    expect((await ask()).status).toBe(200);
  });

  it('in the place of another one, and the next one is asked', async () => {
    outlastProof();
    model.prove = () => ({ status: 500, body: {} });
    const reply = await ask('silent');
    expect(reply.status).toBe(200);
    expect(model.received).toEqual([]);
    const events = await eventsOf(reply);
    expect(events.find(({ event }) => event === 'endpoint.denied')).toMatchObject({
      reason: 'model_not_attested',
      facts: { model: 'proven', attestationFaults: ['no_evidence'] },
    });
  });
});

const delta = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

describe('an endpoint that loses its proof', () => {
  it('while a stream runs: the stream ends in an error, and nothing more of it is delivered', async () => {
    outlastProof();
    expect((await ask()).status).toBe(200);
    model.play = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let n = 0;
      const timer = setInterval(() => {
        n += 1;
        // Three quarters of the proof's time are over: it is asked for anew.
        if (n === 15) ahead += 20_000;
        response.write(delta(`The latest LDL is on record, word ${n}. `));
      }, 100);
      response.on('close', () => clearInterval(timer));
    };
    model.prove = (_nonce, made) => ({ body: { evidence: [made({ measurement: otherImage })] } });
    const reply = await ask('proven', true);
    expect(reply.text).toContain('"error"');
    expect(reply.text).not.toContain('[DONE]');
    expect((await eventsOf(reply)).at(-1)).toMatchObject({
      event: 'response.aborted',
      reason: 'model_not_attested',
    });
  });

  it('keeps it to its end where it cannot be asked', async () => {
    outlastProof();
    expect((await ask()).status).toBe(200);
    model.prove = () => ({ status: 500, body: {} });
    ahead += 20_000;
    await ask();
    expect((await ask()).status).toBe(200);
    expect(model.nonces.length).toBeGreaterThan(1);
    ahead += 8_000;
    expect((await ask()).status).toBe(502);
  });
});

describe('the trail of it all', () => {
  it('verifies', () => {
    const { files } = sandbox.ready;
    expect(verifyTrail(files.audit)).toMatchObject({ ok: true });
  });
});
