/**
 * The disclosure check: every place of a release where few people stand, or where somebody wrote freely. It tells; people decide.
 * Rules R50 to R56.
 */
import type { DataSet, Results } from '../../analysis/index.ts';
import type { ArmOverlap, AttritionStep } from '../../cohort/index.ts';
import { statisticWarnings } from './statistic-warnings.ts';
import { tableWarnings } from './table-warnings.ts';
import { dateWarnings, textWarnings } from './text-warnings.ts';
import type { DisclosureWarning } from './warning.ts';

/** What is to leave. `searches` are the reasons that people gave for their searches. */
export interface Leaving {
  readonly data: DataSet;
  readonly results: Results;
  readonly attrition: readonly AttritionStep[];
  /** How many candidates just these arms found. */
  readonly overlaps: readonly ArmOverlap[];
  readonly searches: readonly { readonly id: number; readonly why: string | null; readonly persons: number }[];
  /** Subjects over 89, by `deidentify`. */
  readonly over89: readonly string[];
}

/** All warnings, in the order of print; each place has a warning of a code once. */
export function checkDisclosure(leaving: Leaving): DisclosureWarning[] {
  const { data, results } = leaving;
  const { smallCell } = data.protocol.release;
  const all = [
    ...results.tables.flatMap((table) => tableWarnings(table, smallCell)),
    ...attritionWarnings(leaving.attrition, smallCell),
    ...leaving.overlaps
      .filter(({ n }) => n < smallCell)
      .map(({ arms, n }) => ({
        code: 'small-cell' as const,
        place: `arms/${arms.join('+')}`,
        text: `${n} found by just ${arms.length === 1 ? 'this search' : 'these searches'}.`,
      })),
    ...statisticWarnings(data, smallCell),
    ...loneWarnings(data),
    ...ageWarnings(leaving),
    ...dateWarnings(data.protocol, results),
    ...textWarnings(data.protocol, leaving.searches),
    ...leaving.searches
      .filter(({ persons }) => persons > 0 && persons < smallCell)
      .map(({ id, persons }) => ({
        code: 'small-cell' as const,
        place: `searches/${id}`,
        text: `The search found ${persons === 1 ? 'one person' : `${persons} persons`}.`,
      })),
  ];
  return [...new Map(all.map((one) => [`${one.code} ${one.place}`, one])).values()];
}

function attritionWarnings(steps: readonly AttritionStep[], least: number): DisclosureWarning[] {
  return steps
    .filter(({ kind, removed }) => kind !== 'found' && kind !== 'identified' && removed > 0 && removed < least)
    .map(({ id, label, removed }) => ({
      code: 'small-cell',
      place: `attrition/${id}`,
      text: `${removed} left at "${label}".`,
    }));
}

/** A lone person of a sex with an outcome is known to whoever knows one patient of that sex. */
function loneWarnings({ included, subjects, protocol }: DataSet): DisclosureWarning[] {
  const inAll = lonesOf(included).map((sex) => ({
    code: 'lone-sex' as const,
    place: `data/subjects.csv/${sex}`,
    text: `One person of the sex "${sex}" among all ${included.length}.`,
  }));
  const byResponse = (protocol.response?.categories ?? []).flatMap(({ code, label }) => {
    const having = subjects.filter((one) => one.response?.category === code);
    return lonesOf(having).map((sex) => ({
      code: 'lone-sex' as const,
      place: `response/${code}/${sex}`,
      text: `One person of the sex "${sex}" with the response "${label}" (of ${having.length}).`,
    }));
  });
  return [...inAll, ...byResponse];
}

/** The sexes of which there is one person. Of a single person nothing is added by the sex. */
function lonesOf(subjects: DataSet['subjects']): string[] {
  if (subjects.length < 2) return [];
  const bySex = Map.groupBy(subjects, (one) => one.settled.person.sex ?? 'unknown');
  return [...bySex].filter(([, own]) => own.length === 1).map(([sex]) => sex);
}

function ageWarnings({ over89, data, results }: Leaving): DisclosureWarning[] {
  if (over89.length === 0) return [];
  const people = over89.length === 1 ? 'One subject is' : `${over89.length} subjects are`;
  const inData: DisclosureWarning = {
    code: 'age-over-89',
    place: 'data/subjects.csv',
    text: `${people} over 89: their ages stand as 90+ and their dates are withheld; an age before and the time since may still add up.`,
  };
  const old = new Set(over89);
  const printed = results.tables.flatMap((table) =>
    table.rows
      .filter((row) => row.max !== undefined && row.cells.some(({ subjects }) => subjects.some((one) => old.has(one))))
      .filter((row) => isAgeRow(row.label, row.unit) && (row.max ?? 0) > 89)
      .map((row) => ({
        code: 'age-over-89' as const,
        place: `${table.id}/${row.id}`,
        text: 'A number of years over 89 is printed, or is in the mean.',
      })),
  );
  return data.included.length === 0 ? printed : [inData, ...printed];
}

function isAgeRow(label: string, unit: string | undefined): boolean {
  return /^(?:a|years?|yrs?)$/i.test(unit ?? '') || /\bage\b/i.test(label);
}
