/** A stretch of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What a text spells in one way of reading it: letters and figures in a row. */
export interface Signs {
  readonly text: string;
  /** Where in the text stands what the signs from one to before another were read from. */
  readonly place: (from: number, to: number) => Place;
  /** Whether that may be a value. */
  readonly accepts: (from: number, to: number) => boolean;
  /** How far behind the end of a text the last sign may stand and go on; `widestGap` where it is not said. */
  readonly reach?: number;
  /** Where what is not in order begins, of which more may come. */
  readonly unordered?: number;
}

/** Letters and figures alone, in small letters: what every value and every coding is reduced to. */
export const bareSigns = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Between signs that belong to no one value. */
export const parted = '\n';

/** Signs as they are collected one by one, each with its place. */
export class SignRow {
  readonly #signs: string[] = [];
  readonly #places: Place[] = [];

  add(signs: string, place: Place): void {
    for (let at = 0; at < signs.length; at += 1) this.#places.push(place);
    if (signs !== '') this.#signs.push(signs);
  }

  get length(): number {
    return this.#places.length;
  }

  endsWith(sign: string): boolean {
    return this.#signs.at(-1)?.endsWith(sign) === true;
  }

  part(): void {
    const last = this.#places.at(-1);
    if (last !== undefined && this.#signs.at(-1) !== parted) this.add(parted, last);
  }

  accepting(accepts: (from: number, to: number) => boolean): Signs {
    return {
      text: this.#signs.join(''),
      place: (from, to) => ({
        start: this.#places[from]?.start ?? 0,
        end: this.#places[to - 1]?.end ?? 0,
      }),
      accepts,
    };
  }
}
