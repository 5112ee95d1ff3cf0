import { describe, expect, test } from '@jest/globals';
import { endOf, lexemes, startOf, wordAt } from '../../../src/redaction/lexemes.ts';
import { normalise } from '../../../src/redaction/normalise.ts';
import fc from '../../fixtures/properties.ts';
import { withPack } from './identity.ts';
import { spansIn } from './spans-in.ts';

const odd = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'é',
      'ﬁ',
      'Ａ',
      'а',
      'Ο',
      '\u200b',
      '\u0301',
      '\u202e',
      '’',
      '–',
      '𝐌',
      '½',
      'ß',
      'İ',
      '李',
      '\u00a0',
      '\n',
    ),
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 1 }),
  ),
});

describe('the normalising view', () => {
  test.each([
    ['José ÁNGEL', 'jose angel'],
    ['Mаriа Οrtiz', 'maria ortiz'],
    ['M\u200ba\u00adr\u2060ia', 'maria'],
    ['ﬁle № Ｍ３', 'file no m3'],
    ['O’Brien–Smith', "o'brien-smith"],
    ['a\u00a0b\u2003c', 'a b c'],
    ['𝐌𝐚𝐫𝐢𝐚', 'maria'],
    ['🅜🅐🅡 🅜🅐🅡 🇲🇦🇷 ⒨⒜⒭ 🄼🄰🅁', 'mar mar mar mar mar'],
    ['❶➁➌ ⓵⓿ ⒈⒉ 二〇', '123 10 12 20'],
    ['ᴏʀᴛɪᴢ ʜɪʟʟ ʙᴜꜰᴏɢ', 'ortiz hill bufog'],
    ['Ma\u2800ria 919·555·0142', 'maria 919.555.0142'],
    ['\\115\\141r\\303\\255a', 'maria'],
    ['C:\\100 and \\d{3}', 'c:\\100 and \\d{3}'],
    ['Mar\\xc3\\xada', 'maria'],
    ['\\00004d\\000061r', 'mar'],
    ['Mar\\\nia Ortiz\\-Ruiz', 'maria ortiz-ruiz'],
    ['<span>M</span>a<wbr>r<b></b>i<!-- -->a', 'maria'],
    ['H <5 and pain <a little> or <!--Maria-->', 'h <5 and pain <a little> or <!--maria-->'],
    ['**Maria** Or**tiz**', 'maria ortiz'],
    ['last four **4842, ***-**-4842', 'last four **4842, ***-**-4842'],
    ['M=61r=69a Or=74iz', 'maria ortiz'],
    ['MRN=44871 A=12B=34', 'mrn=44871 a=12b=34'],
    ['=?UTF-8?Q?Mar=C3=ADa_Ortiz?= wrote', 'maria ortiz wrote'],
    ['Ma&lstrok;gorzata', 'malgorzata'],
  ])('%s reads %s', (text, expected) => {
    expect(normalise(text).lower).toBe(expected);
  });

  test('the two texts have the same length and every view range leads into the original', () => {
    fc.assert(
      fc.property(odd, (source) => {
        const view = normalise(source);
        expect(view.lower).toHaveLength(view.text.length);
        let before = 0;
        for (let at = 0; at < view.text.length; at += 1) {
          const [start, end] = [view.start(at), view.end(at + 1)];
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(start).toBeGreaterThanOrEqual(before);
          before = start;
        }
      }),
    );
  });

  test('a mark is hidden together with its letter', () => {
    const view = normalise('xe\u0301y');
    expect([view.start(1), view.end(2)]).toEqual([1, 3]);
  });

  test('lexemes tile the view in order', () => {
    fc.assert(
      fc.property(odd, (source) => {
        const lex = lexemes(normalise(source));
        let before = 0;
        for (let at = 0; at < lex.count; at += 1) {
          expect(startOf(lex, at)).toBeGreaterThanOrEqual(before);
          expect(lex.view.lower.slice(startOf(lex, at), endOf(lex, at))).toBe(wordAt(lex, at));
          before = endOf(lex, at);
        }
      }),
    );
  });

  test('spans of any text are sorted, disjoint and inside it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            odd,
            fc.constantFrom('Maria Ortiz', ' 919-555-0142 ', '2/3/2026', 'Dr. White', '12 Elm St'),
          ),
        ),
        (pieces) => {
          const text = pieces.join('');
          let before = 0;
          for (const span of spansIn(withPack, text)) {
            expect(span.start).toBeGreaterThanOrEqual(before);
            expect(span.end).toBeGreaterThan(span.start);
            before = span.end;
          }
          expect(before).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
