import { buildInterlock } from '../interlock/build.ts';
import type { Finding, Interlock } from '../interlock/interlock.ts';
import { LabelTables } from '../labels/labeller.ts';
import type { LabelTable } from '../labels/table.ts';
import type { Pack } from '../redaction/pack.ts';
import type { SoughtText, Span } from '../redaction/ports.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { createScanner } from '../redaction/scan.ts';
import { type CheckOutcome, outcomeOf } from '../release/check-answer.ts';
import type { AnswerUnderCheck } from '../release/check-table.ts';
import { shownWordsOf } from '../release/checks/calendar-words.ts';
import { fingerprintOf } from '../release/checks/instructions.ts';
import { quotableOf } from '../release/checks/verbatim.ts';
import { type SettledOutcome, settledOf } from '../release/settled-answer.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { KnownEnvelopes } from './known-envelopes.ts';
import type { AnswerToCheck } from './ports.ts';

/** What is read, and for what. */
export type ReadingTask =
  | { readonly kind: 'spans'; readonly texts: readonly SoughtText[] }
  | { readonly kind: 'scan'; readonly texts: readonly string[] }
  | { readonly kind: 'check' | 'settle'; readonly answer: AnswerToCheck };

/** One reading, with all that it needs. `envelope` numbers the envelopes of this process. */
export type Reading = ReadingTask & {
  readonly envelope: number;
  readonly identity: readonly IdentityValue[];
};

/** What was read, one field a kind. */
export interface ReadingResult {
  readonly spans?: readonly (readonly Span[])[];
  readonly findings?: readonly (readonly Finding[])[];
  readonly outcome?: CheckOutcome;
  readonly settled?: SettledOutcome;
}

/**
 * What the packs look for in an answer: identifiers that have a shape and that the model did not read. What stands
 * in the context to the letter has passed the redactor and the interlock already (a SNOMED CT code, say). Names
 * without a record are left to the interlock, because a guess at a name in clinical prose would damage the answer.
 */
const shaped: ReadonlySet<TokenType> = new Set(['PHONE', 'EMAIL', 'ID', 'DATE']);

/** What an answer is checked against and takes time to make. */
type Kept = Required<Pick<AnswerUnderCheck, 'instructionsFingerprint' | 'quotable' | 'shownWords'>>;

const keptOf = ({ context, instructions, notes, verbatimWords }: AnswerToCheck): Kept => ({
  instructionsFingerprint: fingerprintOf(instructions),
  shownWords: shownWordsOf(context),
  quotable: quotableOf(notes, verbatimWords),
});

/** Readings one after the other, over the packs in force. Takes time linear in the texts. */
export function createReadings(
  packs: readonly Pack[],
  labels: readonly LabelTable[],
): (reading: Reading) => ReadingResult {
  // Built once for the two or three readings of an envelope.
  const interlocks = new KnownEnvelopes<Interlock>();
  // And once for the many readings of an answer that goes on.
  const prepared = new KnownEnvelopes<Kept>();
  // A name is not what is looked for, and one that comes later must not hide an identifier that holds it.
  const scanner = createScanner(packs, { again: false });
  const tables = new LabelTables(labels);

  const interlockOf = ({ envelope, identity }: Reading): Interlock => {
    const interlock = interlocks.get(envelope) ?? buildInterlock(identity);
    interlocks.use(envelope, interlock);
    return interlock;
  };

  const underCheck = (answer: AnswerToCheck, interlock: Interlock, kept: Kept): AnswerUnderCheck => ({
    ...kept,
    text: answer.text,
    interlock,
    issuedTokens: new Set(answer.issued),
    canary: answer.canary,
    citationKeys: new Set(answer.citationKeys),
    ...(answer.calendar === undefined ? {} : { calendar: answer.calendar }),
    ...(answer.withheldKinds.length === 0
      ? {}
      : {
          withheldMentions: (text) =>
            tables.mentions(text).filter(({ topic }) => answer.withheldKinds.includes(topic.name)),
        }),
    scanPatterns: (text) =>
      scanner(text).filter(
        ({ type, start, end }) => shaped.has(type) && !answer.context.includes(text.slice(start, end)),
      ),
  });

  return (reading) => {
    if (reading.kind === 'spans') {
      const { identity, texts } = reading;
      return { spans: createRedactor({ identity, packs }).spans(texts) };
    }
    const interlock = interlockOf(reading);
    if (reading.kind === 'scan') return { findings: reading.texts.map((text) => interlock.scan(text)) };
    const kept = prepared.get(reading.envelope) ?? keptOf(reading.answer);
    prepared.use(reading.envelope, kept);
    const answer = underCheck(reading.answer, interlock, kept);
    if (reading.kind === 'settle') return { settled: settledOf(answer) };
    interlocks.forget(reading.envelope);
    prepared.forget(reading.envelope);
    return { outcome: outcomeOf(answer) };
  };
}
