import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { marked } from './identity.ts';

const from = { entity: 'Patient/p7', bearer: 'patient', source: 'Patient' } as const;

const placed = (line: string, city: string, state?: string, postalCode?: string): IdentityValue => ({
  ...from,
  kind: 'address',
  text: `${line}, ${city}`,
  address: {
    line: [line],
    city,
    ...(state === undefined ? {} : { state }),
    ...(postalCode === undefined ? {} : { postalCode }),
  },
});

const organisation = (entity: string, text: string): IdentityValue => ({
  ...from,
  kind: 'organization',
  bearer: 'organization',
  entity,
  text,
});

const identity: readonly IdentityValue[] = [
  placed('Königsallee 201', 'Düsseldorf'),
  placed('Piazza Torveggi 9', 'Hope', 'AR', '71801'),
  placed('7414 Highway 9 North Apt 12', 'St. Cloud', 'MN', '56301'),
  placed('31 Saint Corbin Avenue', 'Orange', 'NJ', '07050'),
  placed('5775 Martin Quorra Jr Blvd', 'Tuscaloosa', 'AL', '35401'),
  organisation('Organization/1', 'Universitätsklinikum Torveggen'),
  organisation('Organization/2', 'Eastquorra Veterans Hospital'),
  organisation('Organization/3', 'Torvell Logistics LLC'),
  organisation('Organization/4', 'Saint Orvalle Specialty Hospital'),
  organisation('Organization/5', 'Internal Medicine Partners'),
  { ...from, kind: 'identifier', text: 'ACC17198546' },
  { ...from, kind: 'name', text: 'Patrick Hand', name: { given: ['Patrick'], family: 'Hand' } },
  { ...from, kind: 'name', text: 'Penelope Torfen', name: { given: ['Penelope'], family: 'Torfen' } },
  { ...from, kind: 'date', text: '2022-01-21', date: { day: '2022-01-21', role: 'event' } },
];
const by = createRedactor({ identity, packs: [] });

describe('places of the record, written otherwise', () => {
  test.each([
    ['sent to Koenigsallee', 'sent to <PLACE>'],
    ['born in Duesseldorf', 'born in <PLACE>'],
    ['at Piazza Torveggi now', 'at <PLACE> now'],
    ['NK1|1|Hope^AR^71801', 'NK1|1|<PLACE>^AR^<PLACE>'],
    ['moved to hope, arkansas', 'moved to <PLACE>, arkansas'],
    ['lives in Orange, New Jersey', 'lives in <PLACE>, New Jersey'],
    ['orange, nj', '<PLACE>, nj'],
    ['tuscaloosa, alabama', '<PLACE>, alabama'],
    ['from saint cloud, mn', 'from <PLACE>, mn'],
    ['from st. cloud, mn', 'from <PLACE>, mn'],
    ['31 St Corbin Ave', '<PLACE>'],
    ['by highway 9 north', 'by <PLACE>'],
    ['5775 MARTIN QUORRA JUNIOR BOULEVARD', '<PLACE>'],
    ['the Universitaetsklinikum Torveggen', 'the <ORG>'],
    ['seen at Eastquorra', 'seen at <ORG>'],
    ['for TorvellLogisticsLLC', 'for <ORG>'],
    ['seen at Saint Orvalle', 'seen at <ORG>'],
    ['accessionACC17198546', 'accessionACC<ID>'],
    ['9;P. Hand;insulin', '9;<PATIENT>;insulin'],
    ['Penny Torfen', '<PATIENT>'],
  ])('%j', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each([
    'Internal Medicine follows',
    'we hope, md said so',
    'hope, ct of the head',
    'orange, red and new spots',
    'pain;hand;foot',
  ])('stays: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });

  test.each([
    ['366493,2022-01-21,sodium', '366493,<DATE>,sodium'],
    ['366493,01/21/2022,sodium', '366493,<DATE>,sodium'],
    ['on **21** **January** **2022**', 'on **<DATE>**'],
    ['Jan 2 1, 2 0 2 2 at', '<DATE> at'],
    ['on 21 Jan/2  0  2  2', 'on <DATE>'],
  ])('%j is a day', (text, expected) => {
    expect(marked(text, by)).toBe(expected);
  });

  test.each(['sodium 138,5/6 done', 'ends **4842 and 10**9'])('no day of its own: %s', (text) => {
    expect(marked(text, by)).toBe(text);
  });
});
