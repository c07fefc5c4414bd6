import type { EstimateResult, SurvivalCurve } from '../../analysis/index.ts';
import { printedTables } from '../printed-tables.ts';
import { curveName, statisticName } from '../statistic-names.ts';
import { curveLabel } from '../statistic-tables.ts';
import { literalsIn } from './literals.ts';
import type { LiveSource } from './live-source.ts';

/** A first text for a study that has none: the account and every statistic, each a sentence to be rewritten. */
export function starterText({ results, statistics, attrition, data }: LiveSource): string {
  const reasons = attrition.filter(({ kind }) => kind === 'exclusion');
  const tables = printedTables(results, statistics).map(
    ({ id, title }) => `Table {{table.${id}.number}}: ${words(title)}.`,
  );
  const sentences = [
    ...statistics.proportions.map(({ id, label }) => `- ${words(label)}: {{> proportion id=${qualified(id)}}}.`),
    ...statistics.estimates.map(estimateSentence),
    ...statistics.curves.map(curveSentence),
  ];
  const summaries = data.protocol.variables
    .filter(({ id }) => data.subjects.some(({ variables }) => typeof variables[id] === 'number'))
    .map(
      ({ id, label, unit }) =>
        `- ${words(label)}: {{> summary id=variable.${id}${unit === undefined ? '' : ` unit=" ${unit}"`}}}.`,
    );
  return [
    '# Results',
    '',
    '{{> flow}}',
    '',
    ...reasons.map(({ id, label }) => `- ${words(label)}: {{account.${id}.n}}.`),
    '',
    ...(tables.length > 0 ? [tables.join(' '), ''] : []),
    ...(sentences.length > 0 ? [...sentences, ''] : []),
    ...(summaries.length > 0 ? [...summaries, ''] : []),
    '{{> made-from}}',
    '',
    `<!-- All names: chartproof manuscript names. -->`,
    '',
  ].join('\n');
}

function estimateSentence({ id, label, estimate, p }: EstimateResult): string {
  const said = [
    ...(estimate === null ? [] : [`{{> effect id=${qualified(id)}}}`]),
    ...(p === null ? [] : [`P {{${qualified(id)}.p:=}}`]),
  ];
  return `- ${words(label)}: ${said.join(', ') || `{{${qualified(id)}.n}} patients`}.`;
}

function curveSentence(curve: SurvivalCurve): string {
  const unit = curve.unit === '' ? '' : ` unit=" ${curve.unit}"`;
  return `- ${words(curveLabel(curve))}: {{> median-time id=statistic.${curveName(curve)}${unit}}}.`;
}

function qualified(id: string): string {
  return `statistic.${statisticName(id)}`;
}

/** A label as text: a number in it is of the question, and no result. */
function words(label: string): string {
  return literalsIn(label).reduceRight(
    (left, { start, text }) => `${left.slice(0, start)}[[${text}]]${left.slice(start + text.length)}`,
    label,
  );
}
