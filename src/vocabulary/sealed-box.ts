/** Seals under the key of one patient; `bound` is what the sealed text stands for. */
export interface PatientBox {
  seal(text: string, bound: string): Uint8Array;
  /** Undefined where the text was sealed under another key: the patient was erased. */
  open(sealed: Uint8Array, bound: string): string | undefined;
}
