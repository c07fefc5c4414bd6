/**
 * The results as one HTML page: no script, no outside resource, prints on A4. Every number of a table is a link to the
 * list of the subjects behind it, further down on the same page.
 */
import { html, raw } from 'hono/html';
import type { FigureData, Results, ResultTable, StatisticResults, TableCell, TableRow } from '../analysis/index.ts';
import { depthOf, lettersOf, opensGroup, rowLabel, tableCaption } from './captions.ts';
import { armsSection, attritionSection, type DrawingContent } from './drawings-html.ts';
import { figuresSection } from './figures/index.ts';
import { printedSection } from './printed-section.ts';
import { isWide, printedTable } from './printed-table.ts';
import { printedStatistics } from './printed-tables.ts';
import type { ReleaseFacts } from './release-content.ts';
import type { SearchReport } from './search-report.ts';
import { STYLE } from './tables-html-style.ts';
import { yieldSection } from './yield-html.ts';

type Fragment = ReturnType<typeof html>;

/** What the page shows. */
export interface PageContent extends DrawingContent {
  readonly facts: Pick<ReleaseFacts, 'title' | 'protocolVersion' | 'protocol' | 'snapshot' | 'lock'>;
  readonly results: Results;
  readonly search: SearchReport;
  readonly figures?: readonly FigureData[] | undefined;
  readonly statistics: StatisticResults;
}

/** The page as text. */
export async function resultsPage(content: PageContent): Promise<string> {
  const { before, after } = await pageAround(content);
  return `${before}${await yieldSection(content.search)}${after}`;
}

/** The page but for the yield of the search, which stands between. */
export async function pageAround(content: Omit<PageContent, 'search'>): Promise<{ before: string; after: string }> {
  const { facts, results } = content;
  const before = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${facts.title}: results</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><h1>${facts.title}</h1>
<p class="facts">Protocol ${facts.protocolVersion} (${facts.protocol.slice(0, 12)}) · records ${facts.snapshot} · lock ${facts.lock.slice(0, 12)}</p></header>
<main>
${attritionSection(content)}
${armsSection(content)}
`;
  const after = await html`
${results.tables.map(tableSection)}
${printedStatistics(results, content.statistics).map(printedSection)}
${figuresSection(content.figures ?? [])}
<section class="subjects"><h2>Subjects behind each number</h2>${results.tables.map(subjectLists)}</section>
</main>
</body>
</html>
`;
  return { before: before.toString(), after: after.toString() };
}

function tableSection(table: ResultTable, at: number): Fragment {
  return html`<section class="${isWide(printedTable(table, at)) ? 'across' : 'upright'}">
<table><caption>${tableCaption(table, at)}</caption>
<thead><tr><th scope="col"></th>${table.columns.map((column) => html`<th scope="col">${column.label}</th>`)}</tr></thead>
<tbody>
${table.rows.map((row, at) => [groupHeading(table, at), rowLine(table, row, at)])}
</tbody></table>
${table.footnotes.map((note) => html`<p class="note"><sup>${note.letter}</sup>${note.text}</p>`)}
</section>
`;
}

/** A line with the group's name before its first row. */
function groupHeading(table: ResultTable, at: number): Fragment | '' {
  const row = table.rows[at];
  if (!row || !opensGroup(table, at)) return '';
  return html`<tr class="group"><th scope="rowgroup" colspan="${table.columns.length + 1}">${row.group}${superscript(row.groupNotes)}</th></tr>
`;
}

function rowLine(table: ResultTable, row: TableRow, at: number): Fragment {
  const label = html`${rowLabel(row)}${superscript(lettersOf(table, at))}`;
  return html`<tr class="depth-${depthOf(row)}"><th scope="row">${label}</th>${row.cells.map(
    (cell) => html`<td>${numberOf(table, row, cell)}</td>`,
  )}</tr>
`;
}

function superscript(letters: readonly string[]): Fragment | '' {
  return letters.length > 0 ? html`<sup>${letters.join(',')}</sup>` : '';
}

function numberOf(table: ResultTable, row: TableRow, cell: TableCell): Fragment | string {
  if (cell.text === '' || cell.subjects.length === 0) return cell.text;
  return html`<a href="#${anchor(table, row, cell)}">${cell.text}</a>`;
}

function subjectLists(table: ResultTable, at: number): Fragment {
  const cells = table.rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));
  const shown = cells.filter(({ cell }) => cell.text !== '' && cell.subjects.length > 0);
  return html`<h3>${tableCaption(table, at)}</h3>
<dl>
${shown.map(
  ({
    row,
    cell,
  }) => html`<dt id="${anchor(table, row, cell)}">${address(table, row, cell)}: ${cell.text}</dt><dd>${cell.subjects.join(', ')}</dd>
`,
)}
</dl>
`;
}

/** The address that `chartproof trace` takes. */
function address(table: ResultTable, row: TableRow, cell: TableCell): string {
  return `${table.id}/${row.id}/${cell.column}`;
}

/** The address as an id: columns may be called %, which an id must not hold. */
function anchor(table: ResultTable, row: TableRow, cell: TableCell): string {
  return address(table, row, cell).replaceAll(/[^\w/.-]/g, (letter) => `_${letter.codePointAt(0)?.toString(16)}`);
}
