import type { Command } from 'commander';
import { readKeyFile } from './audit-key.ts';
import { printJson, progress, UsageFailure } from './output.ts';

interface WitnessOptions {
  readonly listen: string;
  readonly state: string;
  readonly key: string;
  readonly name: string;
  readonly log: readonly string[];
  readonly json?: boolean;
}

function addressOf(listen: string): { host: string; port: number } {
  const match = /^(.{1,255}):(\d{1,5})$/.exec(listen);
  const [, host = '', port = ''] = match ?? [];
  if (match === null || Number(port) > 65_535) throw new UsageFailure('--listen: must be HOST:PORT');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

/** `audit witness`: watches logs on another host than theirs. */
export function addAuditWitnessCommand(audit: Command): void {
  audit
    .command('witness')
    .description('cosign checkpoints of logs that only grow (C2SP tlog-witness); run it on another host')
    .requiredOption('--listen <host:port>', 'where to listen, plain HTTP')
    .requiredOption('--state <file>', 'what was cosigned; losing it lets a log start anew')
    .requiredOption('--key <file>', 'PKCS#8 PEM of Ed25519')
    .requiredOption('--name <name>', 'name of this witness in its cosignatures')
    .requiredOption('--log <vkey...>', 'verifier keys of the logs to watch')
    .option('--json', 'one JSON line when ready')
    .action(async (options: WitnessOptions) => {
      const { createNoteSigner, parseVerifierKey, signatureTypes } = await import('../audit/signed-note.ts');
      const { openWitnessState } = await import('../witness/state-file.ts');
      const { CosigningWitness } = await import('../witness/witness.ts');
      const { serveWitness } = await import('../witness/witness-server.ts');
      const { untilSignal } = await import('./signals.ts');
      const logs = options.log.map((text) => {
        const key = parseVerifierKey(text);
        if (key?.type !== signatureTypes.ed25519)
          throw new UsageFailure('--log: not a verifier key of a log');
        return key;
      });
      const signer = createNoteSigner(
        options.name,
        await readKeyFile(options.key),
        signatureTypes.cosignature,
      );
      const witness = new CosigningWitness(signer, logs, openWitnessState(options.state), {
        now: () => Date.now(),
      });
      const running = await serveWitness(witness, addressOf(options.listen));
      if (options.json === true) printJson({ url: running.url, key: signer.key.text });
      else progress(`The witness listens on ${running.url}. Its verifier key: ${signer.key.text}`);
      await untilSignal(() => running.close());
    });
}
