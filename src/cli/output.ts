import { isRecord } from '../vocabulary/fhir.ts';

/** Exit codes of every command. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

/** A refusal or failed check that the user should read; ends the command with exit code 1. */
export class CommandFailure extends Error {
  readonly body: object | undefined;

  constructor(message: string, body?: object) {
    super(message);
    this.name = 'CommandFailure';
    this.body = body;
  }
}

/** Wrong usage: exit code 2. */
export class UsageFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFailure';
  }
}

/** A reader that has seen enough (`| head`) ends the command without noise. */
process.stdout.on('error', (error) => {
  process.exit('code' in error && error.code === 'EPIPE' ? exitCodes.done : exitCodes.refused);
});

/** What nobody reads any more, a log collector that ended say, is no reason to end: answers do not depend on it. */
process.stderr.on('error', () => undefined);

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (body: object): void => print(JSON.stringify(body));

/** Progress goes to stderr: stdout carries the answer and nothing else. */
export const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const textAt = (body: unknown, ...path: readonly string[]): string | undefined => {
  let at = body;
  for (const name of path) {
    if (!isRecord(at)) return undefined;
    at = at[name];
  }
  return typeof at === 'string' ? at : undefined;
};
