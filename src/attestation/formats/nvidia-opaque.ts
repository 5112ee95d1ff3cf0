const hex = (value: Buffer): string | undefined => (value.length === 0 ? undefined : value.toString('hex'));

/** Printable ASCII up to the first zero byte. */
function text(value: Buffer): string | undefined {
  const [written = ''] = value.toString('latin1').split('\0', 1);
  return /^[\x21-\x7e]{1,64}$/.test(written) ? written : undefined;
}

/** `96.00.9F.00.01`: four bytes from the last to the first, and the fifth. */
function vbios(value: Buffer): string | undefined {
  if (value.length !== 8) return undefined;
  const bytes = [...[...value.subarray(0, 4)].toReversed(), value.readUInt8(4)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('.');
}

/** How GPUs work together: alone, several with encrypted links, several with switches that are trusted. */
const modes = ['spt', 'mpt', 'ppcie'];
const mode = (value: Buffer): string | undefined =>
  value.length === 2 ? (modes[value.readUInt16LE(0)] ?? `${value.readUInt16LE(0)}`) : undefined;

/** What is told: our name, the type of the field, and how it is written. */
const rows: readonly (readonly [string, number, (value: Buffer) => string | undefined])[] = [
  ['driver', 3, text],
  ['vbios', 6, vbios],
  ['boardId', 14, hex],
  ['chipSku', 15, text],
  ['chipSkuMod', 16, text],
  ['project', 17, text],
  ['projectSku', 18, text],
  ['projectSkuMod', 19, text],
  ['firmwareId', 20, hex],
  ['mode', 36, mode],
];

/** Fields are type, size and value, one after the other: values by type, undefined where the fields do not fill the data, or one stands there twice. */
function fieldsOf(opaque: Buffer): ReadonlyMap<number, Buffer> | undefined {
  const fields = new Map<number, Buffer>();
  for (let from = 0; from < opaque.length; ) {
    if (from + 4 > opaque.length) return undefined;
    const type = opaque.readUInt16LE(from);
    const end = from + 4 + opaque.readUInt16LE(from + 2);
    if (end > opaque.length || fields.has(type)) return undefined;
    fields.set(type, opaque.subarray(from + 4, end));
    from = end;
  }
  return fields;
}

/** What the opaque data says, as far as it can be read: what cannot be is not there, and no policy can be fulfilled by it. */
export function opaqueFacts(opaque: Buffer): Readonly<Record<string, string>> {
  const fields = fieldsOf(opaque);
  const facts: Record<string, string> = {};
  for (const [name, type, read] of rows) {
    const value = fields?.get(type);
    const told = value === undefined ? undefined : read(value);
    if (told !== undefined) facts[name] = told;
  }
  return facts;
}
