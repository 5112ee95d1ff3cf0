import { reasons } from '../errors/reasons.ts';
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
  $defs: Object.fromEntries(
    Object.entries(facts).map(([name, { kind, meaning }]) => [
      name,
      { ...kind.schema, description: meaning },
    ]),
  ),
};

const validate = schemaCompiler({
  strictTypes: false,
  strictRequired: false,
  discriminator: true,
}).compile<RecordedEvent>(eventSchema);

/** Whether the value is a recorded event of this schema version. */
export const isRecordedEvent = (value: unknown): value is RecordedEvent => validate(value);

/** Where a value leaves the schema: position and broken rule, never a value. Undefined where it fits. */
export function schemaFault(value: unknown): string | undefined {
  if (validate(value)) return undefined;
  const fault = validate.errors?.[0];
  if (fault === undefined) return 'does not fit';
  // The name of an unknown key may be a user's own text: only keys of the vocabulary are repeated.
  const position = fault.instancePath.split('/').slice(0, 3).join('/');
  const extra: unknown = fault.params['additionalProperty'];
  const key = typeof extra === 'string' && Object.hasOwn(facts, extra) ? ` (${extra})` : '';
  return `${position === '' ? '/' : position}: ${fault.keyword}${key}`;
}
