const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether an address may be called with a secret or for a key: https anywhere, plain http on loopback only. */
export const isLoopbackHttp = (url: URL): boolean =>
  url.protocol === 'http:' && loopbackHosts.has(url.hostname);
export const isAcceptableUpstream = (url: URL): boolean => url.protocol === 'https:' || isLoopbackHttp(url);
