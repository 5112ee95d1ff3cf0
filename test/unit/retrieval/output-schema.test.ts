import { describe, expect, test } from '@jest/globals';
import { compileOutput } from '../../../src/retrieval/output-schema.ts';

const closed = (properties: object, more: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const faultsOf = (schema: unknown): readonly string[] => {
  const compiled = compileOutput(schema);
  return 'faults' in compiled ? compiled.faults : [];
};
const accepts = (schema: unknown, value: unknown): boolean => {
  const compiled = compileOutput(schema);
  return 'accepts' in compiled && compiled.accepts(value);
};

const drugs = closed(
  { drugs: { type: 'array', items: { $ref: '#/$defs/drug' }, maxItems: 3 } },
  {
    $defs: {
      drug: closed({
        name: { type: 'string', minLength: 1 },
        state: { enum: ['running', 'stopped'] },
        dose: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] },
      }),
    },
  },
);
const round = { $ref: '#/$defs/a' };
/** Each of them holds the next one twice. */
const doubling = {
  ...Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => {
      const next = { $ref: `#/$defs/d${at + 1}` };
      return [`d${at}`, { anyOf: [next, next] }];
    }),
  ),
  d40: { type: 'null' },
};
const drug = { name: 'Ramipril [M1]', state: 'running', dose: 10 };

describe('a schema of a document', () => {
  test.each([
    ['what fits', { drugs: [drug, { ...drug, dose: null }] }, true],
    ['another member', { drugs: [], note: 'x' }, false],
    ['another member within', { drugs: [{ ...drug, note: 'x' }] }, false],
    ['a member that is missing', {}, false],
    ['another type', { drugs: [{ ...drug, dose: '10' }] }, false],
    ['too many', { drugs: [drug, drug, drug, drug] }, false],
    ['a list', [drug], false],
    ['nothing', undefined, false],
  ])('is held to by %s', (_what, value, fits) => {
    expect(faultsOf(drugs)).toEqual([]);
    expect(accepts(drugs, value)).toBe(fits);
  });

  test.each([
    ['is none', 'text', 'must be a schema'],
    ['is of another type', { type: 'array', items: { type: 'string' } }, 'must be of type object'],
    ['leaves members open', { type: 'object', properties: {} }, 'output.schema is open: an object needs'],
    [
      'leaves members open within',
      closed({ a: { type: 'array', items: { type: ['object', 'null'], properties: {} } } }),
      'output.schema/properties/a/items is open: an object needs',
    ],
    ['leaves a list open', closed({ a: { type: 'array' } }), 'output.schema/properties/a is open: an array'],
    ['takes anything', closed({ a: {} }), 'output.schema/properties/a is open: it says no type'],
    ['takes anything by true', closed({ a: true }), 'output.schema/properties/a must be a schema'],
    ['takes anything among others', closed({ a: { anyOf: [{ type: 'null' }, {}] } }), 'anyOf/1 is open'],
    [
      'refers elsewhere',
      closed({ a: { $ref: 'https://schemas.example/a.json' } }),
      'not among its own $defs',
    ],
    ['refers to nothing', closed({ a: { $ref: '#/$defs/a' } }), 'is no schema'],
    [
      'has a pattern',
      closed({ a: { type: 'string', pattern: '(a+)+$' } }),
      'uses pattern, which a task may not',
    ],
    ['has a format', closed({ a: { type: 'string', format: 'email' } }), 'uses format'],
    ['names itself', closed({}, { $id: 'https://schemas.example/b.json' }), 'uses $id'],
    ['has a keyword of nobody', closed({}, { shape: 'round' }), 'uses shape'],
    ['is wrong', closed({ a: { type: 'strong' } }), 'is no schema'],
    [
      'goes round',
      closed({ a: { $ref: '#/$defs/a' } }, { $defs: { a: { anyOf: [round, round] } } }),
      'refers to itself',
    ],
    [
      'goes round within',
      closed(
        { a: { anyOf: [{ $ref: '#/$defs/b/anyOf/0' }] } },
        { $defs: { b: { anyOf: [{ $ref: '#/$defs/b/anyOf/0' }] } } },
      ),
      'refers to itself',
    ],
    [
      'doubles again and again',
      closed({ a: { $ref: '#/$defs/d0' } }, { $defs: doubling }),
      'more than 2000 schemas',
    ],
    ['is huge', closed({ a: { type: 'string', description: 'x'.repeat(9_000) } }), 'longer than'],
  ])('is refused where it %s', (_what, schema, fault) => {
    expect(faultsOf(schema).join('\n')).toContain(fault);
    expect(accepts(schema, {})).toBe(false);
  });
});
