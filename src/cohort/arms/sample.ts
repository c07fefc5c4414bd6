/**
 * A random sample of the persons whom no arm found, to be read by hand: it tells how many cases the search misses. Its
 * persons are called N001, N002, ..., so that nobody takes them for candidates. Rules R139 and R140 of SPEC.md.
 */
import { randomInt } from 'node:crypto';
import { ChartproofError, canonicalJson } from '../../base/index.ts';
import type { TermSets } from '../../notes/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { type Candidate, numbered } from '../run/candidates.ts';
import { type Actor, type CohortRun, currentRun } from '../run/cohort-run.ts';
import { frameOf, runOfProtocol, type SampledStudy, termSetsOfCriterion } from './sample-frame.ts';

/** Somebody of a sample; `subject` is N001. */
export type SampledPerson = Candidate;

/** How a sample is drawn. */
export interface SampleDesign {
  readonly size: number;
  /** The same seed draws the same persons; a larger sample begins with those of a smaller one. */
  readonly seed: string;
  /** Only who meets this named criterion of the protocol; null: anybody. */
  readonly among: string | null;
}

/** The sample of a run. Who refused since is not in it, and is counted. */
export interface Sample extends SampleDesign {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  /** In the order in which they were drawn. */
  readonly persons: readonly SampledPerson[];
  readonly refused: number;
}

/**
 * Draws a sample for the run that stands and keeps it; the same sample again changes nothing. Without a seed it has that of
 * the run's last sample, else one by chance. Errors: `cohort.none`, `cohort.other-protocol`, `cohort.no-criterion`, `cohort.sample-size`.
 */
export async function drawSample(
  open: SampledStudy,
  {
    size,
    seed,
    among,
  }: { readonly size: number; readonly seed?: string | undefined; readonly among?: string | undefined },
  { actor, at }: Actor,
): Promise<Sample> {
  const { database, gate } = open;
  const run = runOfProtocol(open);
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new ChartproofError('cohort.sample-size', 'A sample has at least one person.', {
      tip: 'Say how many: -n 100',
    });
  }
  const before = standingSample(database, gate);
  const design = { size, seed: seed ?? before?.seed ?? String(randomInt(1_000_000)), among: among ?? null };
  const frame = await frameOf(database, gate, run, design.among);
  const drawn = await gate.all<{ person_id: string; person_source_value: string }>(
    `SELECT person_id, person_source_value FROM person SEMI JOIN (${frame.sql}) USING (person_id)
     ORDER BY sha256(concat($seed::VARCHAR, ':', person_id)), person_id LIMIT ${size}`,
    { ...frame.parameters, seed: design.seed },
  );
  const persons = drawn.map((row) => ({ personId: row.person_id, person: row.person_source_value }));
  const termSets = termSetsOfCriterion(gate, design.among);
  return database.transaction(() => {
    const last = standingSample(database, gate);
    if (last && isSame(last, design)) return last;
    keepSample(database, run, { ...design, persons, termSets }, { actor, at });
    const kept = standingSample(database, gate);
    if (!kept) throw new Error('A sample that was kept is gone');
    return kept;
  });
}

function isSame(one: SampleDesign, other: SampleDesign): boolean {
  return one.size === other.size && one.seed === other.seed && one.among === other.among;
}

/** The sample that was drawn last for the run that stands; `undefined` where there is none. */
export function standingSample(
  database: StudyDatabase,
  gate: Pick<Gate, 'isAuthorized' | 'isSilent'>,
): Sample | undefined {
  const { id: run } = currentRun(database, gate);
  const [row] = database.all(
    database.db.selectFrom('sample').selectAll().where('run', '=', run).orderBy('id', 'desc').limit(1),
  );
  if (!row) return undefined;
  const all = database
    .all(
      database.db
        .selectFrom('sample_member')
        .innerJoin('sampled_person', 'sampled_person.subject', 'sample_member.subject')
        .selectAll('sampled_person')
        .where('sample_member.sample', '=', row.id)
        .orderBy('sample_member.ordinal'),
    )
    .map((one) => ({ subject: one.subject, personId: one.person_id, person: one.person_source }));
  const persons = all.filter(({ personId }) => gate.isAuthorized(personId));
  const { id, size, seed, among, at, actor } = row;
  return { id, size, seed, among, at, actor, persons, refused: all.length - persons.length };
}

/**
 * Somebody of a sample who may be used. Error: `cohort.not-in-sample`, the same whether there is no such person or the
 * records may not be used any more.
 */
export function sampledPerson(
  database: StudyDatabase,
  gate: Pick<Gate, 'isAuthorized'>,
  subject: string,
): SampledPerson {
  const [row] = database.all(database.db.selectFrom('sampled_person').selectAll().where('subject', '=', subject));
  if (row && gate.isAuthorized(row.person_id)) {
    return { subject, personId: row.person_id, person: row.person_source };
  }
  throw new ChartproofError('cohort.not-in-sample', 'No sample has this person, or the records may not be used.', {
    tip: 'List the sample: chartproof cohort sample list STUDY',
  });
}

interface Drawn extends SampleDesign {
  readonly persons: readonly Omit<SampledPerson, 'subject'>[];
  readonly termSets: TermSets;
}

function keepSample(database: StudyDatabase, run: CohortRun, drawn: Drawn, { actor, at }: Actor): void {
  const { size, seed, among, persons, termSets } = drawn;
  const design = { run: run.id, seed, size, among };
  const { lastId } = database.run(
    database.db.insertInto('sample').values({ ...design, term_sets: canonicalJson(termSets), actor, at }),
  );
  const known = new Map(
    database
      .all(database.db.selectFrom('sampled_person').select(['subject', 'person_id']))
      .map((row) => [row.person_id, row.subject]),
  );
  for (const [ordinal, { personId, person }] of persons.entries()) {
    const subject = known.get(personId) ?? numbered('N', known.size + 1);
    if (!known.has(personId)) {
      const row = { subject, person_id: personId, person_source: person, first_snapshot: run.snapshot };
      database.run(database.db.insertInto('sampled_person').values(row));
      known.set(personId, subject);
    }
    database.run(database.db.insertInto('sample_member').values({ sample: lastId, ordinal, subject }));
  }
  const detail = { sample: lastId, ...design, snapshot: run.snapshot, persons: persons.length };
  appendAudit(database, { at, actor, action: 'cohort.sample', detail });
}
