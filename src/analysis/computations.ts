/** The statistics of a protocol as single computations, each with the values it is made from. Pure. Rules R16 to R19 of SPEC.md. */
import type { ComparisonSpec, ProportionSpec, StatisticSpec, SurvivalSpec } from '../protocol/index.ts';
import { type DataSet, holds, isDecided, numberOf, type SubjectData } from './data-set.ts';
import { type Grouping, groupingOf, textValue } from './statistic-groups.ts';
import type { Given, ValueRow } from './value-row.ts';

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
    const giveRow = rowGiver(data, spec);
    const given = subjects.map((one) => ({ one, row: giveRow(one) }));
    const all = computation(data, spec, given);
    if (subgroups === undefined) return [all, ...acrossStrata(spec, all)];
    const members = Map.groupBy(given, ({ one }) => textValue(data, subgroups, one));
    const grouping = groupingOf(data, subgroups, members.keys());
    const parts = grouping.values.map((value) => {
      const inner = { ...spec, id: `${spec.id}/${value}`, label: `${spec.label}, ${grouping.labelOf(value)}` };
      return computation(data, inner, members.get(value) ?? []);
    });
    const subgroupOf = new Map(
      grouping.values.flatMap((value) => (members.get(value) ?? []).map(({ one }) => [one.subject, value] as const)),
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

interface GivenRow {
  readonly one: SubjectData;
  readonly row: Given;
}

function computation(data: DataSet, spec: StatisticSpec, given: readonly GivenRow[]): Computation {
  const { id, label, level } = spec;
  const adjust = 'adjust' in spec ? spec.adjust : undefined;
  const rows = given.flatMap(({ row }) => (row === undefined || row === 'elsewhere' ? [] : row));
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
    leftOut: given.filter(({ one, row }) =>
      'proportion' in spec ? !isDecided(data, spec.proportion, one) : row === undefined,
    ).length,
    rows: isByGroup(spec)
      ? inGroups(
          rows,
          groupingOf(
            data,
            spec.by,
            rows.map(({ group }) => group),
            spec.groups,
          ),
        )
      : rows,
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

/**
 * Gives the row of a subject. It follows from the subject alone, and is worked out once: of whoever did not change, a later data
 * set has the very same row. Not where answers are kept, which the subject does not know of.
 */
function rowGiver(data: DataSet, spec: StatisticSpec): (one: SubjectData) => Given {
  const make = rowMaker(data, spec);
  if (data.answers) return make;
  return (one) => {
    const { rows } = one.workedOut;
    if (!rows.has(spec)) rows.set(spec, make(one));
    return rows.get(spec);
  };
}

function rowMaker(data: DataSet, spec: StatisticSpec): (one: SubjectData) => Given {
  if ('proportion' in spec) return (one) => proportionRow(data, spec, one);
  if ('paired' in spec) {
    const read = spec.test === 'signed-rank' ? numberText : yesNo;
    return (one) => row(one, read(data, spec.paired[0], one), { second: read(data, spec.paired[1], one) });
  }
  if (!isByGroup(spec)) return (one) => survivalRow(data, spec, one);
  const { by } = spec;
  const asked = spec.groups?.map(String);
  const { labelOf } = groupingOf(data, by, []);
  return (one) => {
    const group = textValue(data, by, one);
    if (group === undefined) return undefined;
    if (asked && !asked.includes(group)) return 'elsewhere';
    const own = groupRow(data, spec, one);
    return own && { ...own, group, groupLabel: labelOf(group) };
  };
}

type GroupedSpec = Exclude<StatisticSpec, { readonly proportion: string } | { readonly paired: unknown }>;

function isByGroup(spec: StatisticSpec): spec is GroupedSpec & { readonly by: string } {
  return 'by' in spec && spec.by !== undefined;
}

/** The groups in their order: R takes the first that it sees for the reference. */
function inGroups(rows: readonly ValueRow[], { values }: Grouping): ValueRow[] {
  const byGroup = Map.groupBy(rows, ({ group }) => group);
  return values.flatMap((group) => byGroup.get(group) ?? []);
}

function groupRow(data: DataSet, spec: GroupedSpec, one: SubjectData): ValueRow | undefined {
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
