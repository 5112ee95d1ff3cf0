import { join } from 'node:path';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import { decisionPoint } from './decide.ts';
import { nobody, type PolicyDecisionPoint } from './decision.ts';
import { type CompiledPolicySet, compilePolicySet, PolicySetFault } from './policy-set.ts';

const schemaFile = 'schema.cedarschema';

/** Reads and compiles `schema.cedarschema` and every `*.cedar` of a folder. Throws PolicySetFault. */
export function readPolicyFolder(dir: string, reader: DataReader = fromDisk): CompiledPolicySet {
  try {
    const read = (file: string) => ({ file, text: reader.read(join(dir, file)).toString('utf8') });
    const files = reader.list(dir).filter((file) => file.endsWith('.cedar'));
    return compilePolicySet(read(schemaFile), files.map(read));
  } catch (thrown) {
    if (thrown instanceof PolicySetFault) throw thrown;
    throw new PolicySetFault(`the policy folder cannot be read, or has no ${schemaFile}`);
  }
}

/**
 * The decision point of a policy folder; validated whole, or PolicySetFault naming the file and the fault. It is
 * asked once before anybody else asks: the engine makes itself ready at its first decision, and a set that cannot
 * decide, or that lets nobody in particular in, is refused.
 */
export function loadPolicySet(dir: string, reader: DataReader = fromDisk): PolicyDecisionPoint {
  const point = decisionPoint(readPolicyFolder(dir, reader));
  const { effect, error } = point.decide('ask', nobody);
  if (effect !== 'deny' || error !== undefined)
    throw new PolicySetFault(`${schemaFile}: the set does not deny somebody of whom nothing is known`);
  return point;
}
