import { endOf, type Lexemes, startOf } from './lexemes.ts';
import type { Match } from './match.ts';

export type PersonType = 'CLINICIAN' | 'RELATIVE' | 'PERSON';

export function person(lex: Lexemes, first: number, last: number, type: PersonType, rule: string): Match {
  return {
    start: startOf(lex, first),
    end: endOf(lex, last),
    type,
    rule: `name.${rule}`,
    entity: `name:${lex.view.lower.slice(startOf(lex, first), endOf(lex, last)).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`,
    rank: 5,
    full: false,
  };
}
