import { describe, expect, it, test } from '@jest/globals';
import { schemaCompiler } from '../../../src/vocabulary/json-schema.ts';
import { readYaml, readYamlAs, YamlFault } from '../../../src/vocabulary/yaml-text.ts';
import fc from '../../fixtures/properties.ts';

interface Shelf {
  readonly name: string;
  readonly books?: readonly { readonly title: string }[];
}

const fits = schemaCompiler({ allErrors: true }).compile<Shelf>({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string' },
    books: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title'],
        properties: { title: { type: 'string' } },
      },
    },
    'a/b': { type: 'string' },
    names: { type: 'object', propertyNames: { enum: ['kept'] } },
  },
});

function faultOf(read: () => unknown): YamlFault {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof YamlFault) return thrown;
    throw thrown;
  }
  throw new Error('was read');
}

/** The line of a key, or of the fault; anything else that is thrown stays so. */
const lineOrFault = (text: string): number => {
  try {
    return readYaml(text).lineOf(['a']);
  } catch (thrown) {
    if (thrown instanceof YamlFault) return thrown.faults[0].line;
    throw thrown;
  }
};

const linesOf = (text: string): readonly string[] =>
  faultOf(() => readYamlAs(text, fits)).faults.map(({ line, reason }) => `${line}: ${reason}`);

describe('a text of YAML', () => {
  it('gives its content, and the line of each place', () => {
    const { content, lineOf } = readYamlAs(
      'name: tall\nbooks:\n  - title: One\n  - title:\n      Two\n',
      fits,
    );
    expect(content).toEqual({ name: 'tall', books: [{ title: 'One' }, { title: 'Two' }] });
    expect([['name'], ['books'], ['books', 0], ['books', 1, 'title']].map(lineOf)).toEqual([1, 3, 3, 5]);
    // Nothing stands there: what is nearest above.
    expect([[], ['books', 1, 'year'], ['books', 7], ['none', 'at', 'all']].map(lineOf)).toEqual([1, 4, 3, 1]);
  });

  it('gives the line of the key where the value is a mapping', () => {
    const { lineOf } = readYaml('one:\n\n\n  two:\n    three: 3\n');
    expect(lineOf(['one'])).toBe(1);
    expect(lineOf(['one', 'two'])).toBe(4);
  });

  it('may be JSON', () => {
    expect(readYaml('{"name": "tall",\n "books": []}').lineOf(['books'])).toBe(2);
  });

  test.each([
    ['no YAML', 'name: [', 1],
    ['a key that stands twice', 'name: a\nname: b\n', 2],
    ['a key that is no word', 'name: a\n? [b]\n: c\n', 2],
    ['what the parser only warns of', 'name: a\nbooks: !unheard [ ]\n', 2],
    ['an alias', 'name: &a tall\nbooks: *a\n', 2],
    ['a text of more than a megabyte', `name: ${'a'.repeat(1_048_576)}`, 1],
  ])('is refused for %s', (_what, text, line) => {
    expect(faultOf(() => readYaml(text)).faults).toEqual([{ line, reason: expect.any(String) }]);
  });

  it('may repeat places as often as its reader says, and no more', () => {
    const text = 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n';
    expect(readYaml(text, 100).content).toMatchObject({ a: ['x', 'x'] });
    expect(faultOf(() => readYaml(text, 3)).message).toBe('line 2: too many YAML aliases');
  });

  it('names every place at which it does not fit', () => {
    expect(linesOf('books:\n  - title: 7\n  - colour: red\n    title: Two\n')).toEqual([
      "1: / must have required property 'name'",
      '2: /books/0/title must be string',
      '3: /books/1: colour must NOT have additional properties',
    ]);
    expect(linesOf('name: a\nnames:\n  kept: 1\n  other: 2\n')[0]).toMatch(/^4: \/names: other /);
    expect(linesOf('name: a\na/b: 1\n')).toEqual(['2: /a~1b must be string']);
  });

  it('is read or refused, and nothing else, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab:-[]{}&*!|>"\'\n #,?%\0\t'.split('')) }),
        (text) => {
          expect(lineOrFault(text)).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});
