/** The two drawings of the results page, each with its numbers as a table for those who cannot see it or want to copy them. */
import { html, raw } from 'hono/html';
import {
  type ArmOverlap,
  type AttritionStep,
  type CohortRun,
  type GateCounts,
  gateKinds,
  gateLabels,
} from '../cohort/index.ts';

type Fragment = ReturnType<typeof html>;

/** What the sections show. The SVGs are trusted: they are our own drawings. */
export interface DrawingContent {
  readonly attrition: readonly AttritionStep[];
  readonly attritionSvg: string;
  /** How those identified stand at the gate. */
  readonly gate?: CohortRun['gate'];
  readonly arms: CohortRun['arms'];
  /** The largest first. */
  readonly overlaps: readonly ArmOverlap[];
  readonly armsSvg: string;
}

/** The account: the flow diagram, and how many left and remained at each step. */
export function attritionSection({ attrition, attritionSvg, gate }: DrawingContent): Fragment {
  return html`<section><h2>Who was left out, and why</h2><figure>${raw(attritionSvg)}</figure>
<table><caption>Steps of the account</caption>
<thead><tr><th scope="col"></th><th scope="col">Left</th><th scope="col">Remain</th></tr></thead>
<tbody>
${attrition.map(({ label, removed, n }) => numbersLine(label, [removed, n]))}
</tbody></table>
${gate ? gateTable(gate) : ''}</section>
`;
}

function gateTable(gate: GateCounts): Fragment {
  return html`<table><caption>Authorization for research of those identified</caption>
<thead><tr><th scope="col"></th><th scope="col">Persons</th></tr></thead>
<tbody>
${gateKinds.map((kind) => numbersLine(gateLabels[kind], [gate[kind]]))}
</tbody></table>
`;
}

/** How the candidates were found: the overlap of the arms, each arm's numbers, each combination's. */
export function armsSection({ arms, overlaps, armsSvg }: DrawingContent): Fragment {
  const labels = new Map(arms.map(({ id, label }) => [id, label]));
  const combination = (ids: readonly string[]) => ids.map((id) => labels.get(id) ?? id).join(' and ');
  return html`<section><h2>How the candidates were found</h2><figure>${raw(armsSvg)}</figure>
<table><caption>Found by each arm</caption>
<thead><tr><th scope="col"></th><th scope="col">Found</th><th scope="col">Authorized</th></tr></thead>
<tbody>
${arms.map(({ label, found, authorized }) => numbersLine(label, [found, authorized]))}
</tbody></table>
<table><caption>Found by just these arms</caption>
<thead><tr><th scope="col"></th><th scope="col">Candidates</th></tr></thead>
<tbody>
${overlaps.map(({ arms: ids, n }) => numbersLine(combination(ids), [n]))}
</tbody></table>
</section>
`;
}

function numbersLine(label: string, numbers: readonly number[]): Fragment {
  return html`<tr><th scope="row">${label}</th>${numbers.map((n) => html`<td>${n}</td>`)}</tr>
`;
}
