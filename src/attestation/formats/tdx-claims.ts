import type { Claims } from '../claims.ts';
import type { PckCertificate } from './pck-certificate.ts';
import { enclaveVersion } from './quoting-enclave.ts';
import type { Level } from './tdx-levels.ts';
import { type BodyField, bodyField, type Quote } from './tdx-quote.ts';

const registers = [
  'mrtd',
  'rtmr0',
  'rtmr1',
  'rtmr2',
  'rtmr3',
  'mrConfigId',
  'mrOwner',
  'mrOwnerConfig',
  'mrSeam',
  'mrSignerSeam',
  'mrServiceTd',
] as const satisfies readonly BodyField[];
const stated = ['teeTcbSvn', 'teeTcbSvn2', 'seamAttributes', 'tdAttributes', 'xfam'] as const;

/** Bits of TD_ATTRIBUTES; all of its first byte let somebody look into the guest (group TUD). */
const underDebug = 0xffn;
const attributes = { septVeDisabled: 28n, migration: 29n, pks: 30n, keyLocker: 31n, perfmon: 63n };

const fieldsOf = (body: Buffer, names: readonly BodyField[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = bodyField(body, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function flagsOf(body: Buffer): Record<string, boolean> {
  const bits = body.readBigUInt64LE(120);
  return {
    debug: (bits & underDebug) !== 0n,
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, bit]) => [name, ((bits >> bit) & 1n) === 1n]),
    ),
  };
}

/** What a quote says, in the words of claims, with Intel's verdict on machine and quoting enclave where there is one. */
export function claimsOf(
  { version, body, enclave }: Quote,
  pck: PckCertificate,
  root: string,
  levels: { readonly machine: Level | undefined; readonly enclave: Level | undefined },
): Claims {
  const [moduleSvn = 0, moduleVersion = 0, microcode = 0] = body;
  const { machine } = levels;
  return {
    format: 'tdx',
    tee: 'tdx',
    root,
    measurements: fieldsOf(body, registers),
    flags: flagsOf(body),
    tcb: {
      parts: { moduleVersion, moduleSvn, microcode, pceSvn: pck.pceSvn, qeSvn: enclaveVersion(enclave) },
      ...(machine === undefined ? {} : { status: machine.status }),
    },
    ...(machine === undefined ? {} : { advisories: machine.advisories }),
    platform: pck.ppid,
    facts: {
      quoteVersion: String(version),
      fmspc: pck.fmspc,
      pceId: pck.pceId,
      cpuSvn: pck.cpuSvn,
      ...fieldsOf(body, stated),
      ...(machine === undefined ? {} : { tcbDate: machine.date }),
      ...(levels.enclave === undefined ? {} : { qeStatus: levels.enclave.status }),
    },
    bound: { reportData: bodyField(body, 'reportData') ?? '', nonces: [] },
  };
}
