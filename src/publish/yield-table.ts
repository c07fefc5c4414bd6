/** The yield of the search as a table of a paper, and the sample in words. */
import { fixed } from '../analysis/index.ts';
import type { Estimate, YieldCounts } from '../cohort/index.ts';
import { intervalText, percentText } from './proportion-lines.ts';
import type { LeafReport, SampleReport, SearchReport } from './search-report.ts';

/** Rows of depth 0 are arms, of 1 their codes, drug names and queries, of 2 the codes on the rows. */
export interface YieldTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly depth: number; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

/** The table; what found nobody stands in a note. */
export function yieldTable({ any, arms }: SearchReport): YieldTable {
  const withOpen = any.open > 0;
  const line = (label: string, depth: number, counts: YieldCounts & { readonly ppv: Estimate }, only: string) => {
    const { found, eligible, notEligible, byRule, open, ppv } = counts;
    const numbers = [found, eligible, notEligible, byRule, ...(withOpen ? [open] : [])].map(String);
    return { label, depth, cells: [...numbers, percentText(ppv.estimate), intervalText(ppv), only] };
  };
  const idle = [...new Set(arms.flatMap(({ leaves }) => leaves.filter(({ found }) => found === 0).map(labelOf)))];
  return {
    title: 'Yield of the search',
    columns: [
      'Found',
      'Eligible',
      'Not eligible',
      'Left out by rule',
      ...(withOpen ? ['Not settled'] : []),
      'PPV, %',
      '95% CI',
      'Only',
    ],
    rows: [
      ...arms.flatMap((arm) => [
        line(arm.label, 0, arm, String(arm.only)),
        ...arm.leaves
          .filter(({ found }) => found > 0)
          .flatMap((leaf) => [line(labelOf(leaf), 1, leaf, String(leaf.only)), ...codeLines(leaf)]),
      ]),
      line('Any arm', 0, any, ''),
    ],
    notes: [
      'Found, authorized candidates. PPV, positive predictive value: eligible of those eligible or not. CI, confidence interval: exact (Clopper-Pearson), computed by R. Only, found by no other arm; of a code, drug name or query, found by no arm without it.',
      ...(idle.length > 0 ? [`Found nobody: ${idle.join(', ')}.`] : []),
    ],
  };
}

function labelOf({ kind, label }: LeafReport): string {
  if (kind === 'drug-name') return `Drug name: ${label}`;
  return kind === 'query' ? `Notes: ${label}` : label;
}

/** The codes on the rows, unless it is just the code itself. */
function codeLines({ label, codes }: LeafReport): YieldTable['rows'] {
  if (codes.every(({ code }) => code === label)) return [];
  return codes.map(({ code, found }) => ({ label: `on rows: ${code}`, depth: 2, cells: [String(found)] }));
}

/** What the sample says, in sentences. */
export function sampleLines(sample: SampleReport): string[] {
  const { population, drawn, read, cases, found, share, missed, sensitivity, among, seed, open, refused } = sample;
  const whom = among === null ? '' : ` and who meet \`${among}\``;
  const percent = (one: Estimate): string => `${percentText(one.estimate)} % (95% CI ${intervalText(one)})`;
  const persons = (count: number | null): string => (count === null ? '\u2013' : fixed(count, 0));
  return [
    `Of ${population} persons whom no arm found${whom}, ${drawn} were drawn at random (seed ${seed}) and ${read} read: ${cases} ${cases === 1 ? 'case' : 'cases'}, ${percent(share)}.`,
    `So about ${persons(missed.estimate)} cases were missed (95% CI ${persons(missed.low)}\u2013${persons(missed.high)}). The search found ${found}; its sensitivity is ${percent(sensitivity)}.`,
    ...(refused > 0 ? [`${refused} of the sample refused since and are not counted.`] : []),
    ...(open > 0
      ? [
          `${open} ${open === 1 ? 'candidate is' : 'candidates are'} not settled and not counted: the sensitivity may rise.`,
        ]
      : []),
  ];
}
