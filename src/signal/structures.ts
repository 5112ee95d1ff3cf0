import type { Heuristic } from './heuristic.ts';
import type { SignalText } from './signal-text.ts';

/** Whether a pattern stands in the view; `gate`: what has to stand there for it, because looking for it is cheap. */
const inView =
  (gate: readonly string[], pattern: RegExp) =>
  ({ lower, view }: SignalText): boolean =>
    gate.some((sign) => lower.includes(sign)) && pattern.test(view);

const roleLine = /^[ \t>*#"'-]{0,8}(system|user|assistant|human|ai|model|developer)[ \t"'*]{0,4}:/gim;

/** One role alone is a heading (`Assistant: a resident`, `System: skin`); two of them are a conversation. */
function holdsTurns({ lower, view }: SignalText): boolean {
  if (!lower.includes(':')) return false;
  const roles = new Set<string>();
  for (const [, role = ''] of view.matchAll(roleLine)) roles.add(role.toLowerCase());
  return roles.size > 1;
}

const tagCharacters = /[\u{e0020}-\u{e007e}]{4,}/gu;
const flag = /\u{1f3f4}$/u;
const zeroWidth = /[\u200b\u2060\ufeff\u180e]{3,}|[\u200b-\u200f\u2060-\u2064\ufeff]{8,}/;
const selectors = /[\u{e0100}-\u{e01ef}\ufe00-\ufe0f]{4,}/u;

/** Runs of characters that nobody sees; a flag of tag characters is none, and a stray byte order mark neither. */
function holdsHidden({ source }: SignalText): boolean {
  if (zeroWidth.test(source) || selectors.test(source)) return true;
  return [...source.matchAll(tagCharacters)].some(
    ({ 0: run, index }) => run.length > 12 || !flag.test(source.slice(Math.max(0, index - 2), index)),
  );
}

/** Structures: what stands in no clinical text by itself, and in what is written for a model or for a browser. */
export const structures: readonly Heuristic[] = [
  {
    id: 'template-tokens',
    weight: 70,
    why: 'control tokens of chat templates open a turn of their own',
    structure: inView(
      ['<|', '|>', 'inst]', 'sys>', '_of_turn>', '</s>', '[system_prompt]', '<<sys'],
      /<\|[a-z_ ]{2,30}\|>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|<\/s>|\[\/?SYSTEM_PROMPT\]/i,
    ),
  },
  {
    id: 'role-lines',
    weight: 35,
    why: 'lines of two speakers, or a tag or key of a role, put words into the mouth of system or assistant',
    conversation: 'usual',
    structure: (text) =>
      holdsTurns(text) ||
      inView(
        ['role', '<system', '<assistant', '<instructions', 'system '],
        /"role"\s{0,4}:\s{0,4}"(?:system|assistant|developer)"|<\/?(?:system|assistant|instructions|system_prompt)>|^[ \t>*#"'[-]{0,8}system (?:prompt|message|override|instructions?|note|alert|update)[ \t"'*\]]{0,4}:/im,
      )(text),
  },
  {
    id: 'instruction-headings',
    weight: 20,
    why: 'headings of training texts (three number signs) part instruction and answer',
    conversation: 'usual',
    structure: inView(['###'], /^#{3,4} ?(?:instructions?|system|response|input|prompt) ?:/im),
  },
  {
    id: 'own-delimiters',
    weight: 70,
    why: 'the marks between which the gateway puts the record stand in no text of others',
    structure: inView(
      ['<<<', '>>>', '< < <'],
      /<\s?<\s?<\s{0,3}(?:END )?RECORD|(?:END )?RECORD\b[^\n<>]{0,80}>\s?>\s?>/,
    ),
  },
  {
    id: 'token-shapes',
    weight: 40,
    conversation: 'expected',
    why: 'tokens are written by the vault; in a conversation they come back, in a record they are forged',
    structure: inView(['[['], /\[\[[A-Z]{2,20}-[A-Z0-9]{4,12}[^\]\n]{0,40}\]\]/i),
  },
  {
    id: 'link-with-data',
    weight: 50,
    why: 'an image, or a link with a gap for data, sends what is put into it to whoever owns the address',
    structure: inView(
      ['](', 'http'],
      /!\[[^\]\n]{0,200}\]\(\s{0,3}[^)\s]{1,400}|(?:https?:\/\/|www\.)[^\s)<>"']{1,300}[?&/=](?:\{[^}\s]{0,60}\}|\{\{|\[[^\]\n]{1,60}\]|<[^>\n]{1,60}>|%s|\$\{|\$[A-Z]|[A-Z_]{0,30}(?:DATA|HERE|SECRET|NAME|ANSWER|RECORD|CONTENT|RESPONSE)\b)/,
    ),
  },
  {
    id: 'markup',
    weight: 30,
    why: 'active elements of a web page have nothing to do in a note or a question',
    structure: inView(
      ['<img', '<iframe', '<script', '<form', '<svg', '<object', '<!--', 'javascript:'],
      /<(?:img|iframe|script|form|svg|object)\b|<!--|javascript:\S/i,
    ),
  },
  {
    id: 'program-code',
    weight: 30,
    why: 'calls that reach the network, a shell or files are no clinical text',
    structure: inView(
      [
        'import ',
        'require(',
        'subprocess',
        'os.',
        'curl ',
        'wget ',
        'eval(',
        'exec(',
        'socket',
        'fetch(',
        'rm -',
        'open(',
      ],
      /\b(?:requests|urllib\d?|http|axios|socket|subprocess|os|shutil|smtplib|psutil|pickle|ctypes)\.[a-z_]{2,30}(?:\.[a-z_]{2,30})?\(|\b(?:import|require\(\s?['"])\s?(?:os|sys|requests|socket|subprocess|urllib\d?|shutil|pickle|ctypes|psutil|child_process)\b|\bfrom [a-z_.]{2,40} import [a-zA-Z_*]|\b(?:curl|wget) (?:-[a-zA-Z]|['"]?https?:)|\brm -rf\b|\b(?:eval|exec|fetch|open)\(\s?["'`(a-z]/,
    ),
  },
  {
    id: 'hidden-characters',
    weight: 40,
    why: 'characters that nobody sees may hold words that a model reads',
    structure: holdsHidden,
  },
  {
    id: 'turned-characters',
    weight: 15,
    why: 'overrides of the reading direction show a reader another text than a model reads',
    structure: ({ source }) => /[\u202d\u202e]/.test(source),
  },
];
