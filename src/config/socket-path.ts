const scheme = 'unix:';

/** The path of `unix:PATH`; undefined for an address of the net. */
export const socketPath = (url: string): string | undefined =>
  url.startsWith(scheme) ? url.slice(scheme.length) : undefined;
