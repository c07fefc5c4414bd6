/** Tables as GitHub-flavoured Markdown: pipes, right-aligned numbers, letters in `<sup>`, the notes below. Rule R11 of SPEC.md. */
import { captionOf, type PrintedTable, type TableNote } from './printed-table.ts';

const INDENT = '&emsp;';

/** One table with its caption and notes. */
export function tableMarkdown(table: PrintedTable): string {
  const { columns, lines, notes } = table;
  const rows = lines.map((line) =>
    'heading' in line
      ? [`**${escapeMarkdown(line.heading)}**${letters(line.letters)}`, ...columns.map(() => '')]
      : [
          `${INDENT.repeat(line.depth)}${escapeMarkdown(line.label)}${letters(line.letters)}`,
          ...line.cells.map(escapeMarkdown),
        ],
  );
  const head = [
    ['', ...columns.map(escapeMarkdown)],
    [':---', ...columns.map(() => '---:')],
  ];
  return [
    `**${escapeMarkdown(captionOf(table))}**`,
    '',
    ...[...head, ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    ...notes.flatMap((note) => ['', noteLine(note)]),
    '',
  ].join('\n');
}

function letters(all: readonly string[]): string {
  return all.length > 0 ? `<sup>${all.join(',')}</sup>` : '';
}

function noteLine({ letter, text }: TableNote): string {
  return `${letter === '' ? '' : `<sup>${letter}</sup> `}${escapeMarkdown(text)}`;
}

/** Text that Markdown shows as it stands: what could be read as a mark gets a backslash, a line break a space. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~&$^]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}
