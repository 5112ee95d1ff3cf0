import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { inLatin, inOtherScripts } from '../../../src/redaction/transliterate.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { safeHarbor } from './identity.ts';
import { spansIn } from './spans-in.ts';

const named = (given: string, family: string): IdentityValue => ({
  kind: 'name',
  bearer: 'patient',
  entity: 'Patient/1',
  source: 'Patient',
  text: `${given} ${family}`,
  name: { given: [given], family },
});

const hidden = (value: IdentityValue, text: string): string[] =>
  spansIn(createRedactor({ identity: [value], packs: [safeHarbor] }), text)
    .filter(({ type }) => type === 'PATIENT')
    .map(({ start, end }) => text.slice(start, end));

describe('names of the record in another script', () => {
  test.each([
    ['Dmitri', 'Ivanov', 'Позвонил Дмитрий Иванов вчера', 'Дмитрий Иванов'],
    ['Irina', 'Sokolova', 'Пациентка Соколова спит', 'Соколова'],
    ['Sergey', 'Petrov', 'Дежурный: Сергей Петров.', 'Сергей Петров'],
    ['Nikos', 'Papadopoulos', 'Ο Νίκος Παπαδόπουλος ήρθε', 'Νίκος Παπαδόπουλος'],
    ['Мария', 'Кузнецова', 'Kuznetsova was seen today', 'Kuznetsova'],
    ['Юлия', 'Шевченко', 'asked Shevchenko again', 'Shevchenko'],
    ['Γιώργος', 'Δημητρίου', 'met Dimitriou at noon', 'Dimitriou'],
  ])('%s %s in: %s', (given, family, text, value) => {
    expect(hidden(named(given, family), text).join(' ')).toBe(value);
  });

  test('clinical words of a name, short words and other scripts have no such form', () => {
    expect(inOtherScripts('li')).toEqual([]);
    expect(inOtherScripts('núñez')).toEqual([]);
    expect(inLatin('Maria Ortiz')).toEqual([]);
    expect(hidden(named('Metformin', 'Ivanov'), 'принимает метформин')).toEqual([]);
  });

  test('a word has a bounded number of forms', () => {
    expect(inOtherScripts('yhceyhceyhceyhceyhce').length).toBeLessThanOrEqual(60);
  });
});
