import type { YamlPath } from '../base/index.ts';
import type { Checker, Names } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { ComparisonSpec, StatisticSpec } from './schema-statistics.ts';

/** Statistics speak of what is there, and ask for what can be computed. */
export function checkStatistics(checker: Checker, { statistics }: Protocol, names: Names): void {
  checker.unique(statistics, ['statistics']);
  for (const [at, statistic] of statistics.entries()) {
    const path: YamlPath = ['statistics', at];
    checkExpressions(checker, statistic, path, names);
    if ('compare' in statistic) checkComparison(checker, statistic, path);
    if ('groups' in statistic) checkGroups(checker, statistic, path);
    checkFamily(checker, statistics, at);
  }
}

const EXPRESSIONS = ['proportion', 'of', 'subgroups', 'compare', 'by', 'stratify', 'number', 'time', 'event'];

function checkExpressions(checker: Checker, statistic: StatisticSpec, path: YamlPath, names: Names): void {
  for (const [key, value] of Object.entries(statistic)) {
    if (EXPRESSIONS.includes(key) && typeof value === 'string') checker.expression([...path, key], value, names);
  }
  if (!('paired' in statistic)) return;
  for (const [at, text] of statistic.paired.entries()) checker.expression([...path, 'paired', at], text, names);
}

function checkComparison(checker: Checker, statistic: ComparisonSpec, path: YamlPath): void {
  const { test, estimate, stratify, groups } = statistic;
  if ((test === undefined) === (estimate === undefined)) {
    checker.add(
      test === undefined ? path : [...path, 'estimate'],
      'statistic',
      'A comparison has either a `test` or an `estimate`.',
      'For both, write two statistics.',
    );
    return;
  }
  if (test === 'mantel-haenszel' && stratify === undefined) {
    checker.add(
      [...path, 'test'],
      'statistic',
      'Mantel-Haenszel needs strata.',
      'Add `stratify`, or take another test.',
    );
  }
  if (test !== 'mantel-haenszel' && stratify !== undefined) {
    const tip = 'Take `test: mantel-haenszel`, or leave `stratify` out.';
    checker.add([...path, 'stratify'], 'statistic', 'Only Mantel-Haenszel has strata.', tip);
  }
  if ((estimate !== undefined || test === 'mantel-haenszel') && groups && groups.length !== 2)
    twoGroups(checker, path, groups.length);
}

function twoGroups(checker: Checker, path: YamlPath, found: number): void {
  const tip = 'Name the two to compare, the reference first.';
  checker.add([...path, 'groups'], 'statistic', `This compares two groups; there are ${found}.`, tip);
}

function checkGroups(checker: Checker, statistic: StatisticSpec & { groups?: unknown }, path: YamlPath): void {
  const { groups } = statistic;
  if (!Array.isArray(groups)) return;
  if (new Set(groups.map(String)).size !== groups.length)
    checker.add([...path, 'groups'], 'statistic', 'A group is named twice.', 'Name each once.');
  if ('time' in statistic && statistic.by === undefined)
    checker.add([...path, 'groups'], 'statistic', 'Groups need `by`.', 'Say by what subjects are grouped.');
  if ('number' in statistic && statistic.test !== 'kruskal-wallis' && groups.length !== 2)
    twoGroups(checker, path, groups.length);
}

/** One family is adjusted in one way. */
function checkFamily(checker: Checker, statistics: readonly StatisticSpec[], at: number): void {
  const adjust = adjustOf(statistics[at]);
  if (!adjust) return;
  const first = statistics.map(adjustOf).find((one) => one?.family === adjust.family);
  if (!first || first.method === adjust.method) return;
  checker.add(
    ['statistics', at, 'adjust', 'method'],
    'statistic',
    `The family \`${adjust.family}\` is adjusted by ${first.method} above, and by ${adjust.method} here.`,
    'One family has one method.',
  );
}

function adjustOf(
  statistic: StatisticSpec | undefined,
): { readonly family: string; readonly method: string } | undefined {
  return statistic && 'adjust' in statistic ? statistic.adjust : undefined;
}
