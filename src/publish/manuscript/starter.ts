import { proportionsId } from '../printed-table.ts';
import type { LiveSource } from './live-source.ts';

/** A first text for a study that has none: the account and every statistic, each a sentence to be rewritten. */
export function starterText({ results, proportions, attrition, data }: LiveSource): string {
  const reasons = attrition.filter(({ kind }) => kind === 'exclusion');
  const tables = results.tables.map(({ id, title }) => `Table {{${id}.number}}: ${title}.`);
  const sentences = proportions.map(({ id, label }) => `- ${label}: {{> proportion id=${qualified(id)}}}.`);
  const summaries = data.protocol.variables
    .filter(({ id }) => data.subjects.some(({ variables }) => typeof variables[id] === 'number'))
    .map(
      ({ id, label, unit }) =>
        `- ${label}: {{> summary id=variable.${id}${unit === undefined ? '' : ` unit=" ${unit}"`}}}.`,
    );
  return [
    '# Results',
    '',
    '{{> flow}}',
    '',
    ...reasons.map(({ id, label }) => `- ${label}: {{account.${id}.n}}.`),
    '',
    ...(tables.length > 0 ? [tables.join(' '), ''] : []),
    ...(sentences.length > 0 ? [...sentences, ''] : []),
    ...(summaries.length > 0 ? [...summaries, ''] : []),
    '{{> made-from}}',
    '',
    `<!-- All names: chartproof manuscript names. The statistics are the table ${proportionsId(results)}. -->`,
    '',
  ].join('\n');

  function qualified(id: string): string {
    return `statistic.${id}`;
  }
}
