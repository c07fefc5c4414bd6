/** From the protocol's arms and rules to the candidates of a study. What was found is kept with what it was found in. */
import { ChartproofError, canonicalJson, type Progress, type SnapshotId, sha256 } from '../base/index.ts';
import type { StudyProtocol } from '../protocol/index.ts';
import { appendAudit, type StudyDatabase } from '../workspace/index.ts';
import { addCandidates, candidates } from './candidates.ts';
import { compileCriterion } from './criterion-sql.ts';
import type { Gate } from './gate.ts';

/** One candidate of a run: the arms that found it and the exclusions by rule that hold. */
export interface RunCandidate {
  readonly subject: string;
  readonly arms: readonly string[];
  readonly rules: readonly string[];
}

/** What one protocol found in one snapshot. `identified` counts persons before the gate, `found` of an arm likewise. */
export interface CohortRun {
  readonly id: string;
  readonly protocol: string;
  readonly snapshot: SnapshotId;
  readonly identified: number;
  readonly arms: readonly {
    readonly id: string;
    readonly label: string;
    readonly found: number;
    readonly authorized: number;
  }[];
  readonly candidates: readonly RunCandidate[];
}

/** Who does it, and when (ISO 8601). */
export interface Actor {
  readonly actor: string;
  readonly at: string;
}

/**
 * Finds the candidates and keeps the run. The same protocol on the same snapshot was found already: it is given back
 * and nothing is written.
 */
export async function identify(
  database: StudyDatabase,
  study: StudyProtocol,
  gate: Gate,
  { actor, at, progress }: Actor & { readonly progress: Progress },
): Promise<CohortRun> {
  const id = sha256(canonicalJson({ protocol: study.sha256, snapshot: gate.snapshot })).slice(0, 16);
  const before = storedRun(database, id);
  const run = before ?? (await search(database, study, gate, id, progress));
  database.transaction(() => {
    if (!before) {
      const ledger = canonicalJson(run);
      database.run(
        database.db
          .insertInto('cohort_run')
          .values({ id, protocol: study.sha256, snapshot: gate.snapshot, at, ledger }),
      );
      const { identified, candidates: found } = run;
      const detail = { run: id, snapshot: gate.snapshot, identified, candidates: found.length };
      appendAudit(database, { at, actor, action: 'cohort.identify', detail });
    }
    const current = { key: 'cohort', value: id };
    database.run(
      database.db
        .insertInto('study')
        .values(current)
        .onConflict((row) => row.column('key').doUpdateSet({ value: id })),
    );
  });
  return run;
}

/** The run that stands; `cohort.none` while there is none. */
export function currentRun(database: StudyDatabase): CohortRun {
  const run = findCurrent(database);
  if (run) return run;
  throw new ChartproofError('cohort.none', 'The candidates of this study have not been identified.', {
    tip: 'Identify them: chartproof cohort run STUDY',
  });
}

/** The snapshot in which the candidates were identified; `undefined` while they are not. */
export function storedSnapshot(database: StudyDatabase): SnapshotId | undefined {
  return findCurrent(database)?.snapshot;
}

function findCurrent(database: StudyDatabase): CohortRun | undefined {
  const [current] = database.all(database.db.selectFrom('study').select('value').where('key', '=', 'cohort'));
  return current && storedRun(database, current.value);
}

function storedRun(database: StudyDatabase, id: string): CohortRun | undefined {
  const [row] = database.all(database.db.selectFrom('cohort_run').select('ledger').where('id', '=', id));
  return row && (JSON.parse(row.ledger) as CohortRun);
}

async function search(
  database: StudyDatabase,
  study: StudyProtocol,
  gate: Gate,
  id: string,
  progress: Progress,
): Promise<CohortRun> {
  const { arms, exclusions } = study.protocol;
  const rules = exclusions.flatMap((exclusion) => (exclusion.rule ? [{ id: exclusion.id, rule: exclusion.rule }] : []));
  progress.step('Searching', arms.length + rules.length);
  let done = 0;
  const byArm = new Map<string, ReadonlySet<string>>();
  const armRows: CohortRun['arms'][number][] = [];
  for (const arm of arms) {
    const persons = await gate.all<{ person_id: string }>(...(await asked(gate, arm.criterion, 'authorized')));
    const found = await gate.countBefore(...(await asked(gate, arm.criterion, 'main')));
    byArm.set(arm.id, new Set(persons.map((row) => row.person_id)));
    armRows.push({ id: arm.id, label: arm.label, found, authorized: persons.length });
    progress.advance(++done);
  }
  const identified = await gate.countBefore(...(await asked(gate, { any: arms.map((arm) => arm.criterion) }, 'main')));
  const ids = [...new Set([...byArm.values()].flatMap((persons) => [...persons]))];
  const found = await personsOf(gate, ids);
  const byRule = new Map<string, ReadonlySet<string>>();
  for (const { id: exclusion, rule } of rules) {
    const { sql, parameters } = await compileCriterion(gate, rule, 'authorized');
    const persons = await gate.all<{ person_id: string }>(
      `SELECT person_id FROM (${sql}) WHERE list_contains($candidates::BIGINT[], person_id)`,
      { ...parameters, candidates: ids },
    );
    byRule.set(exclusion, new Set(persons.map((row) => row.person_id)));
    progress.advance(++done);
  }
  const holding = (sets: ReadonlyMap<string, ReadonlySet<string>>, personId: string): string[] =>
    [...sets].filter(([, persons]) => persons.has(personId)).map(([name]) => name);
  return database.transaction(() => {
    addCandidates(database, found, gate.snapshot);
    const inThisRun = new Set(ids);
    return {
      id,
      protocol: study.sha256,
      snapshot: gate.snapshot,
      identified,
      arms: armRows,
      candidates: candidates(database)
        .filter((candidate) => inThisRun.has(candidate.personId))
        .map(({ subject, personId }) => ({
          subject,
          arms: holding(byArm, personId),
          rules: holding(byRule, personId),
        })),
    };
  });
}

async function asked(gate: Gate, ...what: [Parameters<typeof compileCriterion>[1], 'authorized' | 'main']) {
  const { sql, parameters } = await compileCriterion(gate, ...what);
  return [sql, parameters] as const;
}

/** The persons behind ids, by id. */
async function personsOf(gate: Gate, ids: readonly string[]) {
  const rows = await gate.all<{ person_id: string; person_source_value: string }>(
    `SELECT person_id, person_source_value FROM person WHERE list_contains($1::BIGINT[], person_id) ORDER BY person_id`,
    [ids],
  );
  return rows.map((row) => ({ personId: row.person_id, person: row.person_source_value }));
}
