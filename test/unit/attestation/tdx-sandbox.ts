import type { Trust } from '../../../src/attestation/evidence.ts';
import { verifyTdx } from '../../../src/attestation/formats/tdx.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import { mintTdxPlatform, type TdxPlatform } from '../../fixtures/tdx-platform.ts';

export const day = 86_400_000;
export const now = Date.parse('2026-03-01T12:00:00Z');

export const mint = (more: Partial<Parameters<typeof mintTdxPlatform>[0]> = {}): Promise<TdxPlatform> =>
  mintTdxPlatform({ at: now, ...more });

export const tdx = (document: Uint8Array) => ({ format: 'tdx', document, certificates: [] }) as const;

export const trusting = (platform: TdxPlatform, more: Partial<Trust> = {}): Trust => ({
  roots: new Set([platform.root]),
  certificates: [platform.certificates.tcbSigning],
  revocations: [],
  ...more,
});

export const tdxVerdict = (document: Uint8Array, trust: Trust, at = now): Promise<string> =>
  reasonOf(verifyTdx(tdx(document), trust, at));

const zeros = (bytes: number): string => '00'.repeat(bytes);
const versions = (first: number, rest: number) =>
  Array.from({ length: 16 }, (_, index) => ({ svn: index === 0 ? first : rest }));

/** One level of a machine: the first of its sixteen parts, all others 1; TDX from its third part on 1. */
export const level = (first: number, tcbStatus: string, advisoryIDs: readonly string[] = []) => ({
  tcb: {
    sgxtcbcomponents: versions(first, 1),
    pcesvn: 13,
    tdxtcbcomponents: Array.from({ length: 16 }, (_, index) => ({ svn: [9, 0, 3][index] ?? 0 })),
  },
  tcbDate: '2026-01-01T00:00:00Z',
  tcbStatus,
  advisoryIDs,
});

const module = { mrsigner: zeros(48), attributes: zeros(8), attributesMask: 'FF'.repeat(8) };
const dated = {
  issueDate: new Date(now - day).toISOString(),
  nextUpdate: new Date(now + day).toISOString(),
};

/** What the vendor says of machines of the fixture; tests change one thing at a time. */
export const tcbInfo = (more: object = {}) => ({
  id: 'TDX',
  version: 3,
  ...dated,
  fmspc: '90C06F000000',
  pceId: '0000',
  tdxModule: module,
  tdxModuleIdentities: [
    {
      id: 'TDX_01',
      ...module,
      tcbLevels: [
        { tcb: { isvsvn: 5 }, tcbDate: '2026-01-01T00:00:00Z', tcbStatus: 'UpToDate' },
        {
          tcb: { isvsvn: 2 },
          tcbDate: '2025-01-01T00:00:00Z',
          tcbStatus: 'OutOfDate',
          advisoryIDs: ['SA-2'],
        },
      ],
    },
  ],
  tcbLevels: [level(5, 'UpToDate'), level(3, 'SWHardeningNeeded', ['SA-1']), level(2, 'OutOfDate')],
  ...more,
});

export const qeIdentity = (more: object = {}) => ({
  id: 'TD_QE',
  version: 2,
  ...dated,
  miscselect: '00000000',
  miscselectMask: 'FFFFFFFF',
  attributes: '11'.padEnd(32, '0'),
  attributesMask: 'FB'.padEnd(16, 'F').padEnd(32, '0'),
  mrsigner: 'DC9E2A7C6F948F17474E34A7FC43ED030F7C1563F1BABDDF6340C82E0E54A8C5',
  isvprodid: 2,
  tcbLevels: [
    { tcb: { isvsvn: 8 }, tcbDate: '2026-01-01T00:00:00Z', tcbStatus: 'UpToDate' },
    { tcb: { isvsvn: 6 }, tcbDate: '2025-01-01T00:00:00Z', tcbStatus: 'OutOfDate', advisoryIDs: ['SA-3'] },
  ],
  ...more,
});
