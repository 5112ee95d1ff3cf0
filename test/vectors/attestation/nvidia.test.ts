import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Evidence, Trust } from '../../../src/attestation/evidence.ts';
import { verifyNvidia } from '../../../src/attestation/formats/nvidia.ts';
import { vendorRoots } from '../../../src/attestation/vendor-roots.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { vectorFolder } from './folder.ts';

const { certificates, present, text } = vectorFolder('coco-trustee/nvidia');
const nvidia = vendorRoots.filter(({ vendor }) => vendor === 'NVIDIA').map(({ sha256 }) => sha256);
const trust: Trust = { roots: new Set(nvidia), certificates: [], revocations: [] };
const at = Date.UTC(2026, 0, 1);

const evidenceOf = (report: string, chain: string): Evidence => ({
  format: 'nvidia',
  document: Buffer.from(text(report), 'hex'),
  certificates: certificates(chain),
});
const first = (): Evidence => evidenceOf('hopperAttestationReport.txt', 'hopper_cert_chain_case1.txt');
const second = (): Evidence => evidenceOf('hopper_coco_report1.txt', 'hopper_coco_certs1.txt');

(present ? describe : describe.skip)('reports of H100', () => {
  test('all that is told of one is what another verifier tells of it', async () => {
    const told: unknown = JSON.parse(text('hopperAttestationReport-claims.txt'));
    const { config, measurements } = isRecord(told) ? told : {};
    const values = isRecord(measurements) ? Object.entries(measurements) : [];
    const said = isRecord(config) ? config : {};
    const claims = await verifyNvidia(first(), trust, at);
    expect(claims.measurements).toEqual(
      Object.fromEntries(values.map(([index, value]) => [`meas${index}`, value])),
    );
    expect(values).toHaveLength(64);
    expect(claims.facts).toMatchObject({
      driver: said['driver_version'],
      vbios: String(said['vbios_version']).toUpperCase(),
      boardId: said['board_id'],
      chipSku: said['chip_sku'],
      firmwareId: said['fwid'],
      project: said['project'],
      projectSku: said['project_sku'],
    });
    expect([claims.platform, claims.bound.nonces]).toEqual([
      '41431d480fe5e87274',
      ['931d8dd0add203ac3d8b4fbde75e115278eefcdceac5b87671a748f32364dfcb'],
    ]);
  });

  test('another one, with a zero byte after it, tells how GPUs work together', async () => {
    const claims = await verifyNvidia(second(), trust, at);
    expect(claims.facts).toMatchObject({ driver: '580.95.05', vbios: '96.00.74.00.1A', mode: 'spt' });
  });

  test.each([
    ['hopper_cert_chain_case2.txt', 'chain_incomplete'],
    ['hopper_cert_chain_case3.txt', 'chain_incomplete'],
    ['hopper_cert_chain_case4.txt', 'chain_incomplete'],
    ['hopper_signing_cert.pem', 'chain_incomplete'],
    ['hopper_coco_certs1.txt', 'signature_invalid'],
  ])('with %s it is refused', async (chain, reason) => {
    const evidence = evidenceOf('hopperAttestationReport.txt', chain);
    expect(await reasonOf(verifyNvidia(evidence, trust, at))).toBe(reason);
  });

  test('the root is the one that is published, and no other', async () => {
    const [root = new Uint8Array()] = certificates('nvidia_device_root.pem');
    expect(new X509Certificate(root).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(nvidia[0]);
    const none = { ...trust, roots: new Set(['00'.repeat(32)]) };
    expect(await reasonOf(verifyNvidia(first(), none, at))).toBe('root_unknown');
  });

  test('no byte of the signed ones can be another', async () => {
    const evidence = first();
    for (let place = 0; place < evidence.document.length; place += 29) {
      const document = Uint8Array.from(evidence.document);
      document[place] = (document[place] ?? 0) ^ 1;
      // oxlint-disable-next-line no-await-in-loop -- a hundred at once would be no faster
      const reason = await reasonOf(verifyNvidia({ ...evidence, document }, trust, at));
      expect([place, reason]).not.toEqual([place, 'proven']);
    }
  });
});
