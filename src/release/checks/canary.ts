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

export const canary: Check = {
  id: 'canary',
  verdict: 'block',
  bound: 'whole',
  find: (text, scope): Objection[] => (holds(text, scope.canary) ? [{ start: 0, end: text.length }] : []),
};
