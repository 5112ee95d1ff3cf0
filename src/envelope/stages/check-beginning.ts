import { checks } from '../../release/check-table.ts';
import type { Begun } from '../envelope.ts';
import type { StageResult } from '../stage.ts';

/** Every check ran on what the model said so far, and nothing that may still come changes what they say of its beginning. */
export async function checkBeginning(envelope: Begun): Promise<StageResult<Begun>> {
  const { citations, masked } = envelope.beginning;
  return {
    envelope,
    facts: {
      passed: checks.map(({ id }) => id).filter((id) => !masked.includes(id)),
      failed: [...masked],
      citations,
    },
  };
}
