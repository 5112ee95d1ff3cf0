import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FaultSwitches, faultKinds, parseFaults } from '../../../sandbox/fhir/faults.ts';

describe('faults', () => {
  it('are all on the page, and the page names no others', () => {
    const page = readFileSync('docs/sandbox-fhir.md', 'utf8');
    const table = page.slice(page.indexOf('| fault | `value` |'));
    const first = table
      .split('\n')
      .filter((row) => row.startsWith('| `'))
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name));
    expect(new Set(first)).toEqual(new Set(Object.keys(faultKinds)));
  });

  it('strike by type and method, as often as said, one of a kind at a time', () => {
    const switches = new FaultSwitches();
    switches.replace(
      parseFaults([
        { when: { type: 'Consent' }, fault: 'slow', times: 1, value: 5 },
        { when: {}, fault: 'slow', value: 9 },
        { when: { method: 'post' }, fault: 'html' },
      ]),
    );
    const struck = (type: string | undefined, method: string) =>
      [...switches.strike(type, method)].map(([kind, fault]) => [kind, fault.value]);
    expect(struck('Patient', 'GET')).toEqual([['slow', 9]]);
    expect(struck('Consent', 'POST')).toEqual([
      ['slow', 5],
      ['html', undefined],
    ]);
    expect(struck('Consent', 'GET')).toEqual([['slow', 9]]);
    expect(switches.list().map(({ fault }) => fault)).toEqual(['slow', 'html']);
    switches.replace([]);
    expect(struck(undefined, 'POST')).toEqual([]);
  });

  it.each([
    [{}, /list/],
    [['slow'], /fault 0: not an object/],
    [[{ fault: 'constructor' }], /one of/],
    [[{ fault: 'slow' }, { fault: 'oversized', value: -1 }], /fault 1: value/],
    [[{ fault: 'ignore-filters', value: 'code' }], /value/],
    [[{ fault: 'html', when: 'now' }], /when/],
    [[{ fault: 'html', when: { type: 1 } }], /when.type/],
    [[{ fault: 'html', times: 1.5 }], /times/],
    [[{ fault: 'html', after: 1 }], /member/],
  ])('are refused: %j', (body, why) => expect(() => parseFaults(body)).toThrow(why));
});
