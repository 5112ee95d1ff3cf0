import type { Check, Objection } from '../check.ts';

/** Half of the canary is proof enough that the instructions were copied. */
const part = 12;

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

export const canary: Check = {
  id: 'canary',
  verdict: 'block',
  bound: 'run',
  find: (text, scope): Objection[] => (holds(text, scope.canary) ? [{ start: 0, end: text.length }] : []),
  open: (text, scope) => beginning(text, scope.canary),
};
