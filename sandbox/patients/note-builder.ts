import type { TokenType } from '../../src/vocabulary/token.ts';

/** An identifier in one written form, on its way into a text. */
export interface Mention {
  readonly type: TokenType;
  /** Which way of writing: `name.last-first`, `date.us-short`, `phone.dots` … */
  readonly form: string;
  readonly text: string;
  /** Written around it and no part of the identifier: `Mrs. `, `, MD`, `Monday, `, `-year-old`. */
  readonly before?: string;
  readonly after?: string;
}

/** Where a mention came to stand; offsets are UTF-16 units of the finished text. */
export interface MentionSpan {
  readonly start: number;
  readonly end: number;
  readonly mention: Mention;
}

export interface Note {
  readonly text: string;
  readonly spans: readonly MentionSpan[];
}

/** A list is written one after the other: an address is a list of mentions with plain text between them. */
export type Piece = string | number | Mention | readonly (string | Mention)[];

/**
 * Writes a text and keeps where each identifier went. Spans are known by construction: a value is marked when it
 * is written, nothing is searched for afterwards. Markup is literal text of the template; values are escaped.
 */
export class NoteBuilder {
  readonly #escape: (value: string) => string;
  readonly #spans: MentionSpan[] = [];
  #text = '';

  constructor(media: 'plain' | 'markup' = 'plain') {
    this.#escape = media === 'markup' ? escapeMarkup : (value) => value;
  }

  /** Adds one line. */
  line(literals: TemplateStringsArray, ...pieces: readonly Piece[]): this {
    literals.forEach((literal, index) => {
      this.#text += literal;
      const piece = pieces[index];
      if (piece !== undefined) this.#write(piece);
    });
    this.#text += '\n';
    return this;
  }

  #write(piece: Piece): void {
    if (typeof piece === 'string' || typeof piece === 'number') {
      this.#text += this.#escape(String(piece));
      return;
    }
    if ('text' in piece) {
      this.#text += this.#escape(piece.before ?? '');
      const start = this.#text.length;
      this.#text += this.#escape(piece.text);
      this.#spans.push({ start, end: this.#text.length, mention: piece });
      this.#text += this.#escape(piece.after ?? '');
      return;
    }
    for (const part of piece) this.#write(part);
  }

  /** The text without its last line break. */
  build(): Note {
    return { text: this.#text.replace(/\n$/, ''), spans: [...this.#spans] };
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeMarkup = (value: string): string =>
  value.replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** A text of one line, for comments and descriptions. */
export const sentence = (literals: TemplateStringsArray, ...pieces: readonly Piece[]): Note =>
  new NoteBuilder().line(literals, ...pieces).build();
