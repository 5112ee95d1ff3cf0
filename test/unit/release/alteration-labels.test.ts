import { expect, test } from '@jest/globals';
import { alterationLabels } from '../../../src/release/alteration-labels.ts';
import { type NoticeCode, notice } from '../../../src/vocabulary/notices.ts';

const issued = [
  { request: { type: 'PATIENT', entity: 'name:a', form: 'A' }, token: '[[PATIENT-7F3K9Q2M]]' },
] as const;
const ages = [{ from: 65_000, to: 65_100, age: 46 }] as const;

const codes = (
  altered: Partial<Parameters<typeof alterationLabels>[0]>,
  ...said: readonly NoticeCode[]
): readonly string[] =>
  alterationLabels(
    { ages: [], issued: [], generalised: {}, removed: {}, ...altered },
    said.map((code) => notice(code)),
  ).map(({ code }) => code);

test('labels say what was done, and no more', () => {
  expect(codes({})).toEqual(['SUBSETTED']);
  expect(codes({ issued })).toEqual(['PSEUDED', 'SUBSETTED']);
  expect(codes({ ages, issued })).toEqual(['ABSTRED', 'PSEUDED', 'SUBSETTED']);
  expect(codes({ generalised: { DATE: 2 } })).toEqual(['ABSTRED', 'SUBSETTED']);
  expect(codes({ issued, removed: { PHONE: 1 } })).toEqual(['PSEUDED', 'REDACTED', 'SUBSETTED']);
});

test.each<NoticeCode>(['may_be_withheld', 'vital_may_be_withheld', 'item_withheld_unknown'])(
  'what %s says, the label says',
  (code) => {
    expect(codes({}, code)).toEqual(['REDACTED', 'SUBSETTED']);
  },
);

test('technical gaps are no redaction', () => {
  expect(codes({}, 'cut_by_cap', 'note_unread')).toEqual(['SUBSETTED']);
});
