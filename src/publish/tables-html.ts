/**
 * The results as one HTML page: no script, no outside resource, prints on A4. Every number of a table is a link to the
 * list of the subjects behind it, further down on the same page.
 */
import { html, raw } from 'hono/html';
import type { ProportionResult, Results, ResultTable, TableCell, TableRow } from '../analysis/index.ts';
import type { ReleaseFacts } from './release-content.ts';
import { STYLE } from './tables-html-style.ts';

type Fragment = ReturnType<typeof html>;

/** What the page shows. `attritionSvg` is trusted: it is our own drawing. */
export interface PageContent {
  readonly facts: ReleaseFacts;
  readonly results: Results;
  readonly attritionSvg: string;
  readonly proportions: readonly ProportionResult[];
}

/** The page as text. */
export async function resultsPage(content: PageContent): Promise<string> {
  const { facts, results } = content;
  const page = await html`<!doctype html>
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
<section><h2>Who was left out, and why</h2><figure>${raw(content.attritionSvg)}</figure></section>
${results.tables.map(tableSection)}
${proportionSection(content.proportions)}
<section class="subjects"><h2>Subjects behind each number</h2>${results.tables.map(subjectLists)}</section>
</main>
</body>
</html>
`;
  return page.toString();
}

function tableSection(table: ResultTable): Fragment {
  return html`<section>
<table><caption>${table.title}</caption>
<thead><tr><th scope="col"></th>${table.columns.map((column) => html`<th scope="col">${column.label}</th>`)}</tr></thead>
<tbody>
${table.rows.map((row, at) => [groupHeading(table, at), rowLine(table, row)])}
</tbody></table>
${table.footnotes.map((note) => html`<p class="note"><sup>${note.letter}</sup>${note.text}</p>`)}
</section>
`;
}

/** A line with the group's name before its first row, unless the row says the same. */
function groupHeading(table: ResultTable, at: number): Fragment | '' {
  const row = table.rows[at];
  if (!row || row.level > 0 || row.group === '' || row.group === row.label) return '';
  const before = table.rows.slice(0, at).findLast((other) => other.level === 0);
  if (before?.group === row.group) return '';
  return html`<tr class="group"><th scope="rowgroup" colspan="${table.columns.length + 1}">${row.group}</th></tr>
`;
}

function rowLine(table: ResultTable, row: TableRow): Fragment {
  const notes = row.notes.length > 0 ? html`<sup>${row.notes.join(',')}</sup>` : '';
  return html`<tr class="level-${row.level}"><th scope="row">${row.label}${notes}</th>${row.cells.map(
    (cell) => html`<td>${numberOf(table, row, cell)}</td>`,
  )}</tr>
`;
}

function numberOf(table: ResultTable, row: TableRow, cell: TableCell): Fragment | string {
  if (cell.text === '' || cell.subjects.length === 0) return cell.text;
  return html`<a href="#${address(table, row, cell)}">${cell.text}</a>`;
}

function proportionSection(proportions: readonly ProportionResult[]): Fragment | '' {
  if (proportions.length === 0) return '';
  return html`<section>
<table><caption>Proportions with confidence intervals, computed by R</caption>
<thead><tr><th scope="col"></th><th scope="col">n / N</th><th scope="col">%</th><th scope="col">Interval</th><th scope="col">Level</th><th scope="col">Method</th></tr></thead>
<tbody>
${proportions.map(
  (
    one,
  ) => html`<tr><th scope="row">${one.label}</th><td>${one.x} / ${one.n}</td><td>${percent(one.estimate)}</td><td>${percent(one.low)}–${percent(one.high)}</td><td>${percent(one.level)} %</td><td>${one.method}</td></tr>
`,
)}
</tbody></table>
</section>
`;
}

function percent(share: number | null): string {
  return share === null ? '–' : (share * 100).toFixed(1).replace(/\.0$/, '');
}

function subjectLists(table: ResultTable): Fragment {
  const cells = table.rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));
  const shown = cells.filter(({ cell }) => cell.text !== '' && cell.subjects.length > 0);
  return html`<h3>${table.title}</h3>
<dl>
${shown.map(
  ({
    row,
    cell,
  }) => html`<dt id="${address(table, row, cell)}">${address(table, row, cell)}: ${cell.text}</dt><dd>${cell.subjects.join(', ')}</dd>
`,
)}
</dl>
`;
}

/** The address that `chartproof trace` takes. */
function address(table: ResultTable, row: TableRow, cell: TableCell): string {
  return `${table.id}/${row.id}/${cell.column}`;
}
