/** Seals under the key of one patient; `bound` is what the sealed text stands for. */
export interface PatientBox {
  seal(text: string, bound: string): Uint8Array;
  /** Undefined where the text was sealed under another key: the patient was erased. */
  open(sealed: Uint8Array, bound: string): string | undefined;
}

/** A durable store of sealed texts: what was added or removed has returned from fsync when the promise resolves. */
export interface SealedStore {
  entries(): Promise<
    readonly { readonly tenant: string; readonly key: string; readonly value: Uint8Array }[]
  >;
  /** Adds an entry where there is none with this key; answers the value that stands. */
  add(entry: {
    readonly tenant: string;
    readonly key: string;
    readonly value: Uint8Array;
  }): Promise<Uint8Array>;
  remove(tenant: string, key: string): Promise<boolean>;
}
