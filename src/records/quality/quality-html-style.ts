/** The style sheet of the quality page: black on white; what failed is bold and has a bar, so that grey print tells it. */
export const QUALITY_STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1a1a1a; background: #fff; }
body { margin: 0 auto; padding: 1.5rem; max-width: 66rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .25rem; } h3 { font-size: 1rem; margin: 0; } h3.category { margin: 1.5rem 0 0; } h3.category + table { margin-top: .25rem; }
.facts, footer, .idle { color: #444; font-size: .85rem; margin: .25rem 0; } .lead { font-size: 1.05rem; margin: .75rem 0 0; }
footer { border-top: 1px solid #8a8a8a; margin-top: 2.5rem; }
code { font: .8rem ui-monospace, Menlo, Consolas, monospace; }
table { border-collapse: collapse; width: 100%; margin-top: 1.25rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
thead th { border-bottom: 1px solid #1a1a1a; text-align: right; vertical-align: bottom; padding: .3rem .5rem; font-size: .85rem; }
tbody th { font-weight: 400; text-align: left; padding: .2rem .5rem; } tbody th code { color: #555; white-space: nowrap; }
td { text-align: right; padding: .2rem .5rem; white-space: nowrap; vertical-align: top; }
.matrix { border-bottom: 1px solid #1a1a1a; } .matrix thead th[scope=colgroup] { text-align: center; border-left: 1px solid #bbb; border-bottom: 0; } .matrix small { display: block; font-weight: 400; color: #444; }
.matrix .start { border-left: 1px solid #bbb; } .matrix .group > * { border-top: 1px solid #bbb; font-weight: 600; } .matrix .inner th { padding-left: 1.75rem; } .matrix .all > * { border-top: 1px solid #1a1a1a; font-weight: 600; }
.checks th:first-child, .examples th { text-align: left; } .checks tbody tr > * { border-top: 1px solid #e2e2e2; } .checks tbody th { border-left: 4px solid transparent; }
.checks td, .checks thead th:not(:first-child) { width: 5.2rem; } .checks .reason { text-align: left; white-space: normal; font-style: italic; }
.checks tr.fail { font-weight: 600; background: #f2f2f2; } .checks tr.fail th { font-weight: 600; border-left-color: #1a1a1a; } .checks tr.off { color: #555; }
article { border-left: 4px solid #1a1a1a; padding: .1rem 0 .1rem .9rem; margin: 1.25rem 0; } article .parts { font-size: .85rem; margin: .4rem 0; } .parts span { white-space: nowrap; }
.examples { width: auto; margin-top: .5rem; font-size: .82rem; } .examples caption { font-weight: 400; color: #444; padding: 0; } .examples td { text-align: left; padding: .05rem 1.25rem .05rem 0; white-space: normal; overflow-wrap: anywhere; } .examples th { padding-left: 0; }
a { color: inherit; text-underline-offset: 2px; } a:focus-visible { outline: 2px solid #0b5cad; }
@page { size: A4; margin: 16mm; }
@media print { :root { font-size: 11.5px; } body { padding: 0; max-width: none; } article, tr { break-inside: avoid; } h2, h3, caption { break-after: avoid; } .checks tr.fail { background: none; } }
`;
