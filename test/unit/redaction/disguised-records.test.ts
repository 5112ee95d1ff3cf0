import { describe, expect, test } from '@jest/globals';
import { normalise } from '../../../src/redaction/normalise.ts';
import { disguises } from './disguises.ts';
import { coverage, generatedRecords } from './generated-records.ts';
import { spansIn } from './spans-in.ts';

const most = process.env['SOAK'] === 'full' ? 50_000 : 1_500;

/** One identifier of a record in the sentence it stood in. */
interface Placement {
  readonly record: number;
  readonly form: string;
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** A few words on either side, as the note has them, without any other identifier's half. */
function around(text: string, start: number, end: number): { before: string; after: string } {
  const before = /(?:\S+[ \n]){0,4}\S*$/.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? '';
  const after = /^\S*(?:[ \n]\S+){0,4}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  return { before, after };
}

const records = generatedRecords(11);
const placements: Placement[] = records.flatMap(({ texts }, record) =>
  texts.flatMap(({ text, spans }) =>
    spans.map(({ start, end, form }) => ({
      record,
      form,
      value: text.slice(start, end),
      ...around(text, start, end),
    })),
  ),
);

const tellsAlone = ({ form, value }: Placement): boolean =>
  value.length > 4 && !/over-89|last-four|no-year/.test(form);

describe('no identifier of the record survives a disguise', () => {
  const names = Object.keys(disguises);
  const each = Math.ceil(most / names.length);
  const step = Math.max(1, Math.floor(placements.length / each));
  test.each(names)('%s', (name) => {
    const missed: string[] = [];
    // "9.2-year-old" is a child, and encoded alone three letters, an age or four digits of a number have lost what made them an identifier.
    const possible = /base64|hexadecimal|dotted|spaced/.test(name)
      ? placements.filter(tellsAlone)
      : placements;
    const offset = names.indexOf(name);
    for (let index = 0; index < each; index += 1) {
      const placement = possible[(index * step + offset * 7) % possible.length];
      const redactor = records[placement?.record ?? 0]?.redactor;
      if (placement === undefined || redactor === undefined) throw new Error('no placement');
      const written = disguises[name]?.(placement.value) ?? '';
      const text = placement.before + written + placement.after;
      const hidden = coverage(text, spansIn(redactor, text));
      const [start, end] = [placement.before.length, placement.before.length + written.length];
      let rest = '';
      for (let at = start; at < end; at += 1) if (hidden[at] !== 1) rest += text.charAt(at);
      // An escaped comma is a comma, however it is spelled.
      const visible = normalise(rest.replaceAll(/=2[0-9A-F]/g, '')).text.replaceAll(/[^\p{L}\p{N}]/gu, '');
      if (visible !== '') missed.push(`${placement.form} ${placement.value}: ${visible} of ${text}`);
    }
    expect(missed).toEqual([]);
  });
});
