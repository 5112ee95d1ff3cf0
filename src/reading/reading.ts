import { buildInterlock } from '../interlock/build.ts';
import type { Finding, Interlock } from '../interlock/interlock.ts';
import { LabelTables } from '../labels/labeller.ts';
import type { LabelTable } from '../labels/table.ts';
import type { Pack } from '../redaction/pack.ts';
import type { Redactor, SoughtText, Span } from '../redaction/ports.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { RememberedTexts } from '../redaction/remembered-texts.ts';
import { type WholeOutcome, wholeOutcomeOf } from '../release/added-items.ts';
import type { AnswerUnderCheck } from '../release/check-table.ts';
import { shownWordsOf } from '../release/checks/calendar-words.ts';
import { partsOfCanary } from '../release/checks/canary.ts';
import { fingerprintOf } from '../release/checks/instructions.ts';
import { quotableOf } from '../release/checks/verbatim.ts';
import { type Disguises, disguisesOf } from '../release/disguises/disguises.ts';
import { candidatesIn, type PatientValue } from '../release/patient-values.ts';
import { type SettledOutcome, settledOf } from '../release/settled-answer.ts';
import { ShownRecord } from '../release/support/shown-record.ts';
import { type InjectionSignal, injectionSignal } from '../signal/injection-signal.ts';
import { injectionSignals, type TextsByPlace } from '../signal/injection-signals.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { type InjectionPlace, type InjectionSignals } from '../vocabulary/injection.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { KnownRecords } from './known-records.ts';
import type { AnswerToCheck, PatientsTold } from './ports.ts';

/** What is read, and for what. */
export type ReadingTask =
  | { readonly kind: 'spans'; readonly texts: readonly SoughtText[] }
  | { readonly kind: 'scan'; readonly texts: readonly string[] }
  | { readonly kind: 'signals'; readonly by: TextsByPlace }
  | { readonly kind: 'check' | 'settle'; readonly answer: AnswerToCheck };

/** Against what. `envelope` and `record` number the envelopes of this process and their records. */
export interface ReadingOf {
  readonly envelope: number;
  /** One number stands for the record of several envelopes where they are turns of one conversation. */
  readonly record: number;
  /** Whether they may be; false also where the conversation's record was to be forgotten and a turn still reads. */
  readonly goesOn: boolean;
  readonly identity: readonly IdentityValue[];
}

/** One reading, with all that it needs. */
export type Reading = ReadingTask & ReadingOf;

/** What was read, one field a kind. */
export interface ReadingResult {
  readonly spans?: readonly (readonly Span[])[];
  readonly findings?: readonly (readonly Finding[])[];
  readonly signals?: InjectionSignals;
  readonly outcome?: WholeOutcome & PatientsTold;
  readonly settled?: SettledOutcome & PatientsTold;
}

const ofRecord = 'record.';
const shaped: ReadonlySet<TokenType> = new Set(['PHONE', 'EMAIL', 'ID', 'DATE']);
/** Words of places are words of scales and organs too: what the model read of them says nothing of the record. */
const wordy: ReadonlySet<TokenType> = new Set(['PLACE', 'ORG']);

/** A rule may have found more than the value that stands there (`lives in` and a town). */
const isOfRecord = ({ rule, besides = [] }: Span): boolean =>
  [rule, ...besides.map((other) => other.rule)].some((one) => one.startsWith(ofRecord));

/**
 * What is looked for in an answer beside the values that the interlock knows for certain: the record's own in the looser
 * forms that are hidden from a model (a town alone, initials, a family, a typing error), and what packs find that has a
 * shape and that the model did not read. What stands in the context to the letter has passed the redactor and the
 * interlock already (a SNOMED CT code, say). Names that no record holds stay, because a guess at a name in clinical
 * prose would damage the answer.
 *
 * Read once, and without the headings of tables: what comes later, the rest of a row or a name told again, must not
 * change what was found, of which a stream may have sent a part.
 */
const spansToMask = (text: string, context: string, redactor: Redactor): Span[] => {
  const spans = redactor.spans([{ text, type: 'text' }], { again: false, layout: false, telling: true });
  return (spans[0] ?? []).filter((found) => {
    const known = context.includes(text.slice(found.start, found.end));
    return isOfRecord(found) ? !(known && wordy.has(found.type)) : shaped.has(found.type) && !known;
  });
};

/** What an answer is checked against and takes time to make. */
interface Kept {
  readonly scope: Required<
    Pick<AnswerUnderCheck, 'disguises' | 'instructionsFingerprint' | 'quotable' | 'shown' | 'shownWords'>
  >;
  /** Everything that the model was shown, as one text. */
  readonly context: string;
  /** By what patients may be told in it; read where an answer tells something. */
  shownValues?: ReadonlySet<PatientValue>;
}

/**
 * What tells a patient in an answer, as the model wrote it or as it would leave, but what the model was shown: that passed
 * the redactor, and is a code or an amount.
 */
function toldIn(
  written: string,
  left: string | undefined,
  kept: Kept,
  ended: boolean,
): readonly PatientValue[] {
  const texts = new Set(left === undefined ? [written] : [written, left]);
  const told = [...new Set([...texts].flatMap((text) => [...candidatesIn(text, ended)]))];
  if (told.length === 0) return told;
  const shown = kept.shownValues ?? candidatesIn(kept.context);
  kept.shownValues = shown;
  return told.filter((value) => !shown.has(value));
}

/** Free text of the record, one text a document: a run may not be longer because it was cut into passages. */
const notesOf = ({ items }: AnswerToCheck): readonly string[] =>
  items.flatMap(({ parts, passages }) => [passages.join('\n'), ...parts.map(({ text }) => text)]);

function contextOf({ items, messages }: AnswerToCheck): string {
  const texts = items.flatMap(({ parts, passages }) => [...parts.map(({ text }) => text), ...passages]);
  return [...texts, ...messages.map(({ text }) => text)].join('\n');
}

function keptOf(answer: AnswerToCheck, disguises: Disguises): Kept {
  const context = contextOf(answer);
  return {
    context,
    scope: {
      disguises: disguises.beside(partsOfCanary(answer.canary)),
      instructionsFingerprint: fingerprintOf(answer.instructions),
      shownWords: shownWordsOf(context),
      shown: new ShownRecord(answer.items, answer.messages),
      quotable: quotableOf(notesOf(answer), answer.verbatimWords),
    },
  };
}

/** What nobody will read against, or for, again. */
export interface Ended {
  readonly envelope?: number;
  readonly record?: number;
}

/** Readings one after the other. */
export interface Readings {
  read(reading: Reading): ReadingResult;
  /** Nobody will read against this record again, or for this envelope. */
  forget(ended: Ended): void;
}

/** Characters of a conversation's texts in which nothing is looked for twice; a thread takes at most 32 bytes for each. */
const remembered = 65_536;

type Signals = Readonly<Record<InjectionPlace, RememberedTexts<InjectionSignal>>>;

/** Bytes of a text, and of a score with a few rules. */
const bytesOf = ({ rules }: InjectionSignal, { length }: string): number =>
  320 + length * 2 + rules.length * 8;

const signalsMemory = (): Signals => ({
  question: new RememberedTexts(remembered, bytesOf),
  record: new RememberedTexts(remembered, bytesOf),
});

/** Readings over the packs in force. Takes time linear in the texts. */
export function createReadings(packs: readonly Pack[], labels: readonly LabelTable[]): Readings {
  // Built once for the two or three readings of an envelope, or for the envelopes of a conversation.
  const interlocks = new KnownRecords<Interlock>();
  const redactors = new KnownRecords<Redactor>();
  const disguises = new KnownRecords<Disguises>();
  const signals = new KnownRecords<Signals>();
  // And once for the many readings of an answer that goes on.
  const prepared = new KnownRecords<Kept>();
  const tables = new LabelTables(labels);

  const forget = ({ envelope, record }: Ended): void => {
    if (envelope !== undefined) prepared.forget(envelope);
    if (record !== undefined)
      for (const known of [interlocks, redactors, disguises, signals]) known.forget(record);
  };

  const redactorOf = ({ goesOn, identity, record }: Reading): Redactor =>
    redactors.made(record, () => createRedactor({ identity, packs, remembers: goesOn ? remembered : 0 }));

  const underCheck = (
    answer: AnswerToCheck,
    interlock: Interlock,
    redactor: Redactor,
    kept: Kept,
  ): AnswerUnderCheck => ({
    ...kept.scope,
    text: answer.text,
    interlock,
    issuedTokens: new Set(answer.issued),
    canary: answer.canary,
    citationKeys: new Set(answer.citationKeys),
    verdicts: answer.verdicts,
    allowedHosts: new Set(answer.allowedHosts),
    ...(answer.calendar === undefined ? {} : { calendar: answer.calendar }),
    ...(answer.withheldKinds.length === 0
      ? {}
      : {
          withheldMentions: (text) =>
            tables.mentions(text).filter(({ topic }) => answer.withheldKinds.includes(topic.name)),
        }),
    scanPatterns: (text) => spansToMask(text, kept.context, redactor),
  });

  const signalsOf = (by: TextsByPlace, { goesOn, record }: Reading): InjectionSignals => {
    if (!goesOn) return injectionSignals(by);
    const known = signals.made(record, signalsMemory);
    return injectionSignals(by, (text, where) => known[where].made(text, () => injectionSignal(text, where)));
  };

  const read = (reading: Reading): ReadingResult => {
    if (reading.kind === 'spans') return { spans: redactorOf(reading).spans(reading.texts) };
    if (reading.kind === 'signals') return { signals: signalsOf(reading.by, reading) };
    const { envelope, goesOn, identity, record } = reading;
    const interlock = interlocks.made(record, () => buildInterlock(identity));
    if (reading.kind === 'scan') return { findings: reading.texts.map((text) => interlock.scan(text)) };
    const { answer: checked } = reading;
    const disguised = disguises.made(record, () => disguisesOf(identity));
    const kept = prepared.made(envelope, () => keptOf(checked, disguised));
    const answer = underCheck(checked, interlock, redactorOf(reading), kept);
    if (reading.kind === 'settle') {
      const settled = settledOf(answer);
      return { settled: { ...settled, told: toldIn(checked.text, settled.text, kept, false) } };
    }
    forget(goesOn ? { envelope } : { envelope, record });
    const outcome = wholeOutcomeOf(answer, checked.whole ?? []);
    return { outcome: { ...outcome, told: toldIn(checked.text, outcome.text, kept, true) } };
  };

  return { read, forget };
}
