/**
 * A study goes from one snapshot to another: first what would change, then the move. Rules R53 to R55.
 *
 * Those who are out are counted and never named: the gate may have closed before them.
 */
import { ChartproofError, canonicalJson, type Progress, type SnapshotId } from '../../base/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import { diffPersons, type PersonChanges, type RowChanges, type TableName } from '../../records/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import { type Gate, researchTables } from '../gate/gate.ts';
import { differ, foundBy, type Held, stayAndGo } from './candidate-changes.ts';
import { type Actor, type CohortRun, letStand, type RunCandidate, standingRun, withoutRefused } from './cohort-run.ts';
import { type CohortSearch, keepSearch, searchOnce } from './identify.ts';

/** What changes for a candidate who stays. */
export interface ChangedCandidate {
  readonly subject: string;
  /** Other arms find the record. */
  readonly arms: boolean;
  /** Other exclusions by rule hold, for the person or for an index event. */
  readonly rules: boolean;
  /** Rows of the person's own records, by table; only tables in which some changed. */
  readonly rows: Readonly<Partial<Record<TableName, RowChanges>>>;
}

/** What changes for a study between two snapshots. `before + in - out = after`. */
export interface StudyChange {
  readonly from: SnapshotId;
  readonly to: SnapshotId;
  readonly before: number;
  readonly after: number;
  readonly in: number;
  readonly out: { readonly notFound: number; readonly notAuthorized: number };
  /** Of those who stay, by subject. */
  readonly changed: readonly ChangedCandidate[];
  /** The rows of all who stay together. */
  readonly rows: Readonly<Partial<Record<TableName, RowChanges>>>;
}

/** A move that can be carried out. `stays` are the subjects who are in before and after. */
export interface PlannedMove {
  readonly change: StudyChange;
  readonly stays: ReadonlySet<string>;
  readonly search: CohortSearch;
  readonly standing: string;
}

/** A study and the gate of the snapshot that it is to go to. */
export interface MoveTo {
  readonly database: StudyDatabase;
  readonly study: StudyProtocol;
  readonly gate: Gate;
}

/**
 * Works out what a move changes; nothing is written. Errors: `cohort.none`, `cohort.other-protocol` (what changed would
 * be the protocol's doing and the records' alike), `cohort.other-term-sets` (likewise), those of {@link searchOnce}.
 */
export async function planMove(
  workspace: Workspace,
  { database, study, gate }: MoveTo,
  progress: Progress,
): Promise<PlannedMove> {
  const run = standingRun(database);
  if (run.protocol !== study.sha256) {
    throw new ChartproofError(
      'cohort.other-protocol',
      'The candidates were identified by another version of the protocol.',
      { tip: `Identify them first, on the records that the study has: chartproof cohort run ${study.study}` },
    );
  }
  const termSets = gate.sharedTermSets();
  if (canonicalJson(run.termSets ?? {}) !== canonicalJson(termSets)) {
    throw new ChartproofError(
      'cohort.other-term-sets',
      'A shared term set has other words than when the candidates were identified.',
      {
        tip: `Identify them first, on the records that the study has: chartproof cohort run ${study.study}`,
      },
    );
  }
  const search = await searchOnce(database, study, gate, progress);
  const after = foundBy(database, search);
  const { before, staying, out } = await stayAndGo(database, run, after, gate);
  const between = { from: run.snapshot, to: gate.snapshot };
  const among = { persons: staying.map(({ personId }) => personId), tables: researchTables };
  const rows = await diffPersons(workspace, between, among, progress);
  return {
    change: {
      ...between,
      before: before.length,
      after: after.size,
      in: after.size - staying.length,
      out,
      changed: changedAmong(staying, after, rows),
      rows: summed(rows),
    },
    stays: new Set(staying.map(({ subject }) => subject)),
    search,
    standing: run.id,
  };
}

/**
 * Carries a move out: stores the run, makes it the one that stands and says so in the audit trail, with `detail` beside
 * the counts. Error: `cohort.moved-meanwhile`.
 */
export function moveStudy(
  database: StudyDatabase,
  { change, search, standing }: PlannedMove,
  { actor, at }: Actor,
  detail: Readonly<Record<string, unknown>> = {},
): CohortRun {
  return database.transaction(() => {
    if (standingRun(database).id !== standing) {
      throw new ChartproofError('cohort.moved-meanwhile', 'The study has changed since this move was worked out.', {
        tip: 'Do it again.',
      });
    }
    const run = withoutRefused(database, keepSearch(database, search, at), search.gate);
    const { from, to, in: come, out, changed } = change;
    const counts = { from, to, in: come, out, changed: changed.length };
    letStand(database, run, { actor, at }, { action: 'study.move', detail: { ...counts, ...detail } });
    return run;
  });
}

function changedAmong(
  staying: readonly (RunCandidate & { readonly personId: string })[],
  after: ReadonlyMap<string, Held>,
  rows: readonly PersonChanges[],
): ChangedCandidate[] {
  const byPerson = Map.groupBy(rows, (one) => one.personId);
  return staying.flatMap(({ subject, personId, arms, rules, events }) => {
    const now = after.get(personId);
    const own = summed(byPerson.get(personId) ?? []);
    const other = differ(rules, now?.rules) || differ(perEvent(events), perEvent(now?.events));
    const one = { subject, arms: differ(arms, now?.arms), rules: other, rows: own };
    return one.arms || one.rules || Object.keys(own).length > 0 ? [one] : [];
  });
}

function perEvent(events: RunCandidate['events'] = []): string[] {
  return events.map(({ event, rules }) => [event, ...rules].join(' '));
}

function summed(rows: readonly PersonChanges[]): Partial<Record<TableName, RowChanges>> {
  const sum: Partial<Record<TableName, RowChanges>> = {};
  for (const { table, added, removed, changed } of rows) {
    const before = sum[table] ?? { added: 0, removed: 0, changed: 0 };
    sum[table] = {
      added: before.added + added,
      removed: before.removed + removed,
      changed: before.changed + changed,
    };
  }
  return sum;
}
