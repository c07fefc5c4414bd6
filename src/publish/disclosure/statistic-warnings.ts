/** Where statistics have few people, or print what somebody wrote. Rules R50, R51 and R55. */
import { computationsOf, type DataSet, singleOf, type ValueRow } from '../../analysis/index.ts';
import type { StatisticSpec } from '../../protocol/index.ts';
import { WITHHELD } from '../deidentify/deidentify.ts';
import { groupsOf, statisticWords } from '../deidentify/released-statistics.ts';
import type { DisclosureWarning } from './warning.ts';

/**
 * Few in a proportion or in what is left of it, or in a group that is compared, or with its outcome; subgroups are statistics of
 * their own. Groups that are named by what somebody wrote in a chart, which is printed.
 */
export function statisticWarnings(data: DataSet, least: number): DisclosureWarning[] {
  const words = statisticWords(data.protocol);
  const ofCharts = new Set(data.protocol.statistics.filter(hasTextOfCharts(data, words)).map(({ id }) => id));
  const few = computationsOf(data).flatMap(({ id, kind, method, rows: given }): DisclosureWarning[] => {
    const [statistic = '', ...subgroup] = id.split('/');
    // A warning has nothing of a chart: not the name of such a group.
    const told = (name: string): string =>
      name === '' || !ofCharts.has(statistic) || words.has(name) ? name : WITHHELD;
    const rows = given.map((row) => ({ ...row, group: told(row.group) }));
    const place = ['statistics', statistic, ...(subgroup.length > 0 ? [told(subgroup.join('/'))] : [])].join('/');
    if (kind !== 'proportion')
      return [
        ...groupWarnings(place, rows, least),
        ...(COUNTED.has(method) ? outcomeWarnings(place, rows, least) : []),
      ];
    return shareWarnings(place, rows, least);
  });
  const printed = [...ofCharts].map((id) => ({
    code: 'free-text' as const,
    place: `statistics/${id}`,
    text: 'Its groups are named by text of the charts, which is printed.',
  }));
  return [...few, ...printed];
}

/** Whether the groups of a statistic have a name that the protocol does not say: a number as text may be one by which somebody is found. */
function hasTextOfCharts({ protocol, subjects }: DataSet, words: ReadonlySet<string>) {
  return (spec: StatisticSpec): boolean =>
    groupsOf(spec).some((text) =>
      subjects.some((one) => {
        const value = singleOf(protocol, text, one);
        return typeof value === 'string' && value !== '' && !words.has(value);
      }),
    );
}

/** Effects that are told with how many of each group have the outcome. */
const COUNTED: ReadonlySet<string> = new Set(['difference', 'ratio', 'odds-ratio', 'odds-ratio-woolf']);

function outcomeWarnings(place: string, rows: readonly ValueRow[], least: number): DisclosureWarning[] {
  return [...Map.groupBy(rows, ({ group }) => group)].flatMap(([group, own]) =>
    shareWarnings(`${place}/${group}/yes`, own, least),
  );
}

/** Few who count, or few who do not. */
function shareWarnings(place: string, rows: readonly ValueRow[], least: number): DisclosureWarning[] {
  const x = rows.filter(({ value }) => value === 'true').length;
  const rest = rows.length - x;
  return [
    ...(x > 0 && x < least ? [{ code: 'small-cell' as const, place, text: `${x} of ${rows.length}.` }] : []),
    ...(x > 0 && rest > 0 && rest < least
      ? [{ code: 'small-rest' as const, place, text: `All but ${rest} of ${rows.length}.` }]
      : []),
  ];
}

function groupWarnings(place: string, rows: readonly ValueRow[], least: number): DisclosureWarning[] {
  const groups = Map.groupBy(rows, ({ group }) => group);
  return [...groups]
    .filter(([, own]) => own.length < least)
    .map(([group, own]) => ({
      code: 'small-cell',
      place: group === '' ? place : `${place}/${group}`,
      text: `${own.length} of ${rows.length} in ${group === '' ? 'it' : 'this group'}.`,
    }));
}
