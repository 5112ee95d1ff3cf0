import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Claims } from '../attestation/claims.ts';
import { type Evidence, type Format, formats } from '../attestation/evidence.ts';
import { blocksOf } from '../attestation/pem.ts';
import { reasons as meanings, type Reason } from '../attestation/reasons.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { CommandFailure, print, printJson, UsageFailure } from './output.ts';

interface VerifyOptions {
  readonly evidence: string;
  readonly format: string;
  readonly policy: string;
  readonly at?: string;
  readonly certificates?: readonly string[];
  readonly nonce?: string;
  readonly key?: string;
  readonly json?: boolean;
}

function contentOf(path: string, option: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new UsageFailure(`${option}: the file does not exist or cannot be read`);
  }
}

const isFormat = (name: string): name is Format => formats.some((format) => format === name);

/** Documents are published as bytes, as hex and as base64; a token is text by itself. */
function documentOf(content: Buffer, format: Format): Uint8Array {
  const text = content.toString('latin1').trim();
  if (format === 'jwt') return Buffer.from(text, 'latin1');
  const bare = text.replaceAll(/\s+/g, '');
  if (/^(?:[0-9a-fA-F]{2})+$/.test(bare)) return Buffer.from(bare, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(bare)) return Buffer.from(bare, 'base64');
  return content;
}

/** Certificates of a file: PEM, or one DER. */
function certificatesOf(path: string): readonly Uint8Array[] {
  const content = contentOf(path, '--certificates');
  const blocks = blocksOf(content.toString('latin1'), 'CERTIFICATE');
  return blocks.length > 0 ? blocks : [content];
}

/** All of a format in what an endpoint shows (docs/attestation.md); undefined where the file is not that. */
async function shownIn(content: Buffer, format: Format): Promise<readonly Evidence[] | undefined> {
  const { readShown } = await import('../attestation/shown-evidence.ts');
  let parsed: unknown;
  try {
    parsed = JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || !Array.isArray(parsed['evidence'])) return undefined;
  let all: readonly Evidence[];
  try {
    all = readShown(content.toString('utf8'));
  } catch {
    const found = ['malformed'] as const;
    throw new CommandFailure(words(format, undefined, found, true), { ok: false, format, reasons: found });
  }
  const found = all.filter((one) => one.format === format);
  if (found.length === 0) throw new UsageFailure('--format: the file shows no evidence of that format');
  return found;
}

/** `whole`: it is all that an endpoint shows of the format, not a document by itself. */
async function evidenceOf(
  { certificates = [], evidence }: VerifyOptions,
  format: Format,
): Promise<{ readonly all: readonly Evidence[]; readonly whole: boolean }> {
  const content = contentOf(evidence, '--evidence');
  const shown = await shownIn(content, format);
  const all = shown ?? [{ format, document: documentOf(content, format), certificates: [] }];
  const further = certificates.flatMap(certificatesOf);
  return {
    all: all.map((one) => ({ ...one, certificates: [...one.certificates, ...further] })),
    whole: shown !== undefined,
  };
}

/** SubjectPublicKeyInfo of a PEM or DER certificate. */
function keyOf(path: string): Uint8Array {
  try {
    return new X509Certificate(contentOf(path, '--key')).publicKey.export({ type: 'spki', format: 'der' });
  } catch (error) {
    if (error instanceof UsageFailure) throw error;
    throw new UsageFailure('--key: takes a certificate (PEM or DER)');
  }
}

function expectedOf({ key, nonce }: VerifyOptions) {
  if (key === undefined && nonce === undefined) return undefined;
  if (key === undefined || nonce === undefined)
    throw new UsageFailure('--nonce and --key go together: the evidence binds both');
  if (!/^[0-9a-fA-F]{16,128}$/.test(nonce)) throw new UsageFailure('--nonce: takes bytes as hex');
  return { nonce: nonce.toLowerCase(), key: keyOf(key) };
}

const instantOf = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageFailure('--at takes an ISO 8601 instant');
  return at;
};

/** What was found, in sentences. */
function words(format: Format, claims: Claims | undefined, found: readonly Reason[], bound: boolean): string {
  const lines = [
    found.length === 0
      ? `The ${format} evidence counts under the policy.`
      : `The ${format} evidence does not count:`,
    ...found.map((reason) => `  ${reason}: ${meanings[reason]}`),
  ];
  if (claims !== undefined) {
    lines.push(`Its signatures lead to the root ${claims.root}.`);
    for (const [name, value] of Object.entries(claims.measurements)) lines.push(`  ${name}: ${value}`);
    if (!bound) lines.push('For whom it was made was not checked: give --nonce and --key.');
  }
  return lines.join('\n');
}

async function verify(options: VerifyOptions): Promise<void> {
  const { format } = options;
  if (!isFormat(format)) throw new UsageFailure(`--format: one of ${formats.join(', ')}`);
  const { loadAppraisalPolicy } = await import('../appraisal-policies.ts');
  const { AppraisalPolicyFault } = await import('../attestation/policy-loader.ts');
  const { differing, judgeOne } = await import('../attestation/judge.ts');
  const at = options.at === undefined ? Date.now() : instantOf(options.at);
  const expected = expectedOf(options);
  const policy = ((): ReturnType<ReturnType<typeof loadAppraisalPolicy>['policy']> => {
    try {
      return loadAppraisalPolicy(options.policy).policy();
    } catch (error) {
      if (error instanceof AppraisalPolicyFault)
        throw new CommandFailure(error.message, { ok: false, fault: error.message });
      throw error;
    }
  })();
  const wanted = policy.evidence.find((one) => one.format === format);
  if (wanted === undefined) throw new UsageFailure('--policy: says nothing of that format');
  const { all, whole } = await evidenceOf(options, format);
  const judged = await Promise.all(all.map((one) => judgeOne(one, wanted, at, expected)));
  const tooFew = whole && differing(judged, format) < wanted.count;
  const found = [
    ...new Set<Reason>([
      ...judged.flatMap(({ reasons }) => reasons),
      ...(tooFew ? (['format_missing'] as const) : []),
    ]),
  ];
  // Of several the first one that does not count.
  const { claims } = judged.find(({ reasons }) => reasons.length > 0) ?? judged[0] ?? {};
  const body = {
    ok: found.length === 0,
    format,
    ...(claims === undefined ? {} : { claims }),
    reasons: found,
  };
  const text = words(format, claims, found, expected !== undefined);
  if (!body.ok) throw new CommandFailure(text, body);
  if (options.json === true) printJson(body);
  else print(text);
}

export function addAttestCommand(program: Command): void {
  program
    .command('attest')
    .description('evidence of the machines on which models run')
    .command('verify')
    .description('hold evidence from a file to an appraisal policy (docs/attestation.md)')
    .requiredOption(
      '--evidence <file>',
      'the document: bytes, hex or base64, or what an endpoint shows as JSON',
    )
    .requiredOption('--format <format>', `kind of the evidence: ${formats.join(', ')}`)
    .requiredOption('--policy <file>', 'appraisal policy')
    .option('--certificates <file...>', 'certificates that belong to the evidence, PEM or DER')
    .option('--at <time>', 'ISO instant of the verification; now by default')
    .option('--nonce <hex>', 'nonce for which it was made; with --key')
    .option('--key <file>', 'certificate of the connection to which it must be bound; with --nonce')
    .option('--json', 'print JSON: {ok, format, claims, reasons}')
    .action(verify);
}
