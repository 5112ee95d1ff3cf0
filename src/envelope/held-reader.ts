import type { Clock } from '../vocabulary/time.ts';

/** Seconds that a token must still be good for when a read begins with it. */
const remainder = 15;

interface Held<Reader> {
  readonly reader: Reader;
  readonly from: number;
  readonly until: number;
}

/**
 * A reader that is made when first asked for and handed out again for as long as its token is good; after that
 * another one. One that could not be made is not remembered. `expiresIn` in seconds.
 */
export function heldReader<Reader>(
  clock: Clock,
  make: () => Promise<{ readonly reader: Reader; readonly expiresIn: number }>,
): () => Promise<Reader> {
  let held: Promise<Held<Reader>> | undefined;
  const fresh = async (): Promise<Held<Reader>> => {
    const from = clock.now();
    const { reader, expiresIn } = await make();
    return { reader, from, until: from + (expiresIn - remainder) * 1000 };
  };
  // A clock that was set back would make the token one of the future.
  const isGood = ({ from, until }: Held<Reader>): boolean => clock.now() >= from && clock.now() < until;
  return async () => {
    const asked = held;
    const last = await asked?.catch(() => undefined);
    if (last !== undefined && isGood(last)) return last.reader;
    // Of those who waited for the same reader the first makes the next one, and the others take it.
    if (held === asked) held = fresh();
    return (await (held ?? fresh())).reader;
  };
}
