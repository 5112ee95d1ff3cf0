import type { Command } from 'commander';
import { print, printJson, UsageFailure } from './output.ts';

export async function readKeyFile(path: string): Promise<string> {
  const { readSecret } = await import('../config/secrets.ts');
  const { secret, fault } = readSecret(path);
  if (secret === undefined) throw new UsageFailure(`the key file: ${fault ?? 'cannot be read'}`);
  return secret;
}

/** `audit key`: the public side of a key file, to be handed to those who verify. */
export function addAuditKeyCommand(audit: Command): void {
  audit
    .command('key')
    .description('print the verifier key of a log, of a witness or of an approver of releases')
    .requiredOption('--key <file>', 'PKCS#8 PEM of Ed25519')
    .requiredOption('--name <name>', 'origin of the log, or name of the witness or approver')
    .option('--witness', 'the key makes cosignatures')
    .option('--json', 'print JSON')
    .action(async (options: { key: string; name: string; witness?: boolean; json?: boolean }) => {
      const { createNoteSigner, signatureTypes } = await import('../audit/signed-note.ts');
      const type = options.witness === true ? signatureTypes.cosignature : signatureTypes.ed25519;
      const { text } = createNoteSigner(options.name, await readKeyFile(options.key), type).key;
      if (options.json === true) printJson({ key: text });
      else print(text);
    });
}
