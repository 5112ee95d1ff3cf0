import { describe, expect, test } from '@jest/globals';
import { PhraseFinder, speaksOfEmergency } from '../../../src/release/emergency-words.ts';
import { emergencyPhrases } from '../../../src/vocabulary/emergency-phrases.ts';
import fc from '../../fixtures/properties.ts';

const shipped = Object.values(emergencyPhrases).flatMap((kinds) => Object.values(kinds).flat());
const said = (text: string): boolean => speaksOfEmergency(text, []);

/** One letter in another spelling that says the same. */
const written = (letter: string, how: number): string => {
  const code = letter.charCodeAt(0);
  if (how === 1) return letter.toUpperCase();
  if (how === 2) return `${letter}\u200d`;
  if (how === 3 && letter >= 'a' && letter <= 'z') return String.fromCharCode(code + 0xfe_e0);
  if (how === 4) return `\u00ad${letter}\ufeff`;
  return letter;
};

/** Milliseconds that a text without a phrase takes. */
const spent = (text: string): number => {
  const from = performance.now();
  expect(said(text)).toBe(false);
  return performance.now() - from;
};

describe('an emergency is found', () => {
  test.each([
    'I have chest pain',
    'CHEST PAIN!!!',
    'chest-pain since this morning',
    'chestpain',
    'no chest pain',
    'I can’t breathe',
    'i cant breathe',
    'i can not breathe',
    'I can´t breathe',
    'My child is not breathing.',
    'Sometimes I want to die.',
    'Thinking about suicide',
    'I took an overdose of my tablets',
    'My face is drooping and my speech is slurred',
    'he is unconscious',
    "she won't wake up",
    'the bleeding won’t stop',
    'my throat is closing up',
    'Is this anaphylaxis?',
    'ｃｈｅｓｔ　ｐａｉｎ',
    'ch\u200best pa\u00adin',
    'chest\u200bpain',
    'chest\n\npain',
    'chést pain',
    'What is my LDL? Also I want to kill myself.',
    'сhest pаin',
    'c h e s t p a i n',
    'chest hurts a lot',
    'heart atack?',
    'i am suicidle',
    "i think i'm dying",
    'Me duele mucho el pecho desde ayer',
    'no puedo respirar',
    'ya no quiero vivir',
    'me tomé demasiadas pastillas',
    'J’ai mal à la poitrine',
    'jai mal a la poitrine',
    'je n’arrive plus à respirer',
    "j'arrive plus a respirer",
    'je veux mourir',
    'ma mère fait un AVC',
    'un oedème de Quincke',
    'Ich habe Brustschmerzen',
    'ich krieg keine Luft mehr',
    'Ueberdosis',
    'überdosis',
    'mein vater ist bewußtlos',
    'Ich möchte nicht mehr leben',
    'ich moechte sterben',
  ])('in %j', (text) => {
    expect(said(text)).toBe(true);
  });

  test.each(Object.entries(emergencyPhrases))('by each shipped phrase: %s', (_, kinds) => {
    const missed = Object.values(kinds)
      .flat()
      .filter((phrase) => !said(`Since today: ${phrase}, what now?`));
    expect(missed).toEqual([]);
  });

  test('however blanks, case, invisible signs and widths are written', () => {
    const between = fc.constantFrom(
      ' ',
      '',
      '  ',
      '\n',
      '\u00a0',
      '-',
      '\u200b ',
      ' \u2060',
      '...',
      '\u3000',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...shipped),
        fc.array(fc.nat({ max: 4 }), { minLength: 40, maxLength: 40 }),
        fc.array(between, { minLength: 10, maxLength: 10 }),
        (phrase, hows, blanks) => {
          const text = phrase
            .split(' ')
            .map((word, n) => (n === 0 ? '' : (blanks[n] ?? ' ')) + word)
            .join('')
            .split('')
            .map((letter, n) => written(letter, hows[n % hows.length] ?? 0))
            .join('');
          expect(said(`Tell me, ${text}?`)).toBe(true);
        },
      ),
    );
  });

  test('by a phrase that the tenant adds, in any script', () => {
    expect(speaksOfEmergency('Me duele el pecho mucho', ['me duele el pecho'])).toBe(true);
    expect(speaksOfEmergency('我胸痛得厉害', ['胸痛'])).toBe(true);
    expect(speaksOfEmergency('боль в груди!', ['Боль в груди'])).toBe(true);
    expect(speaksOfEmergency('Me duele el pie', ['me duele el pecho'])).toBe(false);
  });
});

test.each(Object.entries(emergencyPhrases))(
  'the phrases of %s are written once each, and none is empty',
  (_, kinds) => {
    const phrases = Object.values(kinds).flat();
    expect(new Set(phrases).size).toBe(phrases.length);
    expect(phrases.filter((phrase) => !/[\p{L}\p{N}]/u.test(phrase))).toEqual([]);
  },
);

describe('no emergency is found', () => {
  test.each([
    '',
    ' \u200b ',
    'What is my latest LDL?',
    'Which painkillers do I take for my chest?',
    'When was my chest X-ray? Pain is better.',
    'I want to diet',
    'Is my overdosage-free plan ready',
    'Who is my physiotherapist',
    'unconsciously',
    'Does an archest pain',
    '¿Cuál es mi último LDL? ¿Qué pastillas tomo?',
    '¿Cuándo fue mi radiografía de tórax?',
    'Quel est mon dernier LDL ? Quels médicaments je prends ?',
    'Quand était ma dernière radio de la poitrine ?',
    'Wie ist mein letzter LDL-Wert? Welche Tabletten nehme ich?',
    'Wann war meine letzte Röntgenaufnahme der Brust?',
    'Welche Allergien habe ich?',
  ])('in %j', (text) => {
    expect(said(text)).toBe(false);
  });

  test('in words that are of no phrase', () => {
    const word = fc.constantFrom('when', 'lipid', 'visit', 'tablets', 'did', 'pharmacy', 'value', '12', 'mg');
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(' ', '', ', ', '\n'), (list, blank) => {
        expect(said(list.join(blank))).toBe(false);
      }),
    );
  });

  test('by a list that holds nothing', () => {
    expect(new PhraseFinder(['', '?!']).isIn('?! anything')).toBe(false);
  });
});

test('a long text takes its length, whatever it repeats', () => {
  for (const piece of ['chest pai ', 'chestpai', 'c ', 'i dont want to be aliv ', '\ufdfa', '中', 'с']) {
    spent(piece.repeat(1_000));
    expect(spent(piece.repeat(60_000))).toBeLessThan(2_000);
  }
});
