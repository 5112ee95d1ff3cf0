import type { Check } from '../check.ts';

/** Values of this record, in every form of the interlock's table. The model was shown none of them. */
export const identifiers: Check = {
  id: 'identifiers',
  verdict: 'block',
  bound: 'run',
  find: (text, { interlock }) => interlock.scan(text),
  open: (text, { interlock }) => interlock.open(text),
};
