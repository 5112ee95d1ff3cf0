import type { Check } from '../check.ts';
import { findLinks, openQuery } from '../links.ts';

/**
 * Links, images, HTML, autolinks, reference links, data URIs, bare domains and e-mail addresses. They are taken
 * out rather than refused: models add harmless ones, and what is left cannot carry anything anywhere.
 */
export const links: Check = {
  id: 'links',
  verdict: 'mask',
  bound: 'word',
  find: (text, { allowedHosts }) => findLinks(text, allowedHosts),
  // In scripts without spaces a query is no word.
  open: openQuery,
};
