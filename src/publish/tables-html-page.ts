/** Tables alone as an HTML page, to print on A4 or to paste into a document: no script, no outside resource. Rule R10 of SPEC.md. */
import { html, raw } from 'hono/html';
import { captionOf, isWide, type PrintedTable, type TableLine } from './printed-table.ts';
import { STYLE } from './tables-html-style.ts';

type Fragment = ReturnType<typeof html>;

/** The page as text. */
export async function tablesPage(title: string, tables: readonly PrintedTable[]): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}: tables</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><h1>${title}</h1></header>
<main>
${tables.map(tableSection)}
</main>
</body>
</html>
`;
  return page.toString();
}

function tableSection(table: PrintedTable): Fragment {
  const { columns, lines, notes } = table;
  return html`<section class="${isWide(table) ? 'across' : 'upright'}">
<table><caption>${captionOf(table)}</caption>
<thead><tr><th scope="col"></th>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => lineRow(line, columns.length))}
</tbody></table>
${notes.map(({ letter, text }) => html`<p class="note"><sup>${letter}</sup>${text}</p>`)}
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
