/** Schemas that stand in many settings. */
export const id = { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' };

export const url = { type: 'string', minLength: 1, maxLength: 2048 };

/** Of a file, relative to the configuration file. */
export const file = { type: 'string', minLength: 1, maxLength: 4096 };

export const milliseconds = { type: 'integer', minimum: 100, maximum: 600_000 };

/** An object of these properties and no others; all are required where nothing else is said. */
export const closed = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = Object.keys(properties),
): object => ({ type: 'object', additionalProperties: false, required, properties });

/** As `closed`, where all but these have to be there. */
export const closedBut = (
  optional: readonly string[],
  properties: Readonly<Record<string, object>>,
): object =>
  closed(
    properties,
    Object.keys(properties).filter((name) => !optional.includes(name)),
  );

/** `all`, or a list of names. */
export const allOr = (items: object): object => ({
  anyOf: [{ const: 'all' }, { type: 'array', items, minItems: 1, uniqueItems: true, maxItems: 200 }],
});

/** Some values, each once. */
export const names = (items: object): object => ({
  type: 'array',
  items,
  minItems: 1,
  uniqueItems: true,
  maxItems: 200,
});

/** A country (ISO 3166-1), or a region of one. */
export const residency = { type: 'string', pattern: '^[A-Za-z]{2}(-[A-Za-z0-9]{1,16})?$' };
