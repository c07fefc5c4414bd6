/** The yield of the search on the results page. */
import { html } from 'hono/html';
import type { SearchReport } from './search-report.ts';
import { sampleLines, yieldTable } from './yield-table.ts';

type Fragment = ReturnType<typeof html>;

/** The table of arms, codes, drug names and queries, and what the sample of the others says. */
export function yieldSection(report: SearchReport): Fragment {
  const { title, columns, rows, notes } = yieldTable(report);
  return html`<section>
<table><caption>${title}</caption>
<thead><tr><th scope="col"></th>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${rows.map(({ label, depth, cells }) => {
  const all = columns.map((_, at) => html`<td>${cells[at] ?? ''}</td>`);
  return html`<tr class="depth-${depth}"><th scope="row">${label}</th>${all}</tr>
`;
})}
</tbody></table>
${notes.map((note) => html`<p class="note">${note}</p>`)}
${report.sample ? html`<h3>Whom no arm found</h3>${sampleLines(report.sample).map((line) => html`<p>${line}</p>`)}` : ''}
</section>
`;
}
