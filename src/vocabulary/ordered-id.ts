const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** UUIDv7 (RFC 9562), as the gateway gives ids: in the order of their time. */
export const isOrderedId = (value: unknown): value is string =>
  typeof value === 'string' && pattern.test(value);
