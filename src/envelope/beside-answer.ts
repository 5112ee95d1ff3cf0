import { type PatientText, patientTexts } from '../vocabulary/patient-texts.ts';
import type { AskedMessage, Delegated } from './envelope.ts';
import { isOfPatient, type PatientTurn, saidFirst } from './patient-turn.ts';
import type { Facts } from './stage.ts';

type Asked = Pick<Delegated, 'ask' | 'delegation' | 'tenant' | 'user'>;

const turnOf = ({ delegation, ...turn }: Asked): PatientTurn => ({
  ...turn,
  purpose: delegation.scope.purpose,
});

/** The tenant's fixed texts around one answer. They are written by code: no check reads them, and no model. */
export class BesideAnswer {
  /** What comes before the answer. */
  readonly ahead: readonly PatientText[];
  readonly #behind: readonly PatientText[];
  readonly #given = new Set<PatientText['code']>();

  private constructor(ahead: readonly PatientText[], behind: readonly PatientText[]) {
    this.ahead = ahead;
    this.#behind = behind;
  }

  static of(envelope: Asked): BesideAnswer {
    const turn = turnOf(envelope);
    if (!isOfPatient(turn)) return new BesideAnswer([], []);
    const { answer } = patientTexts(envelope.tenant.config);
    return new BesideAnswer(saidFirst(turn), [{ code: 'answer', text: answer }]);
  }

  get all(): readonly PatientText[] {
    return [...this.ahead, ...this.#behind];
  }

  /** What of it was handed over, for the trail. */
  get facts(): Facts {
    return factsOf(this.#given);
  }

  /** The pieces of an answer with the texts before and below. Of a document the reader finds them in `phi`. */
  async *around(pieces: AsyncIterable<string>, document: boolean): AsyncGenerator<string> {
    if (document) {
      for (const { code } of this.all) this.#given.add(code);
      yield* pieces;
      return;
    }
    let begun = false;
    for (const { code, text } of this.ahead) {
      this.#given.add(code);
      begun = true;
      yield `${text}\n\n`;
    }
    for await (const piece of pieces) {
      begun = true;
      yield piece;
    }
    for (const { code, text } of this.#behind) {
      this.#given.add(code);
      yield begun ? `\n\n${text}` : text;
      begun = true;
    }
  }
}

/** As the trail tells which texts were given: their codes, never a word. */
export const factsOf = (codes: Iterable<PatientText['code']>): Facts => {
  const given = [...codes];
  return given.length === 0 ? {} : { patientTexts: given };
};

/** One message without the texts that stand before and below the answer in it. */
function withoutTexts(said: string, ahead: string, behind: string): string {
  const whole = said.trim();
  const from = whole.startsWith(ahead) ? whole.slice(ahead.length) : whole;
  const text = from.endsWith(behind) ? from.slice(0, -behind.length) : from;
  return text === whole ? said : text.trim();
}

/** Earlier answers as the model gave them: what stands around them is not its own, and it does not learn to say it. */
export function asModelSaid(envelope: Asked): readonly AskedMessage[] {
  const { messages } = envelope.ask;
  if (!isOfPatient(turnOf(envelope))) return messages;
  const { answer, emergency } = patientTexts(envelope.tenant.config);
  return messages.flatMap((message) => {
    if (message.role !== 'assistant') return [message];
    const text = withoutTexts(message.text, emergency.text, answer);
    // Of an answer that broke off before the model said anything there is nothing left.
    return text === '' && message.text !== '' ? [] : [{ ...message, text }];
  });
}
