/** The files of a release about the search: `arms.json` for programs, `arms.csv` for a spreadsheet. */
import { fixed, safeCsv, type TextFile } from '../analysis/index.ts';
import { armOverlaps, type CohortRun, missedByAll } from '../cohort/index.ts';
import type { LeafReport, SearchReport } from './search-report.ts';

export function armFiles(run: CohortRun, report: SearchReport): TextFile[] {
  const json = `${JSON.stringify(armsContent(run, report), null, 2)}\n`;
  return [
    { name: 'arms.json', text: json },
    { name: 'arms.csv', text: safeCsv(HEADER, armRows(report)) },
  ];
}

/** How the candidates were found and what came of them; with two arms or more how many all may have missed, with a sample how many it says. */
export function armsContent({ arms, candidates, identified }: CohortRun, report: SearchReport): object {
  const ids = arms.map(({ id }) => id);
  const missed = missedByAll(ids, candidates).map(({ missed: n, interval, ...counts }) => ({
    ...counts,
    missed: toOneDecimal(n),
    ...(interval ? { interval95: [toOneDecimal(interval.low), toOneDecimal(interval.high)] } : {}),
  }));
  const yields = new Map(report.arms.map((one) => [one.arm, one]));
  return {
    identified,
    any: report.any,
    arms: arms.map(({ id, label, found, authorized }) => {
      const { eligible, notEligible, byRule, open, included, ppv, only, leaves } = yields.get(id) ?? {};
      return { id, label, found, authorized, eligible, notEligible, byRule, open, included, ppv, only, leaves };
    }),
    overlaps: armOverlaps(candidates),
    ...(missed.length > 0 ? { missedByAll: { estimates: missed, assumes: INDEPENDENT } } : {}),
    ...(report.sample ? { sample: report.sample } : {}),
  };
}

const INDEPENDENT =
  'The arms find candidates independently, and each candidate is as likely as another to be found by an arm. Arms on one record seldom do: where they find the same persons oftener than by chance, more are missed.';

function toOneDecimal(number: number): number {
  return Number(fixed(number, 1));
}

const HEADER = [
  'arm',
  'kind',
  'label',
  'found',
  'eligible',
  'not_eligible',
  'by_rule',
  'open',
  'included',
  'ppv',
  'ppv_low',
  'ppv_high',
  'only',
];

/** A row for each arm, for each leaf below it, and for each code on the rows that a code found. */
function armRows({ arms, any }: SearchReport): unknown[][] {
  const line = (arm: string, kind: string, one: Counted, only?: number): unknown[] => [
    arm,
    kind,
    one.label,
    one.found,
    one.eligible,
    one.notEligible,
    one.byRule,
    one.open,
    one.included,
    one.ppv.estimate,
    one.ppv.low,
    one.ppv.high,
    only,
  ];
  return [
    ...arms.flatMap((arm) => [
      line(arm.arm, 'arm', arm, arm.only),
      ...arm.leaves.flatMap((leaf) => [
        line(arm.arm, leaf.kind, leaf, leaf.only),
        ...leaf.codes.map(({ code, found }) => [arm.arm, 'code-on-rows', code, found, ...Array(9).fill(undefined)]),
      ]),
    ]),
    line('', 'any', { ...any, label: 'Any arm' }),
  ];
}

type Counted = Omit<LeafReport, 'kind' | 'only' | 'codes'>;
