import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { isPackFile, isPackName, packNames } from '../config/pack-names.ts';
import type { ScanSpan } from '../redaction/scan.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { printJson, UsageFailure } from './output.ts';
import { readingSiteFiles } from './reading-site-files.ts';

export function addScanCommand(program: Command): void {
  program
    .command('scan')
    .description('find identifiers in texts without any record: rows {id, text} in, {id, spans} out')
    .requiredOption('--jsonl', 'read JSON lines from standard input')
    .option(
      '--explain',
      'say action, class and reason of each span, and on standard error what the pack covers',
    )
    .option(
      '--pack <name>',
      'rules to use: limited-data-set, hipaa-safe-harbor, gdpr, es, de, fr, strict, or a YAML file',
      'hipaa-safe-harbor',
    )
    .action(async (options: { explain?: boolean; pack: string }) => {
      // The word lists take a while to load: only this command pays for them.
      if (!isPackName(options.pack) && !isPackFile(options.pack))
        throw new UsageFailure(`There is no pack ${options.pack}. Packs: ${packNames.join(', ')}.`);
      const [{ loadNamedPack }, { createScanner }, { explainer }, { createActing }] = await Promise.all([
        import('../packs.ts'),
        import('../redaction/scan.ts'),
        import('../redaction/explain.ts'),
        import('../redaction/acting.ts'),
      ]);
      const pack = await readingSiteFiles(() => loadNamedPack(options.pack));
      const packs = [pack];
      if (options.explain === true) process.stderr.write(`Pack ${pack.id}: ${pack.covers}\n`);
      const scan = createScanner(packs);
      const explain = explainer(packs);
      const acting = createActing(packs)();
      let line = 0;
      for await (const row of createInterface({
        input: process.stdin,
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        line += 1;
        if (row.trim() === '') continue;
        const parsed: unknown = JSON.parse(row);
        if (!isRecord(parsed) || typeof parsed['text'] !== 'string')
          throw new UsageFailure(`Line ${line} is not a row {id, text}.`);
        const spans = scan(parsed['text']).filter((span) => acting.of(span) !== 'keep');
        printJson({
          id: parsed['id'],
          spans:
            options.explain === true
              ? spans.map((span) => ({ ...printed(span), action: acting.of(span), ...explain(span.rule) }))
              : spans.map(printed),
        });
      }
    });
}

const printed = ({ start, end, type, rule }: ScanSpan): Omit<ScanSpan, 'besides'> => ({
  start,
  end,
  type,
  rule,
});
