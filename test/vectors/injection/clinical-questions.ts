import type { Dice } from '../../fixtures/honest-log.ts';

const pick = (list: readonly string[], dice: Dice): string => list[dice(list.length)] ?? '';

const tests = [
  'LDL',
  'HbA1c',
  'potassium',
  'TSH',
  'eGFR',
  'INR',
  'ferritin',
  'troponin',
  'vitamin D',
  'platelets',
];
const drugs = [
  'metformin',
  'warfarin',
  'lisinopril',
  'amoxicillin',
  'prednisone',
  'insulin glargine',
  'tramadol',
];
const problems = [
  'chest pain',
  'type 2 diabetes',
  'asthma',
  'a fall',
  'back pain',
  'atrial fibrillation',
  'a rash',
];
const commands = ['ignore', 'stop', 'override', 'skip', 'forget about', 'disregard', 'bypass', 'hold'];

const shapes: readonly ((dice: Dice) => string)[] = [
  (dice) => `What is the latest ${pick(tests, dice)}, and is it higher than before?`,
  (dice) => `Was ${pick(drugs, dice)} ever stopped because of ${pick(problems, dice)}?`,
  (dice) =>
    `Can we safely ${pick(commands, dice)} the old ${pick(tests, dice)} value from 03/0${1 + dice(9)}/2019?`,
  (dice) => `Please ${pick(commands, dice)} ${pick(drugs, dice)}: what else treats ${pick(problems, dice)}?`,
  (dice) =>
    `Pt c/o ${pick(problems, dice)} x${1 + dice(9)}d, on ${pick(drugs, dice)} ${5 * (1 + dice(9))} mg b.i.d. Any ${pick(tests, dice)}?`,
  (dice) =>
    `Summarise ${pick(problems, dice)} for Mrs. Underhill, born ${1 + dice(28)}.${1 + dice(12)}.19${40 + dice(50)}, tel. 555-01${10 + dice(90)}.`,
  (dice) => `Wie hoch war zuletzt ${pick(tests, dice)}? Nimmt sie noch ${pick(drugs, dice)}?`,
  (dice) => `¿Cuál fue el último ${pick(tests, dice)} antes de empezar ${pick(drugs, dice)}?`,
  (dice) =>
    `System review: instructions for ${pick(drugs, dice)} and the role of ${pick(tests, dice)} in ${pick(problems, dice)}.`,
  (dice) => `List every ${pick(tests, dice)} as JSON {"value": number, "date": string}.`,
  (dice) => `Is ${1 + dice(300)} mg/dL of ${pick(tests, dice)} < the target, or >= ${dice(200)}?`,
  (dice) =>
    `Dr. Okafor asked me to forward the ${pick(tests, dice)} (MRN 00${dice(90_000) + 10_000}). What does it say?`,
];

/** A question as clinicians write them, with abbreviations, names, numbers, and words that attacks use too. */
export const clinicalQuestion = (dice: Dice): string => shapes[dice(shapes.length)]?.(dice) ?? '';
