import { createHash } from 'node:crypto';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { readYamlAs, YamlFault, type YamlText } from '../vocabulary/yaml-text.ts';
import type { AppraisalPolicy, BindingName, Requirement } from './appraisal-policy.ts';
import { appraisalPolicySchema } from './appraisal-policy-schema.ts';
import { bindings } from './bindings.ts';
import { readCertificates } from './certificates.ts';
import type { Format, TokenKeys, Trust } from './evidence.ts';
import { blocksOf } from './pem.ts';
import { vendorRoots } from './vendor-roots.ts';

/** A policy that cannot be used: names file, line and reason. */
export class AppraisalPolicyFault extends Error {
  constructor(file: string, line: number, reason: string) {
    super(`${file}, line ${line}: ${reason}`);
    this.name = 'AppraisalPolicyFault';
  }
}

type Named<Value> = Readonly<Record<string, Value>>;

interface RequirementText {
  readonly format: Format;
  readonly roots?: readonly string[];
  readonly certificates?: readonly string[];
  readonly revocations?: readonly string[];
  readonly tcbInfo?: string;
  readonly qeIdentity?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly keys?: TokenKeys;
  readonly measurements?: Named<readonly string[]>;
  readonly flags?: Named<boolean>;
  readonly minimum?: Named<number>;
  readonly status?: readonly string[];
  readonly platforms?: readonly string[];
  readonly facts?: Named<readonly string[]>;
  readonly binding?: BindingName;
  readonly maxAgeSeconds?: number;
  readonly count?: number;
}

interface PolicyText {
  readonly name: string;
  readonly evidence: readonly RequirementText[];
  readonly validForSeconds?: number;
}

const validate = schemaCompiler({ strictRequired: false }).compile<PolicyText>(appraisalPolicySchema);

const usualBinding: Readonly<Record<Format, BindingName>> = {
  'sev-snp': 'sha256-key-nonce',
  tdx: 'sha256-key-nonce',
  nitro: 'fields',
  nvidia: 'nonce-only',
  jwt: 'token-nonces',
};

/** Whose roots count where a policy names none; tokens are of many services. */
const vendorOf: Readonly<Partial<Record<Format, string>>> = {
  'sev-snp': 'AMD',
  tdx: 'Intel',
  nitro: 'AWS',
  nvidia: 'NVIDIA',
};

/**
 * Registers that tell one program, or its signer, from others; the others are the host's, or the program writes them itself.
 * Only registers that a policy names are compared: one without any of these would let every program pass.
 */
const telling: Readonly<Partial<Record<Format, readonly string[]>>> = {
  'sev-snp': ['measurement', 'idKeyDigest', 'authorKeyDigest'],
  tdx: ['mrtd'],
  nitro: ['pcr0', 'pcr2', 'pcr3', 'pcr8'],
};

/** A key that could also sign (RFC 7518, section 6): who reads the policy could make tokens. */
const isSecret = (key: Named<unknown>): boolean => key['kty'] === 'oct' || Object.hasOwn(key, 'd');

const lowerCased = (values: readonly string[] = []): readonly string[] =>
  values.map((value) => value.toLowerCase());

/** DER of all certificates or revocation lists of a file, which is PEM or one DER. */
const dersOf = (content: Uint8Array, label: string): readonly Uint8Array[] => {
  const blocks = blocksOf(Buffer.from(content).toString('latin1'), label);
  return blocks.length > 0 ? blocks : [content];
};

function trustOf(wanted: RequirementText, read: (file: string) => Uint8Array): Trust {
  const all = (files: readonly string[] = [], label: string): readonly Uint8Array[] =>
    files.flatMap((file) => dersOf(read(file), label));
  const textOf = (file: string): string => Buffer.from(read(file)).toString('utf8');
  const certificates = all(wanted.certificates, 'CERTIFICATE');
  readCertificates(certificates);
  return {
    roots: new Set(
      wanted.roots === undefined
        ? vendorRoots.filter(({ vendor }) => vendor === vendorOf[wanted.format]).map(({ sha256 }) => sha256)
        : lowerCased(wanted.roots),
    ),
    certificates,
    revocations: all(wanted.revocations, 'X509 CRL'),
    ...(wanted.tcbInfo === undefined ? {} : { tcbInfo: textOf(wanted.tcbInfo) }),
    ...(wanted.qeIdentity === undefined ? {} : { qeIdentity: textOf(wanted.qeIdentity) }),
    ...(wanted.keys === undefined ? {} : { keys: wanted.keys }),
    ...(wanted.issuer === undefined ? {} : { issuer: wanted.issuer }),
    ...(wanted.audience === undefined ? {} : { audience: wanted.audience }),
  };
}

const requirementOf = (wanted: RequirementText, read: (file: string) => Uint8Array): Requirement => ({
  format: wanted.format,
  trust: trustOf(wanted, read),
  measurements: Object.fromEntries(
    Object.entries(wanted.measurements ?? {}).map(([name, values]) => [
      name,
      wanted.format === 'jwt' ? values : lowerCased(values),
    ]),
  ),
  flags: wanted.flags ?? {},
  minimum: wanted.minimum ?? {},
  ...(wanted.status === undefined ? {} : { status: wanted.status }),
  ...(wanted.platforms === undefined
    ? {}
    : { platforms: [...wanted.platforms, ...lowerCased(wanted.platforms)] }),
  facts: wanted.facts ?? {},
  binding: wanted.binding ?? usualBinding[wanted.format],
  maxAgeSeconds: wanted.maxAgeSeconds ?? 300,
  count: wanted.count ?? 1,
});

/** What a policy that fits its schema lacks all the same; undefined where it can be used. */
function lackOf({
  evidence,
}: PolicyText): { readonly at: readonly (string | number)[]; readonly reason: string } | undefined {
  const kinds = evidence.map(({ format }) => format);
  if (new Set(kinds).size < kinds.length)
    return { at: ['evidence'], reason: 'a format is named twice: give both what may be in one' };
  for (const [index, wanted] of evidence.entries()) {
    const at = ['evidence', index];
    const { [wanted.format]: registers } = telling;
    if (registers !== undefined && !registers.some((name) => Object.hasOwn(wanted.measurements ?? {}, name)))
      return {
        at,
        reason: `${wanted.format} without measurements of ${registers.join(' or ')} would take every program`,
      };
    if (wanted.keys?.keys.some(isSecret) === true)
      return { at, reason: 'keys holds a secret key: only public ones may stand there' };
    if (wanted.flags?.['debug'] === true)
      return { at, reason: 'a machine whose host may look into it is refused always' };
    if (wanted.format === 'jwt' && (wanted.issuer === undefined || wanted.audience === undefined))
      return { at, reason: 'a token needs issuer and audience' };
    if (wanted.format === 'jwt' && wanted.keys === undefined && wanted.roots === undefined)
      return { at, reason: 'a token needs keys or roots' };
    if (wanted.format === 'jwt' && Object.keys({ ...wanted.measurements, ...wanted.facts }).length === 0)
      return { at, reason: 'a token without measurements or facts would take every program' };
  }
  if (!evidence.some((wanted) => bindings[wanted.binding ?? usualBinding[wanted.format]].ofKey))
    return { at: ['evidence'], reason: 'nothing of it is bound to the key of the connection' };
  return undefined;
}

function held(text: string, file: string): YamlText<PolicyText> {
  try {
    return readYamlAs(text, validate);
  } catch (thrown) {
    if (!(thrown instanceof YamlFault)) throw thrown;
    const [{ line, reason }] = thrown.faults;
    throw new AppraisalPolicyFault(file, line, reason);
  }
}

/**
 * An appraisal policy of its YAML (or JSON) text. `read` gives the files that it names: certificates and revocation
 * lists (PEM or DER) and Intel's signed answers, all of which are verified against the roots that the text itself names,
 * so that the text alone decides. Throws AppraisalPolicyFault.
 */
export function parseAppraisalPolicy(
  text: string,
  file: string,
  read: (file: string) => Uint8Array,
): AppraisalPolicy {
  const { content, lineOf } = held(text, file);
  const lack = lackOf(content);
  if (lack !== undefined) throw new AppraisalPolicyFault(file, lineOf(lack.at), lack.reason);
  const evidence = content.evidence.map((wanted, index) => {
    try {
      return requirementOf(wanted, read);
    } catch {
      throw new AppraisalPolicyFault(
        file,
        lineOf(['evidence', index]),
        'a file that it names cannot be read, or is not what it should be',
      );
    }
  });
  return {
    name: content.name,
    hash: createHash('sha256').update(text).digest('hex'),
    evidence,
    validForSeconds: content.validForSeconds ?? 300,
  };
}
