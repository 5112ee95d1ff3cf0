import {
  type InjectionPlace,
  type InjectionRule,
  type InjectionSignals,
  injectionRules,
  type PlaceSignal,
} from '../vocabulary/injection.ts';
import { type InjectionSignal, injectionSignal } from './injection-signal.ts';

/** Texts by where they came from: messages of the caller; records, each as one text, and names and addresses. */
export type TextsByPlace = Readonly<Record<InjectionPlace, readonly string[]>>;

type ReadSignal = (text: string, where: InjectionPlace) => InjectionSignal;

function placeSignal(texts: readonly string[], where: InjectionPlace, read: ReadSignal): PlaceSignal {
  const signals = texts.map((text) => read(text, where)).filter(({ score }) => score > 0);
  const rules: Partial<Record<InjectionRule, number>> = {};
  for (const id of injectionRules) {
    const holding = signals.filter((signal) => signal.rules.includes(id)).length;
    if (holding > 0) rules[id] = holding;
  }
  return {
    score: signals.reduce((highest, { score }) => Math.max(highest, score), 0),
    texts: signals.length,
    rules,
  };
}

/** The signals of all texts of an envelope, each by what `read` says of it. The same name on two resources is one text. */
export const injectionSignals = (
  { question, record }: TextsByPlace,
  read: ReadSignal = injectionSignal,
): InjectionSignals => ({
  question: placeSignal(question, 'question', read),
  record: placeSignal([...new Set(record)], 'record', read),
});
