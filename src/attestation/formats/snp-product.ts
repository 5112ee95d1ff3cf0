/** What the parts of firmware are called in claims, by their number in the certificate's extensions. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'bootloader'],
  [2, 'tee'],
  [3, 'snp'],
  [8, 'microcode'],
  [9, 'fmc'],
]);
export const partNumbers: ReadonlyMap<string, number> = new Map(
  [...names].map(([number, name]) => [name, number]),
);

export interface Product {
  readonly name: string;
  /**
   * TCB_VERSION byte by byte, as numbers of the extensions 1.3.6.1.4.1.3704.1.3.* (AMD publications 57230 and 56860):
   * 4 to 7 are reserved.
   */
  readonly tcb: readonly number[];
  /** Bytes of the chip's id in its certificate; those that follow in the report are zero. */
  readonly chipId: number;
  /** Family and models (first, last) of CPUID function 1, combined with their extensions. */
  readonly family: number;
  readonly models: readonly (readonly [number, number])[];
}

const before = [1, 2, 4, 5, 6, 7, 3, 8];
const fromTurin = [9, 1, 2, 3, 5, 6, 7, 8];

/** By the name in the certificate. Siena and Bergamo are kinds of Genoa, and are called so. */
export const products: ReadonlyMap<string, Product> = new Map(
  [
    { name: 'Milan', tcb: before, chipId: 64, family: 0x19, models: [[0x00, 0x0f]] as const },
    {
      name: 'Genoa',
      tcb: before,
      chipId: 64,
      family: 0x19,
      models: [
        [0x10, 0x1f],
        [0xa0, 0xaf],
      ] as const,
    },
    { name: 'Turin', tcb: fromTurin, chipId: 8, family: 0x1a, models: [[0x00, 0x1f]] as const },
  ].map((product) => [product.name, product]),
);

/** Firmware versions by name of a TCB_VERSION of this product. */
export const tcbParts = (product: Product, tcb: Buffer): Readonly<Record<string, number>> =>
  Object.fromEntries(
    product.tcb.flatMap((part, index) => {
      const name = names.get(part);
      return name === undefined ? [] : [[name, tcb[index] ?? 0]];
    }),
  );

/** Whether a processor of this family and model is of this product. */
export const isOf = (product: Product, family: number, model: number): boolean =>
  product.family === family && product.models.some(([first, last]) => first <= model && model <= last);
