import { join } from 'node:path';
import { parse } from 'yaml';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import type { LabelTable } from './table.ts';

const schemaFile = 'label-table.schema.json';

/**
 * Loads `labels/*.yaml`. Throws an Error that names every fault: a gateway that labels by half its tables would show
 * what a consent withholds.
 */
export function loadLabelTables(directory: string, reader: DataReader = fromDisk): readonly LabelTable[] {
  const textOf = (file: string): string => reader.read(join(directory, file)).toString('utf8');
  const schema: unknown = JSON.parse(textOf(schemaFile));
  if (typeof schema !== 'object' || schema === null) throw new Error(`${schemaFile} is no schema`);
  const validate = schemaCompiler({ allErrors: true }).compile<LabelTable>(schema);
  const tables: LabelTable[] = [];
  const faults: string[] = [];
  const files = reader.list(directory).filter((name) => name.endsWith('.yaml'));
  for (const file of files.toSorted()) {
    const table: unknown = parse(textOf(file), { maxAliasCount: 0 });
    if (!validate(table)) {
      for (const error of validate.errors ?? [])
        faults.push(`${file}: ${error.instancePath || '/'} ${error.message ?? 'is wrong'}`);
      continue;
    }
    if (file !== `${table.name}.yaml`) faults.push(`${file}: must be named ${table.name}.yaml`);
    tables.push(table);
  }
  if (files.length === 0) faults.push('there is no label table');
  if (faults.length > 0) throw new Error(`label tables are not usable:\n${faults.join('\n')}`);
  return tables;
}
