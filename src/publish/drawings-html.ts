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
  /** How many a person looked at. */
  readonly screened: number;
  readonly attritionSvg: string;
  /** How those identified stand at the gate. */
  readonly gate?: CohortRun['gate'];
  readonly arms: CohortRun['arms'];
  /** The largest first. */
  readonly overlaps: readonly ArmOverlap[];
  readonly armsSvg: string;
  /** Under the drawings, where the protocol lists them among its figures. */
  readonly captions?: { readonly attrition?: string; readonly arms?: string } | undefined;
}

/** The account: the flow diagram, and how many left and remained at each step. */
export function attritionSection({ attrition, screened, attritionSvg, gate, captions }: DrawingContent): Fragment {
  const ofEvents = attrition.some(({ events }) => events);
  return html`<section><h2>Who was left out, and why</h2><figure>${raw(attritionSvg)}${captionOf(captions?.attrition)}</figure>
<table><caption>Steps of the account</caption>
<thead><tr><th scope="col"></th>${stepHeads(ofEvents).map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${attrition.map((step) => numbersLine(step.label, stepNumbers(step, ofEvents)))}
</tbody></table>
<p>Holds for: how many of those authorized meet the reason, at whatever step they left. Whom the records exclude is not
screened, so that the reasons of reviewers are not known of them. Screened by reviewers: ${screened}.</p>
${gate ? gateTable(gate) : ''}</section>
`;
}

function captionOf(caption: string | undefined): Fragment | '' {
  return caption === undefined ? '' : html`<figcaption class="note">${caption}</figcaption>`;
}

function gateTable(gate: GateCounts): Fragment {
  return html`<table><caption>Authorization for research of those identified</caption>
<thead><tr><th scope="col"></th><th scope="col">Persons</th></tr></thead>
<tbody>
${gateKinds.map((kind) => numbersLine(gateLabels[kind], [gate[kind]]))}
</tbody></table>
`;
}

function stepHeads(ofEvents: boolean): string[] {
  return ['Left', 'Holds for', 'Remain', ...(ofEvents ? ['Events left', 'Events remain'] : [])];
}

function stepNumbers({ n, removed, allFailing, events }: AttritionStep, ofEvents: boolean): (number | string)[] {
  return [removed, allFailing ?? '', n, ...(ofEvents ? [events?.removed ?? '', events?.n ?? ''] : [])];
}

/** How the candidates were found: the overlap of the arms, each arm's numbers, each combination's. */
export function armsSection({ arms, overlaps, armsSvg, captions }: DrawingContent): Fragment {
  const labels = new Map(arms.map(({ id, label }) => [id, label]));
  const combination = (ids: readonly string[]) => ids.map((id) => labels.get(id) ?? id).join(' and ');
  return html`<section><h2>How the candidates were found</h2><figure>${raw(armsSvg)}${captionOf(captions?.arms)}</figure>
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

function numbersLine(label: string, numbers: readonly (number | string)[]): Fragment {
  return html`<tr><th scope="row">${label}</th>${numbers.map((n) => html`<td>${n}</td>`)}</tr>
`;
}
