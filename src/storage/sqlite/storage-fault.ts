const code = /^[A-Z][A-Z\d_]{2,}$/;

/**
 * Why a file of the storage directory cannot be used: which one, and a code of SQLite or of the system, the class of an
 * error, or words of ours. Operators read it at the start and its code in the log, so it never holds a value.
 */
export class StorageFault extends Error {
  /** `SQLITE_FULL`; undefined where only words tell. */
  readonly code: string | undefined;

  constructor(file: string, fault: string) {
    super(`${file}: ${fault}`);
    this.name = 'StorageFault';
    this.code = code.test(fault) ? fault : undefined;
  }
}
