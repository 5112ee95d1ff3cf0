import { join } from 'node:path';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { readYamlAs, YamlFault } from '../vocabulary/yaml-text.ts';
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
    try {
      const { content, lineOf } = readYamlAs(textOf(file), validate);
      if (file !== `${content.name}.yaml`)
        faults.push(`${file}, line ${lineOf(['name'])}: must be named ${content.name}.yaml`);
      tables.push(content);
    } catch (thrown) {
      if (!(thrown instanceof YamlFault)) throw thrown;
      for (const { line, reason } of thrown.faults) faults.push(`${file}, line ${line}: ${reason}`);
    }
  }
  if (files.length === 0) faults.push('there is no label table');
  if (faults.length > 0) throw new Error(`label tables are not usable:\n${faults.join('\n')}`);
  return tables;
}
