/**
 * A search that was kept, asked again of other records: what it came to then, what it comes to now, who came and who went.
 *
 * The counts of then may include persons who refused since. So the older records are asked again too, behind today's gate,
 * and what came and went is told between these two answers. Rules R60 to R63.
 */
import { ChartproofError, type SnapshotId } from '../../base/index.ts';
import type { NoteAnswer, NoteTotals } from '../../notes/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { openGate } from '../gate/open-gate.ts';
import type { Actor } from '../run/cohort-run.ts';
import { askNotes } from './ask-notes.ts';
import { type KeptSearch, keptSearch } from './search-log.ts';

/** What came and what went, by source id (`Patient/1`, `DocumentReference/1`), sorted. */
export interface CameAndWent {
  readonly came: readonly string[];
  readonly went: readonly string[];
  /** How many went because the person is not authorized in the later records: they are counted and not named. */
  readonly closed: number;
}

/** A search and its repetition. */
export interface Rerun {
  readonly earlier: KeptSearch;
  readonly now: KeptSearch;
  /** What the earlier records give today: without who refused since. `null` where they cannot be read any more. */
  readonly earlierToday: NoteTotals | null;
  readonly persons: CameAndWent | null;
  readonly notes: CameAndWent | null;
  /** Why the earlier records cannot be read: the code of the error. */
  readonly unreadable: string | null;
}

/** A study and the gate of the records that are asked. */
export interface RerunIn {
  readonly workspace: Workspace;
  readonly database: StudyDatabase;
  readonly study: StudyProtocol;
  readonly gate: Gate;
}

/**
 * Asks a kept search again, with the term sets that it was asked with, and keeps that too.
 * Errors: `cohort.no-search`, those of `askNotes`.
 */
export async function rerunSearch(
  { workspace, database, study, gate }: RerunIn,
  id: number,
  by: Actor,
): Promise<Rerun> {
  const earlier = keptSearch(database, id);
  const { query, termSets } = earlier;
  const { answer, kept: now } = askNotes(
    database,
    gate,
    { query, protocol: study.sha256, rerun: { of: id, termSets } },
    by,
  );
  const before = await openThen(workspace, study, earlier.snapshot);
  if (typeof before === 'string')
    return { earlier, now, earlierToday: null, persons: null, notes: null, unreadable: before };
  try {
    const old = before.findNotes(query, termSets);
    const persons = await personChanges(before, old, gate, answer);
    return { earlier, now, earlierToday: old.totals, persons, notes: noteChanges(old, gate, answer), unreadable: null };
  } finally {
    before.close();
  }
}

const GONE: ReadonlySet<string> = new Set(['records.no-snapshot', 'records.file-unreadable', 'notes.not-indexed']);

/** The gate on the older records, closed by today's refusals; the code of the error where they are not there any more. */
async function openThen(workspace: Workspace, study: StudyProtocol, snapshot: SnapshotId): Promise<Gate | string> {
  try {
    return await openGate(workspace, study.protocol, snapshot);
  } catch (error) {
    if (error instanceof ChartproofError && GONE.has(error.code)) return error.code;
    throw error;
  }
}

async function personChanges(before: Gate, old: NoteAnswer, gate: Gate, now: NoteAnswer): Promise<CameAndWent> {
  const personsOf = (answer: NoteAnswer) => new Set([...answer.byPerson()].map(({ personId }) => personId as string));
  const [then, today] = [personsOf(old), personsOf(now)];
  const gone = [...then].filter((personId) => !today.has(personId));
  const went = gone.filter(gate.isAuthorized);
  const came = [...today].filter((personId) => !then.has(personId));
  return {
    came: [...(await personNames(gate, came)).values()].sort(),
    went: [...(await personNames(before, went)).values()].sort(),
    closed: gone.length - went.length,
  };
}

function noteChanges(old: NoteAnswer, { isAuthorized }: Gate, now: NoteAnswer): CameAndWent {
  const notesOf = (answer: NoteAnswer) =>
    new Map([...answer.byNote()].map(({ source, personId }) => [source, personId] as const));
  const [then, today] = [notesOf(old), notesOf(now)];
  const gone = [...then].filter(([source]) => !today.has(source));
  const went = gone.filter(([, personId]) => isAuthorized(personId));
  return {
    came: [...today.keys()].filter((source) => !then.has(source)).sort(),
    went: went.map(([source]) => source).sort(),
    closed: gone.length - went.length,
  };
}

/** The source ids (`Patient/1`) of persons whom the gate lets through, by person id. */
export async function personNames(
  gate: Pick<Gate, 'all'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await gate.all<{ person_id: string; name: string }>(
    'SELECT person_id, person_source_value AS name FROM person WHERE list_contains($1::BIGINT[], person_id)',
    [ids],
  );
  return new Map(rows.map((row) => [row.person_id, row.name]));
}
