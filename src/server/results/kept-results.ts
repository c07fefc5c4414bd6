/**
 * What a study comes to, kept between calls. Results follow from the protocol, the run, the records and what reviewers said. The
 * first three are those of the open study, which is another one when they change (`open-studies.ts`); of the last the number of
 * the newest revision tells. So what is kept is never stale, and a second look is instant. After a change R computes again only
 * what reads other values than before. Rule R100 of SPEC.md.
 */
import {
  type FigureData,
  type RefreshedStatistics,
  type RSession,
  refreshStatistics,
  type StatisticResults,
} from '../../analysis/index.ts';
import {
  draftFacts,
  figureShares,
  type ReleaseFacts,
  type StandingStudy,
  type StudyResults,
  standingStudy,
  studyFigures,
  withTables,
} from '../../publish/index.ts';
import { agreementPairs, type OpenStudy } from '../../review/index.ts';

/** A study as its review stands. */
export interface KeptStanding extends StandingStudy {
  /** The number of the newest thing that a reviewer said. */
  readonly revision: number;
  readonly facts: ReleaseFacts;
}

/** The same with the tables. */
export type KeptResults = KeptStanding & StudyResults;

/** What R computes of them. */
export interface KeptStatistics {
  readonly statistics: StatisticResults;
  readonly figures: readonly FigureData[];
}

interface Kept {
  readonly standing: KeptStanding;
  results?: KeptResults;
  statistics?: Promise<KeptStatistics>;
  /** The statistics that were last computed of the open study, from which those of now are refreshed. */
  refreshed?: RefreshedStatistics | undefined;
}

const kept = new WeakMap<OpenStudy, Kept>();

/** Works out who is in it, or gives what is kept. Errors: those of `standingStudy`. */
export function keptStanding(open: OpenStudy): KeptStanding {
  return current(open).standing;
}

/** The same with the tables, which are made when they are first asked for. */
export function keptResults(open: OpenStudy): KeptResults {
  const one = current(open);
  one.results ??= withTables(one.standing);
  return one.results;
}

/** Has R compute, once for whoever asks. What fails is tried again by the next. Errors: those of `refreshStatistics`. */
export function keptStatistics(open: OpenStudy, r: RSession): Promise<KeptStatistics> {
  const one = current(open);
  if (one.statistics) return one.statistics;
  const computing = compute(open, one, r);
  one.statistics = computing;
  computing.catch(() => delete one.statistics);
  return computing;
}

function current(open: OpenStudy): Kept {
  const revision = newestRevision(open);
  const known = kept.get(open);
  if (known?.standing.revision === revision) return known;
  const found = standingStudy(open, known?.standing.data);
  const one: Kept = {
    standing: { ...found, revision, facts: draftFacts(open, found) },
    refreshed: known?.refreshed,
  };
  kept.set(open, one);
  return one;
}

async function compute(open: OpenStudy, one: Kept, r: RSession): Promise<KeptStatistics> {
  const { data } = one.standing;
  const [refreshed, { shares }] = await Promise.all([
    refreshStatistics(data, agreementPairs(open.review), r, one.refreshed),
    figureShares(data, r),
  ]);
  one.refreshed = refreshed;
  const statistics = refreshed.results;
  return { statistics, figures: studyFigures(data, { ...statistics, shares }) };
}

function newestRevision({ database: { all, db } }: OpenStudy): number {
  return all(db.selectFrom('revision').select('id').orderBy('id', 'desc').limit(1))[0]?.id ?? 0;
}
