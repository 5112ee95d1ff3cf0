import { Refusal } from '../errors/refusal.ts';
import type { Span } from '../redaction/ports.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import type { TokenType } from '../vocabulary/token.ts';

/** Entities as Presidio names them; all others are numbers or codes of some kind. */
const types: Readonly<Record<string, TokenType>> = table({
  PERSON: 'PERSON',
  NRP: 'PERSON',
  LOCATION: 'PLACE',
  GPE: 'PLACE',
  ADDRESS: 'PLACE',
  ORGANIZATION: 'ORG',
  FACILITY: 'ORG',
  PHONE_NUMBER: 'PHONE',
  EMAIL_ADDRESS: 'EMAIL',
  URL: 'URL',
  DATE_TIME: 'DATE',
  AGE: 'AGE',
});

const malformed = (): Refusal => new Refusal('recogniser_malformed');

/** UTF-16 offset of each code point, and of the end: the analyzer counts code points. */
function offsetsOf(text: string): readonly number[] | undefined {
  if (!/[\ud800-\udfff]/.test(text)) return undefined;
  const offsets = [0];
  let at = 0;
  for (const character of text) offsets.push((at += character.length));
  return offsets;
}

/**
 * Reads the body of `POST /analyze` (Presidio analyzer): `[{entity_type, start, end, score, …}]`, offsets in code
 * points. What scores below `leastScore` is left out. Takes nothing else over, and believes nothing half: one row
 * that is not of this shape, or that lies outside the text, makes the whole answer `recogniser_malformed`.
 */
export function readAnalyzerAnswer(body: string, text: string, leastScore: number): readonly Span[] {
  const offsets = offsetsOf(text);
  const length = offsets === undefined ? text.length : offsets.length - 1;
  return rowsOf(body).flatMap((row): Span[] => {
    const { entity_type: entity, start, end, score } = row;
    if (typeof entity !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(entity)) throw malformed();
    if (typeof score !== 'number' || !(score >= 0 && score <= 1)) throw malformed();
    if (!isPlace(start, length) || !isPlace(end, length) || start >= end) throw malformed();
    if (score < leastScore) return [];
    return [spanOf(text, entity, offsets?.[start] ?? start, offsets?.[end] ?? end)];
  });
}

const isPlace = (value: unknown, length: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= length;

function rowsOf(body: string): readonly Readonly<Record<string, unknown>>[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw malformed();
  }
  if (!Array.isArray(parsed)) throw malformed();
  return parsed.map((row: unknown) => {
    if (!isRecord(row)) throw malformed();
    return row;
  });
}

function spanOf(text: string, entity: string, start: number, end: number): Span {
  const type = types[entity] ?? 'ID';
  const form = text.slice(start, end).trim().toLowerCase();
  return { start, end, type, rule: 'recogniser', entity: `recogniser:${type}:${form}` };
}
