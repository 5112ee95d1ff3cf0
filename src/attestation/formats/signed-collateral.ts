import { isRecord } from '../../vocabulary/fhir.ts';
import { type Chain, chainOf, checkRevocations, readCertificates } from '../certificates.ts';
import { keyOn, signs } from '../ecdsa.ts';
import type { Trust } from '../evidence.ts';
import { NotProven } from '../reasons.ts';

/** Larger answers are not Intel's, whose TCB info has about 10 KB. */
const textLimit = 1_048_576;
const signatureHex = 128;
/** The only certificate that signs collateral; machines' certificates lead to the same root. */
const signer = 'CN=Intel SGX TCB Signing';

export type Fields = Readonly<Record<string, unknown>>;
const invalid = (): never => {
  throw new NotProven('collateral_invalid');
};

/** Members of collateral, of the kind that they must be; throws `collateral_invalid`. */
export const read = {
  record: (value: unknown): Fields => (isRecord(value) ? value : invalid()),
  list: (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : invalid()),
  text: (value: unknown): string => (typeof value === 'string' ? value : invalid()),
  number: (value: unknown): number =>
    typeof value === 'number' && Number.isSafeInteger(value) ? value : invalid(),
  /** Bytes in hex, of any case, to lower-case hex. */
  hex: (value: unknown, length: number): string =>
    typeof value === 'string' && value.length === 2 * length && /^[0-9A-Fa-f]*$/.test(value)
      ? value.toLowerCase()
      : invalid(),
};

/** `{"name":{…},"signature":"…"}`: the text of the member as it was signed, and the signature. */
function partsOf(text: string, name: string): { readonly signed: string; readonly signature: Buffer } {
  const whole = text.trim();
  const before = `{"${name}":`;
  const between = ',"signature":"';
  const after = '"}';
  const place = whole.length - after.length - signatureHex;
  const hex = whole.slice(place, -after.length);
  const fits =
    whole.length <= textLimit &&
    whole.startsWith(before) &&
    whole.endsWith(after) &&
    whole.startsWith(between, place - between.length) &&
    /^[0-9A-Fa-f]*$/.test(hex);
  if (!fits) return invalid();
  return {
    signed: whole.slice(before.length, place - between.length),
    signature: Buffer.from(hex, 'hex'),
  };
}

/** Only text that Intel signed is parsed. */
function parsed(text: string): Fields {
  try {
    return read.record(JSON.parse(text));
  } catch {
    return invalid();
  }
}

/** Intel makes certificates anew for the same key, so that one that ended is no fault where another holds. */
async function isVouchedFor(
  text: string,
  signature: Buffer,
  trust: Trust,
  machine: Chain,
  at: number,
): Promise<boolean> {
  const signed = Buffer.from(text, 'utf8');
  for (const certificate of readCertificates(trust.certificates)) {
    const key = certificate.subject.split('\n').includes(signer)
      ? keyOn('prime256v1', certificate)
      : undefined;
    if (key === undefined || !signs('prime256v1', key, signed, signature)) continue;
    try {
      const chain = chainOf(certificate, machine.path, { ...trust, roots: new Set([machine.root]) }, at);
      // oxlint-disable-next-line no-await-in-loop -- one or two, and the first that holds ends it
      await checkRevocations(chain, trust, at);
      return true;
    } catch (fault) {
      if (!(fault instanceof NotProven)) throw fault;
    }
  }
  return false;
}

/**
 * What Intel says in the member `name` of a signed answer of its provisioning service, whose raw text this is: signed by
 * a certificate of `trust` that leads to the root of the machine's, issued before `at` and to be updated after it. Throws
 * `collateral_invalid` whatever is wrong.
 */
export async function signedCollateral(
  text: string,
  name: string,
  trust: Trust,
  machine: Chain,
  at: number,
): Promise<Fields> {
  const { signed, signature } = partsOf(text, name);
  if (!(await isVouchedFor(signed, signature, trust, machine, at))) return invalid();
  const told = parsed(signed);
  const issued = Date.parse(read.text(told['issueDate']));
  const next = Date.parse(read.text(told['nextUpdate']));
  return issued <= at && at <= next ? told : invalid();
}
