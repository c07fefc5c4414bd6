/**
 * Tables as LaTeX (packages array, booktabs, threeparttable, threeparttablex and longtable): three rules, notes below, and a table that is
 * longer than a page goes on with its header. Rule R8 of SPEC.md.
 */
import { captionOf, type PrintedTable, type TableLine, type TableNote } from './printed-table.ts';

/** A table of more lines than these is set as a `longtable`. */
const LINES_OF_A_PAGE = 40;
const INDENT = '\\hspace*{1em}';
/** Of the width of the text: between two columns, for a letter, and at least for the labels. */
const GAP_SHARE = 0.028;
const LETTER_SHARE = 0.0145;
const LEAST_LABEL_SHARE = 0.3;

/** One table, to be read with `\input`; what the preamble needs stands in a comment on top. */
export function tableLatex(table: PrintedTable): string {
  const isLong = table.lines.length > LINES_OF_A_PAGE;
  const packages = [
    'array',
    'booktabs',
    isLong ? 'threeparttablex' : 'threeparttable',
    ...(isLong ? ['longtable'] : []),
  ];
  const comment = `% ${captionOf(table).replaceAll(/[\r\n]+/g, ' ')}\n% \\usepackage{${packages.join(',')}}`;
  return `${comment}\n${(isLong ? longTable(table) : shortTable(table)).join('\n')}\n`;
}

/** All tables as a document of their own that can be typeset at once. */
export function tablesLatex(title: string, tables: readonly PrintedTable[]): string {
  return [
    '\\documentclass[a4paper,11pt]{article}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage{textcomp}',
    '\\usepackage[margin=25mm]{geometry}',
    '\\usepackage{array,booktabs,threeparttable,threeparttablex,longtable}',
    `\\title{${escapeLatex(title)}}`,
    '\\begin{document}',
    ...tables.map(tableLatex),
    '\\end{document}',
    '',
  ].join('\n');
}

function shortTable(table: PrintedTable): string[] {
  return [
    '\\begin{table}[htbp]',
    '\\centering',
    '\\begin{threeparttable}',
    captionLine(table),
    `\\begin{tabular}{${alignment(table)}}`,
    '\\toprule',
    headLine(table),
    '\\midrule',
    ...table.lines.map((line) => bodyLine(line, table)),
    '\\bottomrule',
    '\\end{tabular}',
    ...notesPart(table.notes, 'tablenotes'),
    '\\end{threeparttable}',
    '\\end{table}',
  ];
}

function longTable(table: PrintedTable): string[] {
  const span = table.columns.length + 1;
  return [
    '\\begin{ThreePartTable}',
    ...notesPart(table.notes, 'TableNotes'),
    `\\begin{longtable}{${alignment(table)}}`,
    `${captionLine(table)}\\\\`,
    '\\toprule',
    headLine(table),
    '\\midrule',
    '\\endfirsthead',
    `\\multicolumn{${span}}{l}{Table \\thetable{} (continued)}\\\\`,
    '\\toprule',
    headLine(table),
    '\\midrule',
    '\\endhead',
    '\\bottomrule',
    '\\endfoot',
    '\\bottomrule',
    ...(table.notes.length > 0 ? ['\\insertTableNotes'] : []),
    '\\endlastfoot',
    ...table.lines.map((line) => bodyLine(line, table)),
    '\\end{longtable}',
    '\\end{ThreePartTable}',
  ];
}

function captionLine({ id, title }: PrintedTable): string {
  return `\\caption{${escapeLatex(title)}}\\label{tab:${id}}`;
}

/** Numbers stand to the right and take what their longest text needs; labels break in what is left. */
function alignment({ columns, lines }: PrintedTable): string {
  const needed = columns.map((label, at) => {
    const cells = lines.map((line) => ('cells' in line ? (line.cells[at] ?? '') : ''));
    return GAP_SHARE + LETTER_SHARE * Math.max(...[label, ...cells].map(({ length }) => length));
  });
  const left = needed.reduce((rest, one) => rest - one, 1 - GAP_SHARE);
  const labels = Math.max(LEAST_LABEL_SHARE, left).toFixed(2);
  return `@{}>{\\raggedright\\arraybackslash}p{${labels}\\linewidth}${'r'.repeat(columns.length)}@{}`;
}

function headLine({ columns }: PrintedTable): string {
  return `${['', ...columns.map(escapeLatex)].join(' & ')} \\\\`;
}

function bodyLine(line: TableLine, { columns }: PrintedTable): string {
  const marks = line.letters.length > 0 ? `\\tnote{${line.letters.join(',')}}` : '';
  if ('heading' in line)
    return `\\multicolumn{${columns.length + 1}}{@{}l}{\\textbf{${escapeLatex(line.heading)}}${marks}} \\\\*`;
  const label = `${INDENT.repeat(line.depth)}${escapeLatex(line.label)}${marks}`;
  return `${[label, ...line.cells.map(escapeLatex)].join(' & ')} \\\\`;
}

function notesPart(notes: readonly TableNote[], environment: string): string[] {
  if (notes.length === 0) return [];
  const items = notes.map(({ letter, text }) => `\\item[${letter}] ${escapeLatex(text)}`);
  return [`\\begin{${environment}}\\footnotesize`, ...items, `\\end{${environment}}`];
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '[': '{[}',
  ']': '{]}',
  '\u2013': '--',
  '\u2212': '\\ensuremath{-}',
  '\u2265': '\\ensuremath{\\geq}',
  '\u2264': '\\ensuremath{\\leq}',
  '\u00b1': '\\ensuremath{\\pm}',
  '\u00d7': '\\ensuremath{\\times}',
  '\u00a0': '~',
};

/**
 * Text as LaTeX prints it: no letter of it is a command. Brackets stand in braces, since after `\\` or `\item` they would be an
 * option; hyphens in a row are parted, so that they do not join to a dash.
 */
export function escapeLatex(text: string): string {
  return text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/-(?=-)/g, '-\u0000')
    .replaceAll(
      /[\\{}#$%&_^~<>|"[\]\u2013\u2212\u2265\u2264\u00b1\u00d7\u00a0]/g,
      (letter) => SPECIAL[letter] ?? letter,
    )
    .replaceAll('\u0000', '{}');
}
