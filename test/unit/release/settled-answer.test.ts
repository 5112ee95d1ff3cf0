import { describe, expect, it } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { type AnswerUnderCheck, canStream, checks } from '../../../src/release/check-table.ts';
import { fingerprintOf } from '../../../src/release/checks/instructions.ts';
import { quotableOf } from '../../../src/release/checks/verbatim.ts';
import { heldBack } from '../../../src/release/held-back.ts';
import { revealBeginning } from '../../../src/release/reveal.ts';
import { SettledAnswer, settledOf } from '../../../src/release/settled-answer.ts';

const instructions =
  'You answer a question about one patient record and never guess what a token stands for in it.';
const name = '[[PATIENT-7F3K9Q2M]]';
const issuedTokens = new Set([name]);
const notes = Array.from({ length: 40 }, (_, n) => `word${n}`).join(' ');
const under = (text: string, more: Partial<AnswerUnderCheck> = {}): AnswerUnderCheck => ({
  text,
  interlock: buildInterlock([
    { kind: 'name', bearer: 'patient', entity: 'p', text: 'Maria Ortiz', source: 'Patient.name' },
  ]),
  issuedTokens,
  canary: 'fedcba9876543210fedcba9876543210',
  instructionsFingerprint: fingerprintOf(instructions),
  citationKeys: new Set(['O1']),
  quotable: quotableOf([notes], 10),
  ...more,
});
const settled = (text: string, more: Partial<AnswerUnderCheck> = {}): string => {
  const { blocked, end, text: masked } = settledOf(under(text, more));
  expect(blocked).toEqual([]);
  return masked.slice(0, end);
};
const readable = (text: string): string | undefined => {
  const answer = SettledAnswer.of(settledOf(under(text)), { issuedTokens });
  return answer === undefined
    ? undefined
    : revealBeginning(answer, new Map([[name, 'Ann Roe']]), { humanReads: true, allowedTypes: 'all' });
};

const prose =
  'The newest value lies inside the range that is given with it [O1], and no older one was far from it. Blood pressure was taken sitting, after some minutes of rest, twice. ';
const more = `${prose}${prose}`;

const withheldMentions = (text: string) =>
  [...text.matchAll(/secret/g)].map(({ index }) => ({ start: index, end: index + 6 }));
const mentioned = (text: string) =>
  [...text.matchAll(/top[^a-z]+secret[^a-z]+matter/g)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
const scanPatterns = () => {
  throw new Error('no');
};

describe('what of an answer that goes on is settled', () => {
  it('all but what may become a finding: some characters of prose, and the word with which they begin', () => {
    const longest = Math.max(...prose.split(' ').map(({ length }) => length)) + 1;
    for (let length = 1; length <= more.length; length += 1) {
      const text = more.slice(0, length);
      expect(length - settled(text).length).toBeLessThan(heldBack + longest + 16);
      expect(text.startsWith(settled(text))).toBe(true);
    }
  });

  it.each([
    [
      'a row of words of the instructions',
      'So: ',
      instructions.split(' ').slice(0, 11).join(' - - - - - - - - - '),
    ],
    [
      'such a row, its words very far apart',
      'So: ',
      instructions
        .split(' ')
        .slice(0, 11)
        .join(` ${'-'.repeat(400)} `),
    ],
    ['a part of the canary, letters far apart', 'See ', 'fedcba98765'.split('').join(' - - - - - - ')],
    ['an address that goes on', 'At ', `https://evil.invalid/${'x'.repeat(300)}`],
    ['a run of hexadecimal bytes', 'As ', '6e 6f 62 6f 64 79 20 '.repeat(12)],
    ['bytes parted by comma and blank', 'As ', '0x6e, 0x6f, 0x62, 0x6f, 0x64, 0x79, '.repeat(12)],
    ['a word in escapes', 'As ', '\\u006e'.repeat(40)],
    ['an open list of sources', 'In ', `[${'O1, '.repeat(24)}`],
  ])('%s is held from where it begins', (_name, lead, begun) => {
    expect(settled(`${more}${lead}${begun}`).length).toBeLessThanOrEqual(`${more}${lead}`.length);
  });

  it('a value of many words is held from where it begins, also where accents part its words far', () => {
    const organization =
      'Riverbend Evangelical Lutheran Community Hospital and Rehabilitation Institute of Ladysmith';
    const interlock = buildInterlock([
      {
        kind: 'organization',
        bearer: 'patient',
        entity: 'o',
        text: organization,
        source: 'Organization.name',
      },
    ]);
    for (const accents of [0, 3, 300]) {
      const begun = organization.replaceAll(' ', `${'\u0301'.repeat(accents)} `);
      expect(settled(`${more}Seen at ${begun.slice(0, -1)}`, { interlock }).length).toBeLessThanOrEqual(
        `${more}Seen at `.length,
      );
      expect(settledOf(under(`Seen at ${begun}. ${more}`, { interlock })).blocked).toEqual(['identifiers']);
    }
  });

  it('an address whose query is of a script without spaces, to its sign of equality', () => {
    const begun = `${more}See foo.zz?${'\u8840'.repeat(64)}`;
    expect(settled(begun).length).toBeLessThanOrEqual(`${more}See `.length);
    expect(settled(`${begun}=1 ${more}`)).toContain('See (link removed) The newest');
  });

  it('an age, to the end of its sentence, also where something invisible stands in it', () => {
    const calendar = { anchor: 19_588, birth: -3225 };
    for (const age of ['age 71', 'age\u200b 71'])
      expect(settled(`${more}On day 20000 at ${age}, ${'and on, '.repeat(20)}`, { calendar })).toBe(
        `${more}On day 20000 `,
      );
  });

  it('a sentence of which consent withholds something, to its end', () => {
    const long = `Nothing else. It is, ${'and is, '.repeat(30)}`;
    expect(settled(long, { withheldMentions })).toBe('Nothing else.');
    expect(settled(`${long} a secret. ${more}`, { withheldMentions })).toContain(
      'Nothing else. (left out) The newest',
    );
  });

  it.each([' . ', '\n- - - - '])(
    'what is withheld from the first of its words, whatever parts them: %j',
    (part) => {
      const begun = `${prose}A top${part.repeat(60)}secret${part.repeat(60)}`;
      expect(settled(begun, { withheldMentions: mentioned }).length).toBeLessThanOrEqual(prose.length);
      expect(settled(`${begun}matter. ${more}`, { withheldMentions: mentioned })).toContain('(left out)');
    },
  );

  it('a quotation is cut where it goes over the limit, at once', () => {
    const quoted = notes.split(' ').slice(0, 30).join(' ');
    expect(settled(`${quoted}. ${more}`)).toContain('word9 (quotation cut). The newest');
    expect(settled(quoted)).not.toContain('word10');
  });

  it.each([
    ['the name of the patient', 'identifiers', `Here is Maria. ${more}`],
    ['the instructions', 'instructions', `Told: ${instructions} ${more}`],
  ])('%s blocks as soon as it cannot be anything else', (_name, check, text) => {
    expect(settledOf(under(text)).blocked).toEqual([check]);
  });

  it('a check that throws blocks', () => {
    expect(settledOf(under(more, { scanPatterns })).blocked).toEqual(['patterns']);
  });
});

describe('what of it may be read', () => {
  it('values where tokens stand', () => {
    expect(readable(`${name} is well. ${more}`)).toMatch(/^Ann Roe is well\. The newest/);
  });

  it.each([
    ['code that is not closed', `Say \` and then ${name} is well. ${more}`, 'Say ` and then'],
    ['a quotation that may be a key', `Say " and then ${name} is well. ${more}`, 'Say " and then'],
  ])('a token after %s waits', (_name, text, said) => {
    expect(readable(text)).toBe(said);
  });

  it.each([
    ['that may be a JSON document', `{"a": "${more}"`],
    ['of blanks', ' \n '.repeat(40)],
  ])('nothing of an answer %s', (_name, text) => {
    expect(readable(text)).toBe('');
  });

  it('nothing of a document that is cut behind a backslash, and a long one is looked at once', () => {
    const text = `["${'\\"'.repeat(1_000_000)}\\`;
    const answer = SettledAnswer.of({ blocked: [], masked: [], text, end: text.length }, { issuedTokens });
    if (answer === undefined) throw new Error('nothing blocks it');
    expect(revealBeginning(answer, new Map(), { humanReads: true, allowedTypes: 'all' })).toBe('');
  });

  it('an answer that begins with a token or a source is none', () => {
    expect(readable(`[O1] says it. ${more}`)).toMatch(/^\[O1\] says it/);
    expect(readable(`[${name}] is it. ${more}`)).toBeDefined();
  });
});

it('every check tells how far back it may still decide, so that answers may stream', () => {
  expect(canStream).toBe(true);
  for (const check of checks)
    expect([check.id, typeof check.bound === 'number' || check.bound === 'word' || 'open' in check]).toEqual([
      check.id,
      true,
    ]);
});
