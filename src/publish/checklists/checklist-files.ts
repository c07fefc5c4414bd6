/** The checklists of journals, filled in: as Markdown, as a table for a spreadsheet and as a page. Rules R63 to R65. */
import { html } from 'hono/html';
import { safeCsv, type TextFile } from '../../analysis/index.ts';
import type { StudyAccount } from '../bundle/study-account.ts';
import { answers } from './answers.ts';
import type { Checklist, ChecklistItem } from './checklist.ts';
import { processSeries } from './process.ts';
import { record } from './record.ts';
import { strobe } from './strobe.ts';

/** The guidelines that a bundle answers. */
export const checklists: readonly Checklist[] = [strobe, record, processSeries];

/** An item with where it is answered, or what is missing. */
export interface FilledItem extends ChecklistItem {
  readonly where: readonly string[];
  readonly missing?: string;
}

/** A checklist filled in for a study. */
export function filledItems({ items }: Checklist, account: StudyAccount): FilledItem[] {
  return items.map((item) => {
    const answer = answers[item.by](account);
    return 'where' in answer ? { ...item, where: answer.where } : { ...item, where: [], missing: answer.missing };
  });
}

/** `checklists/strobe.md`, `.csv` and `.html`, and so of the others. */
export async function checklistFiles(account: StudyAccount): Promise<TextFile[]> {
  const files = checklists.map(async (checklist) => {
    const items = filledItems(checklist, account);
    return [
      { name: `checklists/${checklist.id}.md`, text: asMarkdown(checklist, items) },
      { name: `checklists/${checklist.id}.csv`, text: asCsv(items) },
      { name: `checklists/${checklist.id}.html`, text: await asPage(checklist, items, account.protocol.title) },
    ];
  });
  return (await Promise.all(files)).flat();
}

const HEADER = ['item', 'section', 'asks', 'status', 'where', 'to_add'];

function asCsv(items: readonly FilledItem[]): string {
  const rows = items.map(({ item, section, asks, where, missing }) => [
    item,
    section,
    asks,
    missing === undefined ? 'answered' : 'missing',
    where.join('; '),
    missing ?? '',
  ]);
  return safeCsv(HEADER, rows);
}

function asMarkdown({ title, source }: Checklist, items: readonly FilledItem[]): string {
  const lines = items.map(({ item, section, asks, where, missing }) => {
    const told = missing === undefined ? where.map((place) => `\`${place}\``).join(', ') : `**missing**: ${missing}`;
    return `| ${[item, section, asks, told].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const table = ['| Item | Section | Question | Where |', '|---|---|---|---|', ...lines].join('\n');
  return `# ${title}\n\n${tally(items)}\n\n${table}\n\nStatement: ${source}. The questions are our own short words, not its text.\n`;
}

function tally(items: readonly FilledItem[]): string {
  const open = items.filter(({ missing }) => missing !== undefined).length;
  return `${items.length - open} of ${items.length} items are answered by this bundle, ${open} are missing.`;
}

const STYLE =
  'body{font:15px/1.45 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#111}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #bbb}caption{text-align:left;padding:.5rem 0}@media print{body{margin:0;font-size:10pt}}';

async function asPage({ title, source }: Checklist, items: readonly FilledItem[], study: string): Promise<string> {
  const rows = items.map(
    ({ item, section, asks, where, missing }) => html`<tr>
        <th scope="row">${item}</th>
        <td>${section}</td>
        <td>${asks}</td>
        <td>${missing === undefined ? where.join(', ') : html`<strong>missing:</strong> ${missing}`}</td>
      </tr>`,
  );
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}: ${study}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>${title}</h1>
    <p>${study}</p>
    <table>
      <caption>${tally(items)}</caption>
      <thead><tr><th scope="col">Item</th><th scope="col">Section</th><th scope="col">Question</th><th scope="col">Where</th></tr></thead>
      <tbody>${rows}</tbody>
    </table>
    <p>Statement: ${source}. The questions are our own short words, not its text.</p>
  </body>
</html>
`;
  return String(page);
}
