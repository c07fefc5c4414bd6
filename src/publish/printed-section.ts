/** A table as a section of an HTML page. Rule R10 of SPEC.md. */
import { html } from 'hono/html';
import { captionOf, isWide, type PrintedTable, type TableLine } from './printed-table.ts';

type Fragment = ReturnType<typeof html>;

/** The section with its caption, lines and notes. */
export function printedSection(table: PrintedTable): Fragment {
  const { columns, lines, notes } = table;
  return html`<section class="${isWide(table) ? 'across' : 'upright'}">
<table><caption>${captionOf(table)}</caption>
<thead><tr><th scope="col"></th>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => lineRow(line, columns.length))}
</tbody></table>
${notes.map(({ letter, text }) => html`<p class="note">${letter === '' ? '' : html`<sup>${letter}</sup>`}${text}</p>`)}
</section>
`;
}

function lineRow(line: TableLine, columns: number): Fragment {
  const letters = line.letters.length > 0 ? html`<sup>${line.letters.join(',')}</sup>` : '';
  if ('heading' in line) {
    return html`<tr class="group"><th scope="rowgroup" colspan="${columns + 1}">${line.heading}${letters}</th></tr>
`;
  }
  return html`<tr class="depth-${line.depth}"><th scope="row">${line.label}${letters}</th>${line.cells.map(
    (text) => html`<td>${text}</td>`,
  )}</tr>
`;
}
