import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { isDea, isGtin, isImei, isMbi, isNpi, isUdi, isVin } from '../../../src/redaction/number-checks.ts';
import { checks } from '../../../src/redaction/pack.ts';
import { createScanner } from '../../../src/redaction/scan.ts';

const scan = createScanner([loadShippedPack('gdpr')]);
const bare = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '');
const hidden = (text: string): string[] => scan(text).map(({ start, end }) => text.slice(start, end));

describe('check digits and structures', () => {
  test.each([
    ['NPI', isNpi, '1234567893', '1234567890'],
    ['NPI with another beginning', isNpi, '1093817462', '3234567893'],
    ['MBI', isMbi, '1eg4-te5-mk73', '1eg4-te5-mk7a'],
    ['MBI without a letter that it never has', isMbi, '1eg4te5mk73', '1sg4te5mk73'],
    ['DEA', isDea, 'bf1234563', 'bf1234564'],
    ['VIN', isVin, '1hgcm82633a004352', '1hgcm82634a004352'],
    ['VIN with X', isVin, '1m8gdm9axkp042788', '1m8gdm9a1kp042788'],
    ['IMEI', isImei, '49-015420-323751-8', '49-015420-323751-7'],
    ['GTIN', isGtin, '00844588003288', '00844588003289'],
    ['UDI of GS1', isUdi, '(01)00844588003288(17)141120(10)7654321d', '(01)00844588003280(17)141120'],
    ['UDI of HIBCC', isUdi, '+a123bjc5d6e71g', '+a123bjc5d6e71h'],
    ['card', checks.luhn, '4111 1111 1111 1111', '4111 1111 1111 1112'],
    ['IBAN', checks.iban, 'de89 3704 0044 0532 0130 00', 'de88 3704 0044 0532 0130 00'],
    ['NHS', checks.european, '943 476 5919', '943 476 5918'],
    ['NIR', checks.european, '2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
    ['Steuer-ID', checks.european, '86 095 742 719', '86 095 742 718'],
    ['BSN', checks.european, '111222333', '111222334'],
    ['DNI', checks.european, '12345678z', '12345678a'],
    ['NIE', checks.european, 'x1234567l', 'x1234567m'],
  ])('%s', (_, holds, valid, invalid) => {
    expect(holds(valid)).toBe(true);
    expect(holds(invalid)).toBe(false);
  });

  test('every single wrong digit of a number with a check digit is seen', () => {
    for (const [holds, valid] of [
      [isNpi, '1093817462'],
      [isImei, '490154203237518'],
      [isGtin, '00844588003288'],
    ] as const)
      for (let at = 0; at < valid.length; at += 1)
        for (let digit = 0; digit < 10; digit += 1) {
          const changed = valid.slice(0, at) + String(digit) + valid.slice(at + 1);
          expect(holds(changed)).toBe(changed === valid);
        }
  });
});

describe('numbers in texts', () => {
  test.each([
    ['1093817462'],
    ['1EG4-TE5-MK73'],
    ['BF1234563'],
    ['1HGCM82633A004352'],
    ['490154203237518'],
    ['(01)00844588003288(17)141120(10)7654321D'],
    ['+A123BJC5D6E71G'],
    ['4111 1111 1111 1111'],
    ['DE89 3704 0044 0532 0130 00'],
    ['943 476 5919'],
    ['2 55 08 14 168 025 38'],
    ['86 095 742 719'],
    ['12345678Z'],
    ['X1234567L'],
  ])('a right %s hides without a word before it', (number) => {
    expect(hidden(`It says ${number} on the form.`)).toEqual([number]);
  });

  test.each([
    ['NPI', '1093817463'],
    ['MBI', '1SG4-TE5-MK73'],
    ['DEA', 'BF1234564'],
    ['VIN', '1HGCM82634A004352'],
    ['IMEI', '490154203237519'],
    ['UDI', '(01)00844588003280(17)141120'],
    ['Card number', '4111 1111 1111 1112'],
    ['IBAN', 'DE88 3704 0044 0532 0130 00'],
    ['NHS number', '943 476 5918'],
    ['License plate', 'KXR 2041'],
  ])('a wrong %s hides after the word', (cue, number) => {
    expect(hidden(`${cue}: ${number}.`).map(bare)).toEqual([bare(number)]);
  });
});
