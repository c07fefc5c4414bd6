/** Who stays a candidate and who does not, when a study is asked otherwise: of other records, or by another protocol. Rule R53. */
import type { StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { candidates } from './candidates.ts';
import type { CohortRun, RunCandidate } from './cohort-run.ts';
import type { CohortSearch } from './identify.ts';
import { runAs } from './run-as.ts';

/** What was found of a person. */
export type Held = Omit<RunCandidate, 'subject'>;

/** Who was a candidate, who of them stays, and how many go; who goes is not named: the gate may have closed before them. */
export interface StayAndGo {
  readonly before: readonly (RunCandidate & { readonly personId: string })[];
  readonly staying: StayAndGo['before'];
  readonly out: { readonly notFound: number; readonly notAuthorized: number };
}

/** Holds the candidates of a run against those whom another search found, by person id, behind its gate. */
export async function stayAndGo(
  database: StudyDatabase,
  run: CohortRun,
  after: ReadonlyMap<string, unknown>,
  gate: Gate,
): Promise<StayAndGo> {
  const persons = new Map(candidates(database).map(({ subject, personId }) => [subject, personId]));
  const before = run.candidates.map((one) => ({ ...one, personId: persons.get(one.subject) ?? '' }));
  const staying = before.filter(({ personId }) => after.has(personId));
  const out = before.filter(({ personId }) => !after.has(personId));
  const notAuthorized = await closedAmong(
    gate,
    out.map(({ personId }) => personId),
  );
  return { before, staying, out: { notFound: out.length - notAuthorized, notAuthorized } };
}

/** How many of these persons the records have and the gate does not let through. */
function closedAmong(gate: Gate, persons: readonly string[]): Promise<number> {
  return gate.countBefore(
    'SELECT person_id FROM main.person SEMI JOIN (SELECT unnest($1::BIGINT[]) AS person_id) USING (person_id)',
    [persons.filter((personId) => !gate.isAuthorized(personId))],
  );
}

/** Whom a search found, by person id. */
export function foundBy(database: StudyDatabase, search: CohortSearch): ReadonlyMap<string, Held> {
  const { run, unnumbered } = runAs(database, search);
  const numbered = candidates(database).map(({ subject, personId }) => [subject, personId] as const);
  const ids = new Map([...numbered, ...unnumbered.map(({ person, personId }) => [person, personId] as const)]);
  return new Map(run.candidates.map((one) => [ids.get(one.subject) ?? '', one]));
}

/** Both in the order of the protocol. */
export function differ(before: readonly string[], now: readonly string[] = []): boolean {
  return before.join('\n') !== now.join('\n');
}
