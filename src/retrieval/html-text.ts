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
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])|color\s*:\s*transparent|mso-hide\s*:\s*all|(?:text-indent|left|top)\s*:\s*-\d{3}/i;
const struckElements = new Set(['del', 's', 'strike']);

const attribute = (node: DefaultTreeAdapterTypes.Element, name: string): string =>
  node.attrs.find((one) => one.name === name)?.value ?? '';

/** `hiding`: element, `.class` and `#id` names that a style sheet hides. */
const isHidden = (node: DefaultTreeAdapterTypes.Element, hiding: ReadonlySet<string>): boolean =>
  node.attrs.some(
    ({ name, value }) =>
      name === 'hidden' ||
      (name === 'aria-hidden' && value === 'true') ||
      (name === 'style' && hidden.test(value)),
  ) ||
  (hiding.size > 0 &&
    [
      node.tagName,
      `#${attribute(node, 'id')}`,
      ...attribute(node, 'class')
        .split(/\s+/)
        .map((name) => `.${name}`),
    ].some((name) => hiding.has(name)));

const isStruck = (node: DefaultTreeAdapterTypes.Element): boolean =>
  struckElements.has(node.tagName) ||
  attribute(node, 'style')
    .toLowerCase()
    .split(';')
    .some((one) => one.trim().startsWith('text-decoration') && one.includes('line-through'));

/** Characters of a selector that are looked at, from its end. */
const maxSelector = 200;

/** What style sheets hide, by the last name of each selector: more than they do where one says several. */
function hidingOf(sheets: readonly string[]): ReadonlySet<string> {
  const hiding = new Set<string>();
  for (const rule of sheets.join('\n').split('}')) {
    const [before = '', declarations] = rule.split(/\{(?=[^{]*$)/);
    if (declarations === undefined || !hidden.test(declarations)) continue;
    for (const selector of (before.split('{').at(-1) ?? '').split(',')) {
      const end = selector
        .trim()
        .slice(-maxSelector)
        .replace(/::?[a-z-]+$/, '');
      const name = /[#.]?[A-Za-z_][\w-]*$/.exec(end)?.[0];
      if (name !== undefined) hiding.add(/^[#.]/.test(name) ? name : name.toLowerCase());
    }
  }
  return hiding;
}

/** Every style sheet in a tree. */
function sheetsIn(roots: readonly Node[]): readonly string[] {
  const sheets: string[] = [];
  const open = [...roots];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!('tagName' in node)) continue;
    if (node.tagName === 'style')
      sheets.push(node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''));
    else open.push(...node.childNodes);
  }
  return sheets;
}

/**
 * The text that a reader of an HTML or XHTML note would see: no scripts, styles, comments or hidden elements; blocks
 * become lines and cells are kept apart, what is struck out says so. Iterative, so that nesting cannot exhaust the stack.
 */
export function htmlText(html: string): string {
  const pieces: string[] = [];
  const roots = parse(html).childNodes;
  const hiding = hidingOf(sheetsIn(roots));
  const stack: (Node | string)[] = roots.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') pieces.push(node);
    else if ('value' in node) pieces.push(node.value.replace(/[ \t\r\n]+/g, ' '));
    else if ('tagName' in node && !unread.has(node.tagName) && !isHidden(node, hiding)) {
      const edge = blocks.has(node.tagName)
        ? '\n'
        : node.tagName === 'td' || node.tagName === 'th'
          ? ' '
          : '';
      const [open, close] = isStruck(node) ? ['[struck out: ', ']'] : ['', ''];
      pieces.push(edge, open);
      stack.push(edge, close, ...node.childNodes.toReversed());
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
