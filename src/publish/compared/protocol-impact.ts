/**
 * What a draft of a protocol would change, before it comes into force: which charts have work again, who comes and who goes, which
 * numbers move. The review stands as it is; the draft reads it anew.
 */
import { computeStatistics, type RSession } from '../../analysis/index.ts';
import type { Progress } from '../../base/index.ts';
import { compareRuns, type RunDiff, standingRun } from '../../cohort/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import { agreementPairs, type OpenItem } from '../../review/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import { draftFacts } from '../draft-facts.ts';
import type { LiveValue } from '../manuscript/live-value.ts';
import { liveValues } from '../manuscript/live-values.ts';
import { liveSourceOf } from '../publish-study.ts';
import { type ChangedForm, changedForms } from './changed-forms.ts';
import { type OpenSide, withSides } from './compare-sides.ts';
import { type MovedNumber, movedNumbers } from './moved-numbers.ts';

/** A chart in which something is open that was not. */
export interface ReopenedChart {
  readonly subject: string;
  readonly items: readonly OpenItem[];
}

export interface ProtocolImpact {
  readonly forms: readonly ChangedForm[];
  readonly reopens: readonly ReopenedChart[];
  /** Charts in which something was open and nothing is any more. */
  readonly closes: readonly string[];
  readonly cohort: RunDiff;
  readonly numbers: readonly MovedNumber[];
}

/** What is needed beside the two protocols. */
export interface ImpactMeans {
  readonly workspace: Workspace;
  readonly database: StudyDatabase;
  readonly progress: Progress;
  readonly r: RSession;
}

/** Both are asked of the snapshot that the study stands on. Errors: `cohort.none`, those of records, notes, searches and R. */
export function protocolImpact(
  { workspace, database, progress, r }: ImpactMeans,
  before: StudyProtocol,
  after: StudyProtocol,
): Promise<ProtocolImpact> {
  const { snapshot } = standingRun(database);
  progress.step('Looking for candidates');
  const [one, other] = [
    { study: before, snapshot },
    { study: after, snapshot },
  ] as const;
  return withSides(workspace, database, [one, other], progress, async (was, is) => {
    progress.step('Computing statistics in R');
    const numbers = movedNumbers(await valuesOf(workspace, was, r), await valuesOf(workspace, is, r));
    return {
      forms: changedForms(before.protocol, after.protocol),
      ...chartsBetween(was.results.state.open, is.results.state.open),
      cohort: compareRuns(was.compared, is.compared),
      numbers,
    };
  });
}

async function valuesOf(workspace: Workspace, { study, review, results }: OpenSide, r: RSession): Promise<LiveValue[]> {
  const statistics = await computeStatistics(results.data, agreementPairs(review), r);
  return liveValues(liveSourceOf(workspace, results, draftFacts({ study }, results), statistics));
}

function chartsBetween(
  before: readonly OpenItem[],
  after: readonly OpenItem[],
): Pick<ProtocolImpact, 'reopens' | 'closes'> {
  const was = new Set(before.map(keyOf));
  const fresh = Map.groupBy(
    after.filter((item) => !was.has(keyOf(item))),
    ({ subject }) => subject,
  );
  const stillOpen = new Set(after.map(({ subject }) => subject));
  return {
    reopens: [...fresh].map(([subject, items]) => ({ subject, items })),
    closes: [...new Set(before.map(({ subject }) => subject))].filter((subject) => !stillOpen.has(subject)),
  };
}

function keyOf({ subject, instrument, row, field, why }: OpenItem): string {
  return [subject, instrument, row, field, why].join('\n');
}
