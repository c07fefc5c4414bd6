import { ChartproofError } from '../../base/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';

/** Somebody whom an arm found and the gate let through. `person` is the source id, `Patient/1`. */
export interface Candidate {
  readonly subject: string;
  readonly personId: string;
  readonly person: string;
}

/** All candidates that the study ever had, by subject: `S999` before `S1000`. */
export function candidates(database: StudyDatabase): Candidate[] {
  return database
    .all(
      database.db
        .selectFrom('candidate')
        .selectAll()
        .orderBy(({ fn }) => fn('length', ['subject']))
        .orderBy('subject'),
    )
    .map((row) => ({ subject: row.subject, personId: row.person_id, person: row.person_source }));
}

/** The candidate of this subject id; `cohort.no-subject`. */
export function subjectOf(database: StudyDatabase, subject: string): Candidate {
  const found = candidates(database).find((candidate) => candidate.subject === subject);
  if (found) return found;
  throw new ChartproofError('cohort.no-subject', 'The study has no such subject.', {
    tip: 'List them: chartproof cohort list STUDY',
  });
}

const DIGITS = 3;

/** The id of this number: S001, N001. */
export function numbered(letter: 'S' | 'N', number: number): string {
  return `${letter}${String(number).padStart(DIGITS, '0')}`;
}

/** Numbers those who are new, after those who are there; call it in a transaction. `found` is sorted by person id. */
export function addCandidates(
  database: StudyDatabase,
  found: readonly Omit<Candidate, 'subject'>[],
  snapshot: string,
): void {
  const known = new Set(candidates(database).map((candidate) => candidate.personId));
  let next = known.size;
  // Prepared once: Kysely writes a query anew for each of what may be ten thousand rows.
  const add = database.sql.prepare<[string, string, string, string]>(
    'INSERT INTO candidate (subject, person_id, person_source, first_snapshot) VALUES (?, ?, ?, ?)',
  );
  for (const { personId, person } of found) {
    if (known.has(personId)) continue;
    next += 1;
    add.run(numbered('S', next), personId, person, snapshot);
  }
}
