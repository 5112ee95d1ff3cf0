/**
 * The sandbox's model: it reads the record out of the prompt it was sent and answers with the lines that fit the
 * question, tokens and keys as they stand. It knows nothing and says so.
 */
const sandboxLabel = 'Sandbox model (extractive), no clinical judgement:';
const mostLines = 25;

interface Line {
  readonly key: string;
  readonly text: string;
}

interface Sheet {
  readonly task: string;
  readonly question: string;
  readonly lines: readonly Line[];
  readonly notices: readonly string[];
}

const record = /^<<<RECORD ([0-9a-f]+)>>>\n([\s\S]*?)\n<<<END RECORD \1>>>$/m;
const itemLine = /^\[([A-Z]\d{1,4})\] (.*)$/;

/** Parts of a prompt as the gateway assembles it; what is not there is empty. */
function readPrompt(messages: readonly { role: string; content: string }[]): Sheet {
  const system = messages.find(({ role }) => role === 'system')?.content ?? '';
  const user = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const found = record.exec(user.join('\n\n'));
  const last = user.at(-1) ?? '';
  const question = found === null ? last : last.replace(found[0], '').trim();
  const lines: { key: string; text: string }[] = [];
  const notices: string[] = [];
  let inNotices = false;
  for (const row of (found?.[2] ?? '').split('\n')) {
    const item = itemLine.exec(row);
    if (row === 'Notices:') inNotices = true;
    else if (inNotices) notices.push(row.replace(/^- /, ''));
    else if (item !== null) lines.push({ key: item[1] ?? '', text: item[2] ?? '' });
    else if (lines.length > 0 && row.startsWith('    ')) {
      const before = lines.pop();
      if (before !== undefined) lines.push({ key: before.key, text: `${before.text} ${row.trim()}` });
    }
  }
  return { task: /^Task: (.*)$/m.exec(system)?.[1] ?? '', question, lines, notices };
}

const common = new Set(
  'what which when where who how was were are is the this that these those for and any all has have had does did patient patients please list show give tell latest last recent current with from about since his her their she him they'.split(
    ' ',
  ),
);

const wordsOf = (text: string): string[] =>
  [...new Set(text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [])].filter((word) => !common.has(word));

const stemOf = (word: string): string => word.slice(0, Math.max(4, word.length - 2));

/**
 * Lines that share a word (or its beginning) with the question; all of them when none does. Words of the task's
 * own title say nothing more: the record was chosen for that task.
 */
function fitting(sheet: Sheet): readonly Line[] {
  const given = wordsOf(sheet.task).map(stemOf);
  const stems = wordsOf(sheet.question).map(stemOf);
  const asked = stems.filter((stem) => !given.some((own) => stem.startsWith(own) || own.startsWith(stem)));
  const fits = sheet.lines.filter(({ text }) =>
    wordsOf(text).some((word) => asked.some((stem) => word.startsWith(stem))),
  );
  return fits.length > 0 ? fits : sheet.lines;
}

const shortened = (text: string): string =>
  text.length > 400 ? `${text.slice(0, 400).replace(/\[\[[^\]]*$/, '')} …` : text;

export function answerFrom(messages: readonly { role: string; content: string }[]): string {
  const sheet = readPrompt(messages);
  const fits = fitting(sheet);
  const body = fits.slice(0, mostLines).map(({ key, text }) => `- ${shortened(text)} [${key}]`);
  if (fits.length > mostLines) body.push(`- ${fits.length - mostLines} more lines are not listed.`);
  const found =
    body.length > 0
      ? body
      : ['Nothing was found in the record that was given. This is not proof that there is nothing.'];
  const notices =
    sheet.notices.length === 0 ? [] : ['', 'Notices:', ...sheet.notices.map((text) => `- ${text}`)];
  return [sandboxLabel, ...found, ...notices].join('\n');
}

/** Pieces as a model would stream them: a few characters each. */
export const piecesOf = (text: string): string[] => text.match(/[\s\S]{1,24}/gu) ?? [];
