const hopLimit = 8;
/** The only address a password is ever sent to. */
export const isLoopback = (url: URL): boolean => url.protocol === 'http:' && url.hostname === '127.0.0.1';

/** A browser with one tab: keeps cookies, follows redirects on loopback, stops at the client's redirect URI. */
export function createTab(origin: string, stopAt: string) {
  const cookies = new Map<string, string>();

  async function open(target: URL, form?: URLSearchParams): Promise<{ url: URL; response?: Response }> {
    let url = target;
    let body = form;
    for (let hop = 0; hop < hopLimit; hop += 1) {
      if (url.href.startsWith(`${stopAt}?`)) return { url };
      if (!isLoopback(url) || url.origin !== origin) throw new Error('sign-in left the issuer');
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(10_000),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const equals = pair.indexOf('=');
        cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
      }
      const location = response.headers.get('location');
      if (location === null) return { url, response };
      await response.body?.cancel();
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error('sign-in was redirected too often');
  }
  return { open };
}
