import { CommandFailure } from './output.ts';

/** Runs what reads packs: a pack that is refused is the site's to mend, and its message names file, line and reason. */
export async function readingPacks<Read>(read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (thrown) {
    // By name: the loader brings the word lists along, and only commands that redact pay for them.
    if (thrown instanceof Error && thrown.name === 'PackFault')
      throw new CommandFailure(`A redaction pack is refused: ${thrown.message}`);
    throw thrown;
  }
}
