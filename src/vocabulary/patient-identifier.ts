/** A patient by an identifier of a naming system, as FHIR R4 writes a token: `http://hospital.example/mrn|4471193`. */
export interface PatientIdentifier {
  /** Absolute URI of the naming system (`Identifier.system`). */
  readonly system: string;
  readonly value: string;
}

/** Characters of the whole at most. */
export const longestIdentifier = 256;

/** A scheme and the characters of a URI (RFC 3986); one bar; words that one space divides, of nothing that does not print. */
const written =
  /^([A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+)\|([^|\p{C}\p{Z}]+(?: [^|\p{C}\p{Z}]+)*)$/u;

/**
 * Reads `system|value`; undefined where it is none. A value without its system names somebody else in every hospital,
 * so the system is always said.
 */
export function identifierOf(text: unknown): PatientIdentifier | undefined {
  if (typeof text !== 'string' || text.length > longestIdentifier) return undefined;
  const [, system, value] = written.exec(text) ?? [];
  if (system === undefined || value === undefined) return undefined;
  // The characters alone do not make a URI: `http://a:b` names a port that is no number.
  return URL.canParse(system) ? { system, value } : undefined;
}
