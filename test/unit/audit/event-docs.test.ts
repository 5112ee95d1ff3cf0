import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { facts } from '../../../src/audit/event-facts.ts';
import { eventSchema } from '../../../src/audit/event-schema.ts';
import { eventEntry } from '../../../src/audit/event-table.ts';
import { eventNames } from '../../../src/audit/events.ts';
import { verificationFaults } from '../../../src/audit/trail-verification.ts';

const page = readFileSync(join(process.cwd(), 'docs/audit-events.md'), 'utf8');

/** Body rows of the table under a heading, as cells without code marks. */
function tableUnder(heading: string): string[][] {
  const section = page.slice(page.indexOf(`\n${heading}\n`) + heading.length + 2).split(/\n#+ /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

describe('docs/audit-events.md', () => {
  test('lists every event as the table has it', () => {
    expect(tableUnder('## Events')).toEqual(
      eventNames.map((event) => {
        const { meaning, outcomes, requires, trail } = eventEntry(event);
        return [event, meaning, outcomes.join(', '), requires.join(', '), trail];
      }),
    );
  });

  test('lists the facts of every event, and which of them are sealed', () => {
    expect(tableUnder('### Facts of each event')).toEqual(
      eventNames.map((event) => {
        const { facts: open, classified = [] } = eventEntry(event);
        return [event, open.join(', '), classified.join(', ')];
      }),
    );
  });

  test('lists every fact with shape and meaning', () => {
    expect(tableUnder('## Facts')).toEqual(
      Object.entries(facts).map(([name, { kind, meaning }]) => [name, kind.shape, meaning]),
    );
  });

  test('lists every key of an event', () => {
    expect(tableUnder('## One event').map(([key]) => key)).toEqual(Object.keys(eventSchema.properties));
  });

  test('lists every reason of the verification', () => {
    expect(tableUnder('## Verification')).toEqual(Object.entries(verificationFaults));
  });
});
