import { describe, expect, it } from '@jest/globals';
import { isBare } from '../../../src/release/bare-tokens.ts';

const token = (random: string): string => `[[PERSON-${random}]]`;
const one = token('K7Q2M4XA');
const two = token('P3R8T2WB');

describe('whether a text is little more than tokens', () => {
  it.each([
    ['a token alone', one],
    ['a list of tokens', [one, two].join(', ')],
    ['tokens with one word each', `name ${one} phone ${two}`],
    ['tokens with numbers and citations', `1. ${one} [O1]\n2. ${two} [O2]`],
    ['one word said often', `is ${one} is is is is ${two} is`],
    ['letters one at a time', `a b c d ${one} e f g h`],
  ])('says yes to %s', (_what, text) => expect(isBare(text)).toBe(true));

  it.each([
    ['a sentence', `The last visit was with ${one} in the clinic.`],
    ['one token said often', `${one} takes metformin daily. ${one} stopped aspirin. ${one} is well.`],
    ['no token', 'Nothing found.'],
    ['no text', ''],
  ])('says no to %s', (_what, text) => expect(isBare(text)).toBe(false));
});
