/**
 * A table that is looked up with words of others (a FHIR server, a token, a model, a caller): it knows its own rows
 * only, where an ordinary object would also answer to `constructor` and `toString`.
 */
export function table<Row>(rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> {
  Object.setPrototypeOf(rows, null);
  return rows;
}
