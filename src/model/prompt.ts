import type { AgeStretch } from '../redaction/day-counts.ts';
import type { RedactedItem } from '../redaction/ports.ts';
import type { RedactedText } from '../redaction/redacted-text.ts';
import type { Notice } from '../vocabulary/notices.ts';
import { shiftedDate, withShiftedDates } from '../vocabulary/shifted-calendar.ts';
import {
  closeMarker,
  documentInstruction,
  gatewayInstructions,
  openMarker,
  shiftedDatesInstruction,
} from './instructions.ts';
import { neutralise, neutraliseData } from './neutral-text.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface PromptParts {
  /** The task's own instructions, from the signed release. */
  readonly instructions: string;
  /** What a document that answers has to fit, where the task wants one. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** Title of the task, for example `Latest cholesterol`. */
  readonly task: string;
  readonly items: readonly RedactedItem[];
  readonly notices: readonly Notice[];
  readonly ages: readonly AgeStretch[];
  /** Whether dates with a day count are written as days of another calendar. */
  readonly shifted: boolean;
  /** The caller's conversation, redacted, in order. */
  readonly messages: readonly { readonly role: ChatMessage['role'] | 'tool'; readonly text: RedactedText }[];
  /** Coarse on purpose, for example `2026`: a full day would date the day counts. */
  readonly today: string;
  /** Random lower-case hex of 16 to 64 characters, fresh for each request. */
  readonly marker: string;
  /** Random lower-case hex of 16 to 64 characters; an answer that holds it copied the instructions. */
  readonly canary: string;
}

/** Hex cannot spell a name, and its letters glue to its digits. */
const randomMark = /^[0-9a-f]{16,64}$/;

/** A redacted text as a model reads it: only tokens stand in it where brackets do. */
const written = (text: RedactedText | string, shifted: boolean): string =>
  shifted ? withShiftedDates(text.toString()) : text.toString();

/**
 * One item as lines. Only the gateway writes at the left edge of a line; the record's own line breaks are
 * indented, so that a note cannot open a line with a key.
 */
export function linesOf(item: RedactedItem, marker: string, shifted: boolean): string {
  const clean = (text: RedactedText | string): string =>
    neutraliseData(written(text, shifted), marker)
      .trim()
      .replace(/\s*\n\s*/g, '\n    ');
  const parts = item.parts.map(({ name, text }) => `${name}: ${clean(text)}`);
  const passages = item.passages.map((passage) => `\n    ${clean(passage)}`);
  const { elsewhere } = item.resource;
  const from = elsewhere === undefined ? [] : [`record system: ${elsewhere.place}`];
  return `[${item.key}] ${[clean(item.kind), ...from, ...parts].join(' | ')}${passages.join('')}`;
}

const countedDays = ({ from, to }: AgeStretch): string =>
  from === to ? `day ${from}` : `day ${from} to ${to}`;
const shiftedDays = ({ from, to }: AgeStretch): string =>
  [...new Set([from, to])].map((count) => shiftedDate(count) ?? `day ${count}`).join(' to ');

/** The patient's age where days are counted; the birth itself has no count. */
const agesLine = (ages: readonly AgeStretch[], span: (stretch: AgeStretch) => string): string[] =>
  ages.length === 0
    ? []
    : [`Age of the patient: ${ages.map((each) => `${each.age} on ${span(each)}`).join(', ')}`];

type DataParts = Pick<PromptParts, 'items' | 'notices' | 'ages' | 'shifted' | 'marker'>;

/** Items in the given order, then ages and notices: the same context gives the same bytes but for the marker. */
function dataPart(parts: DataParts): string {
  const { ages, items, marker, shifted } = parts;
  const notices = parts.notices.map(({ text }) => `- ${text}`);
  return [
    openMarker(marker),
    ...(items.length === 0 ? ['No records.'] : items.map((item) => linesOf(item, marker, shifted))),
    ...agesLine(ages, shifted ? shiftedDays : countedDays),
    ...(notices.length === 0 ? [] : ['Notices:', ...notices]),
    closeMarker(marker),
  ].join('\n');
}

function systemPart(parts: PromptParts): string {
  return [
    ...gatewayInstructions,
    ...(parts.shifted ? [shiftedDatesInstruction] : []),
    `Marker lines: ${openMarker(parts.marker)} and ${closeMarker(parts.marker)}`,
    `Task: ${parts.task}`,
    `Year: ${parts.today}`,
    parts.instructions,
    ...(parts.outputSchema === undefined ? [] : [documentInstruction(parts.outputSchema)]),
    `Reference (never repeat): ${parts.canary}`,
  ].join('\n');
}

/** The calling application and its tools have no authority over the gateway's own rules: they speak as users do. */
const introductions = {
  system: 'The application asks:',
  tool: 'A tool of the application answered:',
} as const;

/** Neighbours of one role become one message: many chat templates demand alternation. */
function merged(messages: readonly ChatMessage[]): ChatMessage[] {
  const out: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const last = out.at(-1);
    if (last?.role === role) out[out.length - 1] = { role, content: `${last.content}\n\n${content}` };
    else out.push({ role, content });
  }
  return out;
}

/**
 * Messages for a chat model whose parts come from where they say: instructions from the release, data from the
 * redactor, conversation from the caller. Only `assemblePrompt` makes one.
 */
export class Prompt {
  readonly messages: readonly ChatMessage[];

  private constructor(messages: readonly ChatMessage[]) {
    this.messages = messages;
  }

  static assemble(parts: PromptParts): Prompt {
    if (!randomMark.test(parts.marker) || !randomMark.test(parts.canary) || parts.marker === parts.canary) {
      throw new RangeError('marker and canary must be different random hex strings');
    }
    const conversation = parts.messages.map(({ role, text }): ChatMessage => {
      const content = neutralise(written(text, parts.shifted), parts.marker);
      if (role === 'user' || role === 'assistant') return { role, content };
      return { role: 'user', content: `${introductions[role]}\n${content}` };
    });
    return new Prompt(
      merged([
        { role: 'system', content: systemPart(parts) },
        { role: 'user', content: dataPart(parts) },
        ...conversation,
      ]),
    );
  }
}

/** One record of a context for a model that is called elsewhere: its citation key, its kind and its line. */
export interface ContextLine {
  readonly key: string;
  readonly kind: string;
  readonly text: string;
}

/** The data part alone: the same lines and marks that a model of this gateway reads. `marker` as in PromptParts. */
export function assembleContext(parts: DataParts): {
  readonly text: string;
  readonly items: readonly ContextLine[];
} {
  if (!randomMark.test(parts.marker)) throw new RangeError('the marker must be a random hex string');
  return {
    text: dataPart(parts),
    items: parts.items.map((item) => ({
      key: item.key,
      kind: neutraliseData(item.kind, parts.marker),
      text: linesOf(item, parts.marker, parts.shifted),
    })),
  };
}

/** Builds the prompt; see PromptParts. Throws RangeError when marker or canary are not random hex. */
export const assemblePrompt = (parts: PromptParts): Prompt => Prompt.assemble(parts);
