/** The statistics of a protocol as single computations, each with the values it is made from. Pure. Rules R16 to R19 of SPEC.md. */
import type { ComparisonSpec, ProportionSpec, StatisticSpec, SurvivalSpec } from '../protocol/index.ts';
import { type DataSet, holds, isDecided, numberOf, type SubjectData } from './data-set.ts';
import { type Grouping, groupingOf, textValue } from './statistic-groups.ts';

/** What one subject brings to a computation; all as text, empty where it does not apply. */
export interface ValueRow {
  readonly subject: string;
  readonly value: string;
  readonly second: string;
  readonly group: string;
  readonly groupLabel: string;
  readonly stratum: string;
}

/** One row of `data/statistics.csv`. */
export interface Computation {
  readonly id: string;
  readonly label: string;
  readonly kind: 'proportion' | 'test' | 'survival' | 'heterogeneity';
  readonly method: string;
  readonly level: number;
  readonly interval: string;
  readonly at: readonly number[];
  readonly unit: string;
  readonly family: string;
  readonly adjust: string;
  /** Subjects of whom something is not known that it asks for. Of a proportion they are among `rows`, and do not count. */
  readonly leftOut: number;
  readonly rows: readonly ValueRow[];
}

/** Every computation in the order of the protocol: a statistic, then its subgroups, then what compares them. */
export function computationsOf(data: DataSet): Computation[] {
  return data.protocol.statistics.flatMap((spec) => {
    const { of, subgroups } = spec;
    const subjects = of === undefined ? data.subjects : data.subjects.filter((one) => holds(data, of, one));
    const all = computation(data, spec, subjects);
    if (subgroups === undefined) return [all, ...acrossStrata(spec, all)];
    const members = Map.groupBy(subjects, (one) => textValue(data, subgroups, one));
    const grouping = groupingOf(data, subgroups, members.keys());
    const parts = grouping.values.map((value) => {
      const inner = { ...spec, id: `${spec.id}/${value}`, label: `${spec.label}, ${grouping.labelOf(value)}` };
      return computation(data, inner, members.get(value) ?? []);
    });
    const subgroupOf = new Map(
      grouping.values.flatMap((value) => (members.get(value) ?? []).map((one) => [one.subject, value] as const)),
    );
    return [all, ...parts, ...acrossSubgroups(spec, all, grouping, subgroupOf)];
  });
}

/** A common odds ratio goes with the test of whether there is one. */
function acrossStrata(spec: StatisticSpec, all: Computation): Computation[] {
  if (!('compare' in spec) || spec.test !== 'mantel-haenszel') return [];
  const { id, label } = spec;
  const change = { id: `${id}/heterogeneity`, label: `${label}, across strata`, family: '', adjust: '' };
  return [{ ...all, ...change, kind: 'heterogeneity' }];
}

/** The test of whether subgroups differ: of a proportion Fisher's, of an effect that of heterogeneity. */
function acrossSubgroups(
  spec: StatisticSpec,
  all: Computation,
  { values }: Grouping,
  subgroupOf: ReadonlyMap<string, string>,
): Computation[] {
  const known = all.rows.filter(({ subject }) => subgroupOf.has(subject));
  const change = {
    id: `${spec.id}/heterogeneity`,
    label: `${spec.label}, across subgroups`,
    leftOut: ('proportion' in spec ? 0 : all.leftOut) + all.rows.length - known.length,
    family: '',
    adjust: '',
  };
  if ('proportion' in spec) {
    const bySubgroup = Map.groupBy(known, ({ subject }) => subgroupOf.get(subject) ?? '');
    const rows = values.flatMap((group) => (bySubgroup.get(group) ?? []).map((row) => ({ ...row, group })));
    return [{ ...all, ...change, kind: 'test', method: 'fisher', rows }];
  }
  if (!('compare' in spec) || spec.estimate === undefined) return [];
  // In the order of the groups first: the first group of all is the reference.
  const rows = known.map((row) => ({ ...row, stratum: subgroupOf.get(row.subject) ?? '' }));
  return [{ ...all, ...change, kind: 'heterogeneity', rows }];
}

function computation(data: DataSet, spec: StatisticSpec, subjects: readonly SubjectData[]): Computation {
  const { id, label, level } = spec;
  const adjust = 'adjust' in spec ? spec.adjust : undefined;
  const given = rowsOf(data, spec, subjects);
  return {
    id,
    label,
    level,
    kind: kindOf(spec),
    method: methodOf(spec),
    interval: 'time' in spec ? spec.interval : '',
    at: 'time' in spec ? spec.at : [],
    unit: 'time' in spec ? spec.unit : '',
    family: adjust?.family ?? '',
    adjust: adjust?.method ?? '',
    leftOut:
      'proportion' in spec
        ? subjects.filter((one) => !isDecided(data, spec.proportion, one)).length
        : given.filter((one) => one === undefined).length,
    rows: given.filter((one) => one !== undefined && one !== 'elsewhere') as ValueRow[],
  };
}

function kindOf(spec: StatisticSpec): Computation['kind'] {
  if ('proportion' in spec) return 'proportion';
  return 'time' in spec ? 'survival' : 'test';
}

function methodOf(spec: StatisticSpec): string {
  if ('proportion' in spec) return spec.method;
  if ('time' in spec) return 'survival';
  return spec.test ?? (spec as ComparisonSpec).estimate ?? '';
}

/** A row, undefined where something is not known, `elsewhere` for a subject of a group that is not compared. */
type Given = ValueRow | undefined | 'elsewhere';

function rowsOf(data: DataSet, spec: StatisticSpec, subjects: readonly SubjectData[]): Given[] {
  if ('proportion' in spec) return subjects.map((one) => proportionRow(data, spec, one));
  if ('paired' in spec) {
    const read = spec.test === 'signed-rank' ? numberText : yesNo;
    return subjects.map((one) =>
      row(one, read(data, spec.paired[0], one), { second: read(data, spec.paired[1], one) }),
    );
  }
  if ('time' in spec && spec.by === undefined) return subjects.map((one) => survivalRow(data, spec, one));
  const by = spec.by ?? '';
  const groups = subjects.map((one) => textValue(data, by, one));
  const grouping = groupingOf(data, by, groups, spec.groups);
  const rows = subjects.map((one, at): Given => {
    const group = groups[at];
    if (group === undefined) return undefined;
    if (!grouping.values.includes(group)) return 'elsewhere';
    const own = groupRow(data, spec, one);
    return own && { ...own, group, groupLabel: grouping.labelOf(group) };
  });
  return inGroups(rows, grouping);
}

/** The groups in their order: R takes the first that it sees for the reference. */
function inGroups(rows: readonly Given[], { values }: Grouping): Given[] {
  const byGroup = Map.groupBy(rows, (one) => (typeof one === 'object' ? one.group : undefined));
  return [...new Set([...values, undefined])].flatMap((group) => byGroup.get(group) ?? []);
}

function groupRow(
  data: DataSet,
  spec: Exclude<StatisticSpec, { readonly proportion: string } | { readonly paired: unknown }>,
  one: SubjectData,
): ValueRow | undefined {
  if ('time' in spec) return survivalRow(data, spec, one);
  if ('number' in spec) return row(one, numberText(data, spec.number, one));
  const free = spec.test === 'fisher' || spec.test === 'chi-squared';
  const value = (free ? textValue : yesNo)(data, spec.compare, one);
  if (spec.stratify === undefined) return row(one, value);
  return row(one, value, { stratum: textValue(data, spec.stratify, one) });
}

function proportionRow(data: DataSet, spec: ProportionSpec, one: SubjectData): ValueRow | undefined {
  return row(one, String(holds(data, spec.proportion, one)));
}

function survivalRow(data: DataSet, spec: SurvivalSpec, one: SubjectData): ValueRow | undefined {
  const time = numberOf(data, spec.time, one);
  // An event before the start is a mistake of dates, not a time.
  const value = time === undefined || time < 0 ? undefined : String(time);
  return row(one, value, { second: yesNo(data, spec.event, one) });
}

function yesNo(data: DataSet, text: string, one: SubjectData): string | undefined {
  const value = textValue(data, text, one);
  return value === 'true' || value === 'false' ? value : undefined;
}

function numberText(data: DataSet, text: string, one: SubjectData): string | undefined {
  const value = numberOf(data, text, one);
  return value === undefined ? undefined : String(value);
}

/** The row, where all that it asks for is known. */
function row(
  { subject }: SubjectData,
  value: string | undefined,
  more: { readonly second?: string | undefined; readonly stratum?: string | undefined } = {},
): ValueRow | undefined {
  if (value === undefined || Object.values(more).includes(undefined)) return undefined;
  return { subject, value, second: '', group: '', groupLabel: '', stratum: '', ...(more as Partial<ValueRow>) };
}
