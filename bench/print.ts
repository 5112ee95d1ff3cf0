import { cpus, loadavg, totalmem } from 'node:os';
import type { Row } from './row.ts';

/** The machine in one line, and how busy it was with other things: figures without it mean nothing. */
export const machine = (): string =>
  `${cpus().length} shared cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.version}, load average ${loadavg()[0]?.toFixed(1)}`;

const spread = ({ runs }: Row): string =>
  runs.length < 2 ? '' : `${Math.min(...runs)} – ${Math.max(...runs)}`;

/** One table a part, in Markdown; the last column is the smallest and the largest round. */
export function tables(rows: readonly Row[]): string {
  const parts = [...new Set(rows.map(({ part }) => part))];
  return parts
    .map((part) =>
      [
        `### ${part}`,
        '',
        '| variant | metric | median | unit | rounds | range |',
        '|---|---|---:|---|---:|---|',
        ...rows
          .filter((row) => row.part === part)
          .map(
            (row) =>
              `| ${row.variant} | ${row.metric} | ${row.value} | ${row.unit} | ${row.runs.length} | ${spread(row)} |`,
          ),
      ].join('\n'),
    )
    .join('\n\n');
}

const begin = '<!-- bench -->';
const end = '<!-- /bench -->';

/** The page with what stands between its two marks replaced. Throws where the marks are missing. */
export function intoPage(page: string, content: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`the page has no ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}
