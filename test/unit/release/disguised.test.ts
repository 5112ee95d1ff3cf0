import { describe, expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import type { AnswerUnderCheck } from '../../../src/release/check-table.ts';
import { partsOfCanary } from '../../../src/release/checks/canary.ts';
import { disguisesOf } from '../../../src/release/disguises/disguises.ts';
import { NumberBeingSaid, numberSaid } from '../../../src/release/disguises/number-words.ts';
import { SettledAnswer, settledOf } from '../../../src/release/settled-answer.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';

const of = { bearer: 'patient', entity: 'Patient/p1', source: 'Patient' } as const;
const identity: readonly IdentityValue[] = [
  {
    ...of,
    kind: 'name',
    text: 'Wilhelmina Tarquist',
    name: { given: ['Wilhelmina'], family: 'Tarquist' },
  },
  { ...of, kind: 'name', text: 'Ann Forrest', name: { given: ['Ann'], family: 'Forrest' } },
  { ...of, kind: 'date', text: '1961-03-14', date: { day: '1961-03-14', role: 'birth' } },
  { ...of, kind: 'identifier', text: '90734518' },
  { ...of, kind: 'telecom', system: 'phone', text: '(415) 555-0142' },
];
const interlock = buildInterlock(identity);
const disguises = disguisesOf(identity);
const under = (text: string): AnswerUnderCheck => ({
  text,
  interlock,
  disguises,
  issuedTokens: new Set(['[[PATIENT-7F3K9Q2M]]']),
  canary: 'fedcba9876543210fedcba9876543210',
  citationKeys: new Set(),
});
const blocks = (text: string): boolean => checkAnswer(under(text)).answer === undefined;

const name = 'Tarquist';
const letters = Array.from(name);
const figures = Array.from('90734518');
const each = <Part>(
  parts: readonly Part[],
  by: (part: Part, at: number) => string,
  between: string,
): string => parts.map(by).join(between);
const shifted = (text: string, by: (place: number) => number): string =>
  text
    .toLowerCase()
    .replace(/[a-z]/g, (letter) =>
      String.fromCharCode(97 + (((by(letter.charCodeAt(0) - 97) % 26) + 26) % 26)),
    );
const base64 = Buffer.from('Wilhelmina Tarquist').toString('base64');
const codes = letters.map((letter) => letter.charCodeAt(0));
const said = {
  en: 'nine zero seven three four five one eight',
  es: 'nueve cero siete tres cuatro cinco uno ocho',
  de: 'neun null sieben drei vier fünf eins acht',
  fr: 'neuf, zéro, sept, trois, quatre, cinq, un, huit',
};

const written: Readonly<Record<string, string>> = {
  'one letter a line': each(letters, (letter) => letter, '\n\n'),
  'letters in list items': each(letters, (letter, at) => `${at + 1}. ${letter}`, '\n'),
  'letters in rows of a table': each(letters, (letter) => `| ${letter} |`, '\n'),
  'letters in keys and values': JSON.stringify(
    Object.fromEntries(letters.map((letter, at) => [`k${at}`, letter])),
  ),
  'letters between arrows': each(letters, (letter) => letter, ' -> '),
  'letters in bold': each(letters, (letter) => `**${letter}**`, ''),
  'letters in tags': each(letters, (letter) => `<b>${letter}</b>`, ''),
  'letters in quotes': each(letters, (letter) => `"${letter}"`, ', '),
  'letters with figures between': each(letters, (letter, at) => letter + String(at), ''),
  'letters backwards in lines': each(letters.toReversed(), (letter) => letter, '\n'),
  'syllables with dots': 'Tar·qui·st',
  'in two code spans': '`Tarq` and `uist`',
  'in words of the alphabet of pilots': 'tango alfa romeo quebec uniform india sierra tango',
  'by likening':
    'T as in Tom, A as in Apple, R as in Rat, Q as in Quiz, U as in Use, I as in Ink, S as in Sea, T as in Tea',
  'letter by letter with the word': each(letters, (letter) => `letter ${letter}`, ', '),
  rot13: shifted(name, (place) => place + 13),
  'moved by three': shifted(name, (place) => place + 3),
  'mirrored alphabet': shifted(name, (place) => 25 - place),
  'signs for letters': 'T@rqu!$+',
  'places in the alphabet': each(letters, (letter) => String(letter.toLowerCase().charCodeAt(0) - 96), '-'),
  'decimal codes': codes.join(', '),
  'octal codes': each(letters, (letter) => `\\${letter.charCodeAt(0).toString(8)}`, ''),
  'code points': each(letters, (letter) => `U+00${letter.charCodeAt(0).toString(16)}`, ' '),
  bits: each(letters, (letter) => letter.charCodeAt(0).toString(2).padStart(8, '0'), ' '),
  morse: '- .- .-. --.- ..- .. ... -',
  'base64 in pieces': base64.replace(/.{4}/g, '$& '),
  'base64 in lines': base64.replace(/.{4}/g, '$&\n'),
  'base64 backwards': Array.from(base64).toReversed().join(''),
  base32: 'KRQXE4LVNFZXI===',
  base58: 'H19dqR85kmHYrUMoR4RnEXGhw1',
  'a number in English': said.en,
  'a number in Spanish': said.es,
  'a number in German': said.de,
  'a number in French': said.fr,
  'a number in twos': 'ninety, seventy-three, forty-five, eighteen',
  'a number with doubles': 'four one five triple five oh one four two',
  'a number as one word': 'neunzig dreiundsiebzig fünfundvierzig achtzehn',
  'figures in lines with counters': each(figures, (figure, at) => `Digit ${at + 1}: ${figure}`, '\n'),
  'figures in cells': `| ${figures.join(' | ')} |`,
  'a day in English': 'the fourteenth of March nineteen sixty-one',
  'a day in Portuguese': 'catorze de março de mil novecentos e sessenta e um',
  'a day in Spanish': 'el catorce de marzo de mil novecientos sesenta y uno',
  'a day in German': 'am vierzehnten März neunzehnhunderteinundsechzig',
  'a day in French': 'le quatorze mars mille neuf cent soixante et un',
  'a day in Roman figures': 'XIV.III.MCMLXI',
  'a day in Russian': '14 марта 1961',
  'a day in parts': '- year: 1961\n- month: March\n- day: 14',
  'codes in calls': each(codes, (code) => `chr(${code})`, '+'),
  'codes in calls with an operator of their own': each(codes, (code) => `Chr$(${code})`, ' & '),
  'codes as values with a unit': each(codes, (code) => `${code} mg/dL`, ', '),
  'codes in rows of a table': each(codes, (code, at) => `| ${at + 1} | ${code} |`, '\n'),
  'codes in lines': each(codes, String, '\n'),
  'codes without anything between': each(codes, (code) => String(code).padStart(3, '0'), ''),
  'codes in Roman figures': 'LXXXIV XCVII CXIV CXIII CXVII CV CXV CXVI',
  'codes in words':
    'eighty-four, ninety-seven, one hundred fourteen, one hundred thirteen, one hundred seventeen, one hundred five, one hundred fifteen, one hundred sixteen',
  'codes in hexadecimal calls': each(codes, (code) => `chr(0x${code.toString(16)})`, ' . '),
  'hexadecimal codes with an ending': each(codes, (code) => `${code.toString(16)}h`, ' '),
  'escapes of style sheets': each(codes, (code) => `\\${code.toString(16)} `, ''),
  'hexadecimal backwards': Array.from(Buffer.from('Wilhelmina').toString('hex')).toReversed().join(''),
  'places by ordinal numbers':
    'the twentieth, first, eighteenth, seventeenth, twenty-first, ninth, nineteenth and twentieth letters',
  'letters in sentences': each(
    letters,
    (letter, at) => `Sample ${at + 1} was graded ${letter} by the laboratory.`,
    ' ',
  ),
  'letters named by ordinals': each(
    letters,
    (letter, at) => `The letter at place ${at + 1} of it is ${letter}.`,
    ' ',
  ),
  'letters in a column of a table': each(letters, (letter) => `| Sodium | ${letter} | normal |`, '\n'),
  'figures in sentences': each(figures, (figure) => `It was ${figure} then.`, ' '),
  'numbered letters in another order': each(
    letters,
    (letter, at) => `${((at * 3) % 8) + 1}:${letters[(at * 3) % 8] ?? letter}`,
    ' ',
  ),
  'figures as members of an object': JSON.stringify(
    Object.fromEntries(figures.map((figure, at) => [at, figure])),
  ),
  'first letters of lines': each(letters, (letter) => `- ${letter}issue was looked at`, '\n'),
  'first letters of sentences': each(letters, (letter) => `${letter}he test is done.`, ' '),
  'first letters of words': each(letters, (letter) => `${letter.toLowerCase()}ne`, ' '),
  'capitals inside words': 'the paTient stAys foR uneQual hoUrs wIth reSt aT home',
  'halves in sentences': 'The first half is Tarq. The other half is uist.',
  'halves the wrong way round': 'The second half is quist, and before it comes Tar.',
  'halves put together by a program': 'a = "quist"; b = "Tar"; print(b + a)',
  'halves in members of an object': '{"p1": "Tarq", "p2": "uist"}',
  'three pieces in a table': '| Part |\n|---|\n| Tar |\n| qui |\n| st |',
  'three pieces in sentences':
    'Marker one of this visit was noted as Tarq. Marker two of this visit was noted as uis. Marker three of it was noted as t.',
  'letters by their English names': 'tee ay ar cue you eye ess tee',
  'pieces of two letters': 'Ta rq ui st',
  'all but the last letter': 'Tarquis and then a t',
  'a number in halves': 'It starts with 9073 and ends with 4518.',
  'a number in parts': 'Part 1 of it is 907. Part 2 of it is 345. Part 3 of it is 18.',
  'a number in strings': '{"a": "9073", "b": "4518"}',
  'base64 letter by letter': Array.from(base64).join(' '),
  'base64 in list items': base64.replace(/.{4}/g, '- part $&\n'),
  'base64 in two strings': `"${base64.slice(0, 10)}" + "${base64.slice(10)}"`,
  'a number in Dutch': 'negen nul zeven drie vier vijf een acht',
  'a number in Swedish': 'nio noll sju tre fyra fem ett åtta',
  'a number in Polish': 'dziewięć zero siedem trzy cztery pięć jeden osiem',
  'a number in Russian': 'девять ноль семь три четыре пять один восемь',
  'a number in Turkish': 'dokuz sıfır yedi üç dört beş bir sekiz',
  'a number in Chinese figures': '九〇七三四五一八',
  'a number in Chinese figures of banks': '玖零柒叁肆伍壹捌',
  'a number in filled circles': '❾⓿❼❸❹❺❶❽',
  'a number in hexadecimal': `0x${(90_734_518).toString(16)}`,
  'a number in bits': `0b${(90_734_518).toString(2)}`,
  'a number as a sum': '90733518 + 1000',
  'a number as a product': '45367259 × 2',
  'a day in Turkish': '14 Mart 1961',
  'a day in Greek': '14 Μαρτίου 1961',
  'a day in Arabic': '14 مارس 1961',
  'a day in Vietnamese': '14 tháng 3 năm 1961',
  'a day of an era': '昭和36年3月14日',
  'a day of an era in short': 'S36.3.14',
  'a day of the republic': '民國50年3月14日',
  'a day in members of an object': '{"y":1961,"m":3,"d":14}',
  'a day in a call': 'new Date(1961, 2, 14)',
  'letters in small capitals': 'ᴛᴀʀǫᴜɪsᴛ',
  'letters on their heads': 'ʇsᴉnbɹɐʇ ɐuᴉɯlǝɥlᴉʍ',
  braille: '⠞⠁⠗⠟⠥⠊⠎⠞ ⠺⠊⠇⠓⠑⠇⠍⠊⠝⠁',
  'figures in braille': '⠼⠊⠚⠛⠉⠙⠑⠁⠓',
  'a number in Arabic': 'تسعة صفر سبعة ثلاثة أربعة خمسة واحد ثمانية',
  'a number in Hindi': 'नौ शून्य सात तीन चार पांच एक आठ',
  'a number in Indonesian': 'sembilan nol tujuh tiga empat lima satu delapan',
  'a number in Swahili': 'tisa sifuri saba tatu nne tano moja nane',
  'a number in Hungarian': 'kilenc nulla hét három négy öt egy nyolc',
  'a number in Welsh': 'naw sero saith tri pedwar pump un wyth',
  'a number in Tagalog': 'siyam sero pito tatlo apat lima isa walo',
  'a number as pilots say it': 'niner zero seven tree fower fife one ait',
  'a number with one word behind each':
    'nine then zero then seven then three then four then five then one then eight',
  'a number with another word behind each':
    'neun apfel null apfel sieben apfel drei apfel vier apfel fünf apfel eins apfel acht',
  'figures by letters, nought first': 'JAHDEFBI',
  'figures by letters, one first': 'i j g c d e a h',
  'a number in bits alone': (90_734_518).toString(2).padStart(28, '0'),
  'a name glued to other letters': 'xtarquistx',
  'doubled letters': each(letters, (letter) => letter + letter, ''),
  'letters with one between': each(letters, (letter) => `${letter}x`, ''),
};

describe('a value of the record blocks', () => {
  test.each(Object.entries(written))('%s', (_, text) => {
    expect(blocks(`The value is in range.\n\n${text}\n\nNo change was made.`)).toBe(true);
  });
});

describe('the canary blocks however it is written', () => {
  const canary = '907345180612734459';
  const digits = Array.from(canary);
  const words = 'zero one two three four five six seven eight nine'.split(' ');
  const beside = disguises.beside(partsOfCanary(canary));
  test.each([
    each(digits, (digit) => words[Number(digit)] ?? '', ' '),
    each(digits, (digit) => `- ${words[Number(digit)]}`, '\n'),
    each(digits, (digit, at) => `${at + 1}. ${digit}`, '\n'),
    each(digits, (digit) => String.fromCodePoint(0x660 + Number(digit)), ''),
    each(digits, (digit) => String.fromCodePoint(0xff10 + Number(digit)), ' '),
    each(digits, (digit) => `chr(${48 + Number(digit)})`, '+'),
  ])('%s', (text) => {
    const answer = { ...under(`Noted.\n\n${text}\n\nThat is all.`), canary };
    expect(checkAnswer({ ...answer, disguises: beside }).answer).toBeUndefined();
    expect(
      checkAnswer({ ...under('Potassium 4.1, nine tablets.'), canary, disguises: beside }).answer,
    ).toBeDefined();
  });
});

test('base58 of the test is that of the name', () => {
  let value = 0n;
  for (const digit of 'H19dqR85kmHYrUMoR4RnEXGhw1')
    value = value * 58n + BigInt('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.indexOf(digit));
  expect(Buffer.from(value.toString(16), 'hex').toString()).toBe('Wilhelmina Tarquist');
});

test.each([
  'values = [84, 97, 114, 113, 98, 105, 115]; print("mean" + ": " + str(mean))',
  'Glucose 84, 97, 114, 113, 117 mg/dL, then 105 and 118; pulse 97 114 113.',
  'The first half of the plan is rest, the second is diet. It begins with 9073 steps a day and ends with 4500.',
  'Tests: T is high, A is normal. R was graded C. Q: none. U of A. I see it. S1 was heard. T 37.2.',
  '- Troponin\n- Albumin\n- Renin\n- Quick test\n- Urea\n- Iron\n- Sodium',
  'Options: 3:A 1:C 2:B 4:D 6:F 5:E; items 1: 9, 2: 0, 3: 7, 4: 2, 5: 4.',
  'Neem een tablet, twee per dag, zeven dagen; ta en eller två; een, twee, drie.',
  '0x1F4 is 500; 4500 + 500 is 5000; 120 - 80 = 40; new Date(1961, 3, 14); y: 1961, m: 4, d: 14.',
  '⠁⠃⠉⠙⠑ is braille for the first letters, ᴀ small one; 三 times a day.',
  'No room for rest in this plan; for rest pain see the vascular clinic.',
  'Vitamins A, B1, B6, B12, C, D, E and K. Hepatitis A, B and C. Leads I, II, III, aVF, V1 to V6.',
  'Take one in the morning, two at noon, one at night: that makes four a day for fourteen days.',
  'LDL 131, 124, 117, 108 mg/dL; 90 73 45 19; weights 82.1 82.4 82.0 kg; BP 132/84, 128/80.',
  '| Drug | Dose |\n|---|---|\n| lisinopril | 10 mg |\n| metformin | 500 mg |',
  '{"drug": "lisinopril", "dose": "10 mg"}, {"drug": "metformin", "dose": "500 mg"}',
  'Delta wave, alpha-1 antitrypsin, golf elbow, lima bean, Romeo and Juliet, oscar and papa.',
  'Tomen una tableta por la mañana y dos por la noche; nehmen Sie drei am Tag, zehn Tage lang.',
  'c.68_69delAG, HLA-B*57:01, 1,25-dihydroxyvitamin D, CHA2DS2-VASc 2, q6h PRN #20, K 3.4->4.1, [[PATIENT-7F3K9Q2M]].',
])('a harmless answer leaves as it is: %s', (text) => {
  expect(checkAnswer(under(text)).answer?.text).toBe(text);
});

describe('a record of everyday words, many days and short numbers blocks no right answer', () => {
  const names = ['Hasan', 'Logan', 'Dayna', 'William Morales', 'Abe Deb', 'Michel Manson', 'Iron Price'];
  const days = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-12`);
  const many: readonly IdentityValue[] = [
    ...identity,
    ...names.map((text) => ({ ...of, kind: 'name', text }) as const),
    ...days.map((day) => ({ ...of, kind: 'date', text: day, date: { day, role: 'event' } }) as const),
    ...['20261123', '08001200', '12080118', '120801'].map(
      (text) => ({ ...of, kind: 'identifier', text }) as const,
    ),
    {
      ...of,
      kind: 'address',
      text: '7 Mission St, Hollow Meadow',
      address: { line: ['7 Mission St'], city: 'Hollow Meadow' },
    },
  ];
  const looked = disguisesOf(many);
  const none = buildInterlock([]);

  test.each([
    '| 2026-09 | 12.4 | 4.1 |\n| 2026-10 | 11.8 | 4.0 |\n| 2026-12 | 12.1 | 3.9 |',
    'HbA1c was 12.4% in December 2026, 2 in November 2026, 12 in October 2026.',
    'The patient has an elevated potassium; glucose log an hour before; 40 mg a day; Na 138.',
    'A bad headache, a faded bed; ok, the pump is on. Lima beans, five in all. Dr. Williamson, Mansonella.',
    'No admission or remission; hollow viscus; Williams syndrome; marcadores tumorales.',
    'In 2026, 11 of 23. Doses at 0800, 1200. BP 120/80, 118/76. p<0.362 vs >=0.563, and/or.',
    '- Mood\n- Itch\n- Chest\n- Heart\n- Eyes\n- Lungs',
    'She has [[DATE-7F3K9Q2M]] an appointment.',
  ])('%s', (text) => {
    expect(looked.find(text, none)).toEqual([]);
  });

  test.each([
    'Last seen in 2026.',
    'HbA1c was 7.2% in October 2026.',
    'Call 911.',
    'LDL was 131 mg/dL.',
    'Weights `82` and `83`.',
  ])('%s and prose behind it holds no stream', (first) => {
    const text = `${first} ${'The wound is clean and heals as it should without further care. '.repeat(8)}`;
    expect(looked.open(text)).toBeGreaterThan(text.length - 80);
  });
});

test('long words, many codes and numbers of one word end in time, and nothing throws', () => {
  const texts = [
    'hundert',
    'aBcDe',
    '....1a',
    '))))1a',
    '65,',
    'ab@!',
    '.- ',
    'T ',
    '1:T ',
    '"Ta" + ',
    'Tar ',
    'T\n',
    '90 ',
    'd8 ',
    '⠞',
    'ɹa',
    '0x9 + ',
    'A1b2 ',
    'tR',
  ].map((one) => one.repeat(9000));
  const started = process.cpuUsage();
  for (const text of texts)
    expect([disguises.find(text, interlock).length, disguises.open(text) >= 0]).toEqual([0, true]);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20);
});

test('no stream has sent more of a value than its first two signs before it blocks', () => {
  for (const id of [
    'one letter a line',
    'a number in English',
    'by likening',
    'morse',
    'codes in calls',
    'codes as values with a unit',
    'letters in a column of a table',
    'letters in sentences',
    'pieces of two letters',
  ]) {
    const answer = `The value is in range and needs no further test at this time, as told before.\n\n${written[id] ?? ''}\n\nNo change.`;
    const begin = answer.indexOf(written[id] ?? '');
    let sent = '';
    for (let length = 1; length <= answer.length; length += 1) {
      const settled = SettledAnswer.of(settledOf(under(answer.slice(0, length))), under(''));
      if (settled === undefined) break;
      sent = settled.text.slice(0, settled.end);
    }
    expect([id, sent.length <= begin + 24]).toEqual([id, true]);
  }
});

const inFigures = (text: string): string => {
  const number = new NumberBeingSaid();
  const out: string[] = [];
  for (const word of text.split(' ')) {
    const value = numberSaid(word);
    if (value !== undefined && !number.takes(value)) {
      out.push(number.end());
      number.takes(value);
    }
  }
  return [...out, number.end()].join(' ');
};

describe('numbers in words', () => {
  test.each([
    ['nineteen eighty', '19 80'],
    ['twenty twenty six', '20 26'],
    ['four hundred and twelve', '412'],
    ['one hundred sixteen thousand eight hundred ninety two', '116892'],
    ['nineteen hundred and five', '1905'],
    ['mil novecientos ochenta y uno', '1981'],
    ['ciento dieciseis mil ochocientos noventa y dos', '116892'],
    ['mille neuf cent quatre vingt dix huit', '1998'],
    ['quatre vingts', '80'],
    ['neunzehnhundertachtzig', '1980'],
    ['zweitausendsechsundzwanzig', '2026'],
    ['vierzehnten', '14'],
  ])('%s', (text, expected) => {
    expect(inFigures(text)).toBe(expected);
  });
});
