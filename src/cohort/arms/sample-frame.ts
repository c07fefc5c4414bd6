/** Whom a sample of those whom no arm found is drawn from, and whom it speaks for. Rules R139 and R141 of SPEC.md. */
import { ChartproofError, canonicalJson, nearest } from '../../base/index.ts';
import type { TermSets } from '../../notes/index.ts';
import { noteQueriesIn, resolved, type StudyProtocol } from '../../protocol/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import { compileCriterion } from '../criteria/criterion-sql.ts';
import type { Gate } from '../gate/gate.ts';
import { candidates } from '../run/candidates.ts';
import { type CohortRun, currentRun } from '../run/cohort-run.ts';

/** A study whose candidates are identified. */
export interface SampledStudy {
  readonly database: StudyDatabase;
  readonly study: StudyProtocol;
  readonly gate: Gate;
}

/** Whom a sample speaks for: how many persons no arm found, and which candidates meet what it was restricted to. */
export interface SampleFrame {
  readonly population: number;
  readonly candidates: ReadonlySet<string>;
}

/** Counts it, as the gate is now. Errors: `cohort.other-term-sets`, those of the criterion. */
export async function sampleFrame(
  { database, gate, ...open }: SampledStudy,
  sample: { readonly id: number; readonly among: string | null },
): Promise<SampleFrame> {
  const run = runOfProtocol({ database, gate, ...open });
  const [row] = database.all(database.db.selectFrom('sample').select('term_sets').where('id', '=', sample.id));
  if (row?.term_sets !== canonicalJson(termSetsOfCriterion(gate, sample.among))) {
    throw new ChartproofError(
      'cohort.other-term-sets',
      'A shared term set has other words than when the sample was drawn.',
      {
        tip: 'Draw it again: chartproof cohort sample draw STUDY',
      },
    );
  }
  const frame = await frameOf(database, gate, run, sample.among);
  const [counted] = await gate.all<{ n: string }>(
    `SELECT count(*) AS n FROM person SEMI JOIN (${frame.sql}) USING (person_id)`,
    frame.parameters,
  );
  const subjects = run.candidates.map(({ subject }) => subject);
  return { population: Number(counted?.n), candidates: await meeting(database, gate, subjects, sample.among) };
}

async function meeting(
  database: StudyDatabase,
  gate: Gate,
  subjects: readonly string[],
  among: string | null,
): Promise<ReadonlySet<string>> {
  if (among === null) return new Set(subjects);
  const { sql, parameters } = await compileCriterion(gate, namedCriterion(gate, among), 'authorized');
  const rows = await gate.all<{ person_id: string }>(`SELECT DISTINCT person_id FROM (${sql})`, parameters);
  const persons = new Set(rows.map((one) => one.person_id));
  const ids = new Map(candidates(database).map(({ subject, personId }) => [subject, personId]));
  return new Set(subjects.filter((subject) => persons.has(ids.get(subject) ?? '')));
}

/** The authorized persons whom no arm found, as SQL behind the gate. */
export async function frameOf(database: StudyDatabase, gate: Gate, run: CohortRun, among: string | null) {
  const inRun = new Set(run.candidates.map(({ subject }) => subject));
  const found = candidates(database).flatMap(({ subject, personId }) => (inRun.has(subject) ? [personId] : []));
  const others =
    'SELECT person_id FROM person ANTI JOIN (SELECT unnest($found::BIGINT[]) AS person_id) USING (person_id)';
  if (among === null) return { sql: others, parameters: { found } };
  const { sql, parameters } = await compileCriterion(gate, namedCriterion(gate, among), 'authorized');
  return { sql: `${others} SEMI JOIN (${sql}) USING (person_id)`, parameters: { ...parameters, found } };
}

function namedCriterion({ protocol }: Gate, name: string) {
  if (Object.hasOwn(protocol.criteria, name)) return { criterion: name };
  const names = Object.keys(protocol.criteria);
  const near = nearest(name, names);
  throw new ChartproofError('cohort.no-criterion', `The protocol has no criterion of the name \`${name}\`.`, {
    tip: near
      ? `Did you mean \`${near}\`?`
      : names.length > 0
        ? `There is: ${names.join(', ')}.`
        : 'Add it under `criteria:`.',
  });
}

/** The term sets that a named criterion asks notes with, as they are. */
export function termSetsOfCriterion(gate: Gate, among: string | null): TermSets {
  if (among === null) return {};
  const queries = noteQueriesIn(resolved(gate.protocol, namedCriterion(gate, among)));
  return Object.fromEntries(queries.flatMap((query) => Object.entries(gate.termSetsOf(query))));
}

/** The run that stands. Error: `cohort.other-protocol`, where it is of another version. */
export function runOfProtocol({ database, study, gate }: SampledStudy): CohortRun {
  const run = currentRun(database, gate);
  if (run.protocol === study.sha256) return run;
  throw new ChartproofError(
    'cohort.other-protocol',
    'The candidates were identified by another version of the protocol.',
    { tip: `Identify them first: chartproof cohort run ${study.study}` },
  );
}
