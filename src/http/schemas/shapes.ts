export const text = { type: 'string', minLength: 1 } as const;
export const fhirId = { type: 'string', pattern: '^[A-Za-z0-9\\-.]{1,64}$' } as const;
export const name = { type: 'string', pattern: '^[A-Za-z0-9._:\\-]{1,128}$' } as const;

/** Accepted because clients send it, and never sent upstream: nothing that stands there can cross. */
export const notSent = 'accepted, never sent upstream';
