/** Opening the gate: who is authorized, and the schema of views that lets nobody else through. */
import { type SnapshotId, together } from '../../base/index.ts';
import { type NoteStore, openNotes, type TermSets } from '../../notes/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { addDateFunctions, currentSnapshot, openRecords, type Records, tables } from '../../records/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { AUTHORIZED, standingOfPersons } from './authorization.ts';
import { type Gate, gateOf, NOT_RESEARCH, type SetsOf } from './gate.ts';
import { gated } from './gate-tables.ts';
import { personIds } from './person-ids.ts';
import { termSetsFor } from './term-sets.ts';

/**
 * Opens the gate of a study on a snapshot, the current one unless named. Decisions about research are those of the
 * snapshot and of the current one: it sees refusals that were imported up to now, and none that come while it is open.
 * With `only` (a source id: `Patient/1`) it lets nobody else through, so that one person is asked about quickly.
 * Errors: `records.none`, `records.no-snapshot`, `notes.not-indexed`.
 */
export async function openGate(
  workspace: Workspace,
  protocol: Protocol,
  snapshot?: SnapshotId,
  only?: string,
): Promise<Gate> {
  const records = await openRecords(workspace, snapshot, ['person', 'research_authorization']);
  return gateBefore(records, workspace, protocol, only);
}

/** The gate before records that are open, and which it closes. Not for another room: whoever has the records is past it. */
export async function gateBefore(
  records: Records,
  workspace: Workspace,
  protocol: Protocol,
  only?: string,
): Promise<Gate> {
  let notes: NoteStore | undefined;
  try {
    await addDateFunctions(records);
    const isCurrent = currentSnapshot(workspace) === records.snapshot;
    const open = async (): Promise<void> => {
      notes = openNotes(workspace, records.snapshot);
    };
    await together([keepStanding(records, protocol, isCurrent, only), open()]);
    if (!notes) throw new Error('Notes that were opened are gone');
    const standing = 'SELECT person_id FROM main.standing WHERE standing';
    const [authorized, silent] = await together([
      records.ids(`${standing} IN ${AUTHORIZED}`),
      records.ids(`${standing} = 'silent'`),
      raise(records),
    ]);
    await records.lookIn('authorized');
    const setsOf = oncePerQuery((query) => termSetsFor(workspace, protocol, query));
    const seen = { authorized: personIds(authorized), silent: personIds(silent), isOne: only !== undefined };
    return gateOf(records, notes, protocol, setsOf, seen);
  } catch (error) {
    notes?.close();
    records.close();
    throw error;
  }
}

async function keepStanding(
  records: Records,
  protocol: Protocol,
  isCurrent: boolean,
  only: string | undefined,
): Promise<void> {
  const { sql, parameters } = standingOfPersons(protocol, isCurrent);
  const standing =
    only === undefined ? { sql, parameters } : { sql: justOne(sql), parameters: { ...parameters, only } };
  await records.run(`CREATE TABLE main.standing AS ${standing.sql}`, standing.parameters);
}

async function raise(records: Records): Promise<void> {
  const views = Object.entries(tables).map(([table, columns]) => {
    const rows = NOT_RESEARCH.has(table) ? refused(table) : gated(table, 'person_id' in columns);
    return `CREATE VIEW authorized.${table} AS ${rows}`;
  });
  const statements = [
    'CREATE SCHEMA authorized',
    `CREATE TABLE authorized.gate AS SELECT person_id FROM main.standing WHERE standing IN ${AUTHORIZED}`,
    ...views,
  ];
  await records.run(statements.join(';'));
}

function justOne(standing: string): string {
  return `SELECT * FROM (${standing})
    SEMI JOIN (SELECT person_id FROM main.person WHERE person_source_value = $only) USING (person_id)`;
}

/** No rows but an error, however it is asked and even where the table is empty. */
function refused(table: string): string {
  return `SELECT 1 AS nothing WHERE error('${table} is not research data') IS NULL`;
}

/** What a search was asked with is what is kept of it, also where somebody changes a file in between. */
function oncePerQuery(read: SetsOf): SetsOf {
  const known = new Map<string, TermSets>();
  return (query) => known.get(query) ?? known.set(query, read(query)).get(query) ?? {};
}
