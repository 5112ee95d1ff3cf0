import { describe, expect, it } from '@jest/globals';
import { schemaCompiler } from '../../../src/vocabulary/json-schema.ts';

describe('a compiler of schemas', () => {
  it('makes what checks values', () => {
    const isShort = schemaCompiler().compile<string>({ type: 'string', maxLength: 2 });
    expect([isShort('ab'), isShort('abc'), isShort(1)]).toEqual([true, false, false]);
  });

  it.each([
    ['with a value that its keyword cannot have', { type: 'string', maxLength: -1 }, 'schema is invalid'],
    ['of a type that there is not', { type: 'word' }, 'schema is invalid'],
    ['with a keyword that nobody knows', { maxLetters: 3 }, 'unknown keyword'],
    ['that names another schema of schemas', { $schema: 'https://example.org/other' }, 'no schema with key'],
  ])('refuses a schema %s', (_name, schema, reason) => {
    expect(() => schemaCompiler().compile(schema)).toThrow(reason);
    // Options of ours are no way around.
    expect(() => schemaCompiler({ discriminator: true, strictTypes: false }).compile(schema)).toThrow(reason);
  });
});
