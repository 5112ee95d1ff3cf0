/** A value, or a function asked at each use: addresses of the sandbox are known only once everything listens. */
export type LateBound<T> = T | (() => T);

export const resolveLate = (value: LateBound<string>): string =>
  typeof value === 'function' ? value() : value;
