/** The style sheet of the results page: black on white, three rules a table, A4 in print. */
export const STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1a1a1a; background: #fff; }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; } h3 { font-size: 1rem; }
.facts, .note { color: #444; font-size: .85rem; margin: .25rem 0; }
figure { margin: 0; } figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; margin-top: 2rem; border-bottom: 2px solid #1a1a1a; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
thead th { border-top: 2px solid #1a1a1a; border-bottom: 1px solid #1a1a1a; text-align: right; vertical-align: bottom; padding: .3rem .5rem; }
tbody th { font-weight: 400; text-align: left; padding: .15rem .5rem; }
tbody tr.depth-1 th { padding-left: 1.5rem; } tbody tr.depth-2 th { padding-left: 2.7rem; }
sup { line-height: 0; font-size: .75em; }
tbody tr.group th { font-weight: 600; padding-top: .5rem; }
td { text-align: right; padding: .15rem .5rem; white-space: nowrap; }
a { color: inherit; text-decoration-color: #8a8a8a; text-underline-offset: 2px; } a:focus-visible { outline: 2px solid #0b5cad; }
.subjects { font-size: .85rem; } dt { font-family: ui-monospace, Menlo, Consolas, monospace; margin-top: .5rem; } dd { margin-left: 1rem; } dt:target, dt:target + dd { background: #fff3bf; }
@page { size: A4; margin: 18mm; } @page across { size: A4 landscape; margin: 18mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 10pt; } section { break-inside: auto; } section.across { page: across; } a { text-decoration: none; }
  thead { display: table-header-group; } tr, dt, dd, .note { break-inside: avoid; } dt, h2, h3, caption, tr.group { break-after: avoid; }
  table + .note, .note + .note { break-before: avoid; }
}
`;
