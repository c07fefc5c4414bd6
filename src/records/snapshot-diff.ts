/**
 * What differs between two snapshots, counted in DuckDB on their Parquet files. Rules R90 and R91 of SPEC.md.
 *
 * Rows are compared as numbers: the id of a row and a hash of what it says. DuckDB groups numbers on disk where memory
 * is short, texts not. A table whose file both snapshots share is not read.
 */
import type { Progress, SnapshotId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type Manifest, readSnapshot } from './manifest.ts';
import { openSchemas, type Records } from './open-records.ts';
import { type TableName, tables } from './tables.ts';

/** How many rows only the later snapshot has, only the earlier one, and both with another content. */
export interface RowChanges {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** Every table of the record store; `persons` are the rows of `person`. */
export interface SnapshotDiff {
  readonly from: SnapshotId;
  readonly to: SnapshotId;
  readonly tables: Readonly<Record<TableName, RowChanges>>;
  readonly persons: { readonly added: number; readonly removed: number };
}

/** The rows of a table that changed for one person; only where some did. */
export interface PersonChanges extends RowChanges {
  readonly personId: string;
  readonly table: TableName;
}

const NONE: RowChanges = { added: 0, removed: 0, changed: 0 };
const names = Object.keys(tables) as TableName[];

/** Counts what changed from one snapshot to another. Errors: `records.no-snapshot`, `records.file-unreadable`. */
export async function diffSnapshots(
  workspace: Workspace,
  from: SnapshotId,
  to: SnapshotId,
  progress: Progress,
): Promise<SnapshotDiff> {
  const between = { from: readSnapshot(workspace, from), to: readSnapshot(workspace, to) };
  const found = new Map<TableName, RowChanges>();
  await eachDiffering(workspace, between, names, progress, async (records, table) => {
    found.set(table, await countChanges(records, table, 'content'));
  });
  const { added, removed } = found.get('person') ?? NONE;
  return { from, to, tables: inEveryTable((table) => found.get(table) ?? NONE), persons: { added, removed } };
}

/** Counts what changed for these persons, in the tables named, by person id and table. */
export async function diffPersons(
  workspace: Workspace,
  { from, to }: { readonly from: SnapshotId; readonly to: SnapshotId },
  { persons, tables: wanted }: { readonly persons: readonly string[]; readonly tables: readonly TableName[] },
  progress: Progress,
): Promise<PersonChanges[]> {
  const between = { from: readSnapshot(workspace, from), to: readSnapshot(workspace, to) };
  const ofPersons = wanted.filter((table) => 'person_id' in tables[table]);
  const found: PersonChanges[] = [];
  await eachDiffering(workspace, between, ofPersons, progress, async (records, table) => {
    const rows = await records.all<Counted & { readonly person_id: string }>(personsSql(table), [persons]);
    found.push(...rows.map((row) => ({ personId: row.person_id, table, ...numbers(row) })));
  });
  return found;
}

/** Counts, per table, the rows that a snapshot has and the one before has not, and the other way round. */
export async function rowsAddedAndRemoved(
  workspace: Workspace,
  between: { readonly from: Manifest; readonly to: Manifest },
  progress: Progress,
): Promise<Readonly<Record<TableName, Omit<RowChanges, 'changed'>>>> {
  const found = new Map<TableName, RowChanges>();
  await eachDiffering(workspace, between, names, progress, async (records, table) => {
    found.set(table, await countChanges(records, table, 'ids'));
  });
  return inEveryTable((table) => {
    const { added, removed } = found.get(table) ?? NONE;
    return { added, removed };
  });
}

/** Opens both snapshots and does the work for each table whose files differ. */
async function eachDiffering(
  workspace: Workspace,
  { from, to }: { readonly from: Manifest; readonly to: Manifest },
  among: readonly TableName[],
  progress: Progress,
  work: (records: Differing, table: TableName) => Promise<void>,
): Promise<void> {
  const differing = among.filter((table) => from.tables[table]?.file !== to.tables[table]?.file);
  if (differing.length === 0) return;
  const records = await openSchemas(workspace, [
    { schema: 'earlier', manifest: from, tables: differing },
    { schema: 'later', manifest: to, tables: differing },
  ]);
  try {
    progress.step('Comparing tables', differing.length);
    for (const [at, table] of differing.entries()) {
      await work(records, table);
      progress.advance(at + 1);
    }
  } finally {
    records.close();
  }
}

/** What is asked: a DuckDB with the schemas `earlier` and `later`. */
type Differing = Pick<Records, 'all'>;

/** Counts of a query, which come as text. */
interface Counted {
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
}

function numbers({ added, removed, changed }: Counted): RowChanges {
  return { added: Number(added), removed: Number(removed), changed: Number(changed) };
}

/** What changed in one table of the schemas `earlier` and `later`; `ids` reads no content, and finds no changed row. */
export async function countChanges(
  records: Differing,
  table: TableName,
  compare: 'ids' | 'content',
): Promise<RowChanges> {
  const [row] = await records.all<Counted>(`SELECT ${COUNTS} FROM (${byKey(rowsOf(table, compare))})`);
  return row ? numbers(row) : NONE;
}

/** A row of another person's is another row: it is removed from the one and added to the other. */
function personsSql(table: TableName): string {
  const rows = `SELECT * FROM (${rowsOf(table, 'content', 'person_id')})
    SEMI JOIN (SELECT unnest($1::BIGINT[]) AS person_id) USING (person_id)`;
  return `SELECT person_id, ${COUNTS} FROM (${byKey(rows, 'person_id')}) GROUP BY person_id ORDER BY person_id`;
}

/** Each row of both as its key, its content and on which side it stands: 1 the later, -1 the earlier. */
function rowsOf(table: TableName, compare: 'ids' | 'content', also?: string): string {
  const content = compare === 'ids' ? '0' : `hash(${contentOf(table).join(', ')})`;
  const columns = [...(also === undefined ? [] : [also]), `${keyOf(table)} AS key`, `${content} AS content`];
  return [
    `SELECT ${columns.join(', ')}, 1 AS side FROM later.${table}`,
    `SELECT ${columns.join(', ')}, -1 AS side FROM earlier.${table}`,
  ].join(' UNION ALL ');
}

/** Of each key the contents that the later has more often (`more`) and less often (`fewer`). */
function byKey(rows: string, also?: string): string {
  const by = [...(also === undefined ? [] : [also]), 'key'].join(', ');
  return `
    SELECT ${by}, sum(greatest(balance, 0)) AS more, sum(greatest(-balance, 0)) AS fewer
    FROM (SELECT ${by}, sum(side) AS balance FROM (${rows}) GROUP BY ${by}, content HAVING sum(side) <> 0)
    GROUP BY ${by}`;
}

/** One content for another under the same key is a changed row; what is left over was added or removed. */
const COUNTS = `coalesce(sum(greatest(more - fewer, 0)), 0)::BIGINT AS added,
  coalesce(sum(greatest(fewer - more, 0)), 0)::BIGINT AS removed,
  coalesce(sum(least(more, fewer)), 0)::BIGINT AS changed`;

/** The tables whose rows have no id of their own, and what names them. */
const keys: Partial<Record<TableName, readonly string[]>> = {
  coding: ['table_name', 'row_id', 'src_id'],
  person_identity: ['src_id'],
  research_authorization: ['src_id'],
  concept_relationship: ['concept_id_1', 'concept_id_2', 'relationship_id'],
  concept_ancestor: ['ancestor_concept_id', 'descendant_concept_id'],
};

function keyOf(table: TableName): string {
  const columns = keys[table];
  return columns ? `hash(${columns.join(', ')})` : `${table}_id`;
}

/** The same line in a newer file is no change. */
const PLACE: ReadonlySet<string> = new Set(['src_file', 'src_line', 'src_updated']);

function contentOf(table: TableName): string[] {
  return Object.keys(tables[table]).filter((column) => !PLACE.has(column));
}

function inEveryTable<Value>(ofTable: (table: TableName) => Value): Record<TableName, Value> {
  return Object.fromEntries(names.map((table) => [table, ofTable(table)])) as Record<TableName, Value>;
}
