/** What the search came to: the yield of each arm, code, drug name and query, and the sample of those whom no arm found. */
import { type Count, exactShares, type TextFile } from '../analysis/index.ts';
import { type Progress, silent } from '../base/index.ts';
import {
  type ArmYield,
  type CohortRun,
  type Estimate,
  type LeafYield,
  type Sample,
  type SampleCounts,
  type SearchYield,
  type Sensitivity,
  sampleFrame,
  searchYield,
  sensitivityOf,
  standingSample,
  withLeaves,
  type YieldCounts,
} from '../cohort/index.ts';
import { lastVerdicts, type OpenStudy, type ReviewState, sampleVerdicts, screeningVerdicts } from '../review/index.ts';

/** Of those found and settled, the share that is eligible. */
interface Predictive {
  readonly ppv: Estimate;
}

export type LeafReport = LeafYield & Predictive;
export type ArmReport = Omit<ArmYield, 'leaves'> & Predictive & { readonly leaves: readonly LeafReport[] };

/** The sample that stands and what it says; `open` candidates are not settled and not among those found. */
export interface SampleReport extends SampleCounts, Sensitivity, Pick<Sample, 'seed' | 'among' | 'refused'> {
  readonly drawn: number;
  readonly open: number;
  /** Of cases among those read. */
  readonly share: Estimate;
}

/** The whole report; `sample` only where somebody of it was read. */
export interface SearchReport {
  readonly any: YieldCounts & Predictive;
  readonly arms: readonly ArmReport[];
  readonly sample?: SampleReport;
}

/** Works out the report, with the script, the input and the output of R. Errors: those of `withLeaves`, `exactShares` and `sampleFrame`. */
export async function searchReport(
  open: OpenStudy,
  { run, state }: { readonly run: Pick<CohortRun, 'id'>; readonly state: ReviewState },
  progress: Progress = silent,
): Promise<{ readonly report: SearchReport; readonly files: readonly TextFile[] }> {
  const screened = screeningVerdicts(open.study.protocol, state.judged);
  const counted = searchYield(await withLeaves(open, run, progress), screened);
  const sample = await readSample(open, screened);
  const { files, shares } = await exactShares([
    ...yieldCounts(counted),
    ...(sample ? [{ id: SAMPLE, x: sample.cases, n: sample.read }] : []),
  ]);
  const shareOf = (id: string): Estimate => shares.get(id) ?? { estimate: null, low: null, high: null };
  const report = {
    any: { ...counted.any, ppv: shareOf(ANY) },
    arms: counted.arms.map((arm) => ({
      ...arm,
      ppv: shareOf(arm.arm),
      leaves: arm.leaves.map((leaf, at) => ({ ...leaf, ppv: shareOf(leafId(arm, at)) })),
    })),
    ...(sample ? { sample: { ...sample, share: shareOf(SAMPLE), ...sensitivityOf(sample, shareOf(SAMPLE)) } } : {}),
  };
  return { report, files };
}

// No id of an arm has a blank.
const ANY = 'any arm';
const SAMPLE = 'cases in the sample';

function leafId({ arm }: ArmYield, at: number): string {
  return `${arm} ${at + 1}`;
}

function yieldCounts({ any, arms }: SearchYield): Count[] {
  const count = (id: string, { eligible, notEligible }: YieldCounts): Count => ({
    id,
    x: eligible,
    n: eligible + notEligible,
  });
  return [
    count(ANY, any),
    ...arms.flatMap((arm) => [count(arm.arm, arm), ...arm.leaves.map((leaf, at) => count(leafId(arm, at), leaf))]),
  ];
}

/** The counts of the sample that stands; `undefined` where there is none, or nobody of it was read. */
async function readSample(
  open: OpenStudy,
  screened: ReturnType<typeof screeningVerdicts>,
): Promise<Omit<SampleReport, 'share' | keyof Sensitivity> | undefined> {
  const { database, gate } = open;
  const sample = standingSample(database, gate);
  if (!sample) return undefined;
  const verdicts = [...lastVerdicts(sampleVerdicts(database, sample)).values()];
  if (verdicts.length === 0) return undefined;
  const frame = await sampleFrame(open, sample);
  const among = [...screened].filter(([subject]) => frame.candidates.has(subject)).map(([, { verdict }]) => verdict);
  return {
    seed: sample.seed,
    among: sample.among,
    refused: sample.refused,
    population: frame.population,
    drawn: sample.persons.length,
    read: verdicts.length,
    cases: verdicts.filter(({ isCase }) => isCase).length,
    found: among.filter((verdict) => verdict === 'eligible').length,
    open: among.filter((verdict) => verdict === 'open').length,
  };
}
