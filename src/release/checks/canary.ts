import { fold, originOf } from '../../interlock/folding.ts';
import type { Check, Objection } from '../check.ts';

/** Half of the canary is proof enough that the instructions were copied. */
const part = 12;

/** What of the canary is looked for where it is spelled, counted out or encoded. */
export const partsOfCanary = (canary: string): readonly string[] =>
  [0, part / 2, part].map((from) => canary.slice(from, from + part));

/** Base64 of the canary at each alignment, without the characters that its neighbours shape. */
const base64Forms = (canary: string): string[] =>
  [0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${canary}`)
      .toString('base64')
      .slice(4, 24),
  );

function holds(text: string, canary: string): boolean {
  const plain = text.toLowerCase().replace(/[^0-9a-z]/g, '');
  const backwards = canary.split('').toReversed().join('');
  const hex = Buffer.from(canary).toString('hex');
  for (const form of [canary, backwards, hex]) {
    for (let at = 0; at + part <= form.length; at += 1)
      if (plain.includes(form.slice(at, at + part))) return true;
  }
  return base64Forms(canary).some((form) => text.includes(form));
}

/** Where the letters and digits begin with which a text ends and that stand in a row in the canary. */
function beginning(text: string, canary: string): number {
  const backwards = canary.split('').toReversed().join('');
  const forms = [canary, backwards, Buffer.from(canary).toString('hex')];
  let run = '';
  let from = text.length;
  for (let at = text.length - 1; at >= 0 && run.length < part; at -= 1) {
    const unit = text.charAt(at).toLowerCase();
    if (!/[0-9a-z]/.test(unit)) continue;
    const longer = unit + run;
    if (!forms.some((form) => form.includes(longer))) break;
    run = longer;
    from = at;
  }
  return from;
}

const otherScript = /[\u0080-\uffff]/;

export const canary: Check = {
  id: 'canary',
  verdict: 'block',
  bound: 'run',
  find: (text, scope): Objection[] =>
    holds(text, scope.canary) || (otherScript.test(text) && holds(fold(text).text, scope.canary))
      ? [{ start: 0, end: text.length }]
      : [],
  open: (text, scope) => {
    if (!otherScript.test(text)) return beginning(text, scope.canary);
    const folded = fold(text);
    const from = beginning(folded.text, scope.canary);
    return Math.min(
      beginning(text, scope.canary),
      from < folded.text.length ? originOf(folded, from) : text.length,
    );
  },
};
