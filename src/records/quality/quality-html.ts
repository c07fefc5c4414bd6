/**
 * A report of the records' quality as one HTML page: no script, no outside resource, prints on A4, reads in grey. First
 * what failed, then the checks by Kahn's groups.
 */
import { html, raw } from 'hono/html';
import { type Category, categoriesOf, type Group } from './check.ts';
import { QUALITY_STYLE } from './quality-html-style.ts';
import type { CategorySummary, CheckResult, QualityReport } from './quality-report.ts';
import {
  categoryWords,
  countText,
  groupQuestions,
  groupWords,
  outcomeWords,
  shareText,
  thresholdText,
} from './quality-words.ts';

type Fragment = ReturnType<typeof html>;

const groups = Object.keys(categoriesOf) as Group[];

/** The page as text. */
export async function qualityPage(report: QualityReport): Promise<string> {
  const { snapshot, asOf, checks } = report;
  const failed = checks.filter(({ outcome }) => outcome === 'fail');
  const judged = checks.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Quality of the records</title>
<style>${raw(QUALITY_STYLE)}</style>
</head>
<body>
<header><h1>Quality of the records</h1>
<p class="facts">Records ${snapshot} · as of ${asOf}</p>
<p class="lead"><strong>${failed.length === 0 ? 'No check failed' : `${failed.length} of ${judged.length} checks failed`}.</strong> ${aside(checks)}</p></header>
<main>
${matrix(report.summary)}
${failed.length === 0 ? '' : html`<section><h2>What failed</h2>${failed.map(finding)}</section>`}
${groups.map((group) => groupSection(group, checks))}
</main>
<footer><p>Groups and categories: Kahn et al. 2016, eGEMs 4(1):1244. A check fails where more of the rows that it judges are at fault than the threshold
allows, of all of them or of one part (a code system, a code, a year). The page names no patient: look a row up by its file and line.</p></footer>
</body>
</html>
`;
  return page.toString();
}

/** The checks that are neither passed nor failed. */
function aside(checks: readonly CheckResult[]): string {
  const count = (outcome: CheckResult['outcome']): number => checks.filter((one) => one.outcome === outcome).length;
  const parts = [
    [count('not-applicable'), 'more had nothing to judge in these records'],
    [count('off'), 'switched off'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return said.length === 0 ? '' : `${said.join(', ')}.`;
}

/** Groups and categories down, verification and validation across: the table that the Data Quality Dashboard begins with. */
function matrix(summary: readonly CategorySummary[]): Fragment {
  const cellsOf = (of: readonly CategorySummary[]): Fragment[] =>
    [
      of.filter(({ context }) => context === 'verification'),
      of.filter(({ context }) => context === 'validation'),
      of,
    ].map((cells) => {
      const [pass, fail] = [total(cells, 'pass'), total(cells, 'fail')];
      return pass + fail === 0
        ? html`<td class="start">–</td><td>–</td><td>–</td>`
        : html`<td class="start">${pass}</td><td>${failCount(fail)}</td><td>${Math.floor((pass / (pass + fail)) * 100)} %</td>`;
    });
  const line = (label: string, of: readonly CategorySummary[], kind: string): Fragment =>
    html`<tr class="${kind}"><th scope="row">${label}</th>${cellsOf(of)}</tr>
`;
  return html`<section>
<table class="matrix"><caption>Checks by group</caption>
<thead>
<tr><td></td><th scope="colgroup" colspan="3">Verification<small>against the records themselves</small></th><th scope="colgroup" colspan="3">Validation<small>against a source outside of them</small></th><th scope="colgroup" colspan="3">Total</th></tr>
<tr><td></td>${[0, 1, 2].map(() => html`<th scope="col" class="start">Pass</th><th scope="col">Fail</th><th scope="col">% pass</th>`)}</tr>
</thead>
<tbody>
${groups.map((group) => {
  const own = summary.filter((cell) => cell.group === group);
  const categories: readonly Category[] = categoriesOf[group];
  const inner = categories.length === 1 ? [] : categories;
  return [
    line(groupWords[group], own, 'group'),
    ...inner.map((category) =>
      line(
        categoryWords[category],
        own.filter((cell) => cell.category === category),
        'inner',
      ),
    ),
  ];
})}
${line('All', summary, 'all')}
</tbody></table>
</section>
`;
}

function total(cells: readonly CategorySummary[], of: 'pass' | 'fail'): number {
  return cells.reduce((count, cell) => count + cell[of], 0);
}

function failCount(count: number): Fragment | string {
  return count === 0 ? '0' : html`<strong>${count}</strong>`;
}

/** A failed check with where to look. */
function finding(check: CheckResult): Fragment {
  const { id, label, atFault, rows, share, threshold, parts, examples } = check;
  return html`<article id="${anchor(id)}">
<h3>${label}</h3>
<p class="facts"><code>${id}</code> · ${groupWords[check.group]}${check.category === 'completeness' ? '' : `, ${check.category}`} · <strong>${countText(atFault)}</strong> of ${countText(rows)} (${shareText(share)}), allowed: ${thresholdText(threshold)}</p>
${
  parts.length === 0
    ? ''
    : html`<p class="parts">${parts.map(
        (part, at) =>
          html`${at === 0 ? '' : ' · '}<span>${part.part}: ${countText(part.atFault)} of ${countText(part.rows)}</span>`,
      )}</p>`
}
${examples.length === 0 ? '' : exampleTable(check)}
</article>
`;
}

function exampleTable({ examples, atFault }: CheckResult): Fragment {
  return html`<table class="examples"><caption>${atFault > examples.length ? `The first ${examples.length} by row id` : 'Rows at fault'}</caption>
<thead><tr><th scope="col">Table</th><th scope="col">Row</th><th scope="col">File</th><th scope="col">Line</th></tr></thead>
<tbody>
${examples.map(
  ({ table, row_id, src_file, src_line }) =>
    html`<tr><td>${table}</td><td>${row_id}</td><td>${src_file ?? ''}</td><td>${src_line ?? ''}</td></tr>
`,
)}
</tbody></table>
`;
}

function groupSection(group: Group, checks: readonly CheckResult[]): Fragment {
  const categories: readonly Category[] = categoriesOf[group];
  return html`<section><h2>${groupWords[group]}</h2><p class="facts">${groupQuestions[group]}</p>
${categories.map((category) =>
  checkTable(
    category,
    checks.filter((check) => check.category === category),
  ),
)}
</section>
`;
}

function checkTable(category: Category, checks: readonly CheckResult[]): Fragment {
  const shown = checks.filter(({ outcome }) => outcome !== 'not-applicable');
  const idle = checks.filter(({ outcome }) => outcome === 'not-applicable');
  return html`${category === 'completeness' ? '' : html`<h3 class="category">${categoryWords[category]}</h3>`}
${shown.length === 0 ? '' : linesOf(shown)}
${idle.length === 0 ? '' : html`<p class="idle">Nothing to judge: ${idle.map(({ id }, at) => html`${at === 0 ? '' : ', '}<code>${id}</code>`)}</p>`}
`;
}

function linesOf(checks: readonly CheckResult[]): Fragment {
  return html`<table class="checks">
<thead><tr><th scope="col">Fault looked for</th><th scope="col">Judged</th><th scope="col">At fault</th><th scope="col">Share</th><th scope="col">Allowed</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${checks.map(checkLine)}
</tbody></table>
`;
}

function checkLine(check: CheckResult): Fragment {
  const { id, label, rows, atFault, share, threshold, outcome, reason } = check;
  const name = html`${label} <code>${id}</code>`;
  if (outcome === 'off') {
    return html`<tr class="off"><th scope="row">${name}</th><td colspan="4" class="reason">${reason ?? ''}</td><td>${outcomeWords.off}</td></tr>
`;
  }
  const said = outcome === 'fail' ? html`<a href="#${anchor(id)}">${outcomeWords.fail}</a>` : outcomeWords[outcome];
  return html`<tr class="${outcome}"><th scope="row">${name}</th><td>${countText(rows)}</td><td>${countText(atFault)}</td><td>${shareText(share)}</td><td>${thresholdText(threshold)}</td><td>${said}</td></tr>
`;
}

function anchor(id: string): string {
  return id.replace('/', '.');
}
