import { html } from 'hono/html';
import type { StatisticResults } from '../analysis/index.ts';
import { statisticTables } from './statistic-lines.ts';

/** Tests, effects, curves and agreement as tables of the page; nothing where there is none. */
export function statisticsSection(statistics: StatisticResults | undefined): ReturnType<typeof html> | '' {
  const tables = statistics ? statisticTables(statistics) : [];
  if (tables.length === 0) return '';
  return html`${tables.map(
    ({ title, columns, rows, notes }) => html`<section>
<table><caption>${title}</caption>
<thead><tr><th scope="col"></th>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ label, cells }) => html`<tr><th scope="row">${label}</th>${cells.map((text) => html`<td>${text}</td>`)}</tr>
`,
)}
</tbody></table>
${notes.map((note) => html`<p class="note">${note}</p>`)}
</section>
`,
  )}`;
}
