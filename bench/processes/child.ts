import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { isRecord } from '../../src/vocabulary/fhir.ts';

export type Answer = Readonly<Record<string, unknown>>;
export type Answers = Readonly<Record<string, (input: Answer) => Promise<Answer> | Answer>>;

export function numberIn(told: Answer, name: string): number {
  const value = told[name];
  if (typeof value !== 'number') throw new TypeError(`no number ${name}`);
  return value;
}

export function textIn(told: Answer, name: string): string {
  const value = told[name];
  if (typeof value !== 'string') throw new TypeError(`no text ${name}`);
  return value;
}

export function numbersIn(told: Answer, name: string): readonly number[] {
  const value = told[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

/** One process of the bench, asked by name over its IPC channel. What is measured apart runs apart. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  #next = 0;

  /** `file` is a built module that calls `answer`; it finds `args` in its `process.argv`. */
  constructor(file: string, execArgv: readonly string[] = [], args: readonly string[] = []) {
    this.#process = fork(file, args, {
      execArgv: [...execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message: unknown) => {
      if (!isRecord(message) || typeof message['id'] !== 'number') return;
      const waiting = this.#waiting.get(message['id']);
      this.#waiting.delete(message['id']);
      if (isRecord(message['answer'])) waiting?.resolve(message['answer']);
      else waiting?.reject(new Error(String(message['error'])));
    });
    this.#process.once('exit', () => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(`${file} ended`));
      this.#waiting.clear();
    });
  }

  ask(name: string, input: Answer = {}): Promise<Answer> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, name, input });
    });
  }

  /** Asks the process to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    await this.ask('stop').catch(() => undefined);
    this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
    await gone;
    clearTimeout(timer);
  }
}

/** The other side: answers what is asked, until the channel closes. */
export function answer(answers: Answers): void {
  process.on('message', (message: unknown) => {
    if (!isRecord(message)) return;
    const { id, name, input } = message;
    const run = async (): Promise<Answer> => {
      const asked = answers[String(name)];
      if (asked === undefined) throw new Error(`nobody answers ${String(name)}`);
      return asked(isRecord(input) ? input : {});
    };
    run().then(
      (told) => process.send?.({ id, answer: told }),
      (thrown: unknown) => process.send?.({ id, error: String(thrown) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
