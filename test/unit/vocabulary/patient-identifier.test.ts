import { describe, expect, it, test } from '@jest/globals';
import { identifierOf, longestIdentifier } from '../../../src/vocabulary/patient-identifier.ts';
import fc from '../../fixtures/properties.ts';

describe('an identifier with its naming system', () => {
  it.each([
    ['http://hospital.example/mrn|4471193', 'http://hospital.example/mrn', '4471193'],
    ['urn:oid:2.16.840.1.113883.4.1|123-45-6789', 'urn:oid:2.16.840.1.113883.4.1', '123-45-6789'],
    ['urn:mrn|MRN 44,88$12\\x', 'urn:mrn', 'MRN 44,88$12\\x'],
    ['https://kis.example/nr?a=1&b=%7C#x|Ü-7', 'https://kis.example/nr?a=1&b=%7C#x', 'Ü-7'],
  ])('%s', (text, system, value) => {
    expect(identifierOf(text)).toEqual({ system, value });
  });

  it.each([
    ['no bar', 'http://hospital.example/mrn'],
    ['no system', '|4471193'],
    ['no value', 'http://hospital.example/mrn|'],
    ['several bars', 'http://hospital.example/mrn|4471|193'],
    ['a system that is no URI', 'mrn|4471193'],
    ['a scheme alone', 'urn:|4471193'],
    ['a system with a port that is no number', 'http://a:urn|4471193'],
    ['a system with a host that is none', 'http://[1]/mrn|4471193'],
    ['a path for a system', '/mrn|4471193'],
    ['a space in the system', 'urn:m rn|4471193'],
    ['a system of other letters', 'urn:nüm|4471193'],
    ['a space before', ' urn:mrn|4471193'],
    ['a space behind', 'urn:mrn|4471193 '],
    ['two spaces', 'urn:mrn|4471  193'],
    ['a space alone', 'urn:mrn| '],
    ['a line break', 'urn:mrn|4471\n193'],
    ['a line break at the end', 'urn:mrn|4471193\n'],
    ['a NUL', 'urn:mrn|4471\u0000193'],
    ['a mark that does not print', 'urn:mrn|4471\u200b193'],
    ['half a character', 'urn:mrn|4471\ud800'],
    ['too long', `urn:mrn|${'4'.repeat(longestIdentifier)}`],
    ['a list', ['urn:mrn|4471193']],
    ['an object', { system: 'urn:mrn', value: '4471193' }],
  ])('is none: %s', (_name, text) => {
    expect(identifierOf(text)).toBeUndefined();
  });
});

test('whatever is read says again what was written, and holds no sign that does not print', () => {
  const near = fc.array(
    fc.constantFrom('urn:', 'http://a', '|', '4471', ' ', ',', '\\', '\n', '\u0000', 'é'),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    near.map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (written) => {
      const found = identifierOf(written);
      if (found === undefined) return;
      const { system, value } = found;
      expect(`${system}|${value}`).toBe(written);
      expect(written.split('|')).toHaveLength(2);
      expect(written.length).toBeLessThanOrEqual(longestIdentifier);
      expect(written).not.toMatch(/\p{C}/u);
      expect(URL.canParse(system)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
