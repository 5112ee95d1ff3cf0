import type { ValidateFunction } from 'ajv/dist/2020.js';
import { reasons } from '../errors/reasons.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { facts } from './event-facts.ts';
import { eventEntry } from './event-table.ts';
import { type EventName, eventNames, type TrailEvent } from './events.ts';

/** Version of the schema that new events are written in; it stands in every stored event. */
export const schemaVersion = 1;

/** An event as it is hashed and stored: what the stage said, and the version of the schema it said it in. */
export type RecordedEvent = TrailEvent & { readonly version: typeof schemaVersion };

const ends = (event: EventName): boolean => eventEntry(event).trail === 'ends';

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

const eventBranch = (event: EventName): object => {
  const entry = eventEntry(event);
  return {
    required: ['event'],
    properties: {
      event: { const: event },
      outcome: { enum: [...entry.outcomes] },
      facts: {
        additionalProperties: false,
        // What is sealed without a commitment could be exchanged for something else.
        dependentRequired: { sealed: ['commitment'], commitment: ['sealed'] },
        properties: Object.fromEntries(entry.facts.map((name) => [name, { $ref: `#/$defs/${name}` }])),
      },
    },
  };
};

/** What facts may say, by name. */
function definitionsOf(names: readonly string[]): Readonly<Record<string, object>> {
  const wanted = new Set(names);
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([name]) => wanted.has(name))
      .map(([name, { kind, meaning }]) => [name, { ...kind.schema, description: meaning }]),
  );
}

/** A success has no reason, a failure and the end of a request have one; a refusing stage may leave it to the end. */
const reasonByOutcome = {
  anyOf: [
    { properties: { outcome: { const: 'success' }, reason: false } },
    { required: ['reason'], properties: { outcome: { enum: ['refused', 'failed'] } } },
    {
      properties: {
        outcome: { const: 'refused' },
        event: { enum: eventNames.filter((event) => !ends(event)) },
      },
    },
  ],
};

/** JSON Schema 2020-12 of one recorded event: closed keys, closed per event. */
export const eventSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:phi-gateway:audit-event:1',
  title: 'phi-gateway audit event, version 1',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'tenant', 'trail', 'event', 'outcome', 'at', 'facts'],
  properties: {
    version: { const: schemaVersion },
    // `-` where no tenant is known (yet): the gateway's own events, and requests refused before sign-in.
    tenant: { type: 'string', pattern: '^(-|[A-Za-z0-9][A-Za-z0-9._-]{0,63})$' },
    trail: { type: 'string', pattern: uuid },
    event: { enum: [...eventNames] },
    outcome: { enum: ['success', 'refused', 'failed'] },
    reason: { enum: Object.keys(reasons) },
    at: { type: 'integer', minimum: 0, maximum: 8_640_000_000_000_000 },
    facts: { type: 'object' },
  },
  ...reasonByOutcome,
  // `discriminator` (OpenAPI) only picks the branch faster; the schema means the same without it.
  discriminator: { propertyName: 'event' },
  oneOf: eventNames.map((event) => eventBranch(event)),
  $defs: definitionsOf(Object.keys(facts)),
};

const compiler = schemaCompiler({ strictTypes: false, strictRequired: false, discriminator: true });
type Validator = ValidateFunction<RecordedEvent>;

const names: ReadonlySet<unknown> = new Set(eventNames);
const validators = new Map<unknown, Validator>();
let whole: Validator | undefined;

/**
 * The schema for events of one name, compiled when the first one is written: the engine leaves one function with the
 * branches of all events as slow as it is. Whatever has no name of an event is asked of the whole schema.
 */
function validatorFor(value: unknown): Validator {
  const event = isRecord(value) ? value['event'] : undefined;
  if (!names.has(event)) return (whole ??= compiler.compile<RecordedEvent>(eventSchema));
  const known = validators.get(event);
  if (known !== undefined) return known;
  const mine = eventNames.filter((name) => name === event);
  const fresh = compiler.compile<RecordedEvent>({
    ...eventSchema,
    $id: `${eventSchema.$id}:${mine.join()}`,
    oneOf: mine.map(eventBranch),
    $defs: definitionsOf(mine.flatMap((name) => eventEntry(name).facts)),
  });
  validators.set(event, fresh);
  return fresh;
}

/** Whether the value is a recorded event of this schema version. */
export const isRecordedEvent = (value: unknown): value is RecordedEvent => validatorFor(value)(value);

/** Where a value leaves the schema: position and broken rule, never a value. Undefined where it fits. */
export function schemaFault(value: unknown): string | undefined {
  const validate = validatorFor(value);
  if (validate(value)) return undefined;
  const fault = validate.errors?.[0];
  if (fault === undefined) return 'does not fit';
  // The name of an unknown key may be a user's own text: only keys of the vocabulary are repeated.
  const position = fault.instancePath.split('/').slice(0, 3).join('/');
  const extra: unknown = fault.params['additionalProperty'];
  const key = typeof extra === 'string' && Object.hasOwn(facts, extra) ? ` (${extra})` : '';
  return `${position === '' ? '/' : position}: ${fault.keyword}${key}`;
}
