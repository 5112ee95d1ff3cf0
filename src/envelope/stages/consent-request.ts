import type { ConsentDecision, ConsentRequest } from '../../consent/decision.ts';
import type { Authenticated, Delegated } from '../envelope.ts';

/** Milliseconds that reading the consents of one patient may take once they are there. */
export const readingTime = 1000;

/** What is read goes to a model and to whom it answers: who denies that denies the access. */
const entails: readonly string[] = ['use', 'disclose'];

/** What the consents of a patient are asked for one envelope. `now` in milliseconds since the epoch. */
export const consentRequest = (
  { delegation, user }: Pick<Delegated, 'delegation'> & Pick<Authenticated, 'user'>,
  actors: readonly string[],
  now: number,
): ConsentRequest => ({
  patient: delegation.scope.patient,
  purpose: delegation.scope.purpose,
  roles: user.roles,
  actors: [...actors],
  action: 'access',
  entails,
  now,
});

const saysOf = ({ effect, residual, separately }: ConsentDecision): string =>
  JSON.stringify([effect, residual, separately]);

/** Whether two decisions leave the same to be read. */
export const sameDecision = (a: ConsentDecision, b: ConsentDecision): boolean => saysOf(a) === saysOf(b);
