import { describe, expect, test } from '@jest/globals';
import type { GoldSpan } from '../../../sandbox/patients/generate.ts';
import { NoteBuilder, sentence } from '../../../sandbox/patients/note-builder.ts';
import { stories } from '../../../sandbox/patients/stories.ts';
import {
  dateForms,
  dateMention,
  nameForms,
  phoneForms,
  phoneMention,
} from '../../../sandbox/patients/written-forms.ts';
import { at, byKey, decoded, set } from './set.ts';

describe('note builder', () => {
  const name = { type: 'PATIENT', form: 'x', text: "O'Brien & <Co>" } as const;

  test('marks what it writes, by construction', () => {
    const note = new NoteBuilder().line`Seen: ${name}, ${3} days`.line`${[name, ' and ', name]}`.build();
    expect(note.text).toBe("Seen: O'Brien & <Co>, 3 days\nO'Brien & <Co> and O'Brien & <Co>");
    expect(note.spans.map(({ start, end }) => note.text.slice(start, end))).toEqual(Array(3).fill(name.text));
  });

  test('escapes values in markup and marks the escaped form', () => {
    const note = new NoteBuilder('markup').line`<b>${name}</b>${'<i>'}`.build();
    expect(note.text).toBe("<b>O'Brien &amp; &lt;Co&gt;</b>&lt;i&gt;");
    expect(note.spans[0]).toMatchObject({ start: 3, end: note.text.indexOf('</b>') });
  });

  test('leaves what stands around an identifier outside of the span', () => {
    const titled = sentence`Seen by ${{ type: 'CLINICIAN', form: 'x', text: 'Lindqvist', before: 'Dr. ', after: ', MD' }}.`;
    expect(titled.text).toBe('Seen by Dr. Lindqvist, MD.');
    expect(titled.spans).toMatchObject([{ start: 12, end: 21 }]);
  });

  test('counts UTF-16 units', () => {
    const wide = sentence`𝒜 ${{ type: 'PATIENT', form: 'x', text: '李伟' }}`;
    expect(wide.spans[0]).toMatchObject({ start: 3, end: 5 });
  });
});

describe('written forms', () => {
  test('dates and telephones', () => {
    const day = Date.UTC(2026, 2, 4);
    expect(dateForms.map((form) => dateMention(day, form).text)).toEqual([
      '2026-03-04',
      '03/04/2026',
      '3/4/26',
      'March 4th, 2026',
      'March 4, 2026',
      '4 Mar 2026',
      '04-MAR-2026',
      'Mar 4',
      'March 4th',
      'March 4',
      '03.04.2026',
    ]);
    expect(new Set(phoneForms.map((form) => phoneMention('413-555-0110', form).text)).size).toBe(
      phoneForms.length,
    );
  });

  test('names', () => {
    const forms = nameForms({ given: ['José', 'Ángel'], family: 'Muñoz Ortega', title: 'Mr.' }, 'PATIENT');
    expect(forms.lastFirst.text).toBe('MUÑOZ ORTEGA, JOSÉ Á.');
    expect(forms.ascii.text).toBe('Munoz Ortega, Jose Angel');
    expect(forms.initials.text).toBe('J.Á.M.');
    expect(
      nameForms({ given: ['Thị', 'Mai'], family: 'Nguyễn', familyFirst: true }, 'PATIENT').full.text,
    ).toBe('Nguyễn Thị Mai');
  });
});

describe('gold spans', () => {
  test('cover exactly what they say, apart from one another', () => {
    expect(set.spans.length).toBeGreaterThan(3000);
    const ends = new Map<string, number>();
    const wrong = set.spans.filter((span: GoldSpan) => {
      const place = `${span.resource} ${span.path}`;
      const overlaps = span.start < (ends.get(place) ?? 0);
      ends.set(place, span.end);
      return overlaps || span.value === '' || span.text.slice(span.start, span.end) !== span.value;
    });
    expect(wrong).toEqual([]);
  });

  test('stand in the resource that they name', () => {
    for (const span of set.spans) {
      const resource = byKey.get(span.resource);
      expect(resource).toBeDefined();
      const value = at(resource, span.path);
      expect(typeof value === 'string' ? value : decoded(value)).toBe(span.text);
    }
  });

  test('every written form occurs', () => {
    const forms = new Set(set.spans.map(({ form }) => form));
    for (const form of dateForms) expect(forms).toContain(`date.${form}`);
    for (const form of phoneForms) expect(forms).toContain(`phone.${form}`);
    for (const form of [
      'full',
      'short',
      'last-first',
      'titled',
      'called',
      'initials',
      'initial-last',
      'nickname',
      'maiden',
      'native',
      'caps',
      'ascii',
      'signed',
    ])
      expect(forms).toContain(`name.${form}`);
    for (const form of [
      'id.mrn',
      'id.mrn-dashed',
      'id.ssn',
      'id.ssn-bare',
      'id.ssn-last-four',
      'id.member',
      'id.account',
      'email',
      'age.over-89',
      'address.line',
      'address.line-short',
      'address.line-caps',
      'address.postal-code',
      'organization.full',
      'organization.short',
    ])
      expect(forms).toContain(form);
  });

  test('nothing that identifies stands outside of them', () => {
    const ordinary = new Set([
      'May',
      'White',
      'Will',
      'Chase',
      'Rusty',
      'Hill',
      'Young',
      'Wei',
      'Li',
      'Grace',
      'Faith',
      'Loyal',
      'Jane',
    ]);
    const names = stories
      .flatMap(({ name, relatives }) => [name, ...relatives.map((row) => row.name)])
      .flatMap((name) => [...name.given, ...name.family.split(' '), name.maiden, name.nickname, name.native])
      .filter((word): word is string => word !== undefined && !ordinary.has(word));
    const texts = new Map(set.spans.map((span) => [`${span.resource} ${span.path}`, span.text]));
    const hidden = new Map(texts);
    for (const { resource, path, start, end } of set.spans) {
      const place = `${resource} ${path}`;
      const text = hidden.get(place) ?? '';
      hidden.set(place, text.slice(0, start) + '\u0000'.repeat(end - start) + text.slice(end));
    }
    for (const [place, text] of hidden) {
      const left = names.filter((word) =>
        new RegExp(`(?<!\\p{L})${word.replace(/[.']/g, '.')}(?!\\p{L})`, 'iu').test(text),
      );
      expect({ place, left }).toEqual({ place, left: [] });
      expect(text).not.toMatch(/555|@|\b\d{5,}\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\b20\d\d-/);
    }
  });

  test('clinical words of names and numbers survive outside', () => {
    const all = [...new Set(set.spans.map(({ text }) => text))].join('\n');
    for (const phrase of [
      'white blood cell',
      'may be',
      'Wilson disease',
      'Foley catheter',
      '10/12',
      'BP 120/80',
      'metformin 500 mg BID',
      'Down syndrome',
    ])
      expect(all).toContain(phrase);
  });
});
