/** Tables alone as an HTML page, to print on A4 or to paste into a document: no script, no outside resource. Rule R10 of SPEC.md. */
import { html, raw } from 'hono/html';
import { printedSection } from './printed-section.ts';
import type { PrintedTable } from './printed-table.ts';
import { STYLE } from './tables-html-style.ts';

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
${tables.map(printedSection)}
</main>
</body>
</html>
`;
  return page.toString();
}
