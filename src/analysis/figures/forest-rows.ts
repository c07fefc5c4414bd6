import { type FigureOf, type SubgroupRow, subgroupRows } from '../../protocol/index.ts';
import { type DataSet, holds, type SubjectData } from '../data-set.ts';
import type { Count, ExactShares } from '../exact-shares.ts';
import type { ProportionResult } from '../statistic-results.ts';
import type { FigureHeading, ForestData, ForestRow } from './figure-data.ts';
import { headOf, shownSubjects } from './figure-focus.ts';

type ForestSpec = FigureOf<'forest'>;

/** The counts of the subgroups of all forests, for R; their ids are `figure/row`. */
export function forestCounts(data: DataSet): Count[] {
  return data.protocol.figures.flatMap((spec) =>
    spec.kind === 'forest'
      ? spec.rows.flatMap((row) =>
          subgroupsIn(data, row).map((subgroup) => {
            const { of, subjects } = membersOf(data, spec, subgroup);
            return { id: `${spec.id}/${subgroup.id}`, x: subjects.length, n: of.length, level: spec.level };
          }),
        )
      : [],
  );
}

/** The rows of a forest: proportions of the protocol, and subgroups with the intervals that R gave for their counts. */
export function forestRows(
  data: DataSet,
  spec: ForestSpec,
  proportions: readonly ProportionResult[],
  shares: ExactShares['shares'],
): ForestData {
  const rows = spec.rows.flatMap((row): (ForestRow | FigureHeading)[] => {
    if ('heading' in row) return [row];
    if ('statistic' in row) return statisticRow(data, row.statistic, proportions);
    return subgroupsIn(data, row).map((subgroup) => {
      const { of, subjects } = membersOf(data, spec, subgroup);
      const share = shares.get(`${spec.id}/${subgroup.id}`) ?? { estimate: null, low: null, high: null };
      const { id, label } = subgroup;
      return { id, label, x: subjects.length, n: of.length, ...share, level: spec.level, subjects, of };
    });
  });
  const reference = spec.reference === undefined ? {} : { reference: spec.reference / 100 };
  return { ...headOf(data, spec), kind: spec.kind, ...reference, rows };
}

function statisticRow(data: DataSet, id: string, proportions: readonly ProportionResult[]): ForestRow[] {
  const found = proportions.find((one) => one.id === id);
  const spec = data.protocol.statistics.find((one) => one.id === id);
  if (!found || !spec || !('proportion' in spec)) return [];
  const { label, x, n, estimate, low, high, level } = found;
  const { of: among, proportion } = spec;
  const members = among === undefined ? data.subjects : data.subjects.filter((one) => holds(data, among, one));
  const counts = members.filter((one) => holds(data, proportion, one));
  return [{ id, label, x, n, estimate, low, high, level, subjects: idsOf(counts), of: idsOf(members) }];
}

function subgroupsIn({ protocol }: DataSet, row: ForestSpec['rows'][number]): SubgroupRow[] {
  return 'when' in row || 'choicesOf' in row ? subgroupRows(protocol, row) : [];
}

function membersOf(data: DataSet, spec: ForestSpec, { when }: SubgroupRow): Pick<ForestRow, 'of' | 'subjects'> {
  const members = shownSubjects(data, spec).filter((one) => holds(data, when, one));
  const counts = members.filter((one) => holds(data, spec.proportion ?? 'false', one));
  return { of: idsOf(members), subjects: idsOf(counts) };
}

function idsOf(subjects: readonly SubjectData[]): string[] {
  return subjects.map(({ subject }) => subject);
}
