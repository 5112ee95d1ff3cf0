import { CommandFailure } from './output.ts';

/** What a site writes beside its configuration, by the fault of its loader. */
const refused: Readonly<Record<string, string>> = {
  PackFault: 'A redaction pack',
  AppraisalPolicyFault: 'An appraisal policy',
};

/** Runs what reads a site's files: one that is refused is the site's to mend, and its message names file, line and reason. */
export async function readingSiteFiles<Read>(read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (thrown) {
    // By name: the loaders bring word lists and certificates along, and only commands that need them pay for that.
    if (thrown instanceof Error && Object.hasOwn(refused, thrown.name))
      throw new CommandFailure(`${refused[thrown.name]} is refused: ${thrown.message}`);
    throw thrown;
  }
}
