import { NotProven } from '../reasons.ts';
import { type Fields, read } from './signed-collateral.ts';
import { type Level, levelOfVersion } from './tdx-levels.ts';
import { bodyField } from './tdx-quote.ts';

/** Whether `value` under `mask` is `wanted`; all lower-case hex of the same length. */
export const masked = (value: string, mask: string, wanted: string): boolean => {
  const bits = Buffer.from(mask, 'hex');
  const kept = Uint8Array.from(Buffer.from(value, 'hex'), (byte, index) => byte & (bits[index] ?? 0xff));
  return Buffer.from(kept).equals(Buffer.from(wanted, 'hex'));
};

const isOf = (identity: Fields, body: Buffer): boolean =>
  bodyField(body, 'mrSignerSeam') === read.hex(identity['mrsigner'], 48) &&
  masked(
    bodyField(body, 'seamAttributes') ?? '',
    read.hex(identity['attributesMask'], 8),
    read.hex(identity['attributes'], 8),
  );

/**
 * Holds the TDX module of a TD report to what Intel says of it, and gives its level where Intel has one for its version
 * (second byte of TEE_TCB_SVN; the first is its security version). Throws `tcb_unknown` for a module that is not named.
 */
export function levelOfModule(tcbInfo: Fields, body: Buffer): Level | undefined {
  const [securityVersion = 0, version = 0] = body;
  if (version === 0) {
    if (!isOf(read.record(tcbInfo['tdxModule']), body)) throw new NotProven('tcb_unknown');
    return undefined;
  }
  const name = `TDX_${version.toString(16).padStart(2, '0')}`;
  const identity = read
    .list(tcbInfo['tdxModuleIdentities'] ?? [])
    .map((one) => read.record(one))
    .find((one) => read.text(one['id']).toUpperCase() === name.toUpperCase());
  if (identity === undefined || !isOf(identity, body)) throw new NotProven('tcb_unknown');
  return levelOfVersion(identity['tcbLevels'], securityVersion);
}

/** Without a word of Intel on modules, only its own count: they have neither signer nor attributes in the report. */
export function expectIntelsModule(body: Buffer): void {
  const own = /^0+$/;
  if (!own.test(bodyField(body, 'mrSignerSeam') ?? '') || !own.test(bodyField(body, 'seamAttributes') ?? ''))
    throw new NotProven('tcb_unknown');
}
