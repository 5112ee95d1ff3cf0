import { expect, test } from '@jest/globals';
import { checkOrigin } from '../../../src/identity/browser-origin.ts';
import { workload as plain } from '../delegation/gateway.ts';

const page = 'https://copilot.example';
const other = 'https://portal.example';
const copilot = { ...plain, origins: [page] };
const portal = { ...plain, id: 'portal', origins: [other] };
const all = [copilot, portal, { ...plain, id: 'cli' }];

test.each([
  ['its own page', page, copilot],
  ['no page', undefined, copilot],
  ['no page, and it lists none', undefined, plain],
  ['a page that nobody lists, and it lists none', 'https://elsewhere.example', plain],
])('accepted: %s', (_name, origin, workload) => {
  expect(() => checkOrigin(origin, workload, all)).not.toThrow();
});

test.each([
  ['the page of another workload', other, copilot],
  ['the page of another workload, and it lists none', page, plain],
  ['a page that nobody lists', 'https://elsewhere.example', copilot],
  ['the same name by another scheme', 'http://copilot.example', copilot],
  ['the same name at another port', `${page}:8443`, copilot],
  ['the same name and more', `${page}.evil.example`, copilot],
  ['two origins', `${page} ${page}`, copilot],
  ['null', 'null', copilot],
])('refused: %s', (_name, origin, workload) => {
  expect(() => checkOrigin(origin, workload, all)).toThrow(
    expect.objectContaining({ reason: 'origin_not_allowed' }),
  );
});
