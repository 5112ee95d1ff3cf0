import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

const unread = new Set([
  'script',
  'style',
  'head',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'title',
]);
const blocks = new Set(
  'p div br li ul ol table tr section article header footer h1 h2 h3 h4 h5 h6 hr pre blockquote dt dd dl'.split(
    ' ',
  ),
);
const hidden =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])/i;

const isHidden = (node: DefaultTreeAdapterTypes.Element): boolean =>
  node.attrs.some(
    ({ name, value }) =>
      name === 'hidden' ||
      (name === 'aria-hidden' && value === 'true') ||
      (name === 'style' && hidden.test(value)),
  );

/**
 * The text that a reader of an HTML or XHTML note would see: no scripts, styles, comments or hidden elements; blocks
 * become lines and cells are kept apart. Iterative, so that nesting cannot exhaust the stack.
 */
export function htmlText(html: string): string {
  const pieces: string[] = [];
  const stack: (Node | string)[] = parse(html).childNodes.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') pieces.push(node);
    else if ('value' in node) pieces.push(node.value.replace(/[ \t\r\n]+/g, ' '));
    else if ('tagName' in node && !unread.has(node.tagName) && !isHidden(node)) {
      const edge = blocks.has(node.tagName)
        ? '\n'
        : node.tagName === 'td' || node.tagName === 'th'
          ? ' '
          : '';
      pieces.push(edge);
      stack.push(edge, ...node.childNodes.toReversed());
    }
  }
  return pieces
    .join('')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
}
