import { endOf, type Lexemes, startOf } from './lexemes.ts';
import { type Match, wordsOnly } from './match.ts';

export type PersonType = 'CLINICIAN' | 'RELATIVE' | 'PERSON';

export function person(lex: Lexemes, first: number, last: number, type: PersonType, rule: string): Match {
  return {
    start: startOf(lex, first),
    end: endOf(lex, last),
    type,
    rule: `name.${rule}`,
    entity: `name:${wordsOnly(lex.view.lower, startOf(lex, first), endOf(lex, last))}`,
    rank: 5,
    full: false,
    exact: false,
    epochDay: undefined,
  };
}
