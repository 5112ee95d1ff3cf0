import type { Span } from './ports.ts';

const said = /[\p{L}\p{N}]/u;

/**
 * The gateway's own spans of a text as they are, and of spans that somebody else found what lies outside them:
 * nothing that another finds can uncover, shorten or rename what the gateway hides. `own` is disjoint and sorted, and
 * so is the answer.
 */
export function withAdded(text: string, own: readonly Span[], found: readonly Span[]): readonly Span[] {
  if (found.length === 0) return own;
  const hidden = new Uint8Array(text.length);
  for (const { start, end } of own) hidden.fill(1, start, end);
  const added: Span[] = [];
  // The one that begins first keeps what two of them found: each unit is looked at once.
  let reached = 0;
  for (const span of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    let at = Math.max(span.start, reached);
    while (at < span.end) {
      let end = at;
      while (end < span.end && hidden[end] === 0) end += 1;
      const piece = text.slice(at, end);
      const whole = end - at === span.end - span.start;
      const entity = whole ? span.entity : `${span.entity} ${piece}`;
      if (said.test(piece)) added.push({ ...span, start: at, end, entity });
      at = end + 1;
    }
    reached = Math.max(reached, span.end);
  }
  return [...own, ...added].toSorted((a, b) => a.start - b.start);
}
